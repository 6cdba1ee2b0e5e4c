"""The cipher: known answers, round trips, and what was tampered with."""

import base64
import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wecom import crypto as module
from bot.channels.wecom.callback import read_xml
from bot.channels.wecom.crypto import Crypto, CryptoError, aes_key
from tests.wecom.vectors import BOT, BOT_KEY, BOT_TOKEN, MEDIA_KEY, MEDIA_PLAIN, MEDIA_SEALED, OFFICIAL, S1, S2, S4, V2, VECTORS, Vector

REASONS = {"signature", "base64", "length", "padding", "layout", "receiver", "key"}


def refused(what: Crypto, encrypt: str) -> str:
    """Why an envelope is not opened."""
    with pytest.raises(CryptoError) as caught:
        what.decrypt(encrypt)
    return caught.value.reason


def what_comes_of(encrypt: str) -> object:
    """All that an error shows: its text, its arguments and the error that hangs on it. None where the envelope is opened."""
    try:
        BOT.decrypt(encrypt)
    except CryptoError as error:
        return str(error), error.args, error.__context__
    return None


def sealed(plain: bytes) -> str:
    """Anything at all, encrypted with the bot's key as it stands."""
    encryptor = BOT._cipher.encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_the_known_answers_come_out(vector: Vector) -> None:
    assert vector.crypto.sign(vector.timestamp, vector.nonce, vector.encrypt) == vector.signature
    vector.crypto.verify(vector.signature, vector.timestamp, vector.nonce, vector.encrypt)
    message = vector.crypto.decrypt(vector.encrypt)
    assert vector.message in {None, message}
    assert vector.crypto.encrypt(message, random16=vector.random16) == vector.encrypt


def test_the_official_message_says_hello() -> None:
    message = OFFICIAL.decrypt(V2.encrypt)
    assert len(message) == 284
    assert read_xml(message) == {
        "ToUserName": "wx5823bf96d3bd56c7",
        "FromUserName": "mycreate",
        "CreateTime": "1409659813",
        "MsgType": "text",
        "Content": "hello",
        "MsgId": "4561255354251345929",
        "AgentID": "218",
    }


def test_a_key_is_32_bytes_and_one_whose_last_letter_carries_idle_bits_is_taken() -> None:
    assert aes_key(BOT_KEY).hex() == "69b71d79f8218a39259a7a29aabb2dbafc31cb3d35db7e39ebbf3d0010831051"
    official = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
    assert base64.b64encode(aes_key(official)).decode() != official + "="


def test_a_message_that_fills_its_blocks_is_padded_with_a_whole_one() -> None:
    assert len(base64.b64decode(S4.encrypt)) == 64
    assert BOT.decrypt(S4.encrypt) == b"AAAAAAAAAAAA"


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([BOT, OFFICIAL]))
def test_what_is_sealed_is_opened_again(message: bytes, crypto: Crypto) -> None:
    encrypt = crypto.encrypt(message)
    assert crypto.decrypt(encrypt) == message
    crypto.verify(crypto.sign("1", "n", encrypt), "1", "n", encrypt)


def test_the_same_message_is_never_sealed_the_same_way() -> None:
    assert len({BOT.encrypt(b"hello") for _ in range(20)}) == 20


@settings(deadline=None)
@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_byte_that_was_changed_is_noticed_by_the_signature(place: int, change: int) -> None:
    raw = bytearray(base64.b64decode(S2.encrypt))
    raw[place % len(raw)] ^= change
    with pytest.raises(CryptoError) as caught:
        BOT.verify(S2.signature, S2.timestamp, S2.nonce, base64.b64encode(raw).decode())
    assert caught.value.reason == "signature"


@pytest.mark.parametrize(
    ("signature", "timestamp", "nonce"),
    [
        (S2.signature.upper(), S2.timestamp, S2.nonce),
        (S2.signature[:-1], S2.timestamp, S2.nonce),
        ("", S2.timestamp, S2.nonce),
        ("签名", S2.timestamp, S2.nonce),
        ("\ud800" * 40, S2.timestamp, S2.nonce),
        (S2.signature, "1767225602", S2.nonce),
        (S2.signature, S2.timestamp, "nonce-msg-2"),
        (S2.signature, "\ud800", "\udfff"),
    ],
)
def test_a_signature_of_something_else_is_refused(signature: str, timestamp: str, nonce: str) -> None:
    with pytest.raises(CryptoError) as caught:
        BOT.verify(signature, timestamp, nonce, S2.encrypt)
    assert caught.value.reason == "signature"


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    whole = hmac.compare_digest

    def watched(one: bytes, other: bytes) -> bool:
        compared.append(len(one))
        return whole(one, other)

    monkeypatch.setattr(module.hmac, "compare_digest", watched)
    BOT.verify(S2.signature, S2.timestamp, S2.nonce, S2.encrypt)
    assert compared == [40]


