"""Group webhooks (群机器人): a key is all they need."""

from typing import Any

from tests.fakes.wecom_server import contents
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.rest.endpoint import Asked
from tests.fakes.wecom_server.rest.media import checked
from tests.fakes.wecom_server.windows import MINUTE


def send(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Write into the robot's group, at most so often; a content that is too long is refused whole."""
    key, chat = _known(platform, asked)
    kind, content = contents.take(contents.of_robot(platform.has_media(key)), asked.body)
    if not platform.windows.take(("robot", key), platform.now(), (platform.rules.robot_per_minute, MINUTE), blocks=True):
        raise RefusedError(45009)
    platform.show("robot", key, kind, content, chat=chat)
    return {}


def upload_media(platform: Platform, asked: Asked) -> dict[str, Any]:
    """Keep a file that only this webhook may send."""
    key, _ = _known(platform, asked)
    kind, upload = checked(asked, ("file", "voice"))
    return platform.add_media(kind, upload.name, upload.data, key)


def _known(platform: Platform, asked: Asked) -> tuple[str, str]:
    key = asked.query.get("key", "")
    if key not in platform.robots:
        raise RefusedError(93000)
    return key, platform.robots[key]
