"""接龙 as WeChat sends it: every line is its author's, whatever name stands in it, unless it names somebody else of the unit."""

import time
from datetime import date, datetime
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.explain import explain
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from handlers.reading.text.solitaire import Solitaire, unpack
from models.reading import Form, Intent, Reading
from models.roster import Roster
from tests.reading.conftest import MORNING, told
from tests.reading.wechat import info, message, solitaire, words

ACCOUNTS = {"wxid_a": "李明", "wxid_b": "张伟", "wxid_c": "王磊", "wxid_d": "高强", "wxid_e": "欧阳朔"}
AT = "2026-03-04T07:30:00+08:00"
TITLE = "#接龙\n今日体温"
LEXICON = load_lexicon(REPOSITORY / "content" / "lexicon")
ROSTER = Roster.model_validate_json((REPOSITORY / "tests" / "corpus" / "roster.json").read_text(encoding="utf-8"))


def of(text: str, sender: str = "李明", at: str = MORNING) -> Reading:
    """A message read by a bot that knows the accounts."""
    return read(text, sender, datetime.fromisoformat(at), ROSTER, LEXICON, ACCOUNTS.get)


def unpacked(raw: str) -> Solitaire | None:
    """The chain in a raw message."""
    return unpack(raw, {}, ACCOUNTS.get, datetime.fromisoformat(MORNING))


def pieces(raw: str) -> list[tuple[str, str]]:
    """The lines of a raw message, with their authors, as they were taken out of it."""
    found = unpacked(raw)
    assert found is not None
    return [(line.account, found.normal.text[line.start : line.end].strip()) for line in found.lines]


def test_a_line_is_its_authors_whatever_they_call_themselves() -> None:
    reading = of(solitaire(TITLE, [("wxid_a", AT, "李明 36.5"), ("wxid_b", AT, "大螃蟹🦀 36.6"), ("wxid_c", AT, "37.8 咳嗽")]))
    assert reading.form is Form.CHAIN
    assert reading.intents == (Intent.HEALTH,)
    assert told(reading) == {"李明": (36.5, (), True), "张伟": (36.6, (), True), "王磊": (37.8, ("cough", "fever"), False)}
    assert [(c.teller, c.account, c.said_at) for c in reading.checkins] == [
        ("李明", "wxid_a", datetime.fromisoformat(AT)),
        ("张伟", "wxid_b", datetime.fromisoformat(AT)),
        ("王磊", "wxid_c", datetime.fromisoformat(AT)),
    ]


def test_a_line_that_names_a_colleague_is_the_colleagues_reported_by_its_author() -> None:
    reading = of(solitaire(TITLE, [("wxid_a", AT, "李明 36.5"), ("wxid_a", AT, "替小陈：36.4"), ("wxid_b", AT, "王磊 36.9（代）")]))
    assert told(reading) == {"李明": (36.5, (), True), "陈一": (36.4, (), True), "王磊": (36.9, (), True)}
    assert {c.person: c.teller for c in reading.checkins} == {"李明": "李明", "陈一": "李明", "王磊": "张伟"}


def test_a_name_that_may_be_the_authors_own_is_the_authors() -> None:
    """小欧 could be anybody, 小李 is what 李明 calls himself, and 刘三 is on no roster."""
    reading = of(solitaire(TITLE, [("wxid_e", AT, "小欧 36.5"), ("wxid_a", AT, "小李 36.4"), ("wxid_b", AT, "刘三 36.6")]))
    assert told(reading) == {"欧阳朔": (36.5, (), True), "李明": (36.4, (), True), "张伟": (36.6, (), True)}


def test_what_is_said_for_a_stranger_is_nobodys() -> None:
    assert told(of(solitaire(TITLE, [("wxid_a", AT, "36.5"), ("wxid_b", AT, "替小刘：38.4"), ("wxid_b", AT, "36.6")]))) == {
        "李明": (36.5, (), True),
        "张伟": (36.6, (), True),
    }


