"""A faint word of illness counts where it is said to the bot in private with a degree or a time; in a room it is talk."""

from datetime import datetime

import pytest

from handlers.reading.explain import explain
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.reading import Reading
from models.roster import Roster
from tests.reading.conftest import MORNING, Say, told

MOMENT = datetime.fromisoformat(MORNING)


@pytest.fixture
def tell(lexicon: Lexicon, roster: Roster) -> Say:
    """Have something read that is said to the bot in private."""

    def reading(text: str, sender: str = "张伟", at: str = MORNING) -> Reading:
        return read(text, sender, datetime.fromisoformat(at), roster, lexicon, addressed=True)

    return reading


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("有点咳", "cough"),
        ("今早有点咳", "cough"),
        ("咳了一晚上", "cough"),
        ("晚上咳了两声", "cough"),
        ("昨晚又咳", "cough"),
        ("报告，有点咳，不影响训练", "cough"),
        ("今天有点疲惫", "fatigue"),
    ],
)
def test_what_is_said_in_private_is_a_check_in_of_today(tell: Say, say: Say, text: str, symptom: str) -> None:
    assert told(tell(text)) == {"张伟": (None, (symptom,), False)}
    assert tell(text).checkins[0].date == MOMENT.date()
    assert tell(text).doubts == ()
    assert told(say(text)) == {}


@pytest.mark.parametrize("text", ["嗓子疼", "头疼", "拉肚子了", "咳了一宿"])
def test_a_plain_symptom_counts_wherever_it_is_said(tell: Say, say: Say, text: str) -> None:
    assert told(tell(text)) == told(say(text))
    assert not told(tell(text))["张伟"][2]


@pytest.mark.parametrize(
    "text",
    [
        # asked
        "有点咳吗",
        "有点咳怎么办",
        "有点咳，能出操吗？",
        "如果有点咳要报吗",
        "有点咳的话怎么报",
        # somebody else
        "王磊有点咳",
        "我妈有点咳",
        "他有点咳",
        "小刘有点咳",
        "有人有点咳",
        "听说三班有点咳",
        "猫有点咳",
        "泵有点咳",
        # a sigh, a laugh, no illness
        "咳咳",
        "晕",
        "我晕",
        "有点咳哈哈",
    ],
)
def test_what_is_asked_told_of_others_or_only_sighed_is_no_check_in(tell: Say, text: str) -> None:
    assert tell(text).checkins == ()


def test_the_explanation_says_the_same(roster: Roster, lexicon: Lexicon) -> None:
    assert told(explain("有点咳", "张伟", MOMENT, roster, lexicon, addressed=True).reading) == {"张伟": (None, ("cough",), False)}
    room = explain("有点咳", "张伟", MOMENT, roster, lexicon)
    assert [(e.field, e.by) for e in room.left_out] == [("symptom:cough", "statement.alone")]
