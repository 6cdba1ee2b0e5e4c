"""wechatpy, told by lines of JSON: its encryption, and its client against another address."""

import json
import sys
from typing import Any

from wechatpy.enterprise import WeChatClient, parse_message
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatClientException, WeChatException


class Elsewhere(WeChatClient):
    """The library's client with another address, also for its token, for which it has a fixed one."""

    def __init__(self, api: str, corp_id: str, secret: str) -> None:
        self.API_BASE_URL = api
        super().__init__(corp_id, secret)

    def fetch_access_token(self) -> Any:
        """Ask for a token there."""
        return self._fetch_access_token(f"{self.API_BASE_URL}gettoken", {"corpid": self.corp_id, "corpsecret": self.secret})


def do(order: dict[str, Any]) -> Any:
    """What an order comes to; a refusal of the library is a text."""
    match order.pop("do"):
        case "echo":
            return _crypto(order).check_signature(order["signature"], order["timestamp"], order["nonce"], order["echostr"])
        case "open":
            xml = _crypto(order).decrypt_message(order["body"], order["signature"], order["timestamp"], order["nonce"])
            message = parse_message(xml)
            return {"xml": xml, "type": message.type, "source": message.source, "content": getattr(message, "content", None)}
        case "seal":
            return _crypto(order).encrypt_message(order["xml"], order["nonce"], order["timestamp"])
        case "send":
            client = Elsewhere(order["api"], order["corp_id"], order["secret"])
            return client.message.send_text(order["agent_id"], order["users"], order["text"])
        case unknown:
            raise ValueError(unknown)


def _crypto(order: dict[str, Any]) -> WeChatCrypto:
    return WeChatCrypto(order["token"], order["aes_key"], order["corp_id"])


for line in sys.stdin:
    try:
        result = do(json.loads(line))
    except WeChatClientException as refused:
        result = f"refused {refused.errcode}"
    except (WeChatException, AssertionError, ValueError) as refused:
        result = f"refused: {type(refused).__name__}"
    sys.stdout.write(json.dumps({"event": "done", "result": result}) + "\n")
    sys.stdout.flush()
