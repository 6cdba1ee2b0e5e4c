"""Pictures on their way to a gateway: small ones within the call, larger ones brought there in pieces before."""

import asyncio
import base64
import json
from pathlib import Path
from typing import Final

from bot.channels.channel import SendError
from bot.channels.wechaty.rpc import Rpc

WITHIN_CALL: Final = 20 * 1024
"""In bytes. What is larger goes in pieces, as gateways themselves do it: one call takes 4 MB and no more."""
MOST: Final = 20 * 1024 * 1024
"""In bytes; WeChat takes no larger picture."""

_BASE64, _UUID = 1, 7  # kinds of Wechaty's file boxes


async def box(rpc: Rpc, path: Path) -> str:
    """A picture as a gateway wants to be told of it (JSON). Raises SendError where it cannot be had or is too large, for good."""
    data = await asyncio.to_thread(_read, path)
    about = {"name": name(path), "size": len(data), "metadata": {}}
    if len(data) <= WITHIN_CALL:
        about |= {"type": _BASE64, "boxType": _BASE64, "base64": base64.b64encode(data).decode()}
    else:
        about |= {"type": _UUID, "boxType": _UUID, "uuid": await rpc.upload(data)}
    return json.dumps(about)


def name(path: Path) -> str:
    """What a picture is called on its way, by which its echo is known again."""
    return f"{path.stem}{path.suffix.lower()}"


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError:
        raise SendError("picture_unreadable", retry=False) from None
    if len(data) > MOST:
        raise SendError("too_large", retry=False)
    return data
