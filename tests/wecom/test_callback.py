"""Opening callbacks: both envelopes, and everything that somebody else may post to our address."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.wecom.callback import MAX_BODY, CallbackError, open_callback, open_echo, read_json, read_xml
from bot.channels.wecom.crypto import Crypto
from bot.channels.wecom.replay import ReplayGuard
from tests.wecom.quickly import within
from tests.wecom.vectors import BOT, BOT_KEY, BOT_TOKEN, S1, S2, V1, V2, Vector

SECRET_TEXT = "我娘病了"
ONE_WORD = {
    "large",
    "msg_signature",
    "timestamp",
    "nonce",
    "echostr",
    "json",
    "xml",
    "envelope",
    "signature",
    "age",
    "repeated",
    "echo",
} | {
    "base64",
    "length",
    "padding",
    "layout",
    "receiver",
}


def moment(vector: Vector) -> datetime:
    """When the platform signed it."""
    return datetime.fromtimestamp(int(vector.timestamp), UTC)


def as_json(encrypt: str) -> bytes:
    return json.dumps({"encrypt": encrypt}).encode()


def as_xml(encrypt: str) -> bytes:
    return (
        f"<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><AgentID><![CDATA[218]]></AgentID><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
    ).encode()


def opened(vector: Vector, body: bytes, guard: ReplayGuard | None = None, **query: str) -> bytes:
    """What a POST holds, coming just when it was signed."""
    return open_callback({**vector.query, **query}, body, vector.crypto, guard or ReplayGuard(), moment(vector))


def refusal(call: Callable[[], Any]) -> tuple[int, str]:
    """How a request is refused: quickly, with a 4xx and one word."""
    with within(0.1), pytest.raises(CallbackError) as caught:
        call()
    error = caught.value
    assert 400 <= error.status < 500
    assert error.reason in ONE_WORD
    assert str(error) == f"{error.status} {error.reason}"
    assert error.__context__ is None, "no other error, which might repeat what came, hangs on it"
    return error.status, error.reason


def outcome(read: Callable[[bytes], dict[str, Any]], data: bytes) -> object:
    """What reading gives: a dict, or how it was refused."""
    try:
        return type(read(data))
    except CallbackError as error:
        return error.status, error.reason


def signed(message: bytes, crypto: Crypto = BOT) -> tuple[dict[str, str], bytes]:
    """A POST as the platform makes it, at the time of S2."""
    encrypt = crypto.encrypt(message)
    query = {"msg_signature": crypto.sign(S2.timestamp, "n", encrypt), "timestamp": S2.timestamp, "nonce": "n"}
    return query, as_json(encrypt)


def test_both_envelopes_are_opened() -> None:
    assert read_json(opened(S2, as_json(S2.encrypt)))["text"] == {"content": "@报表机器人 今日进度 80%"}
    assert read_xml(opened(V2, as_xml(V2.encrypt)))["Content"] == "hello"
    assert opened(S2, b'\n {"new":[1],"encrypt":"' + S2.encrypt.encode() + b'"}') == S2.message


def test_the_address_is_tried_out_with_an_echo() -> None:
    for vector in (V1, S1):
        query = {**vector.query, "echostr": vector.encrypt}
        assert open_echo(query, vector.crypto, ReplayGuard(), moment(vector)) == vector.message


def test_a_recorded_message_is_not_decrypted_for_whoever_sends_it_as_an_echo() -> None:
    query = {**S2.query, "echostr": S2.encrypt}
    assert refusal(lambda: open_echo(query, BOT, ReplayGuard(), moment(S2))) == (400, "echo")


def test_a_delivery_that_was_taken_is_refused_the_second_time_and_one_that_was_not_is_let_in() -> None:
    guard = ReplayGuard()
    body = as_json(S2.encrypt)
    assert opened(S2, body, guard) == S2.message
    assert opened(S2, body, guard) == S2.message, "it was answered with 503"
    guard.taken(S2.signature, moment(S2))
    assert refusal(lambda: opened(S2, body, guard)) == (409, "repeated")


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24 * 365])
def test_an_old_recording_is_refused_and_so_is_one_from_the_future(minutes: int) -> None:
    now = moment(S2) + timedelta(minutes=minutes)
    assert refusal(lambda: open_callback(S2.query, as_json(S2.encrypt), BOT, ReplayGuard(), now)) == (403, "age")
    echo = {**S1.query, "echostr": S1.encrypt}
    assert refusal(lambda: open_echo(echo, BOT, ReplayGuard(), now)) == (403, "age")


@pytest.mark.parametrize("name", ["msg_signature", "timestamp", "nonce"])
def test_what_is_missing_in_the_query_is_named(name: str) -> None:
    query = {key: value for key, value in S2.query.items() if key != name}
    assert refusal(lambda: open_callback(query, as_json(S2.encrypt), BOT, ReplayGuard(), moment(S2))) == (400, name)
    assert refusal(lambda: opened(S2, as_json(S2.encrypt), **{name: ""})) == (400, name)


def test_whoever_does_not_know_the_token_is_refused() -> None:
    body = as_json(S2.encrypt)
    assert refusal(lambda: opened(S2, body, msg_signature="0" * 40)) == (403, "signature")
    assert refusal(lambda: opened(S2, body, timestamp="1767225602")) == (403, "signature")
    assert refusal(lambda: opened(S2, body, nonce="other")) == (403, "signature")
    assert refusal(lambda: opened(S2, as_json(S1.encrypt))) == (403, "signature")
    assert refusal(lambda: opened(S2, as_json("签" * 100), msg_signature="\ud800")) == (403, "signature")


def test_what_is_signed_but_for_somebody_else_is_refused() -> None:
    query, body = signed(b"{}", Crypto(BOT_TOKEN, BOT_KEY, "ww-other"))
    assert refusal(lambda: open_callback(query, body, BOT, ReplayGuard(), moment(S2))) == (400, "receiver")


def bombs() -> dict[str, bytes]:
    """Bodies that are made to take long, or much memory."""
    big = MAX_BODY - 100
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "too large": b"x" * (MAX_BODY + 1),
        "nested lists": b"[" * big,
        "nested objects": b'{"a":' * (big // 5),
        "a number": b'{"encrypt":' + b"9" * big + b"}",
        "an exponent": b'{"encrypt":1e' + b"9" * big + b"}",
        "escapes": b'{"encrypt":"' + b"\\u4e2d" * (big // 6),
        "keys": b"{" + b",".join(b'"%d":0' % n for n in range(big // 10)) + b"}",
        "spaces": b" " * big,
        "nested elements": b"<a>" * (big // 3),
        "siblings": b"<xml>" + b"<a/>" * (big // 4) + b"</xml>",
        "attributes": b"<xml " + b" ".join(b'a%d=""' % n for n in range(big // 12)) + b"/>",
        "an open tag": b"<" + b"a" * big,
        "an open comment": b"<!--" + b"-" * big,
        "an open section": b"<xml><![CDATA[" + b"]" * big,
        "laughs": f'<!DOCTYPE xml [<!ENTITY l0 "ha">{laughs}]><xml><Encrypt>&l9;</Encrypt></xml>'.encode(),
        "a file": b'<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Encrypt>&f;</Encrypt></xml>',
        "another encoding": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE xml [<!ENTITY e "x">]><xml>&e;</xml>'.encode("utf-16"),
        "garbage": bytes(range(256)) * 1000,
        "nothing": b"",
    }


@pytest.mark.parametrize("name", bombs())
def test_bodies_that_are_made_to_hurt_are_refused_at_once(name: str) -> None:
    status, _reason = refusal(lambda: opened(S2, bombs()[name]))
    assert status in {400, 413}


@pytest.mark.parametrize(
    "body", [b'{"encrypt":7}', b'{"encrypt":["a"]}', b"{}", b"<xml><a>b</a></xml>", b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>"]
)
def test_an_envelope_holds_one_encrypted_text(body: bytes) -> None:
    assert refusal(lambda: opened(S2, body)) == (400, "envelope")


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"null",
        b'"a"',
        b"1",
        b"\xff\xfe",
        b'{"a":1}x',
        b"<xml></xml>",
        b"<xml>text</xml>",
        b"<xml>",
        b"<a/><b/>",
        b"<xml>&nbsp;</xml>",
    ],
)
def test_what_is_no_envelope_at_all_is_refused(body: bytes) -> None:
    assert refusal(lambda: opened(S2, body))[0] == 400


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet="<>/!?[]CDATAxml&;=\"' \n\ud800", max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass")),
    )
)
@example(b"<xml><a>\x00</a></xml>")
@example(b"\xef\xbb\xbf<xml><a>b</a></xml>")
def test_reading_xml_gives_a_dict_or_one_kind_of_error(data: bytes) -> None:
    assert outcome(read_xml, data) in (dict, (400, "xml"))


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=60).map(str.encode),
        st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda v: json.dumps(v).encode()),
    )
)
def test_reading_json_gives_a_dict_or_one_kind_of_error(data: bytes) -> None:
    assert outcome(read_json, data) in (dict, (400, "json"))


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=5), st.binary(max_size=300))
def test_whatever_is_posted_there_is_one_kind_of_error(query: dict[str, str], body: bytes) -> None:
    for sent in ({**S2.query, **query}, query):
        with pytest.raises(CallbackError):
            open_callback(sent, body, BOT, ReplayGuard(), moment(S2))
        with pytest.raises(CallbackError):
            open_echo(sent, BOT, ReplayGuard(), moment(S2))


Tree = dict[str, Any]


def written(tree: Tree) -> str:
    """A dict as the XML that it is read from."""

    def element(name: str, value: Any) -> str:
        if isinstance(value, list):
            return "".join(element(name, item) for item in value)
        return f"<{name}>{written(value) if isinstance(value, dict) else f'<![CDATA[{value}]]>'}</{name}>"

    return "".join(element(name, value) for name, value in tree.items())


names = st.from_regex(r"\A[A-Za-z_][A-Za-z0-9_]{0,8}\Z")
texts = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20).filter(
    lambda t: "]]>" not in t
)
items = st.recursive(
    texts, lambda inner: st.dictionaries(names, inner | st.lists(inner, min_size=2, max_size=4), min_size=1, max_size=4), max_leaves=12
)


@settings(deadline=None)
@given(st.dictionaries(names, items | st.lists(items, min_size=2, max_size=3), min_size=1, max_size=5))
def test_every_message_is_read_as_it_was_written(tree: Tree) -> None:
    assert read_xml(f"<xml>{written(tree)}</xml>".encode()) == tree


def test_a_card_is_read_with_what_was_ticked() -> None:
    card = """<xml>
      <Event><![CDATA[template_card_event]]></Event><EventKey></EventKey>
      <SelectedItems>
        <SelectedItem><QuestionKey>q1</QuestionKey><OptionIds><OptionId>a</OptionId><OptionId>b</OptionId></OptionIds></SelectedItem>
        <SelectedItem><QuestionKey>q2</QuestionKey><OptionIds><OptionId>c</OptionId></OptionIds></SelectedItem>
      </SelectedItems></xml>"""
    assert read_xml(card.encode()) == {
        "Event": "template_card_event",
        "EventKey": "",
        "SelectedItems": {
            "SelectedItem": [
                {"QuestionKey": "q1", "OptionIds": {"OptionId": ["a", "b"]}},
                {"QuestionKey": "q2", "OptionIds": {"OptionId": "c"}},
            ]
        },
    }


def test_no_error_repeats_what_came_or_what_we_know() -> None:
    query, body = signed(SECRET_TEXT.encode())
    attempts: list[Callable[[], Any]] = [
        lambda: open_callback(query, body, BOT, ReplayGuard(), moment(S2) + timedelta(hours=1)),
        lambda: open_callback({**query, "nonce": SECRET_TEXT}, body, BOT, ReplayGuard(), moment(S2)),
        lambda: open_callback(query, SECRET_TEXT.encode(), BOT, ReplayGuard(), moment(S2)),
        lambda: open_callback(query, f"<xml>{SECRET_TEXT}".encode(), BOT, ReplayGuard(), moment(S2)),
        lambda: open_callback(query, body, Crypto(BOT_TOKEN, BOT_KEY, "ww"), ReplayGuard(), moment(S2)),
        lambda: read_json(SECRET_TEXT.encode()),
        lambda: read_xml(SECRET_TEXT.encode()),
    ]
    for attempt in attempts:
        with pytest.raises(CallbackError) as caught:
            attempt()
        said = repr(caught.value) + str(caught.value) + repr(vars(caught.value))
        assert not any(word in said for word in (SECRET_TEXT, BOT_TOKEN, BOT_KEY, query["msg_signature"]))