def test_an_unknown_author_is_read_by_name_and_without_a_name_nobodys() -> None:
    reading = of(solitaire(TITLE, [("wxid_x", AT, "高强 36.5"), ("wxid_y", AT, "路人 38.5"), ("wxid_a", AT, "36.6")]))
    assert told(reading) == {"高强": (36.5, (), True), "李明": (36.6, (), True)}
    assert [(c.teller, c.account) for c in reading.checkins] == [("", "wxid_x"), ("李明", "wxid_a")]


def test_the_day_of_a_line_is_its_time_where_the_title_names_none() -> None:
    late = "2026-03-03T15:59:00+00:00"  # one minute to midnight in the zone of the message
    lines = [("wxid_a", late, "36.5"), ("wxid_b", "2026-03-04T00:01:00+08:00", "36.6")]
    assert {c.person: c.date for c in of(solitaire("#接龙\n体温", lines)).checkins} == {
        "李明": date(2026, 3, 3),
        "张伟": date(2026, 3, 4),
    }
    assert {c.date for c in of(solitaire("#接龙\n3月2日体温", lines)).checkins} == {date(2026, 3, 2)}
    ahead = [("wxid_a", "2026-03-09T08:00:00+08:00", "36.5")]
    assert [(c.date, c.said_at) for c in of(solitaire("#接龙\n体温", ahead)).checkins] == [(date(2026, 3, 4), None)]


def test_example_and_closing_words_are_nobodys() -> None:
    raw = solitaire(
        TITLE,
        [("wxid_a", AT, "36.5"), ("wxid_b", AT, "36.6")],
        example="例 姓名 38.5 咳嗽",
        tail="有发热咳嗽的马上告诉我",
    )
    assert told(of(raw)) == {"李明": (36.5, (), True), "张伟": (36.6, (), True)}


def test_a_line_may_have_lines_and_numbers_of_its_own() -> None:
    lines = [("wxid_a", AT, "李明\n1. 体温36.5\n2. 有点咳嗽"), ("wxid_b", AT, "张伟\n1. 体温36.6\n2. 正常"), ("wxid_c", AT, "36.4")]
    assert told(of(solitaire(TITLE, lines))) == {"李明": (36.5, ("cough",), False), "张伟": (36.6, (), True), "王磊": (36.4, (), True)}


def test_ranges_count_an_emoji_as_two() -> None:
    lines = [("wxid_a", AT, "💪🏻加油 36.5"), ("wxid_b", AT, "🌿🌿 36.6"), ("wxid_c", AT, "36.4 👍")]
    assert pieces(solitaire("#接龙 💪💪\n体温", lines)) == [(account, line) for account, _, line in lines]


def test_a_range_may_point_to_the_same_words_further_up() -> None:
    """The platform looks for the words of a line in the whole text: 36.5 stands in the first line, 体温 in the title."""
    lines = [("wxid_a", AT, "李明 36.5"), ("wxid_b", AT, "36.5"), ("wxid_c", AT, "体温"), ("wxid_d", AT, "36.5")]
    assert pieces(solitaire(TITLE, lines)) == [(account, line) for account, _, line in lines]


@pytest.mark.parametrize("off", [-2, -1, 1, 2])
def test_ranges_may_be_a_little_off(off: int) -> None:
    lines = [("wxid_a", AT, "李明 36.5 正常"), ("wxid_b", AT, "张伟 36.6 正常"), ("wxid_c", AT, "王磊 36.4")]
    chain = words(TITLE, lines)
    said = info(chain, TITLE, lines)
    for _, _, line in lines:
        start = chain.index(line)
        said = said.replace(f"<r>{start}-{len(line)}</r>", f"<r>{start + off}-{len(line) - off}</r>")
    assert pieces(message(chain, said)) == [(account, line) for account, _, line in lines]


