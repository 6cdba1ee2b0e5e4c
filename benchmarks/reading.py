"""How fast messages are read, beside what a single ``jieba.lcut`` of the same texts takes, in the same run on one core.

Every message is read as if nobody had said it before; how fast a short check-in is that somebody has already said today (handlers/reading/
again.py) stands in a row of its own. The aim is as many messages a second as jieba cuts, the least that is accepted half as many. jieba is
no part of the project: where it is not installed (``pip install jieba``), its rows are left out. The floor is the least that any reader
must do: parse the line as JSON and scan its text once with one small expression. Every round does each piece of work over the whole
corpus, one after the other, and the time of the processor is what counts, so that others on the machine disturb it little; the median of
the rounds counts. Run from the repository's root: ``python benchmarks/reading.py``.
"""

import json
import re
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.content import load_lexicon  # noqa: E402
from handlers.reading.again import LONGEST  # noqa: E402
from handlers.reading.reader import prepare, read, read_message  # noqa: E402
from models.roster import Roster  # noqa: E402

ROUNDS = 5
SCAN = re.compile(r"\d\d[.度]\d|发烧|咳嗽|头疼|正常|没事|请假|建议|住院")
YARDSTICK = "jieba.lcut"
WHOLE, SHORT, AGAIN = "read, whole corpus", "read, up to 30 characters", "a check-in said before"


def medians(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median duration of each piece of work after one round of warming up."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS + 1):
        for name, work in works.items():
            start = time.process_time()
            work()
            taken[name].append(time.process_time() - start)
    return {name: statistics.median(durations[1:]) for name, durations in taken.items()}


def yardstick() -> Callable[[str], object] | None:
    """Jieba's cut with its dictionary loaded; None where it is not installed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import jieba  # noqa: PLC0415
        except ImportError:
            return None
    jieba.setLogLevel(60)
    jieba.initialize()
    return jieba.lcut  # type: ignore[no-any-return]


def main() -> None:
    """Measure and print a small table."""
    lines = (ROOT / "tests/corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()
    roster = Roster.model_validate_json((ROOT / "tests/corpus/roster.json").read_text(encoding="utf-8"))
    lexicon = load_lexicon(ROOT / "content/lexicon")
    messages = [json.loads(line) for line in lines]
    work = [(m["text"], m["sender"], datetime.fromisoformat(m["sent_at"])) for m in messages]
    short = [w for w in work if len(w[0]) <= 30]
    plain = [(m["text"], m["sender"]) for m in messages if m["expect"]["intents"] == ["health"] and len(m["text"]) <= LONGEST]
    today = max(sent_at for _, _, sent_at in work)
    cut = yardstick()

    def floor() -> None:
        for line in lines:
            SCAN.findall(json.loads(line)["text"])

    def reading(part: list[tuple[str, str, datetime]]) -> Callable[[], None]:
        def run() -> None:
            for text, sender, sent_at in part:
                read_message(prepare(text, sender, sent_at, roster, lexicon))

        return run

    def again() -> None:
        for text, sender in plain:
            read(text, sender, today, roster, lexicon)

    def cutting(cut: Callable[[str], object]) -> Callable[[], None]:
        def run() -> None:
            for text, _, _ in work:
                cut(text)

        return run

    works = {WHOLE: reading(work), SHORT: reading(short), AGAIN: again, "floor": floor}
    parts = {SHORT: short, AGAIN: plain}
    if cut is not None:
        works[YARDSTICK] = cutting(cut)
    taken = medians(works)
    each = {name: seconds / len(parts.get(name, work)) for name, seconds in taken.items()}
    show(each)


def show(each: dict[str, float]) -> None:
    """Print the seconds of each piece of work for one message."""
    print(f"{'':28s}{'messages/s':>12s}{'µs each':>10s}{'× floor':>10s}{'of jieba':>10s}")
    for name, seconds in each.items():
        share = f"{each[YARDSTICK] / seconds:10.0%}" if YARDSTICK in each else ""
        print(f"{name:28s}{1 / seconds:12.0f}{seconds * 1e6:10.0f}{seconds / each['floor']:10.1f}{share}")
    if YARDSTICK not in each:
        print("jieba, the yardstick, is not installed: pip install jieba")


if __name__ == "__main__":
    main()
