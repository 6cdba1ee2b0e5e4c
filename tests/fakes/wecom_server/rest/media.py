"""Temporary media of the company's apps."""

from typing import Any

from tests.fakes.wecom_server.contents import is_picture
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.rest.endpoint import Asked, Upload

MEGABYTE = 1024 * 1024
MOST = {"image": (10 * MEGABYTE, 40009), "voice": (2 * MEGABYTE, 40006), "video": (10 * MEGABYTE, 40011), "file": (20 * MEGABYTE, 40006)}
"""The largest size by type, and the code of what is larger."""
LEAST = 5


def checked(asked: Asked, kinds: tuple[str, ...]) -> tuple[str, Upload]:
    """The type and the file of an upload."""
    kind = asked.query.get("type", "")
    if kind not in kinds:
        raise RefusedError(40004)
    if asked.upload is None:
        raise RefusedError(44001)
    check_file(kind, asked.upload.data)
    return kind, asked.upload


def check_file(kind: str, data: bytes) -> None:
    """Refuse a file that is too small, too large or of another kind."""
    most, code = MOST[kind]
    if len(data) <= LEAST:
        raise RefusedError(40006)
    if len(data) > most:
        raise RefusedError(code)
    if kind == "voice" and not data.startswith(b"#!AMR"):
        raise RefusedError(301017)
    if kind == "image" and not is_picture(data):
        raise RefusedError(40004)


def upload(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Keep a file for three days, for every app of the company."""
    kind, file = checked(asked, tuple(MOST))
    return platform.add_media(kind, file.name, file.data)