def test_a_copy_that_lost_its_emoji_still_has_every_line() -> None:
    lines = [("wxid_a", AT, "李明💪🏻🌿 36.5"), ("wxid_b", AT, "👍👍 36.6"), ("wxid_c", AT, "王磊 36.4"), ("wxid_d", AT, "36.3")]
    chain = words(TITLE, lines)
    kept = "".join(letter for letter in chain if letter <= "\uffff")
    assert pieces(message(kept, info(chain, TITLE, lines))) == [
        ("wxid_a", "李明 36.5"),
        ("wxid_b", "36.6"),
        ("wxid_c", "王磊 36.4"),
        ("wxid_d", "36.3"),
    ]


def test_numbers_may_be_repeated_or_left_out() -> None:
    lines = [("wxid_a", AT, "36.5"), ("wxid_b", AT, "36.6"), ("wxid_c", AT, "36.7")]
    chain = words(TITLE, lines).replace("\n2. ", "\n3. ")
    assert pieces(message(chain, info(chain, TITLE, lines))) == [("wxid_a", "36.5"), ("wxid_b", "36.6"), ("wxid_c", "36.7")]


def test_a_numbered_line_that_the_platform_does_not_know_is_read_by_name() -> None:
    known = [("wxid_a", AT, "36.5"), ("wxid_b", AT, "36.6")]
    chain = words(TITLE, [*known, ("", AT, "高强 36.7"), ("", AT, "36.9")])
    reading = of(message(chain, info(chain, TITLE, known)))
    assert told(reading) == {"李明": (36.5, (), True), "张伟": (36.6, (), True), "高强": (36.7, (), True)}


def test_the_words_of_a_line_may_stand_beside_it() -> None:
    chain = words(TITLE, [("", AT, "36.5 &"), ("", AT, "37.9 咳嗽")])
    said = "<solitaire><content><s>2</s><i><u>wxid_a</u><c>36.5 &amp;</c></i><i><u>wxid_b</u><c>37.9 咳嗽</c></i></content></solitaire>"
    assert pieces(message(chain, said)) == [("wxid_a", "36.5 &"), ("wxid_b", "37.9 咳嗽")]
    assert told(of(message(chain, said)))["张伟"] == (37.9, ("cough", "fever"), False)


def test_evidence_points_into_the_message_as_it_was_received() -> None:
    raw = "wxid_a:\n" + solitaire("#接龙 <一班> & 💪\n体温", [("wxid_a", AT, "36.5 & 有点\u200b咳嗽"), ("wxid_b", AT, "36.6")])
    spans = {(c.person, e.field): raw[e.start : e.end] for c in of(raw).checkins for e in c.evidence}
    assert spans["李明", "temperature"] == "36.5"
    assert spans["李明", "symptom:cough"] == "咳嗽"
    assert spans["张伟", "temperature"] == "36.6"
    assert spans["张伟", "person"] == "36.6"


def test_a_reading_says_who_wrote_a_line_and_what_was_left_out() -> None:
    raw = solitaire(
        "#接龙\n体温", [("wxid_a", AT, "大螃蟹 36.5"), ("wxid_x", AT, "路人 38.5"), ("wxid_b", AT, "例：38.4 咳嗽")], tail="有发热的告诉我"
    )
    explained = explain(raw, "李明", datetime.fromisoformat(MORNING), ROSTER, LEXICON, ACCOUNTS.get)
    assert [(e.by, raw[e.start : e.end]) for e in explained.reading.checkins[0].evidence if e.field in ("person", "date")] == [
        ("person.author", "大螃蟹 36.5"),
        ("date.line", "大螃蟹 36.5"),
    ]
    assert [(e.by, raw[e.start : e.end]) for e in explained.left_out] == [
        ("chain.nobody", "路人 38.5"),
        ("chain.example", "例：38.4 咳嗽"),
    ]


def test_a_message_may_be_escaped_as_a_whole() -> None:
    raw = solitaire(TITLE, [("wxid_a", AT, "36.5"), ("wxid_b", AT, "37.8 & 咳嗽")])
    assert told(of("wxid_a:<br/>" + escape(raw).replace("\n", "<br/>"))) == told(of(raw))


