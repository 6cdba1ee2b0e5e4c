"""Reading is total: whatever the text, it answers, the same each time, in time that grows with the text's length."""

import random
import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import messages
from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.reader import read
from models.reading import Reading
from models.roster import Roster
from tests.reading.conftest import MORNING
from tests.reading.sound import check_sound

LEXICON = load_lexicon(REPOSITORY / "content" / "lexicon")
ROSTER = Roster.model_validate_json((REPOSITORY / "tests" / "corpus" / "roster.json").read_text(encoding="utf-8"))
MOMENT = datetime.fromisoformat(MORNING)
PIECES = [
    "张伟",
    "小雪",
    "我",
    "爱人",
    "他",
    "36.5",
    "365",
    "38度2",
    "三十六度五",
    "正常",
    "没",
    "不",
    "无",
    "发烧",
    "咳嗽、",
    "头",
    "疼",
    "，。",
    "\n",
    "昨天",
    "3月1日",
    "周五",
    "#接龙",
    "1.",
    "2、",
    "工作：",
    "体温：",
    "□",
    "☑",
    "「",
    "」",
    "@李明",
    "@小微",
    "应到6",
    "实到5",
    "请假",
    "到10号",
    "建议",
    "更正",
    "不是",
    "作废",
    "如果",
    "？",
    "哈哈",
    "住院",
    "还差三万",
    "120",
    "明天",
    "今天训练",
    "心里",
    "(",
    ")",
    "“",
    "”",
    "~",
    "-",
    "/",
    "|",
    "37.3以上",
    "℃",
    "98.6F",
    "\u200b",
    "3️⃣",
    "🌡",
    "其余",
]


def say(text: str) -> Reading:
    return read(text, "张伟", MOMENT, ROSTER, LEXICON)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error_and_the_same_each_time(text: str) -> None:
    reading = say(text)
    assert reading == say(text)
    check_sound(text, reading, MOMENT.date(), LEXICON)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture_of_our_words_is_read_without_an_error(text: str) -> None:
    check_sound(text, say(text), MOMENT.date(), LEXICON)


@given(
    st.sampled_from(["咳嗽", "头疼", "拉肚子", "嗓子疼"]),
    st.sampled_from(["哈哈", "今天训练完，", "班长，", "@小微 ", "报告："]),
    st.sampled_from(["，36.5", "，体温正常", "，一切正常"]),
)
def test_a_plainly_stated_symptom_is_never_read_as_healthy(symptom: str, before: str, after: str) -> None:
    for checkin in say(f"{before}有点{symptom}{after}").checkins:
        assert checkin.healthy is False


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "\u200b\u200b", "「", "□", "。" * 50, "1." * 50, "@" * 50])
def test_odd_texts_are_chatter(text: str) -> None:
    assert say(text).intents == ()


REPEATED = [
    "😀",
    "正常",
    "365 ",
    "36.5，",
    "张伟、",
    "昨天38.5，",
    "咳",
    "无发热、",
    "咳嗽好了，",
    "36.5不对",
    "3月1日、",
    "1. 张伟 36.5\n",
    "工作：",
    "“",
    "@",
    "□",
    "(",
    "我妈",
    "请假3月1日",
    "孩子住院没钱",
    " ",
    "9",
    "a",
]


@pytest.mark.parametrize("unit", REPEATED)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Ten times the text may take at most thirty times the time: a quadratic pass would take a hundred times. The best of three counts."""

    def best(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        taken = []
        for _ in range(3):
            start = time.process_time()
            say(text)
            taken.append(time.process_time() - start)
        return min(taken)

    assert best(15_000) < 30 * best(1_500) + 0.05


def test_a_megabyte_is_read_like_its_beginning() -> None:
    assert say("36.5，" + "哈" * 1_000_000).checkins[0].temperature == 36.5


def test_long_texts_of_real_words_are_read_soundly() -> None:
    """A text of more clauses than the judge is asked about: what others wrote, two and two, again and again."""
    chance = random.Random(7)
    texts = [message["text"] for name in ("dev.jsonl", "more.jsonl") for message in messages(name)]
    for one, other in (chance.sample(texts, 2) for _ in range(60)):
        text = chance.choice(("，", "。", "\n")).join([one, other] * (3000 // len(one + other) + 1))
        check_sound(text, read(text, "张伟", MOMENT, ROSTER, LEXICON), MOMENT.date(), LEXICON)


@pytest.mark.parametrize("work", ["今天保养了水带，", "修了三扇窗，", "明天继续擦车，"])
def test_a_piece_of_work_told_hundreds_of_times_is_an_account(work: str) -> None:
    assert "report" in read(f"36.5 正常。{work * 300}", "张伟", MOMENT, ROSTER, LEXICON).intents
