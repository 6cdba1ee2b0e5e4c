"""The platform calling the bot's own server: verification, signed and encrypted posts, repeats, and the check of what comes back."""

import json
import secrets
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.fakes.wecom_server import crypto
from tests.fakes.wecom_server.company import App
from tests.fakes.wecom_server.crypto import UnreadableError
from tests.fakes.wecom_server.platform import Platform

Forgery = Literal["", "signature", "receiver", "key", "stale"]
"""What is wrong with a post on purpose: the signature, the company it is for, the key it is encrypted with, or that it is a day old."""
OTHER_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFE"


@dataclass(frozen=True)
class Answer:
    """What the bot's server said: a status for each delivery (None: too slow, or no connection) and its reply, opened.

    `error` says why the platform does not take the reply; then nothing of it is shown.
    """

    statuses: tuple[int | None, ...]
    reply: dict[str, Any] | None = None
    error: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the last delivery arrived."""
        return self.statuses[-1] == 200


@dataclass(frozen=True)
class Keys:
    """What one door of the bot's server is secured with."""

    token: str
    aes_key: str
    receiver: str


class Caller:
    """Calls the bot's server."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._http: ClientSession | None = None

    async def start(self) -> None:
        """Be ready to call."""
        self._http = ClientSession()

    async def stop(self) -> None:
        """Hang up."""
        if self._http is not None:
            await self._http.close()

    def keys_of(self, app: App) -> Keys:
        """An app's door is for the company."""
        return Keys(app.token, app.aes_key, self._platform.company.corp_id)

    def keys_of_bot(self) -> Keys:
        """An AI bot's door is for nobody in particular."""
        return Keys(self._platform.company.bot.token, self._platform.company.bot.aes_key, "")

    async def verify(self, url: str, keys: Keys, forgery: Forgery = "") -> Answer:
        """Ask for the echo, as when an address is saved in the console: exactly the text, within a second."""
        echo = str(self._platform.serial())
        query = self._signed(keys, echo, forgery)
        encrypted = query.pop("encrypted")
        status, body = await self._send("GET", url, {**query, "echostr": encrypted}, None, self._platform.rules.verify_seconds)
        if status != 200:
            return Answer((status,), error="no answer in time" if status is None else f"status {status}")
        return Answer((status,), error="" if body == echo.encode() else "another text than the echo")

    async def post_app(self, url: str, app: App, xml: str, forgery: Forgery = "", copies: int = 1) -> Answer:
        """Deliver a message or an event of an app, up to three times, and once more for each copy."""

        def envelope(encrypted: str) -> str:
            head = f"<ToUserName>{cdata(self._platform.company.corp_id)}</ToUserName><AgentID>{cdata(str(app.agent_id))}</AgentID>"
            return f"<xml>{head}<Encrypt>{cdata(encrypted)}</Encrypt></xml>"

        keys = self.keys_of(app)
        statuses, body, _ = await self._deliver(url, keys, xml, envelope, forgery, self._platform.rules.app_deliveries, copies)
        if statuses[-1] != 200 or not body or body == b"success":
            return Answer(statuses)
        try:
            return Answer(statuses, _opened_xml(keys, body))
        except (UnreadableError, ET.ParseError, AttributeError) as wrong:
            return Answer(statuses, error=f"reply not readable: {wrong}")

    async def post_bot(self, url: str, message: Mapping[str, Any], deliveries: int, forgery: Forgery = "", copies: int = 1) -> Answer:
        """Deliver a message or an event of the AI bot."""
        keys, text = self.keys_of_bot(), json.dumps(message, ensure_ascii=False)

        def envelope(encrypted: str) -> str:
            return json.dumps({"encrypt": encrypted})

        statuses, body, nonce = await self._deliver(url, keys, text, envelope, forgery, deliveries, copies)
        if statuses[-1] != 200 or not body:
            return Answer(statuses)
        try:
            return Answer(statuses, _opened_json(keys, body, nonce))
        except (UnreadableError, ValueError, KeyError, TypeError) as wrong:
            return Answer(statuses, error=f"reply not readable: {wrong}")

    async def _deliver(
        self, url: str, keys: Keys, text: str, envelope: Any, forgery: Forgery, deliveries: int, copies: int
    ) -> tuple[tuple[int | None, ...], bytes, str]:
        """Post until it arrives; the statuses, the first reply that is not empty, and the nonce it must bear."""
        statuses: list[int | None] = []
        reply, its_nonce, signed = b"", "", self._signed(keys, text, forgery)
        for _ in range(copies):
            for _ in range(deliveries):
                if statuses and self._platform.rules.repeats_signed_anew:
                    signed = self._signed(keys, text, forgery)
                query = {name: signed[name] for name in ("msg_signature", "timestamp", "nonce")}
                data = envelope(signed["encrypted"]).encode()
                status, body = await self._send("POST", url, query, data, self._platform.rules.callback_seconds)
                statuses.append(status)
                if status == 200:
                    reply, its_nonce = (reply, its_nonce) if reply else (body, query["nonce"])
                    break
        return tuple(statuses), reply, its_nonce

    def _signed(self, keys: Keys, text: str, forgery: Forgery) -> dict[str, str]:
        receiver = "ww-somebody-else" if forgery == "receiver" else keys.receiver
        encrypted = crypto.encrypt(OTHER_KEY if forgery == "key" else keys.aes_key, text, receiver)
        moment = self._platform.now() - timedelta(days=forgery == "stale")
        timestamp, nonce = str(int(moment.timestamp())), secrets.token_hex(8)
        signature = crypto.signature(keys.token, timestamp, nonce, encrypted)
        if forgery == "signature":
            signature = crypto.signature("another token", timestamp, nonce, encrypted)
        return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce, "encrypted": encrypted}

    async def _send(self, method: str, url: str, query: dict[str, str], data: bytes | None, seconds: float) -> tuple[int | None, bytes]:
        assert self._http is not None
        try:
            async with self._http.request(method, url, params=query, data=data, timeout=ClientTimeout(total=seconds)) as response:
                return response.status, await response.read()
        except (TimeoutError, ClientError):
            return None, b""


def cdata(text: str) -> str:
    """A text as it stands in the platform's XML."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _opened_xml(keys: Keys, body: bytes) -> dict[str, Any]:
    outer = _fields(ET.fromstring(body))
    encrypted, timestamp, nonce = (str(outer.get(name, "")) for name in ("Encrypt", "TimeStamp", "Nonce"))
    if not crypto.signed(str(outer.get("MsgSignature", "")), keys.token, timestamp, nonce, encrypted):
        raise UnreadableError("wrong signature")
    return _fields(ET.fromstring(crypto.decrypt(keys.aes_key, encrypted, keys.receiver)))


def _fields(element: ET.Element) -> dict[str, Any]:
    return {child.tag: _fields(child) if len(child) else (child.text or "") for child in element}


def _opened_json(keys: Keys, body: bytes, nonce: str) -> dict[str, Any]:
    outer = json.loads(body)
    encrypted, timestamp = outer["encrypt"], outer["timestamp"]
    if not isinstance(timestamp, int) or isinstance(timestamp, bool):
        raise UnreadableError("timestamp is no integer")
    if outer["nonce"] != nonce:
        raise UnreadableError("another nonce than the one of the request")
    if not crypto.signed(outer["msgsignature"], keys.token, str(timestamp), nonce, encrypted):
        raise UnreadableError("wrong signature")
    inner = json.loads(crypto.decrypt(keys.aes_key, encrypted, keys.receiver))
    if not isinstance(inner, dict):
        raise UnreadableError("no object")
    return inner
