"""Messages that nobody would write: real ones cut, joined, swapped, repeated and disturbed, and Unicode by chance. The same for a seed."""

import random
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import cache

from benchmarks.corpus import CORPUS, messages
from bot.config import REPOSITORY
from bot.content import load_lexicon
from handlers.reading.lexicon import Lexicon
from handlers.reading.reader import read
from models.reading import Reading
from models.roster import Roster
from tests.reading.conftest import MORNING
from tests.reading.sound import check_sound

MOMENT = datetime.fromisoformat(MORNING)
SENDERS = ("张伟", "欧阳雪", "", "小微", "nobody")
LONGEST = 160  # most messages are short, and the time is for many of them
FAILURES = 5  # shown of a part
SAMPLE = 50  # every so many-th reading is written as JSON and read back
MARKS = list("，。；：！？、,.;:!?…—~-–/|｜()（）【】[]「」“”‘’《》<>&#@%℃°º·•*_=+\\\"'\n\r\t\u3000 ")
HIDDEN = "\u00ad\u200b\u200d\u200e\u202e\u2028\u2029\u2060\ufe0f\u20e3\ufeff\u0301"
CONTROLS = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0))] + list(HIDDEN)
EMOJI = [*"😀😷🤒🤧🌡🔥🚒👍🙏🐒✅☑□❌①②⑩㈠𝟛𠮷", "3️⃣", "👨‍👩‍👧", "🇨🇳", "👍🏽"]
WRITTEN = ["36.5", "37.3", "365", "38度2", "0.0", "1e9", "9" * 30, "３６．５", "98.6F", "2026-02-30", "25:61", "13月32日"]
NUMBERS = [*"0123456789零一二两三十百半", *WRITTEN]
HAN = 0x4E00
RANGES = (
    (0x20, 0x7F),
    (0xA0, 0x250),
    (0x370, 0x600),
    (0x2000, 0x2C00),
    (0x3000, 0x3100),
    (HAN, 0x9FFF),
    (0xF900, 0xFFFE),
    (0x10000, 0x10FFFF),
)

Change = Callable[[str, random.Random], str]


@cache
def lexicon() -> Lexicon:
    return load_lexicon(REPOSITORY / "content" / "lexicon")


@cache
def roster() -> Roster:
    return Roster.model_validate_json((CORPUS / "roster.json").read_text(encoding="utf-8"))


@cache
def texts() -> tuple[str, ...]:
    """What is disturbed: every message of the corpus, of our own, of the shapes and of what the judge learns from."""
    short = (CORPUS / "judge.txt").read_text(encoding="utf-8").splitlines()
    lines = [line.partition("\t")[2].replace("\\n", "\n") for line in short if "\t" in line and not line.startswith("#")]
    return (*(m["text"] for name in ("dev.jsonl", "more.jsonl", "shapes.jsonl") for m in messages(name)), *lines)


@cache
def traditional() -> dict[int, str]:
    return {ord(new): chr(old) for old, new in lexicon().table.items() if old >= HAN}


def place(text: str, chance: random.Random) -> int:
    return chance.randint(0, len(text))


def cut(text: str, chance: random.Random) -> str:
    a, b = sorted((place(text, chance), place(text, chance)))
    return text[a:b]


def joined(text: str, chance: random.Random) -> str:
    return text + chance.choice(("", "，", "。", "\n", " ", "「")) + cut(chance.choice(texts()), chance)


def inside(text: str, chance: random.Random) -> str:
    at = place(text, chance)
    return text[:at] + cut(chance.choice(texts()), chance) + text[at:]


def swapped(text: str, chance: random.Random) -> str:
    a, b, c = sorted(place(text, chance) for _ in range(3))
    return text[:a] + text[b:c] + text[a:b] + text[c:]


def repeated(text: str, chance: random.Random) -> str:
    a = place(text, chance)
    b = min(len(text), a + chance.randint(1, 8))
    return text[:a] + text[a:b] * chance.randint(2, 6) + text[b:]


def deleted(text: str, chance: random.Random) -> str:
    a = place(text, chance)
    return text[:a] + text[a + chance.randint(1, 4) :]


def inserted(kinds: list[str]) -> Change:
    def change(text: str, chance: random.Random) -> str:
        at = place(text, chance)
        return text[:at] + "".join(chance.choices(kinds, k=chance.randint(1, 3))) + text[at:]

    return change


def shuffled(text: str, chance: random.Random) -> str:
    return "".join(chance.sample(text, len(text)))


def in_traditional(text: str, chance: random.Random) -> str:
    return text.translate(traditional())


def full_width(text: str, chance: random.Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def strange(text: str, chance: random.Random) -> str:
    """Characters by chance, of every plane, without surrogates; some in between."""
    made = "".join(chr(chance.randint(*chance.choice(RANGES))) for _ in range(chance.randint(1, 20)))
    at = place(text, chance)
    return made if chance.random() < 0.5 else text[:at] + made + text[at:]


CHANGES: tuple[Change, ...] = (
    cut, cut, joined, inside, swapped, repeated, deleted, deleted, shuffled, in_traditional, full_width, strange,
    inserted(MARKS), inserted(MARKS), inserted(CONTROLS), inserted(EMOJI), inserted(NUMBERS), inserted(NUMBERS),
)  # fmt: skip


def disturbed(chance: random.Random) -> str:
    """A message with one to four changes."""
    text = chance.choice(texts())
    for change in chance.choices(CHANGES, k=chance.randint(1, 4)):
        text = change(text, chance)
    return text[:LONGEST]


def read_soundly(text: str, sender: str) -> bool:
    """Whether nothing goes wrong with one message."""
    try:
        check_sound(text, read(text, sender, MOMENT, roster(), lexicon()), MOMENT.date(), lexicon())
    except Exception:  # noqa: BLE001 - whatever it is, it is the finding
        return False
    return True


def failures(seed: int, count: int) -> list[str]:
    """Read `count` messages of a seed; what went wrong with the first few that did."""
    chance = random.Random(seed)
    found: list[str] = []
    for number in range(count):
        text, sender = disturbed(chance), chance.choice(SENDERS)
        try:
            reading = read(text, sender, MOMENT, roster(), lexicon())
            check_sound(text, reading, MOMENT.date(), lexicon())
            if number % SAMPLE == 0:
                assert Reading.model_validate_json(reading.model_dump_json()) == reading
        except Exception:  # noqa: BLE001 - whatever it is, it is the finding
            found.append(f"seed {seed}, message {number}, of {sender!r}: {text!r}\n{traceback.format_exc(limit=-2)}")
            if len(found) == FAILURES:
                break
    return found
