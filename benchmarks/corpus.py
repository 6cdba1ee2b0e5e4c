"""The labelled messages of tests/corpus, and which of them the judge does not learn from."""

import hashlib
import json
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
OTHERS = frozenset("ade")  # the sets of dev.jsonl; all others were written for this project


def messages(name: str) -> list[dict[str, Any]]:
    """The messages of one of the files."""
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines()]


def set_of(identity: str) -> str:
    """The set that a message belongs to: one author wrote it."""
    return identity.rstrip("0123456789")


def held_out(identity: str) -> bool:
    """Whether a message is of the fifth of dev.jsonl that the judge never learns from."""
    return set_of(identity) in OTHERS and int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 5 == 0
