"""The platform's side of the encryption: made apart from the bot's, so that each proves the other."""

import base64
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
HEAD = 16


class UnreadableError(Exception):
    """What came cannot be decrypted, or is not for the one who decrypts it."""


def signature(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """The signature over the four parts."""
    return hashlib.sha1("".join(sorted([token, timestamp, nonce, encrypted])).encode()).hexdigest()


def signed(expected: str, token: str, timestamp: str, nonce: str, encrypted: str) -> bool:
    """Whether a signature is right."""
    return hmac.compare_digest(expected.encode(), signature(token, timestamp, nonce, encrypted).encode())


def encrypt(aes_key: str, message: str, receiver: str, *, head: bytes | None = None) -> str:
    """A message for `receiver` (the company's id; empty for an AI bot). `head`: the 16 bytes that otherwise are random."""
    body = message.encode()
    plain = (head or secrets.token_bytes(HEAD)) + struct.pack("!I", len(body)) + body + receiver.encode()
    return base64.b64encode(encrypt_bytes(_key(aes_key), plain)).decode()


def decrypt(aes_key: str, encrypted: str, receiver: str) -> str:
    """The message, which must be for `receiver`; raises UnreadableError."""
    try:
        plain = decrypt_bytes(_key(aes_key), base64.b64decode(encrypted, validate=True))
        (length,) = struct.unpack("!I", plain[HEAD : HEAD + 4])
        message, meant_for = plain[HEAD + 4 : HEAD + 4 + length], plain[HEAD + 4 + length :]
        if len(message) != length or meant_for != receiver.encode():
            raise UnreadableError("not for this receiver")
        return message.decode()
    except (ValueError, struct.error) as wrong:
        raise UnreadableError("not decipherable") from wrong


def encrypt_bytes(key: bytes, plain: bytes) -> bytes:
    """Bytes without any header, as media are encrypted; `key` has 32 bytes."""
    pad = BLOCK - len(plain) % BLOCK
    cipher = Cipher(algorithms.AES256(key), modes.CBC(key[:16])).encryptor()
    return cipher.update(plain + bytes([pad]) * pad) + cipher.finalize()


def decrypt_bytes(key: bytes, encrypted: bytes) -> bytes:
    """The reverse of `encrypt_bytes`; raises UnreadableError or ValueError."""
    cipher = Cipher(algorithms.AES256(key), modes.CBC(key[:16])).decryptor()
    padded = cipher.update(encrypted) + cipher.finalize()
    if not padded or not 1 <= padded[-1] <= BLOCK or padded[-padded[-1] :] != padded[-1:] * padded[-1]:
        raise UnreadableError("wrong padding")
    return padded[: -padded[-1]]


def media_key(aes_key: str) -> bytes:
    """The key of media in callback mode, which is the one of the messages."""
    return _key(aes_key)


def _key(aes_key: str) -> bytes:
    return base64.b64decode(aes_key + "=")


def encode_key(key: bytes) -> str:
    """A key as it travels with a picture: without the sign that fills it up."""
    return base64.b64encode(key).decode().rstrip("=")
