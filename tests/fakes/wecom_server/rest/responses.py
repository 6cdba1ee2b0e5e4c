"""The later answer of an AI bot to one callback: by the address that came with it, once."""

from typing import Any

from tests.fakes.wecom_server import contents
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.rest.endpoint import Asked


def response(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Answer in the conversation; a card only where one person is talked to."""
    url = platform.response_urls.get(asked.query.get("response_code", ""))
    if url is None or url.used or platform.now() >= url.until:
        raise RefusedError(60140)
    checks = contents.of_bot_push(platform.has_media("bot"))
    allowed = {"markdown", "template_card"} if url.conversation.chat is None else {"markdown"}
    kind, content = contents.take({name: check for name, check in checks.items() if name in allowed}, asked.body)
    if kind == "template_card":
        platform.claim_task("bot", content)
    url.used = True
    where = {"chat": url.conversation.chat, "to": url.conversation.to}
    platform.show("bot", platform.company.bot.bot_id, kind, content, answers=url.msgid, **where)
    return {}
