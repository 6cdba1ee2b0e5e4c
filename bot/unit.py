"""What a unit's content and settings become: its rules and words, and the way of a message."""

from collections.abc import Mapping

from bot.channels import registry
from bot.content import ContentError, load_lexicon
from bot.lessons import load_lessons
from bot.sentences import load_texts
from bot.settings import Settings
from handlers.receive import Receiver
from models import lesson
from models.capabilities import Capabilities
from services.work import Unit


def build_unit(settings: Settings, channels: Mapping[str, Capabilities]) -> Unit:
    """What does not change while the bot runs."""
    content = settings.organization.content
    if not content.is_dir():
        raise ContentError(content, "", "there is no such folder; organization.content names that of the lessons, sentences and word lists")
    return Unit(
        policies=settings.policies,
        zone=settings.organization.timezone,
        bot_name=settings.organization.bot_name,
        texts=load_texts(content / "sentences", settings.organization.language),
        content=content,
        lessons=load_lessons(content / lesson.FOLDER),
        channels=channels,
        inbox_retry=settings.queue.inbox_retry,
        inbox_attempts=settings.queue.inbox_attempts,
    )


def build_receiver(settings: Settings) -> Receiver:
    """The way of a message, with the unit's words and its time zone."""
    unit = settings.organization
    among_strangers = [name for name, able in registry.capabilities(settings.channels).items() if able.strangers]
    return Receiver(load_lexicon(unit.content / "lexicon"), unit.bot_name, unit.timezone, among_strangers=among_strangers)
