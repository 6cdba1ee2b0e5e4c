"""What can be set about each channel: every key with its default and its meaning. The part `channels` of bot.settings."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from bot.channels.wecom.crypto import aes_key
from models.policies import Duration
from models.roster_accounts import WECHAT
from models.values import Value


def known_key(value: SecretStr) -> SecretStr:
    """An EncodingAESKey; raises ValueError where it is none, without repeating it."""
    aes_key(value.get_secret_value())
    return value


def address(*schemes: str) -> AfterValidator:
    """Refuses what is no address that begins with one of these."""

    def check(url: str | None) -> str | None:
        if url is not None and not re.match(rf"(?:{'|'.join(schemes)})://[^/\s]", url):
            raise ValueError(f"is no address of the web; write {' or '.join(f'{scheme}://…' for scheme in schemes)}")
        return url

    return AfterValidator(check)


def _webhook_key(value: SecretStr) -> SecretStr:
    if "key=" in value.get_secret_value() or "://" in value.get_secret_value():
        raise ValueError("is the whole address of the webhook; write only what stands in it behind key=")
    return value


def _host_and_port(endpoint: str) -> str:
    found = re.fullmatch(r"(?:\[[0-9a-fA-F:.]+\]|[^\s/:\[\]]+):(?P<port>\d{1,5})", endpoint)
    if found is None or int(found["port"]) > 65535:  # noqa: PLR2004
        raise ValueError("is no address of a gateway; write HOST:PORT, without http://")
    return endpoint


class Sandbox(Value):
    """The channel for trying things out: a chat page and an HTTP interface in which anybody may speak as anybody."""

    enabled: bool = Field(default=False, description="Turns the channel on.")
    allow_remote: bool = Field(default=False, description="Whether it answers other machines than this one.")
    per_minute: int | None = Field(default=None, ge=1, description="How many notices a minute it sends at most; null: no limit.")


WECOM_API = "https://qyapi.weixin.qq.com"
WECOM_SOCKET = "wss://openws.work.weixin.qq.com"

_FILE = "A file that holds {} instead, so that it stands in no configuration; null: none."


class WecomApp(Value):
    """A self-built app (自建应用) of WeCom: private messages to anybody in its scope, and what they answer."""

    enabled: bool = Field(default=False, description="Turns the channel on.")
    corp_id: str | None = Field(default=None, min_length=1, description="The CorpID of the enterprise (企业ID), from the admin console.")
    agent_id: int | None = Field(default=None, ge=0, description="The AgentId of the app.")
    secret: SecretStr | None = Field(default=None, repr=False, description="The Secret of the app.")
    secret_file: Path | None = Field(default=None, description=_FILE.format("the Secret"))
    token: SecretStr | None = Field(
        default=None, repr=False, description="The Token of receiving messages (接收消息); null: it only sends."
    )
    token_file: Path | None = Field(default=None, description=_FILE.format("the Token"))
    encoding_aes_key: Annotated[SecretStr, AfterValidator(known_key)] | None = Field(
        default=None, repr=False, description="The EncodingAESKey of receiving messages."
    )
    encoding_aes_key_file: Path | None = Field(default=None, description=_FILE.format("the EncodingAESKey"))
    cards: bool = Field(
        default=True,
        description="Whether it shows cards with buttons, where it receives; false where some read it from WeChat, which shows none.",
    )
    api_base: Annotated[str, address("https", "http")] = Field(
        default=WECOM_API, min_length=1, description="Where the platform's API is; another address for a private deployment."
    )

    @property
    def receives(self) -> bool:
        """Whether it is set up for receiving messages as well."""
        return self.token is not None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        wanted = {"corp_id": self.corp_id, "agent_id": self.agent_id, "secret": self.secret or self.secret_file}
        if self.token or self.token_file:
            wanted["encoding_aes_key"] = self.encoding_aes_key or self.encoding_aes_key_file
        _all_there(self.enabled, wanted)
        return self


class WecomAibot(Value):
    """An intelligent bot (智能机器人) of WeCom: the way into group chats, where it hears what mentions it."""

    enabled: bool = Field(default=False, description="Turns the channel on.")
    mode: Literal["websocket", "callback"] = Field(
        default="websocket", description="websocket needs no public address and may speak first; callback only answers."
    )
    bot_id: str | None = Field(default=None, min_length=1, description="The BotID, for websocket.")
    secret: SecretStr | None = Field(default=None, repr=False, description="The Secret of the long connection (长连接), for websocket.")
    secret_file: Path | None = Field(default=None, description=_FILE.format("the Secret"))
    ws_url: Annotated[str, address("wss", "ws")] = Field(
        default=WECOM_SOCKET, min_length=1, description="Where the long connection goes; another address for a private deployment."
    )
    token: SecretStr | None = Field(default=None, repr=False, description="The Token, for callback.")
    token_file: Path | None = Field(default=None, description=_FILE.format("the Token"))
    encoding_aes_key: Annotated[SecretStr, AfterValidator(known_key)] | None = Field(
        default=None, repr=False, description="The EncodingAESKey, for callback."
    )
    encoding_aes_key_file: Path | None = Field(default=None, description=_FILE.format("the EncodingAESKey"))

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mode == "websocket":
            _all_there(self.enabled, {"bot_id": self.bot_id, "secret": self.secret or self.secret_file})
            return self
        keys = {"token": self.token or self.token_file}
        _all_there(self.enabled, keys | {"encoding_aes_key": self.encoding_aes_key or self.encoding_aes_key_file})
        return self


class WecomRobot(Value):
    """Webhooks of group robots (群机器人, 消息推送) of WeCom: they only speak, in rooms that nothing else reaches."""

    enabled: bool = Field(default=False, description="Turns the channel on.")
    api_base: Annotated[str, address("https", "http")] = Field(
        default=WECOM_API, min_length=1, description="Where the platform's API is; another address for a private deployment."
    )
    rooms: dict[str, Annotated[SecretStr, AfterValidator(_webhook_key)]] = Field(
        default={},
        repr=False,
        description="The key of each room's webhook, by the id of its group or branch (g1, b1), org for all: {g1: KEY}.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        _all_there(self.enabled, {"rooms": self.rooms})
        return self


class Wechaty(Value):
    """An ordinary WeChat account behind a Wechaty gateway: it hears everything in the rooms that are bound."""

    enabled: bool = Field(default=False, description="Turns the channel on.")
    endpoint: Annotated[str, AfterValidator(_host_and_port)] | None = Field(
        default=None, description="Where the gateway listens, as HOST:PORT."
    )
    token: SecretStr | None = Field(default=None, repr=False, description="The token of the gateway.")
    token_file: Path | None = Field(default=None, description=_FILE.format("the token"))
    tls: bool = Field(default=True, description="Whether the connection is encrypted; false only for a gateway on this machine.")
    tls_ca_file: Path | None = Field(
        default=None, description="The certificate that the gateway's own is signed by (PEM); null: what this machine trusts."
    )
    tls_name: str | None = Field(
        default=None, min_length=1, description="The name in the gateway's certificate, where it is not the host of the endpoint."
    )
    per_room: int = Field(
        default=8, ge=1, description="How many messages a minute one chat gets at most; an account that floods is blocked."
    )
    per_minute: int = Field(default=20, ge=1, description="How many messages a minute all chats together get at most.")
    pause: Duration = Field(default=timedelta(seconds=2), description="How long it waits at least between two messages.")
    jitter: Duration = Field(default=timedelta(seconds=3), description="Up to so much is added to each wait by chance.")
    gap: Duration = Field(
        default=timedelta(seconds=2), description="From which length on leaders hear that messages may be missing; shorter ones are logged."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        _all_there(self.enabled, {"endpoint": self.endpoint, "token": self.token or self.token_file})
        return self


def _all_there(enabled: bool, wanted: Mapping[str, object]) -> None:
    missing = [name for name, value in wanted.items() if not value]
    if enabled and missing:
        are = "is" if len(missing) == 1 else "are"
        raise ValueError(f"is enabled, but {' and '.join(missing)} {are} missing; add what is missing, or set enabled: false")


class Channels(Value):
    """The ways in and out."""

    sandbox: Sandbox = Field(default=Sandbox(), description="The chat page for trying things out; anybody may speak as anybody there.")
    wecom_app: WecomApp = Field(
        default=WecomApp(), description="A self-built app (自建应用) of WeCom: private messages to anybody in its scope."
    )
    wecom_aibot: WecomAibot = Field(
        default=WecomAibot(), description="An intelligent bot (智能机器人) of WeCom: it hears mentions in group chats."
    )
    wecom_robot: WecomRobot = Field(default=WecomRobot(), description="Webhooks of group robots (群机器人) of WeCom: they only speak.")
    wechaty: Wechaty = Field(
        default=Wechaty(), description="An ordinary WeChat account behind a Wechaty gateway: it hears its rooms word for word."
    )

    @property
    def gap_from(self) -> dict[str, timedelta]:
        """From which length on a gap in hearing concerns people, by the channels that have no replay."""
        return {WECHAT: self.wechaty.gap}
