"""Who is behind an encrypted userid: the unit's app is asked, for the bot itself cannot tell."""

from collections.abc import Callable
from datetime import datetime

from bot.channels.settings import WecomApp
from bot.channels.wecom.rest import AppApi, Rest
from bot.channels.wecom_app.client import AppClient


class Identities:
    """Asks in the name of the app. Seldom: of each account once, so that no connection is kept."""

    def __init__(self, app: WecomApp, now: Callable[[], datetime]) -> None:
        self._rest = Rest(app.api_base)
        secret = app.secret.get_secret_value() if app.secret else ""
        self._client = AppClient(AppApi(self._rest, app.corp_id or "", secret, now), app.agent_id or 0)

    async def __call__(self, account: str) -> str | None:
        """The plain userid; None for an account that is plain already, or out of the app's sight. Raises WeComError."""
        await self._rest.open()
        try:
            return (await self._client.plain_userids([account])).get(account)
        finally:
            await self._rest.close()
