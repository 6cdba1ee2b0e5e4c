"""The fake platform's encryption against published and made vectors."""

import json

import pytest

from tests.fakes.wecom_server import crypto

OFFICIAL_TOKEN, OFFICIAL_KEY, OFFICIAL_CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
BOT_TOKEN, BOT_KEY = "reportbotTOKEN01", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE"

ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
POST = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccA"
    "S0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ"
    "3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo"
    "6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)

HEAD = b"0123456789abcdef"
MADE = [
    (
        "1767225600",
        "nonce-verify-1",
        "7391825064417203355",
        "Q3stYC6hdFzMh9T8HCvyDGYxL+AdcEVeuC4fPXVfPbFdoxGEtkoi5I0gpcDi4U3CrBvf/Dn6QT9/k3wwdJ4zIQ==",
        "05dba1d59a339893206eb000228400cf9c11f8ce",
    ),
    (
        "1767225601",
        "nonce-msg-1",
        (
            '{"msgid":"m-0001","aibotid":"aib-demo","chatid":"wr-demo-chat","chattype":"group","from":{"userid":"lisi"},'
            '"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1",'
            '"msgtype":"text","text":{"content":"@报表机器人 今日进度 80%"}}'
        ),
        (
            "Q3stYC6hdFzMh9T8HCvyDBl/Ds/vJdOXVQcSIRsZgt5jzECOAcyB1zfS3tvNIjWhOJ/J+bw2hCEcU9F5rAcvpW2z8kGSL/5dyhvlMHXZUQ6ktz6De1ehAD3VzTr/"
            "/LdEtSL78UkjdYegfr59Zc5+vggf7hBVZN2nlxYaAJ8U4XP3kk3QNiW18WNqMs8n4d3MVpUIHp0mMasMfFe8KjDqStRSYQxmJ51OmqZK3WSfQqwPXMBAt4lhyQQf"
            "Y7LWEmaIiy7QldI0SYDM8BByUe6x0zgi17jjMYSJJGsjQ9jh0iax4i8LW3DQyMWrL0PuhTGVMdpNhpL4c30u0SDJtSMGyyDwQA+93Vl6lP4wA0DDPIU5TVzQSk9F"
            "VzaiHqi5pSQJ"
        ),
        "0e489f9968800a2da723f915526189309d18dc91",
    ),
    (
        "1767225602",
        "nonce-msg-1",
        '{"msgtype":"stream","stream":{"id":"s-1","finish":false,"content":"正在汇总…"}}',
        (
            "Q3stYC6hdFzMh9T8HCvyDIDtWT0jyw8ZmcuExhV8orRFxvCECBc1E9VDrzV0jQV/StfVxhGJSu4VTnUuyPxwTeIB/hxuvANyjLXZZZIttfnef8xywzOADAPHuw07"
            "aWlM+15Ah9vgtoDXGUphAOGxYFU8tsble5gd4COaWNWIr6g="
        ),
        "cb573764a64eb1aa9c0db3379386c2b1cdae6a5a",
    ),
    (
        "1767225603",
        "n4",
        "AAAAAAAAAAAA",  # with its head it fills a block, so that a whole block of padding follows
        "Q3stYC6hdFzMh9T8HCvyDBrZWFIxTRfE18avNRIBB043paBqLPokMM/JA5xIahLPWIFf25pA4RAOT4YrHLlqRg==",
        "4b9ec69ee38527ada732973b86a88b06557b95dd",
    ),
]


@pytest.mark.parametrize(
    ("timestamp", "nonce", "encrypted", "signature"),
    [
        ("1409659589", "263014780", ECHO, "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"),
        ("1409659813", "1372623149", POST, "477715d11cdb4164915debcba66cb864d751f3e6"),
    ],
)
def test_the_published_vectors_are_signed_and_opened(timestamp: str, nonce: str, encrypted: str, signature: str) -> None:
    assert crypto.signed(signature, OFFICIAL_TOKEN, timestamp, nonce, encrypted)
    message = crypto.decrypt(OFFICIAL_KEY, encrypted, OFFICIAL_CORP)
    assert message == "1616140317555161061" or "<Content><![CDATA[hello]]></Content>" in message


@pytest.mark.parametrize(("timestamp", "nonce", "message", "encrypted", "signature"), MADE)
def test_what_is_made_for_an_ai_bot_is_the_known_text(timestamp: str, nonce: str, message: str, encrypted: str, signature: str) -> None:
    assert crypto.encrypt(BOT_KEY, message, "", head=HEAD) == encrypted
    assert crypto.signature(BOT_TOKEN, timestamp, nonce, encrypted) == signature
    assert crypto.decrypt(BOT_KEY, encrypted, "") == message


def test_media_are_encrypted_without_a_head() -> None:
    encrypted = bytes.fromhex("9733f8c92160f41323e875933670963537bf4e39f24c16a3b3e2ca43b7b63bc7")
    assert crypto.encrypt_bytes(crypto.media_key(BOT_KEY), b"hello wecom media\n") == encrypted
    assert crypto.decrypt_bytes(crypto.media_key(BOT_KEY), encrypted) == b"hello wecom media\n"


@pytest.mark.parametrize(
    ("encrypted", "receiver"),
    [
        (ECHO, "wx0000000000000000"),
        (ECHO[:-8] + "AAAAAA==", OFFICIAL_CORP),
        (ECHO[:40], OFFICIAL_CORP),
        ("", OFFICIAL_CORP),
        ("not base64!", OFFICIAL_CORP),
    ],
)
def test_what_is_broken_or_for_another_is_not_opened(encrypted: str, receiver: str) -> None:
    with pytest.raises(crypto.UnreadableError):
        crypto.decrypt(OFFICIAL_KEY, encrypted, receiver)


def test_a_message_in_chinese_travels_whole() -> None:
    message = json.dumps({"text": {"content": "体温正常，一切都好" * 40}}, ensure_ascii=False)
    assert crypto.decrypt(BOT_KEY, crypto.encrypt(BOT_KEY, message, "ww1"), "ww1") == message