def test_each_way_of_being_wrong_has_its_name() -> None:
    random, empty = b"0" * 16, b""
    assert refused(BOT, "不是") == "base64"
    assert refused(BOT, "QQ") == "base64"
    assert refused(BOT, f"{S4.encrypt[:8]}\n{S4.encrypt[8:]}") == "base64"
    assert refused(BOT, "") == "length"
    assert refused(BOT, "QUJD") == "length"
    assert refused(BOT, sealed(bytes(32))) == "padding", "none at all"
    assert refused(BOT, sealed(b"\x21" * 64)) == "padding", "33, more than a block has"
    assert refused(BOT, sealed(b"\x01" * 30 + b"\x02\x03")) == "padding", "three bytes that are not three times 3"
    assert refused(BOT, sealed(random + b"\x10" * 16)) == "layout", "no room for a length"
    assert refused(BOT, sealed(random + (100).to_bytes(4, "big") + b"short" + b"\x07" * 7)) == "layout"
    assert refused(BOT, sealed(random + b"\xff\xff\xff\xff" + b"\x0c" * 12)) == "layout"
    assert refused(BOT, Crypto(BOT_TOKEN, BOT_KEY, "wx1").encrypt(empty)) == "receiver"
    assert refused(Crypto(BOT_TOKEN, BOT_KEY, "wx1"), S1.encrypt) == "receiver"


@settings(deadline=None)
@given(
    st.one_of(
        st.text(),
        st.binary(max_size=200).map(lambda raw: base64.b64encode(raw).decode()),
        st.binary(max_size=96).map(lambda raw: sealed(raw[: len(raw) // 16 * 16])),
    )
)
def test_whatever_comes_every_error_is_one_word(encrypt: str) -> None:
    assert what_comes_of(encrypt) in {None, *((reason, (reason,), None) for reason in REASONS)}


@pytest.mark.parametrize("key", ["", BOT_KEY[:-1], BOT_KEY + "=", BOT_KEY[:-1] + "+", " " + BOT_KEY, BOT_KEY[:-1] + "密", BOT_KEY + "\n"])
def test_a_key_that_is_none_is_named_at_the_start_and_not_repeated(key: str) -> None:
    with pytest.raises(ValueError, match=r"^encoding_aes_key: must be the 43 letters and digits .* EncodingAESKey") as caught:
        Crypto(BOT_TOKEN, key, "")
    assert f"has {len(key)} characters" in str(caught.value)
    assert BOT_KEY[:8] not in str(caught.value)


def test_nothing_shows_the_token_or_the_key() -> None:
    shown = repr(BOT) + str(BOT)
    assert BOT_TOKEN not in shown
    assert BOT_KEY not in shown


def test_a_file_is_opened_with_its_own_key_or_with_that_of_the_callback() -> None:
    assert Crypto.decrypt_media(MEDIA_SEALED, MEDIA_KEY) == MEDIA_PLAIN
    assert BOT.decrypt_media(MEDIA_SEALED, BOT_KEY) == MEDIA_PLAIN


@pytest.mark.parametrize(
    ("data", "key", "reason"),
    [
        (MEDIA_SEALED, "", "key"),
        (MEDIA_SEALED, "QUJD", "key"),
        (MEDIA_SEALED, "密钥", "key"),
        (MEDIA_SEALED[:-1], MEDIA_KEY, "length"),
        (b"", MEDIA_KEY, "length"),
        (MEDIA_SEALED[:-16] + bytes(16), MEDIA_KEY, "padding"),
    ],
)
def test_a_file_that_cannot_be_opened_says_why(data: bytes, key: str, reason: str) -> None:
    with pytest.raises(CryptoError) as caught:
        Crypto.decrypt_media(data, key)
    assert (caught.value.reason, caught.value.__context__) == (reason, None)


def test_the_signature_is_that_of_the_protocol() -> None:
    by_hand = hashlib.sha1("".join(sorted([BOT_TOKEN, "9", "10", "Abc"])).encode()).hexdigest()
    assert BOT.sign("9", "10", "Abc") == by_hand
