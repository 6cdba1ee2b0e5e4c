"""What a person says to the bot, and how the platform hands it over."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.wecom_server import crypto
from tests.fakes.wecom_server.platform import Picture, Platform


@dataclass(frozen=True)
class Said:
    """One message: text, or text and pictures (`mixed`), or one thing that only a private chat carries; `quote` is what it answers.

    `fields` are put over the platform's own as they are: for what it may add or invent.
    """

    text: str = ""
    mixed: tuple[str | bytes, ...] = ()
    voice: str = ""
    image: bytes = b""
    file: tuple[str, bytes] | None = None
    video: bytes = b""
    quote: "Said | str | None" = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def only_private(self) -> bool:
        """Whether a group does not hand it to a bot."""
        return bool(self.voice or self.image or self.file or self.video)


class Speech:
    """Turns what is said into the platform's fields."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def fields(self, said: Said, *, by_url: bool) -> dict[str, Any]:
        """The msgtype with its fields. Over the long connection every picture has its own key."""
        fields = self._content(said, by_url=by_url)
        if said.quote is not None:
            quoted = Said(text=said.quote) if isinstance(said.quote, str) else said.quote
            fields["quote"] = self._content(quoted, by_url=by_url)
        return fields | dict(said.fields)

    def _content(self, said: Said, *, by_url: bool) -> dict[str, Any]:
        if said.mixed:
            items = [self._item(part, by_url=by_url) for part in said.mixed]
            return {"msgtype": "mixed", "mixed": {"msg_item": items}}
        if said.voice:
            return {"msgtype": "voice", "voice": {"content": said.voice}}
        if said.image:
            return self._item(said.image, by_url=by_url)
        if said.file is not None:
            return {"msgtype": "file", "file": self._download(*said.file, by_url=by_url)}
        if said.video:
            return {"msgtype": "video", "video": self._download("video.mp4", said.video, by_url=by_url)}
        return self._item(said.text, by_url=by_url)

    def _item(self, part: str | bytes, *, by_url: bool) -> dict[str, Any]:
        if isinstance(part, str):
            return {"msgtype": "text", "text": {"content": part}}
        return {"msgtype": "image", "image": self._download("image.png", part, by_url=by_url)}

    def _download(self, name: str, data: bytes, *, by_url: bool) -> dict[str, str]:
        """Where it can be fetched for five minutes, encrypted."""
        own_key = secrets.token_bytes(32)
        key = crypto.media_key(self._platform.company.bot.aes_key) if by_url else own_key
        place, until = uuid.uuid4().hex, self._platform.now() + self._platform.rules.picture_life
        self._platform.pictures[place] = Picture(name, crypto.encrypt_bytes(key, data), until)
        fields = {"url": f"{self._platform.base_url}/picture/{place}"}
        return fields if by_url else fields | {"aeskey": crypto.encode_key(own_key)}
