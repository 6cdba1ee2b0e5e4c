"""What was found and does not count, and why; and the command that prints it."""

import json
from datetime import datetime

import pytest

from bot.config import REPOSITORY
from bot.sentences import load_texts
from bot.understand import understand_aloud
from handlers.reading.explain import explain
from handlers.reading.lexicon import Lexicon
from handlers.reading.reasons import AGAINST, LISTS, RULES
from models.roster import Roster
from tests.reading.conftest import MORNING

SENTENCES = REPOSITORY / "content" / "sentences"


@pytest.mark.parametrize(
    ("text", "piece", "by"),
    [
        ("王磊头疼吗？", "头疼", "frames.question"),
        ("如果发烧就请假", "发烧", "frames.condition"),
        ("笑得我肚子疼", "肚子疼", "statement.degree"),
        ("听说陈一发烧了", "发烧", "frames.hearsay"),
        ("买了退烧药", "退烧药", "symptoms.traps"),
        ("我同学发烧了", "发烧", "person.nobody"),
        ("体温36.5，我同学咳嗽", "咳嗽", "person.nobody"),
        ("体温38.2…不对，36.8", "38.2", "statement.withdrawn"),
        ("今天气温36度", "36度", "numbers.elsewhere"),
        ("接待了36个人", "36", "numbers.units"),
        ("37.3以上不得进营区", "37.3", "numbers.limits"),
        ("早上36.5，晚上36.8", "36.5", "temperature.higher"),
        ("体温38.2，其他正常", "正常", "health.unwell"),
        ("转发：发热的同志请及时报告", "发热", "frames.document"),
        ("“我头疼”，他说", "头疼", "surface.speech"),
        ("#接龙 聚餐报名\n1. 王磊\n2. 陈一", "聚餐", "chain.sign_up"),
    ],
)
def test_what_does_not_count_says_why(roster: Roster, lexicon: Lexicon, text: str, piece: str, by: str) -> None:
    left_out = explain(text, "张伟", datetime.fromisoformat(MORNING), roster, lexicon).left_out
    found = [(text[e.start : e.end], e.by) for e in left_out]
    assert any(piece in words and reason == by for words, reason in found), found


def test_every_reason_has_its_words() -> None:
    keys = load_texts(SENTENCES, "en").keys()
    reasons = {key.removeprefix("reason.") for key in keys if key.startswith("reason.")}
    assert reasons == {*RULES, *LISTS, *AGAINST}


def printed(roster: Roster, lexicon: Lexicon, text: str) -> list[str]:
    line = json.dumps({"id": "a1", "sender": "张伟", "sent_at": MORNING, "text": text})
    return list(understand_aloud([line], roster, lexicon, load_texts(SENTENCES, "en")))


def test_the_message_is_marked_under_its_words_whatever_their_width(roster: Roster, lexicon: Lexicon) -> None:
    assert printed(roster, lexicon, "体温36.5，有点咳嗽\n如果发烧再说") == [
        "a1  张伟  2026-03-04 08:05  health 1.00",
        "  体温36.5，有点咳嗽",
        "      1^^^      2^^^",
        "  如果发烧再说",
        "      3^^^",
        "  1  张伟 temperature = 36.5  36.5  1.00  temperature.exact (a number written as a temperature)",
        "  2  张伟 symptom = cough     咳嗽  1.00  symptoms.terms.cough (a word for the symptom)",
        "  2  张伟 healthy = unwell    咳嗽  1.00  health.symptom (there is a symptom)",
        "  left out:",
        "  3  symptom = fever  发烧  frames.condition (only supposed)",
        "",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "\u200b", "早", "36.5" * 200, "👨‍👩‍👧 36.5\t咳嗽", "😷" * 99])
def test_any_message_can_be_explained(roster: Roster, lexicon: Lexicon, text: str) -> None:
    lines = printed(roster, lexicon, text)
    assert lines[0].startswith("a1  张伟")
    assert not any("\n" in line for line in lines)
