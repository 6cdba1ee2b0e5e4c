"""What a message may hold, by channel: each check gives the content that people see, or refuses."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.wecom_server import cards
from tests.fakes.wecom_server.errors import RefusedError, too_long

Content = dict[str, Any]
Check = Callable[[Content], Content]
HasMedia = Callable[[str, str], bool]
"""Whether a media id of a type may be used here."""

IMAGE_BYTES = 2 * 1024 * 1024
BOT_BYTES = 20480
"""How much an AI bot says at once."""


def text(most: int, *, cut: bool) -> Check:
    """Plain text up to so many bytes: the app's is cut, a robot's is refused."""

    def check(content: Content) -> Content:
        words = _filled(content)
        if len(words.encode()) <= most:
            return content
        if not cut:
            raise too_long("text.content", most)
        return content | {"content": words.encode()[:most].decode(errors="ignore")}

    return check


def markdown(kind: str, most: int) -> Check:
    """Markdown up to so many bytes."""

    def check(content: Content) -> Content:
        if len(_filled(content).encode()) > most:
            raise too_long(f"{kind}.content", most)
        if len(str(content.get("feedback", {}).get("id", "")).encode()) > 256:
            raise too_long(f"{kind}.feedback.id", 256)
        return content

    return check


def stream(content: Content, *, pictures: bool) -> Content:
    """A frame of an answer that grows; pictures in it only in callback mode, and only with the last frame."""
    if not isinstance(content.get("id"), str) or not content["id"]:
        raise RefusedError(40058, "stream.id missing. invalid Request Parameter")
    if not isinstance(content.get("content", ""), str):
        raise RefusedError(40058, "stream.content invalid. invalid Request Parameter")
    if len(content.get("content", "").encode()) > BOT_BYTES:
        raise too_long("stream.content", BOT_BYTES)
    if "msg_item" in content and not (pictures and content.get("finish") is True):
        raise RefusedError(40058, "stream.msg_item not supported. invalid Request Parameter")
    return content


def media(kind: str, has: HasMedia) -> Check:
    """Something uploaded before."""

    def check(content: Content) -> Content:
        if not has(str(content.get("media_id", "")), kind):
            raise RefusedError(40007)
        return content

    return check


def articles(most: int = 8) -> Check:
    """News: one to eight articles."""

    def check(content: Content) -> Content:
        if not 1 <= len(content.get("articles") or []) <= most:
            raise RefusedError(45008)
        if any(not one.get("title") for one in content["articles"]):
            raise RefusedError(40058, "news.articles.title missing. invalid Request Parameter")
        return content

    return check


def textcard(content: Content) -> Content:
    """A card of text with a link."""
    for name, most in (("title", 128), ("description", 512), ("url", 2048)):
        if not content.get(name):
            raise RefusedError(40058, f"textcard.{name} missing. invalid Request Parameter")
        if len(str(content[name]).encode()) > most:
            raise too_long(f"textcard.{name}", most)
    return content


def picture(content: Content) -> Content:
    """A picture in the message itself, with its md5."""
    try:
        raw = base64.b64decode(str(content.get("base64", "")), validate=True)
    except binascii.Error:
        raise RefusedError(40058, "image.base64 invalid. invalid Request Parameter") from None
    if not 0 < len(raw) <= IMAGE_BYTES:
        raise RefusedError(40009)
    if hashlib.md5(raw).hexdigest() != content.get("md5"):
        raise RefusedError(301019)
    if not is_picture(raw):
        raise RefusedError(40004)
    return content


def is_picture(raw: bytes) -> bool:
    """Whether bytes begin as JPG or PNG do."""
    return raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def _filled(content: Content) -> str:
    words = content.get("content")
    if not isinstance(words, str) or not words:
        raise RefusedError(44004)
    return words


def of_app(has: HasMedia) -> dict[str, Check]:
    """What `message/send` takes."""
    return of_appchat(has) | {"template_card": cards.check}


def of_appchat(has: HasMedia) -> dict[str, Check]:
    """What `appchat/send` takes."""
    return {
        "text": text(2048, cut=True),
        "markdown": markdown("markdown", 2048),
        "textcard": textcard,
        "news": articles(),
        "mpnews": articles(),
        **{kind: media(kind, has) for kind in ("image", "voice", "video", "file")},
    }


def of_robot(has: HasMedia) -> dict[str, Check]:
    """What a group webhook takes."""
    return {
        "text": text(2048, cut=False),
        "markdown": markdown("markdown", 4096),
        "markdown_v2": markdown("markdown_v2", 4096),
        "image": picture,
        "news": articles(),
        "file": media("file", has),
        "voice": media("voice", has),
        "template_card": lambda card: cards.check(card, cards.NOTICES),
    }


def of_bot_welcome() -> dict[str, Check]:
    """What an AI bot may greet with."""
    return {"text": text(BOT_BYTES, cut=False), "template_card": cards.check}


def of_bot_push(has: HasMedia) -> dict[str, Check]:
    """What an AI bot may send of its own accord."""
    return {
        "markdown": markdown("markdown", BOT_BYTES),
        "template_card": cards.check,
        **{kind: media(kind, has) for kind in ("image", "voice", "video", "file")},
    }


def take(checks: Mapping[str, Check], body: Mapping[str, Any]) -> tuple[str, Content]:
    """The type and the checked content of a message."""
    kind = body.get("msgtype")
    if not isinstance(kind, str) or kind not in checks:
        raise RefusedError(40008)
    content = body.get(kind)
    if not isinstance(content, dict):
        raise RefusedError(40058, f"{kind} missing. invalid Request Parameter")
    return kind, checks[kind](content)
