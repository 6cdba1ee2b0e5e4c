"""What the platform says when it refuses: a code to act on, a text for people."""

from itertools import count
from typing import Any

TEXTS = {
    0: "ok",
    -1: "system busy",
    40001: "invalid credential",
    40003: "invalid userid",
    40004: "invalid media type",
    40006: "invalid media size",
    40007: "invalid media_id",
    40008: "invalid message type",
    40009: "invalid image size",
    40011: "invalid video size",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40031: "invalid userid list",
    40032: "invalid userid list size",
    40033: "invalid request characters",
    40056: "invalid agentid",
    40058: "invalid Request Parameter",
    40068: "invalid tagid",
    41001: "access_token missing",
    41002: "corpid missing",
    41004: "corpsecret missing",
    42001: "access_token expired",
    42014: "taskid has existed or empty or exceed max len",
    44001: "empty media data",
    44004: "empty content",
    45008: "article count exceeds limit",
    45009: "api freq out of limit",
    45033: "concurrent calls out of limit",
    48002: "api forbidden",
    60003: "invalid department id",
    60011: "no privilege to access or modify contact, party or agent",
    60020: "not allow to access from your ip",
    60111: "userid not found",
    60140: "invalid response_code",
    81013: "user & party & tag all invalid",
    82001: "user & party & tag all empty",
    82002: "party list length out of limit",
    82003: "tag list length out of limit",
    86001: "invalid chatid",
    86003: "chatid not exist",
    86004: "invalid chat name",
    86005: "invalid chat owner",
    86006: "invalid chat member count",
    86008: "chat was not created by this app",
    86207: "owner is not in the member list",
    86215: "chatid has existed",
    86216: "invalid chat member",
    93000: "invalid webhook url",
    93006: "invalid chatid",
    93008: "not in group",
    301002: "no permission to use this agentid",
    301017: "invalid voice format, AMR wanted",
    301019: "md5 not match",
    846605: "invalid req_id",
    846607: "aibot send msg frequency limit exceeded",
    846608: "stream message update expired",
    846609: "aibot websocket not subscribed",
    853000: "invalid bot_id or secret",
}

_hints = count(1712345678123456)


class RefusedError(Exception):
    """The platform does not do it. `text` replaces what the code usually says."""

    def __init__(self, code: int, text: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.text = text or TEXTS.get(code, "error")


def too_long(field: str, limit: int) -> RefusedError:
    """The refusal of a content with too many bytes, in the platform's odd wording."""
    return RefusedError(40058, f"{field} exceed max length {limit}. invalid Request Parameter")


def result(code: int, text: str = "", peer: str = "127.0.0.1") -> dict[str, Any]:
    """The head of an answer; where it is a refusal, with the tail that the platform adds."""
    text = text or TEXTS.get(code, "error")
    if code:
        where = f"more info at https://open.work.weixin.qq.com/devtool/query?e={code}"
        text = f"{text}, hint: [{next(_hints)}], from ip: {peer}, {where}"
    return {"errcode": code, "errmsg": text}
