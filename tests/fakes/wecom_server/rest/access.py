"""Access tokens and where the platform calls from."""

import secrets
from typing import Any

from tests.fakes.wecom_server.company import App
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import Platform, Token
from tests.fakes.wecom_server.rest.endpoint import Asked


def gettoken(platform: Platform, asked: Asked) -> dict[str, Any]:
    """The same token as long as it is valid; the answer always names the whole life of a token."""
    corp_id, secret = asked.query.get("corpid"), asked.query.get("corpsecret")
    if not corp_id:
        raise RefusedError(41002)
    if not secret:
        raise RefusedError(41004)
    if corp_id != platform.company.corp_id:
        raise RefusedError(40013)
    app = next((app for app in platform.company.apps if app.secret == secret), None)
    if app is None:
        raise RefusedError(40001)
    now = platform.now()
    text = next((text for text, token in platform.tokens.items() if token.app == app and not token.revoked and now < token.until), None)
    if text is None:
        text = secrets.token_urlsafe(96)
        platform.tokens[text] = Token(app, now + platform.rules.token_life)
    return {"access_token": text, "expires_in": int(platform.rules.token_life.total_seconds())}


def caller(platform: Platform, token: str | None) -> App:
    """The app that a token stands for."""
    if not token:
        raise RefusedError(41001)
    known = platform.tokens.get(token)
    if known is None or known.revoked:
        raise RefusedError(40014)
    if platform.now() >= known.until:
        raise RefusedError(42001)
    return known.app


def getcallbackip(_platform: Platform, _asked: Asked) -> dict[str, Any]:
    """The addresses that callbacks come from: this server's own."""
    return {"ip_list": ["127.0.0.1"]}
