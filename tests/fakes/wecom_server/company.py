"""A company on the fake platform: its people, its apps, its bot, its robots, and the numbers that the platform keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

ROOT = 1
"""The department that everybody is below."""


@dataclass(frozen=True)
class Department:
    """A department; only the root has no parent."""

    id: int
    name: str
    parent: int = ROOT


@dataclass(frozen=True)
class User:
    """A person. `open_userid` is the encrypted id that some interfaces use; whoever is not `licensed` gets nothing.

    `leads` are those of the departments that the person leads; `main` is the main one (None: the first). `status` is 1 for active,
    2 for disabled, 4 for not activated, 5 for left.
    """

    userid: str
    name: str
    departments: tuple[int, ...] = (ROOT,)
    open_userid: str = ""
    position: str = ""
    licensed: bool = True
    leads: tuple[int, ...] = ()
    main: int | None = None
    status: int = 1


@dataclass(frozen=True)
class App:
    """A self-built app (自建应用). Who may see it: `departments` with everybody below, and single `users`."""

    agent_id: int
    secret: str
    token: str = "appTOKEN"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE"
    departments: tuple[int, ...] = (ROOT,)
    users: tuple[str, ...] = ()


@dataclass(frozen=True)
class BotAccount:
    """An AI bot (智能机器人): `secret` is for the long connection, `token` and `aes_key` for the callback.

    `encrypted_ids`: it was made by an ordinary member, so that it hears of people by their open ids only.
    """

    bot_id: str
    secret: str
    token: str = "reportbotTOKEN01"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE"
    encrypted_ids: bool = False


@dataclass(frozen=True)
class Robot:
    """A group webhook (群机器人): its key and the chat that it writes into."""

    key: str
    chat: str


@dataclass(frozen=True)
class Company:
    """Everything that is set up on the platform before the bot comes."""

    corp_id: str = "ww0123456789abcdef"
    apps: tuple[App, ...] = (App(1000002, "app-SECRET"),)
    bot: BotAccount = BotAccount("aib-demo", "bot-SECRET")
    robots: tuple[Robot, ...] = (Robot("5a1e7c3e-0000-4000-8000-000000000001", "wr-demo-chat"),)
    departments: tuple[Department, ...] = (Department(ROOT, "支队", 0), Department(2, "一中队"), Department(3, "一班", 2))
    users: tuple[User, ...] = (
        User("lisi", "李四", (3,), "woAJ2GCAAAlisi"),
        User("wangwu", "王五", (3,), "woAJ2GCAAAwangwu"),
        User("zhaoliu", "赵六", (2,), "woAJ2GCAAAzhaoliu"),
    )
    tags: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @cached_property
    def people(self) -> dict[str, User]:
        """Everybody by userid, which the platform compares without regard to case."""
        return {user.userid.lower(): user for user in self.users}

    def below(self, department: int) -> Iterator[Department]:
        """A department and all below it."""
        for one in self.departments:
            if one.id == department:
                yield one
            elif one.parent == department and one.id != department:
                yield from self.below(one.id)

    def within(self, department: int) -> frozenset[str]:
        """The userids of everybody in a department or below it."""
        ids = {one.id for one in self.below(department)}
        return frozenset(user.userid for user in self.users if ids & set(user.departments))

    def sees(self, app: App) -> frozenset[str]:
        """The userids of everybody who may use an app."""
        single = {name.lower() for name in app.users}
        named = frozenset(user.userid for user in self.users if user.userid.lower() in single)
        return named.union(*(self.within(department) for department in app.departments))

    def sees_departments(self, app: App) -> frozenset[int]:
        """The departments that an app may see."""
        return frozenset(one.id for department in app.departments for one in self.below(department))


@dataclass(frozen=True)
class Rules:
    """The numbers of the platform. Where the platform publishes none, the figure is a guess and says so."""

    token_life: timedelta = timedelta(hours=2)
    person_per_minute: int = 30
    person_per_hour: int = 1000
    app_per_day: int = 200_000
    """Deliveries of one app in a day: 200 times the accounts of the company, here 1000."""
    robot_per_minute: int = 20
    appchat_person_per_minute: int = 200
    appchat_person_per_day: int = 10_000
    appchat_per_minute: int = 20_000
    api_per_minute: int = 10_000
    response_code_life: timedelta = timedelta(hours=72)
    recall_window: timedelta = timedelta(hours=24)
    media_life: timedelta = timedelta(days=3)
    picture_life: timedelta = timedelta(minutes=5)
    """How long what a person sent can be downloaded."""
    response_url_life: timedelta = timedelta(hours=1)

    conversation_per_minute: int = 30
    conversation_per_hour: int = 1000
    reply_window: timedelta = timedelta(hours=24)
    event_window: timedelta = timedelta(seconds=5)
    stream_window: timedelta = timedelta(minutes=6)
    """Six minutes in the documents, ten in later messages of the server."""
    upload_session: timedelta = timedelta(minutes=30)
    uploads_per_minute: int = 30
    uploads_per_hour: int = 1000
    subscribes_per_minute: int = 20
    """Unpublished."""
    silent_seconds: float = 90.0
    """A connection without a ping for so long is closed (unpublished). Real seconds: a story's clock jumps, a heartbeat does not."""
    silent_code: int = 1001
    kick_code: int = 1000
    """The close codes are unpublished."""
    in_interaction: int | None = None
    """Messages of one person that may wait for the bot's answer at once. The platform says three, not what ends the waiting; None: any."""

    verify_seconds: float = 1.0
    callback_seconds: float = 5.0
    """What the bot's own server is given to answer in: real seconds."""
    app_deliveries: int = 3
    bot_deliveries: int = 3
    """Tries of a message of the AI bot to a callback (unpublished); an event gets one."""
    repeats_signed_anew: bool = True
    """Whether a repeat has its own timestamp, nonce and signature, or is the same to the letter (unpublished)."""
