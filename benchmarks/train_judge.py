"""Train the statistical judge of handlers/reading/judge.py and write its weights to content/lexicon/judge.yaml.

It learns from labelled messages (LEARNED: tests/corpus/*.jsonl without what is only measured) and from tests/corpus/judge.txt, short
messages with their intents. One logistic model for each question over the same signs, with nothing but the standard library. Run from the
repository's root, half a minute: ``python benchmarks/train_judge.py``. Whoever changes the patterns or fields a lot runs it again.
"""

import argparse
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import CORPUS, held_out, messages  # noqa: E402
from bot.content import load_lexicon  # noqa: E402
from handlers.reading.hardship import CATEGORIES  # noqa: E402
from handlers.reading.judge import grams, share, uniform  # noqa: E402
from handlers.reading.lexicon import QUESTIONS, Lexicon  # noqa: E402
from handlers.reading.message import Message  # noqa: E402
from handlers.reading.reader import prepare  # noqa: E402
from handlers.reading.telling import TELLS, signs  # noqa: E402
from handlers.reading.traits import marks  # noqa: E402
from models.roster import Roster  # noqa: E402

LEARNED = ("dev.jsonl", "more.jsonl")
ASKED = (*QUESTIONS, *(f"category.{kind}" for kind in CATEGORIES), *TELLS.values())
ABOUT = {q: "hardship" if q == "urgent" or q.startswith("category.") else "report" for q in ASKED if "." in q or q == "urgent"}
"""Questions about one kind of message: they are learned from messages of that kind whose label says more."""
OF_MESSAGES = frozenset(ASKED) - set(TELLS.values())
LETTERS = {"r": "report", "h": "hardship", "i": "idea", "l": "leave", "k": "health", "g": "group_report", "x": "correction", "t": "retract"}
LINE = re.compile(r"[a-z]+(?:[a-z]|\([a-z,]+\)!?)*")
MORE = re.compile(r"(?P<letter>[hr])\((?P<kinds>[a-z,]+)\)(?P<urgent>!?)")
NOON = datetime.fromisoformat("2026-05-06T12:00:00+08:00")
EPOCHS, RATE, SLOWER, SMALL, DECAY, MARK = 16, 0.3, 0.15, 0.01, 2e-5, 0.25
OF_LINES = 0.4  # how much a line of judge.txt counts: it is no real chat, and chatter is too rare there
RARE = 2  # signs seen less often are not learned
KEPT, KEPT_OF_KIND = 5000, 1200  # weights written for a question


class Example(NamedTuple):
    """A message or a clause as the judge sees it, the questions that its label answers, and those that are answered with yes."""

    found: tuple[str, ...]
    marked: tuple[str, ...]
    asked: frozenset[str]
    yes: frozenset[str]
    weight: float = 1.0


def example(text: str, marked: Iterable[str], asked: Iterable[str], yes: Iterable[str], weight: float = 1.0) -> Example:
    """A uniform text and its marks as an example."""
    return Example(tuple(sorted(grams(text))), tuple(sorted(marked)), frozenset(asked), frozenset(yes), weight)


def whole(message: Message, yes: Iterable[str], known: Iterable[str], weight: float = 1.0) -> Example:
    """A message as an example; `known`: of which kinds its label says more."""
    asked = (question for question in OF_MESSAGES if question not in ABOUT or ABOUT[question] in known)
    return example(uniform(message.scanner.nameless(message.normal.text)), marks(message), asked, yes, weight)


def clauses(message: Message, pieces: Mapping[str, tuple[int, int]], weight: float = 1.0) -> Iterator[Example]:
    """The clauses of a message as examples. `pieces`: of each section that it has, the place of some words of it.

    The clause of these words tells of the section. Of the others nobody knows, unless there is no such section or they tell of another.
    """
    for clause, (text, marked) in zip(message.speech.clauses, signs(message), strict=False):
        start, end = message.normal.span(clause.start, clause.end)
        inside = {name for name, (first, last) in pieces.items() if first < end and start < last}
        asked = [question for name, question in TELLS.items() if inside or name not in pieces]
        yield example(text, marked, asked, [TELLS[name] for name in inside], weight)


def labelled(name: str, roster: Roster, lexicon: Lexicon) -> Iterator[tuple[str, Example]]:
    """The messages of a corpus and their clauses as (id, example)."""
    for message in messages(name):
        expect, trouble = message["expect"], message["expect"]["hardship"]
        yes = {*expect["intents"], *(f"has.{name}" for name in expect["sections"])} | ({"anything"} if expect["intents"] else set())
        if trouble:
            yes |= {f"category.{kind}" for kind in trouble["categories"]} | ({"urgent"} if trouble["urgent"] else set())
        text = message["text"]
        prepared = prepare(text, message["sender"], datetime.fromisoformat(message["sent_at"]), roster, lexicon)
        yield message["id"], whole(prepared, yes, expect["intents"])
        pieces = {name: (text.index(words), text.index(words) + len(words)) for name, words in expect["sections"].items()}
        yield from ((message["id"], each) for each in clauses(prepared, pieces))


