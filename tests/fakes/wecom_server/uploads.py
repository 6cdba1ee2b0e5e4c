"""Uploading over the long connection: announced, sent in pieces, put together."""

import base64
import binascii
import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.rest.media import MOST, check_file
from tests.fakes.wecom_server.windows import HOUR, MINUTE

CHUNK_BYTES = 512 * 1024
CHUNKS = 100


@dataclass
class _Session:
    kind: str
    name: str
    size: int
    chunks: int
    md5: str
    until: datetime
    parts: dict[int, bytes] = field(default_factory=dict)


class Uploads:
    """The sessions of the AI bot; they outlive the connection on which they began."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._sessions: dict[str, _Session] = {}

    def run(self, command: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """One of the three commands; the body of its acknowledgement."""
        match command:
            case "aibot_upload_media_init":
                return self._init(body)
            case "aibot_upload_media_chunk":
                self._chunk(body)
                return None
            case _:
                return self._finish(body)

    def _init(self, body: dict[str, Any]) -> dict[str, Any]:
        rules, now = self._platform.rules, self._platform.now()
        kind, size, chunks = body.get("type"), body.get("total_size"), body.get("total_chunks")
        if kind not in MOST:
            raise RefusedError(40004)
        if not body.get("filename") or not isinstance(size, int) or not isinstance(chunks, int):
            raise RefusedError(40058)
        most, code = MOST[kind]
        if size > most:
            raise RefusedError(code)
        if not 1 <= chunks <= CHUNKS or size > chunks * CHUNK_BYTES:
            raise RefusedError(40058, "total_chunks invalid. invalid Request Parameter")
        limits = (rules.uploads_per_minute, MINUTE), (rules.uploads_per_hour, HOUR)
        if not self._platform.windows.take("bot uploads", now, *limits, blocks=True):
            raise RefusedError(45009)
        upload_id = uuid.uuid4().hex
        session = _Session(str(kind), str(body["filename"]), size, chunks, str(body.get("md5") or ""), now + rules.upload_session)
        self._sessions[upload_id] = session
        return {"upload_id": upload_id}

    def _chunk(self, body: dict[str, Any]) -> None:
        session = self._session(body)
        index = body.get("chunk_index")
        if not isinstance(index, int) or not 0 <= index <= session.chunks:  # counted from 0 by the libraries, from 1 in a sample
            raise RefusedError(40058, "chunk_index invalid. invalid Request Parameter")
        try:
            part = base64.b64decode(str(body.get("base64_data", "")), validate=True)
        except binascii.Error:
            raise RefusedError(40058, "base64_data invalid. invalid Request Parameter") from None
        if not 0 < len(part) <= CHUNK_BYTES:
            raise RefusedError(40058, "base64_data exceed max length. invalid Request Parameter")
        session.parts.setdefault(index, part)

    def _finish(self, body: dict[str, Any]) -> dict[str, Any]:
        session = self._session(body)
        first = 0 if 0 in session.parts else 1
        if set(session.parts) != set(range(first, first + session.chunks)):
            raise RefusedError(40058, "chunks missing. invalid Request Parameter")
        data = b"".join(session.parts[index] for index in sorted(session.parts))
        if len(data) != session.size:
            raise RefusedError(40058, "total_size not match. invalid Request Parameter")
        if session.md5 and hashlib.md5(data).hexdigest() != session.md5.lower():
            raise RefusedError(301019)
        check_file(session.kind, data)
        del self._sessions[str(body["upload_id"])]
        return self._platform.add_media(session.kind, session.name, data, "bot")

    def _session(self, body: dict[str, Any]) -> _Session:
        session = self._sessions.get(str(body.get("upload_id", "")))
        if session is None or self._platform.now() >= session.until:
            raise RefusedError(40058, "upload_id invalid. invalid Request Parameter")
        return session
