"""Known answers of the protocol: the ones that the platform's sample programs carry, and some for an AI bot, whose receiver is empty."""

from dataclasses import dataclass

from bot.channels.wecom.crypto import Crypto

OFFICIAL = Crypto("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
BOT_TOKEN, BOT_KEY = "reportbotTOKEN01", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE"
BOT = Crypto(BOT_TOKEN, BOT_KEY, "")


@dataclass(frozen=True)
class Vector:
    """One signed envelope and the message inside (None: looked at in the test)."""

    crypto: Crypto
    random16: bytes
    timestamp: str
    nonce: str
    signature: str
    encrypt: str
    message: bytes | None

    @property
    def query(self) -> dict[str, str]:
        """The query of its request."""
        return {"msg_signature": self.signature, "timestamp": self.timestamp, "nonce": self.nonce}


V1 = Vector(
    OFFICIAL,
    b"c41b64491c2468d0",
    "1409659589",
    "263014780",
    "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
    "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
    b"1616140317555161061",
)
V2 = Vector(
    OFFICIAL,
    b"0960688932c47ef1",
    "1409659813",
    "1372623149",
    "477715d11cdb4164915debcba66cb864d751f3e6",
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXx"
    "accAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP"
    "7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XX"
    "ZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==",
    None,
)
S1 = Vector(
    BOT,
    b"0123456789abcdef",
    "1767225600",
    "nonce-verify-1",
    "05dba1d59a339893206eb000228400cf9c11f8ce",
    "Q3stYC6hdFzMh9T8HCvyDGYxL+AdcEVeuC4fPXVfPbFdoxGEtkoi5I0gpcDi4U3CrBvf/Dn6QT9/k3wwdJ4zIQ==",
    b"7391825064417203355",
)
S2 = Vector(
    BOT,
    b"0123456789abcdef",
    "1767225601",
    "nonce-msg-1",
    "0e489f9968800a2da723f915526189309d18dc91",
    "Q3stYC6hdFzMh9T8HCvyDBl/Ds/vJdOXVQcSIRsZgt5jzECOAcyB1zfS3tvNIjWhOJ/J+bw2hCEcU9F5rAcvpW2z8kGSL/5dyhvlMHXZUQ6ktz6De1ehAD3V"
    "zTr//LdEtSL78UkjdYegfr59Zc5+vggf7hBVZN2nlxYaAJ8U4XP3kk3QNiW18WNqMs8n4d3MVpUIHp0mMasMfFe8KjDqStRSYQxmJ51OmqZK3WSfQqwPXMBA"
    "t4lhyQQfY7LWEmaIiy7QldI0SYDM8BByUe6x0zgi17jjMYSJJGsjQ9jh0iax4i8LW3DQyMWrL0PuhTGVMdpNhpL4c30u0SDJtSMGyyDwQA+93Vl6lP4wA0DD"
    "PIU5TVzQSk9FVzaiHqi5pSQJ",
    '{"msgid":"m-0001","aibotid":"aib-demo","chatid":"wr-demo-chat","chattype":"group","from":{"userid":"lisi"},'
    '"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=RC1","msgtype":"text",'
    '"text":{"content":"@报表机器人 今日进度 80%"}}'.encode(),
)
S3 = Vector(
    BOT,
    b"0123456789abcdef",
    "1767225602",
    "nonce-msg-1",
    "cb573764a64eb1aa9c0db3379386c2b1cdae6a5a",
    "Q3stYC6hdFzMh9T8HCvyDIDtWT0jyw8ZmcuExhV8orRFxvCECBc1E9VDrzV0jQV/StfVxhGJSu4VTnUuyPxwTeIB/hxuvANyjLXZZZIttfnef8xywzOADAPH"
    "uw07aWlM+15Ah9vgtoDXGUphAOGxYFU8tsble5gd4COaWNWIr6g=",
    '{"msgtype":"stream","stream":{"id":"s-1","finish":false,"content":"正在汇总…"}}'.encode(),
)
S4 = Vector(
    BOT,
    b"0123456789abcdef",
    "1767225603",
    "n4",
    "4b9ec69ee38527ada732973b86a88b06557b95dd",
    "Q3stYC6hdFzMh9T8HCvyDBrZWFIxTRfE18avNRIBB043paBqLPokMM/JA5xIahLPWIFf25pA4RAOT4YrHLlqRg==",
    b"AAAAAAAAAAAA",
)
VECTORS = {"V1": V1, "V2": V2, "S1": S1, "S2": S2, "S3": S3, "S4": S4}

MEDIA_KEY = BOT_KEY + "="
MEDIA_SEALED = bytes.fromhex("9733f8c92160f41323e875933670963537bf4e39f24c16a3b3e2ca43b7b63bc7")
MEDIA_PLAIN = b"hello wecom media\n"
