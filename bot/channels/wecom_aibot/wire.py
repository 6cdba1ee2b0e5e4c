"""What WeCom says to an AI bot, as far as it is read here. What else it says is ignored; most fields may be missing, or null."""

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from bot.channels.wecom import attachments
from models.message import Attachment


def _or_missing(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError:
        return None


Minor: Final = WrapValidator(_or_missing)
"""A field of a kind that nobody has told of counts as missing: the words beside it are delivered but once, and must not be lost with it."""


class _Wire(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, fields: Any) -> Any:
        return {name: value for name, value in fields.items() if value is not None} if isinstance(fields, dict) else fields


class Headers(_Wire):
    """`req_id` is the platform's own in a callback, ours in the acknowledgement of what we asked."""

    req_id: str = ""


class Frame(_Wire):
    """One frame of the long connection. With a `cmd` it is a callback, without one the acknowledgement of a frame of ours."""

    cmd: str | None = None
    headers: Headers = Headers()
    errcode: int | None = None
    body: dict[str, Any] = {}


class Words(_Wire):
    """A text, or what a voice message was understood as."""

    content: str = ""


class Part(_Wire):
    """A piece of a message of text and pictures."""

    msgtype: str = ""
    text: Annotated[Words | None, Minor] = None


class Mixed(_Wire):
    """Text and pictures in one message."""

    msg_item: tuple[Part, ...] = ()


class Content(_Wire):
    """What a message holds. Pictures, files and videos are not read."""

    text: Words | None = None
    voice: Words | None = None
    mixed: Mixed | None = None

    @property
    def words(self) -> str:
        """Everything that can be read in it."""
        parts = [part.text for part in self.mixed.msg_item] if self.mixed is not None else []
        return "\n".join(words.content for words in (self.text, self.voice, *parts) if words is not None)

    def attachments(self, msgtype: str) -> tuple[Attachment, ...]:
        """What cannot be read in it, where the whole is of that type."""
        if self.mixed is not None:
            return tuple(attachments.kind(part.msgtype) for part in self.mixed.msg_item if part.text is None)
        return () if self.words else (attachments.kind(msgtype),)


class Sender(_Wire):
    """Who did it: a plain userid, or an encrypted one where the bot was made by an ordinary member."""

    userid: str = ""


class OptionIds(_Wire):
    """The ids of what was chosen."""

    option_id: tuple[str, ...] = ()


class SelectedItem(_Wire):
    """What was chosen in one list of a card."""

    question_key: str = ""
    option_ids: OptionIds = OptionIds()


class SelectedItems(_Wire):
    """What was chosen in all lists of a card."""

    selected_item: tuple[SelectedItem, ...] = ()


class Press(_Wire):
    """Something was pressed on a card."""

    event_key: str = ""
    task_id: str = ""
    selected_items: SelectedItems = SelectedItems()

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The ids of what was chosen, by question."""
        return {item.question_key: item.option_ids.option_id for item in self.selected_items.selected_item}


class Event(_Wire):
    """Something happened that is no message."""

    eventtype: str = ""
    template_card_event: Press | None = None


class Callback(Content):
    """A message, or an event; both modes deliver the same object. `response_url` comes in callback mode only."""

    msgid: str = ""
    chatid: str | None = None
    chattype: str = ""
    sender: Sender = Field(default=Sender(), alias="from")
    create_time: Annotated[int | None, Minor] = None
    msgtype: str = ""
    quote: Annotated[Content | None, Minor] = None
    event: Event | None = None
    response_url: Annotated[str | None, Minor] = None

    @property
    def press(self) -> Press | None:
        """What was pressed, if anything was."""
        return None if self.event is None else self.event.template_card_event

    @property
    def enters(self) -> bool:
        """Whether somebody opened the chat with the bot, for the first time on that day."""
        return self.event is not None and self.event.eventtype == "enter_chat"

    @property
    def replaces(self) -> bool:
        """Whether another connection takes the place of the one that this came on."""
        return self.event is not None and self.event.eventtype == "disconnected_event"
