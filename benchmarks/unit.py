"""A made-up detachment of a thousand, with what they report in a day: what receiving is measured with.

The people of tests/corpus/roster.json, and as many more in branches of eight groups of twelve, so that there are about as many members
and names as a detachment has. Every day each member of these says one thing: the texts are those messages of tests/corpus/dev.jsonl
whose labels are check-ins, in turn.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import islice, product
from pathlib import Path

from sqlalchemy.orm import Session

from benchmarks.corpus import CORPUS, messages
from bot.config import REPOSITORY, load_settings
from bot.settings import Settings
from models.message import Message
from models.roster import Role, Roster
from models.roster_rows import apply, difference
from models.roster_sheet import RosterLine, lines_from_roster
from models.store import Store

CHANNEL = "wecom_app"
SIZE = 1000
MONDAY = datetime.fromisoformat("2026-03-02T07:30:00+08:00")
_BRANCH, _GROUP = 8, 12  # groups of a branch, members of a group
_SURNAMES = "邹熊孟秦阎薛侯雷龙段郝毛汤尹黎易武乔贺赖龚庞樊兰殷洪翟安颜倪严温芦季俞章"
_GIVEN = "钊铮鑫烨炜栋桐杉楠榕澎潇淳瀚沛骁骅骐霖霄"


CORP_ID, TOKEN, AES_KEY = "ww1000", "benchmark", "benchmark0123456789benchmark0123456789bench"


def settings(folder: Path, **more: str) -> Settings:
    """Settings with a database and a key of their own, and WeCom's app as the only channel; `more`: further keys as in the environment."""
    env = {
        "SANWEI__DATABASE__URL": f"sqlite:///{folder}/sanwei.db",
        "SANWEI__PRIVACY__KEY_FILE": str(folder / "sanwei.key"),
        "SANWEI__CHANNELS__SANDBOX__ENABLED": "false",
        "SANWEI__CHANNELS__WECOM_APP__ENABLED": "true",
        "SANWEI__CHANNELS__WECOM_APP__CORP_ID": CORP_ID,
        "SANWEI__CHANNELS__WECOM_APP__AGENT_ID": "1000002",
        "SANWEI__CHANNELS__WECOM_APP__SECRET": "benchmark",
        "SANWEI__CHANNELS__WECOM_APP__TOKEN": TOKEN,
        "SANWEI__CHANNELS__WECOM_APP__ENCODING_AES_KEY": AES_KEY,
    }
    return load_settings(REPOSITORY / "config.yaml", env | more)


def move_in(store: Store) -> None:
    """Write the people into an empty database."""
    store.write_now(partial(_write, [*_corpus(), *others()]))


def _write(lines: list[RosterLine], session: Session) -> None:
    apply(session, difference(session, lines), MONDAY)


def _corpus() -> Iterator[RosterLine]:
    roster = Roster.model_validate_json((CORPUS / "roster.json").read_text(encoding="utf-8"))
    for line in lines_from_roster(roster):
        yield line.model_copy(update={"wecom_userid": f"corpus{line.row}"})


def others() -> Iterator[RosterLine]:
    """The made-up members and secretaries."""
    names = (surname + first + second for first, second, surname in product(_GIVEN, _GIVEN, _SURNAMES))
    for number, name in enumerate(islice(names, SIZE)):
        group = number // _GROUP
        role = Role.LEADER if number % _GROUP == 0 else Role.MEMBER
        branch = f"第{group // _BRANCH + 11}党支部"
        place = {"branch": branch, "group": f"第{group % _BRANCH + 1}小组", "group_id": f"g{group + 101}"}
        yield RosterLine(row=1000 + number, name=name, role=role, wecom_userid=userid(number), **place)
        if number % (_GROUP * _BRANCH) == 0:
            yield RosterLine(row=3000 + number, name=f"司徒{name[1:]}", role=Role.SECRETARY, branch=branch, wecom_userid=f"s{number}")


def userid(number: int) -> str:
    """The account of a member."""
    return f"m{number:04}"


def texts() -> list[str]:
    """What is said in check-ins."""
    return [message["text"] for message in messages("dev.jsonl") if message["expect"]["checkins"]]


def said(sent_at: datetime) -> Iterator[Message]:
    """What every member says on a day, in private; the next day it is what somebody else said the day before."""
    said = texts()
    for number in range(SIZE):
        yield Message(
            channel=CHANNEL,
            id=f"{sent_at:%m%d}{number:06}",
            room=None,
            account=userid(number),
            sent_at=sent_at,
            text=said[(number + sent_at.toordinal()) % len(said)],
            addressed=True,
        )