def test_the_info_may_be_escaped_and_the_title_plain() -> None:
    lines = [("wxid_a", AT, "36.5 <3"), ("wxid_b", AT, "36.6")]
    chain = words(TITLE, lines)
    raw = (
        f"<msg><appmsg><title><![CDATA[{chain}]]></title><type>53</type><extinfo>"
        f"<solitaire_info>{escape(info(chain, TITLE, lines))}</solitaire_info></extinfo></appmsg></msg>"
    )
    assert pieces(raw) == [("wxid_a", "36.5 <3"), ("wxid_b", "36.6")]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "<solitaire>",
        "<solitaire><content><s>9</s><i><u>wxid_b</u>",
        "<solitaire><content><i><u>wxid_b</u><t>x</t><r>9999-3</r></i><i><u></u><r>-1--1</r></i><i></i></content></solitaire>",
        '<!DOCTYPE a [<!ENTITY b "&b;&b;">]><solitaire>&b;</solitaire>',
    ],
)
def test_what_cannot_be_understood_leaves_a_pasted_chain(said: str) -> None:
    chain = words(TITLE, [("", AT, "李明 36.5"), ("", AT, "王磊 37.8")])
    assert told(of(message(chain, said))) == {"李明": (36.5, (), True), "王磊": (37.8, ("fever",), False)}


def test_a_sign_up_and_an_empty_list_are_chatter() -> None:
    assert of(solitaire("#接龙\n周五聚餐报名", [("wxid_a", AT, "李明 2人"), ("wxid_b", AT, "不吃辣")])).intents == ()
    assert of(solitaire(TITLE, [("wxid_a", AT, "李明"), ("wxid_b", AT, "螃蟹")])).intents == ()


def test_other_cards_are_no_chain() -> None:
    assert unpacked("<msg><appmsg><title>天气</title><type>5</type></appmsg></msg>") is None
    assert unpacked("36.5 <appmsg") is None


def test_a_child_ill_in_a_line_is_the_child_of_its_author() -> None:
    lines = [("wxid_a", AT, "36.5 孩子36.4"), ("wxid_b", AT, "36.6，孩子38.2")]
    assert [(c.person, c.teller, c.temperature) for c in of(solitaire(TITLE, lines)).checkins] == [
        ("李明", "李明", 36.5),
        ("family:孩子", "李明", 36.4),
        ("张伟", "张伟", 36.6),
        ("family:孩子", "张伟", 38.2),
    ]


MARKS = [
    "<i>",
    "</i>",
    "<u>",
    "</u>",
    "<r>",
    "</r>",
    "0-9",
    "7-99",
    "&#x1F4AA;",
    "&#55357;",
    "&amp;",
    "&b;",
    "]]>",
    "<![CDATA[",
    "\n1. ",
    "36.5",
    "💪",
    "<c>",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*MARKS, "李明", "\r\n", "</title>", "<content>", "<tt>", "</tt>", "1", "<t>1772580600</t>"]), max_size=40),
    st.data(),
)
def test_reading_is_total_over_anything_in_the_envelope(parts: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(parts)))
    raw = (
        message("", "")
        .replace("</title>", "".join(parts[:cut]) + "</title>", 1)
        .replace("<![CDATA[", "<![CDATA[" + "".join(parts[cut:]), 1)
    )
    reading = of(raw)
    assert reading == of(raw)
    assert all(0 <= e.start <= e.end <= len(raw) for c in reading.checkins for e in c.evidence)


def test_a_huge_message_is_read_in_time(lexicon: Lexicon) -> None:
    """Unclosed elements and a thousand equal numbers cost no more than their length."""
    chain = "#接龙\n" + "\n1. 36.5" * 2_000
    said = "<solitaire><content>" + "<i><u>wxid_a</u><r>6-4</r></i>" * 3_000 + "<i>" * 20_000
    started = time.process_time()
    assert of(message(chain, said)).form is Form.CHAIN
    assert time.process_time() - started < 4
