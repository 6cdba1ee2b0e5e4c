"""How fast messages are read, as a ratio to a floor measured in the same run.

The floor is the least that any reader must do: parse the line as JSON and scan its text once with one small expression. Every round reads
the whole corpus; the median of the rounds counts. Run from the repository's root: ``python benchmarks/reading.py``.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.content import load_lexicon  # noqa: E402
from handlers.reading.reader import read  # noqa: E402
from models.roster import Roster  # noqa: E402

ROUNDS = 5
SCAN = re.compile(r"\d\d[.度]\d|发烧|咳嗽|头疼|正常|没事|请假|建议|住院")


def median_seconds(work: Callable[[], object]) -> float:
    """The median duration of a piece of work after one round of warming up."""
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Measure and print a small table."""
    lines = (ROOT / "tests/corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()
    roster = Roster.model_validate_json((ROOT / "tests/corpus/roster.json").read_text(encoding="utf-8"))
    lexicon = load_lexicon(ROOT / "content/lexicon")
    messages = [json.loads(line) for line in lines]
    work = [(m["text"], m["sender"], datetime.fromisoformat(m["sent_at"])) for m in messages]
    short = [w for w in work if len(w[0]) <= 30]

    def floor() -> None:
        for line in lines:
            SCAN.findall(json.loads(line)["text"])

    def reading(part: list[tuple[str, str, datetime]]) -> Callable[[], None]:
        def run() -> None:
            for text, sender, sent_at in part:
                read(text, sender, sent_at, roster, lexicon)

        return run

    base = median_seconds(floor) / len(lines)
    print(f"{'':34s}{'messages/s':>12s}{'µs each':>10s}{'× floor':>10s}")
    rows = [
        ("floor: json.loads and one scan", base),
        ("read, whole corpus", median_seconds(reading(work)) / len(work)),
        ("read, messages of 30 characters", median_seconds(reading(short)) / len(short)),
    ]
    for name, each in rows:
        print(f"{name:34s}{1 / each:12.0f}{each * 1e6:10.0f}{each / base:10.1f}")


if __name__ == "__main__":
    main()
