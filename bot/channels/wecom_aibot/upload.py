"""Uploading a picture over the long connection: announced, sent in pieces, put together."""

import base64
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.channels.wecom.errors import no_answer

CHUNK_BYTES: Final = 512 * 1024

Ask = Callable[[str, Mapping[str, Any]], Awaitable[dict[str, Any]]]
"""Sends a command with its body; the body of its acknowledgement."""


async def upload(ask: Ask, name: str, data: bytes) -> str:
    """The media id of a picture. Raises WeComError; then it is begun anew."""
    chunks = [data[first : first + CHUNK_BYTES] for first in range(0, len(data), CHUNK_BYTES)]
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    about = {"type": "image", "filename": name, "total_size": len(data), "total_chunks": len(chunks), "md5": digest}
    upload_id = _given(await ask("aibot_upload_media_init", about), "upload_id")
    for number, chunk in enumerate(chunks):  # one by one: several at once are answered with errors of the platform's
        body = {"upload_id": upload_id, "chunk_index": number, "base64_data": base64.b64encode(chunk).decode()}
        await ask("aibot_upload_media_chunk", body)
    return _given(await ask("aibot_upload_media_finish", {"upload_id": upload_id}), "media_id")


def _given(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise no_answer("malformed")
    return value
