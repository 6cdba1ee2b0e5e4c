"""Opening what WeCom posts to us: the envelope (JSON for AI bots, XML for apps), its signature and age, and the message inside."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from xml.parsers import expat

from bot.channels.wecom.crypto import Crypto, CryptoError
from bot.channels.wecom.replay import ReplayGuard

MAX_BODY: Final = 256 * 1024
"""More bytes than any envelope has, by far: the longest text that WeCom knows is 20 KB."""
_MAX_DEPTH: Final = 16
_MAX_ELEMENTS: Final = 2000
_ECHO: Final = re.compile(rb"[0-9A-Za-z_-]{1,64}")
_REFUSED: Final = {"signature": 403, "age": 403, "repeated": 409}


class CallbackError(Exception):
    """A request that is not taken: answer it with `status`. `reason` is one word for metrics and the log; nothing that came is in it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason


def open_callback(query: Mapping[str, str], body: bytes, crypto: Crypto, guard: ReplayGuard, now: datetime) -> bytes:
    """The message of a POST, still as JSON or XML. Tell the guard (`taken`) when it is answered with 200. Raises CallbackError."""
    if len(body) > MAX_BODY:
        raise CallbackError(413, "large")
    signature, timestamp, nonce = _given(query, "msg_signature"), _given(query, "timestamp"), _given(query, "nonce")
    envelope = read_xml(body) if body.lstrip()[:1] == b"<" else read_json(body)
    encrypt = envelope.get("encrypt", envelope.get("Encrypt"))
    if not isinstance(encrypt, str):
        raise CallbackError(400, "envelope")
    return _opened(signature, timestamp, nonce, encrypt, crypto, guard, now)


def open_echo(query: Mapping[str, str], crypto: Crypto, guard: ReplayGuard, now: datetime) -> bytes:
    """What a GET that tries the address out must be answered with, byte for byte. Raises CallbackError."""
    signature, timestamp, nonce = _given(query, "msg_signature"), _given(query, "timestamp"), _given(query, "nonce")
    echo = _opened(signature, timestamp, nonce, _given(query, "echostr"), crypto, guard, now)
    # An echo is a short number. Anything else may be a recorded message, which we would decrypt here for whoever recorded it.
    if not _ECHO.fullmatch(echo):
        raise CallbackError(400, "echo")
    return echo


def read_json(data: bytes) -> dict[str, Any]:
    """A JSON object. Raises CallbackError for everything else."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):  # also numbers of thousands of digits, and what is no UTF-8
        value = None
    if not isinstance(value, dict):
        raise CallbackError(400, "json")
    return value


def read_xml(data: bytes) -> dict[str, Any]:
    """What is inside the outermost element: text by its element's name, nested elements as a dict, repeated ones as a list of these.

    An empty element is "". Raises CallbackError for everything that is not well-formed UTF-8 of that kind.
    """
    reader = _XmlReader()
    # Straight on expat, with what defusedxml does: a document type, the only place where entities can be declared, ends the reading
    # where it begins. The parser of defusedxml is written in Python and several times as slow.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text.append
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        reader.root = None
    if not isinstance(reader.root, dict):
        raise CallbackError(400, "xml")
    return reader.root


class _XmlReader:
    """Builds the dict while expat reads; how deep and how much is bounded, so that a hostile body costs little."""

    def __init__(self) -> None:
        self.root: dict[str, Any] | str | None = None
        self.text: list[str] = []
        self._open: list[dict[str, Any]] = []
        self._count = 0

    def doctype(self, *_declared: object) -> None:
        """Refuse it."""
        raise CallbackError(400, "xml")

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        """Go one level down."""
        self._count += 1
        if self._count > _MAX_ELEMENTS or len(self._open) >= _MAX_DEPTH:
            raise CallbackError(400, "xml")
        self._open.append({})
        self.text.clear()

    def end(self, name: str) -> None:
        """Put what was inside under its name."""
        inside = self._open.pop()
        value = inside or "".join(self.text)
        self.text.clear()
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        if name not in parent:
            parent[name] = value
        elif isinstance(parent[name], list):
            parent[name].append(value)
        else:
            parent[name] = [parent[name], value]


def _given(query: Mapping[str, str], name: str) -> str:
    value = query.get(name)
    if not value:
        raise CallbackError(400, name)
    return value


def _opened(signature: str, timestamp: str, nonce: str, encrypt: str, crypto: Crypto, guard: ReplayGuard, now: datetime) -> bytes:
    try:
        crypto.verify(signature, timestamp, nonce, encrypt)
        reason = guard.problem(signature, timestamp, now)
        if reason is None:
            return crypto.decrypt(encrypt)
    except CryptoError as error:
        reason = error.reason
    raise CallbackError(_REFUSED.get(reason, 400), reason)
