"""The cipher of WeCom's callbacks: AES-256-CBC with the key's first half as its IV, PKCS#7 to blocks of 32, signed with SHA-1.

Under the padding lies: 16 random bytes, the message's length (4 bytes, big-endian), the message, and the id of whom it is for.
"""

import binascii
import hashlib
import hmac
import os
import re
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

_AES_BLOCK: Final = 16
_PAD_BLOCK: Final = 32
_KEY_BYTES: Final = 32
_RANDOM: Final = 16
_HEADER: Final = _RANDOM + 4
_KEY_TEXT: Final = re.compile(r"[A-Za-z0-9]{43}")


class CryptoError(Exception):
    """What came is not what WeCom sends. Its text is `reason`, one fixed word, whatever came.

    `signature` does not match, `base64` is none, `length` is no number of blocks, `padding` is wrong, `layout` has no room for the length
    that it names, `receiver` is somebody else, `key` (of a media file) is none.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def aes_key(encoding_aes_key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey; raises ValueError saying what it must look like, without repeating it."""
    if not _KEY_TEXT.fullmatch(encoding_aes_key):
        raise ValueError(
            "must be the 43 letters and digits that WeCom's console shows as EncodingAESKey (接收消息 → 设置 API 接收), and nothing else; "
            f"what is set has {len(encoding_aes_key)} characters"
        )
    return binascii.a2b_base64(encoding_aes_key + "=")


class Crypto:
    """One callback's Token and EncodingAESKey. `receive_id` is the CorpID for an app and "" for an AI bot.

    Raises ValueError naming the setting `encoding_aes_key` where that is none.
    """

    def __init__(self, token: str, encoding_aes_key: str, receive_id: str) -> None:
        try:
            key = aes_key(encoding_aes_key)
        except ValueError as error:
            raise ValueError(f"encoding_aes_key: {error}") from None
        self._token = token.encode()
        self._receive_id = receive_id.encode()
        self._cipher = _cipher(key)

    def sign(self, timestamp: str, nonce: str, encrypt: str) -> str:
        """The signature of an envelope: lower-case hexadecimal."""
        parts = sorted((self._token, _bytes(timestamp), _bytes(nonce), _bytes(encrypt)))
        return hashlib.sha1(b"".join(parts), usedforsecurity=False).hexdigest()  # SHA-1 is what the protocol says

    def verify(self, signature: str, timestamp: str, nonce: str, encrypt: str) -> None:
        """Raise CryptoError unless the signature is right; takes as long for a nearly right one as for any other."""
        if not hmac.compare_digest(self.sign(timestamp, nonce, encrypt).encode(), _bytes(signature)):
            raise CryptoError("signature")

    def decrypt(self, encrypt: str) -> bytes:
        """The message of an envelope whose signature was verified; raises CryptoError."""
        try:
            sealed = binascii.a2b_base64(encrypt, strict_mode=True)
        except ValueError:  # binascii.Error, and letters beyond ASCII
            sealed = None
        if sealed is None:
            raise CryptoError("base64")
        plain = _open(self._cipher, sealed)
        end = _HEADER + int.from_bytes(plain[_RANDOM:_HEADER], "big")
        if len(plain) < _HEADER or end > len(plain):
            raise CryptoError("layout")
        if plain[end:] != self._receive_id:
            raise CryptoError("receiver")
        return plain[_HEADER:end]

    def encrypt(self, msg: bytes, *, random16: bytes | None = None) -> str:
        """Seal a message; `random16` is for test vectors, otherwise it is fresh."""
        random = os.urandom(_RANDOM) if random16 is None else random16
        plain = b"".join((random, len(msg).to_bytes(4, "big"), msg, self._receive_id))
        pad = _PAD_BLOCK - len(plain) % _PAD_BLOCK
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(plain + bytes((pad,)) * pad) + encryptor.finalize()
        return binascii.b2a_base64(sealed, newline=False).decode()

    @staticmethod
    def decrypt_media(data: bytes, key: str) -> bytes:
        """The content of a downloaded file; raises CryptoError.

        `key` is the file's own `aeskey` (long connection) or the EncodingAESKey (callback): base64, with or without its `=`.
        """
        bare = key.rstrip("=")
        try:
            raw = binascii.a2b_base64(bare + "=" * (-len(bare) % 4))
        except ValueError:
            raw = b""
        if len(raw) != _KEY_BYTES:
            raise CryptoError("key")
        return _open(_cipher(raw), data)


def _cipher(key: bytes) -> Cipher[CBC]:
    return Cipher(AES256(key), CBC(key[:_AES_BLOCK]))


def _open(cipher: Cipher[CBC], sealed: bytes) -> bytes:
    """Decrypt and take the padding away."""
    if not sealed or len(sealed) % _AES_BLOCK:
        raise CryptoError("length")
    decryptor = cipher.decryptor()
    plain = decryptor.update(sealed) + decryptor.finalize()
    pad = plain[-1]
    if not 1 <= pad <= _PAD_BLOCK or not plain.endswith(bytes((pad,)) * pad):
        raise CryptoError("padding")
    return plain[:-pad]


def _bytes(text: str) -> bytes:
    """Text as it came; half a surrogate pair out of a query stays what it is instead of raising."""
    return text.encode("utf-8", "surrogatepass")