def short(path: Path, roster: Roster, lexicon: Lexicon) -> Iterator[Example]:
    """The messages of judge.txt."""
    for line in path.read_text(encoding="utf-8").splitlines():
        letters, tab, text = line.partition("\t")
        if not tab or line.startswith("#"):
            continue
        if LINE.fullmatch(letters) is None:
            raise SystemExit(f"{path.name}: {letters!r} is no list of intents (line: {line[:30]})")
        told = {match["letter"]: match for match in MORE.finditer(letters)}
        intents = {LETTERS[c] for c in MORE.sub("", letters) + "".join(told) if c in LETTERS}
        yes = intents | ({"anything"} if intents else set())
        for letter, match in told.items():
            yes |= {f"{'has' if letter == 'r' else 'category'}.{kind}" for kind in match["kinds"].split(",")}
            yes |= {"urgent"} if match["urgent"] else set()
        prepared = prepare(text.replace("\\n", "\n"), "", NOON, roster, lexicon)
        yield whole(prepared, yes, [LETTERS[letter] for letter in told], OF_LINES)
        if "report" not in intents:
            yield from clauses(prepared, {}, OF_LINES)


def train(examples: list[Example]) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Bias and weights of every question, by stochastic gradient descent in a fixed order of chance."""
    seen = Counter(sign for e in examples for sign in (*e.found, *e.marked))
    known = {sign: number for number, sign in enumerate(sorted(s for s, often in seen.items() if often >= RARE))}
    rows = [
        (
            [(known[s], share(len(e.found))) for s in e.found if s in known] + [(known[s], MARK) for s in e.marked if s in known],
            e,
        )
        for e in examples
    ]
    bias: dict[str, float] = {}
    weights: dict[str, dict[str, float]] = {}
    for question in ASKED:
        mine = [(seen, float(question in e.yes), e.weight) for seen, e in rows if question in e.asked]
        its_bias, its_weights = descend(mine, len(known))
        bias[question] = its_bias
        kept = KEPT_OF_KIND if question in ABOUT else KEPT
        names = list(known)
        scaled = {names[i]: w * (MARK if ":" in names[i] and len(names[i]) > 3 else 1.0) for i, w in enumerate(its_weights) if w}
        weights[question] = dict(sorted(scaled.items(), key=lambda item: (-abs(item[1]), item[0]))[:kept])
    return bias, weights


def descend(rows: list[tuple[list[tuple[int, float]], float, float]], width: int) -> tuple[float, list[float]]:
    """One logistic model, by stochastic gradient descent with steps that grow smaller."""
    weights = [0.0] * width
    bias = 0.0
    order = list(range(len(rows)))
    chance = random.Random(1)
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        rate = RATE / (1 + SLOWER * epoch)
        for index in order:
            signs, answer, weight = rows[index]
            odds = bias + sum(weights[i] * value for i, value in signs)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))) - answer
            if abs(error) < SMALL:
                continue
            step = rate * error * weight
            bias -= step
            for i, value in signs:
                weights[i] -= step * value
        shrink = (1 - rate * DECAY) ** len(rows)
        weights = [w * shrink for w in weights]
    return bias, weights


def written(bias: dict[str, float], weights: dict[str, dict[str, float]]) -> str:
    """The file's text."""
    out = ["# Weights of the statistical judge, made by benchmarks/train_judge.py. Not to be edited by hand.", "bias:"]
    out += [f"  {question}: {value:.3f}" for question, value in bias.items()]
    out.append("weights:")
    for question, its in weights.items():
        line = " ".join(f"{sign}={weight:.2f}" for sign, weight in sorted(its.items()) if abs(weight) >= 0.005)
        out.append(f"  {question}: {json.dumps(line, ensure_ascii=False)}")
    return "\n".join(out) + "\n"


def main() -> None:
    """Train every question and write the weights that matter most."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--without", default="", help="do not learn from messages whose id begins with one of these letters (to measure on them)"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "content/lexicon/judge.yaml")
    args = parser.parse_args()
    lexicon = load_lexicon(ROOT / "content/lexicon")
    roster = Roster.model_validate_json((CORPUS / "roster.json").read_text(encoding="utf-8"))
    examples = [
        e
        for name in LEARNED
        for identity, e in labelled(name, roster, lexicon)
        if not held_out(identity) and identity[0] not in args.without
    ]
    examples += short(CORPUS / "judge.txt", roster, lexicon)
    args.out.write_text(written(*train(examples)), encoding="utf-8")


if __name__ == "__main__":
    main()
