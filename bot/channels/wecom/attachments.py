"""What WeCom calls the things that come along with words, or in their place. Pure."""

from typing import Final

from models.message import Attachment

_KINDS: Final = {
    "image": Attachment.PICTURE,
    "voice": Attachment.VOICE,
    "video": Attachment.VIDEO,
    "shortvideo": Attachment.VIDEO,
    "file": Attachment.FILE,
}


def kind(message_type: str) -> Attachment:
    """By the `msgtype` of a message, or of a part of one."""
    return _KINDS.get(message_type, Attachment.OTHER)
