"""Sealing text at rest: AES-256-GCM, one random nonce a value (PIPL: health, thoughts and hardships are sensitive)."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
PLAIN, SEALED = b"p", b"s"


class SealError(ValueError):
    """A value cannot be opened: wrong key, or the bytes were changed."""


class Cipher:
    """Seals and opens text. Without a key the text is kept as it is, marked as plain, so that a unit can turn sealing on later."""

    def __init__(self, key: bytes | None) -> None:
        if key is not None and len(key) != KEY_BYTES:
            raise SealError(f"the sealing key has {len(key)} bytes, it needs {KEY_BYTES}")
        self._aead = AESGCM(key) if key else None
        self.fingerprint = hashlib.sha256(b"sanwei key " + key).hexdigest()[:16] if key else None

    def seal(self, text: str) -> bytes:
        """The bytes to store for `text`."""
        data = text.encode("utf-8")
        if self._aead is None:
            return PLAIN + data
        nonce = os.urandom(NONCE_BYTES)
        return SEALED + nonce + self._aead.encrypt(nonce, data, None)

    def open(self, stored: bytes) -> str:
        """The text of stored bytes; raises SealError where the key does not fit."""
        kind, body = stored[:1], stored[1:]
        if kind == PLAIN:
            return body.decode("utf-8")
        if self._aead is None:
            raise SealError("a sealed value was found, but no key is configured (privacy.key_file)")
        try:
            return self._aead.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], None).decode("utf-8")
        except InvalidTag:
            raise SealError("a sealed value does not open with this key (privacy.key_file)") from None

    def opens(self, stored: bytes) -> bool:
        """Whether stored bytes open with this key."""
        try:
            self.open(stored)
        except SealError:
            return False
        return True


def load_key(path: Path) -> bytes:
    """The key kept in `path` (hex, readable by its owner alone); a new one is made where there is none yet."""
    try:
        if not path.exists():
            with contextlib.suppress(FileExistsError):  # another process was faster
                _make_key(path)
        text = path.read_bytes()
    except OSError as error:
        raise SealError(f"privacy.key_file: {path} cannot be used ({error.strerror}); give a file that this user may read") from None
    try:
        key = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SealError(f"{path}: not a sealing key (64 hexadecimal digits are expected); restore it from a backup, do not delete it")
    return key


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
