"""Train the statistical judge of handlers/reading/judge/judge.py and write its weights to content/lexicon/judge.yaml.

It learns from labelled messages (LEARNED: tests/corpus/*.jsonl without what is only measured) and from those of tests/corpus/judge.txt and
of four fifths of talk.txt, which say of each what it does (lines.py). One logistic model for each question over the same signs. The weights
that stand in the file are moved half the way to those that were learned: the rules beside the judge are tuned to what stands, and the mean
of two that learned from different messages errs less than either (docs/decisions/0035).

It needs scikit-learn, which is no part of the project: ``pip install scikit-learn``. Run from the repository's root, a minute or two:
``python benchmarks/train_judge.py``. Whoever changes the patterns or fields a lot runs it again.
"""

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import CORPUS, held_out, messages, set_of  # noqa: E402
from benchmarks.lines import TALK, Line, kept_back, lines  # noqa: E402
from bot.content import load_lexicon  # noqa: E402
from handlers.reading.hardship.kinds import CATEGORIES  # noqa: E402
from handlers.reading.judge.judge import GRAM, grams, share, uniform  # noqa: E402
from handlers.reading.judge.telling import TELLS, signs  # noqa: E402
from handlers.reading.judge.traits import marks  # noqa: E402
from handlers.reading.lexicon import QUESTIONS, Lexicon  # noqa: E402
from handlers.reading.message import Message  # noqa: E402
from handlers.reading.reader import prepare  # noqa: E402
from models.roster import Roster  # noqa: E402

WEIGHTS = ROOT / "content/lexicon/judge.yaml"
LEARNED = ("dev.jsonl", "more.jsonl")
ASKED = (*QUESTIONS, *(f"category.{kind}" for kind in CATEGORIES), *TELLS.values())
OF_MESSAGES = frozenset(ASKED) - set(TELLS.values())
ABOUT = {q: "hardship" if q == "urgent" or q.startswith("category.") else "report" for q in OF_MESSAGES if "." in q or q == "urgent"}
"""Questions about one kind of message: they are learned from messages of that kind whose label says more."""
OF_DANGER = frozenset(q for q in OF_MESSAGES if q in ("danger", "urgent") or q.startswith("category."))
DANGEROUS = frozenset("NUVX")
"""Sets of which most messages cry for help: only questions about that are learned from them, or all else would seem rarer than it is."""
NOON = datetime.fromisoformat("2026-05-06T12:00:00+08:00")
MARK = 0.25  # how large a mark is beside the n-grams while learning, so that it is not learned too fast
FREE = 4.0  # how freely weights grow: chosen on authors whose messages it had not learned from
ROUNDS = 200  # steps of the optimizer at most
OF_LINES = 0.4  # how much a line counts: its label was written with it, and in judge.txt chatter is too rare
OF_PARTS = {"judge.txt": OF_LINES, TALK: 0.25}  # the same for its clauses: whoever wrote talk.txt ends a section elsewhere than the corpus
RARE = 4  # signs seen less often are not learned
STEP = 0.5  # how far the weights go from those that stand to those that were learned
LEAST = 0.2  # weights below are not learned


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


def whole(message: Message, yes: Collection[str], known: Iterable[str], weight: float = 1.0) -> Example:
    """A message as an example; `known`: of which kinds its label says more."""
    asked = {question for question in OF_MESSAGES if question not in ABOUT or ABOUT[question] in known}
    if "hardship" in yes and "hardship" not in known:
        asked.discard("danger")  # nobody said how urgent it is
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
            yes |= {f"category.{kind}" for kind in trouble["categories"]} | ({"urgent", "danger"} if trouble["urgent"] else set())
        text = message["text"]
        prepared = prepare(text, message["sender"], datetime.fromisoformat(message["sent_at"]), roster, lexicon)
        made = whole(prepared, yes, expect["intents"])
        yield message["id"], made._replace(asked=made.asked & OF_DANGER) if set_of(message["id"]) in DANGEROUS else made
        pieces = {name: (text.index(words), text.index(words) + len(words)) for name, words in expect["sections"].items()}
        yield from ((message["id"], each) for each in clauses(prepared, pieces))


def short(name: str, roster: Roster, lexicon: Lexicon) -> Iterator[Example]:
    """The messages of a file of lines, and their clauses where each says what it tells of."""
    for line in lines(name):
        if name == TALK and kept_back(line):
            continue
        prepared = prepare(line.text, "", NOON, roster, lexicon)
        yes = {*line.intents, *(f"has.{name}" for name in line.sections), *(f"category.{kind}" for kind in line.kinds)}
        yes |= ({"anything"} if line.intents else set()) | ({"urgent", "danger"} if line.urgent else set())
        yield whole(prepared, yes, [kind for kind, told in (("report", line.sections), ("hardship", line.kinds)) if told], OF_LINES)
        if line.parts or "report" not in line.intents:
            yield from parts(prepared, line, OF_PARTS[name])


def parts(message: Message, line: Line, weight: float) -> Iterator[Example]:
    """The clauses of a line as examples: each tells of the section whose part its middle stands in, or of none."""
    for clause, (text, marked) in zip(message.speech.clauses, signs(message), strict=False):
        start, end = message.normal.span(clause.start, clause.end)
        name = line.told_at((start + end) // 2)
        yield example(text, marked, TELLS.values(), [TELLS[name]] if name else [], weight)


class Model(NamedTuple):
    """Bias and weights of every question."""

    bias: dict[str, float]
    weights: dict[str, dict[str, float]]


def train(examples: list[Example]) -> Model:
    """What is learned from some examples."""
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(
        [dict.fromkeys(e.found, share(len(e.found))) | dict.fromkeys(e.marked, MARK) for e in examples],
    )
    seen = table.getnnz(axis=0)
    known = (seen >= RARE).nonzero()[0]
    names = vectorizer.get_feature_names_out()[known]
    sizes = [MARK if len(name) > GRAM else 1.0 for name in names]
    table = table[:, known]
    learned = Model({}, {})
    for question in ASKED:
        mine = [number for number, e in enumerate(examples) if question in e.asked]
        model = LogisticRegression(C=FREE, max_iter=ROUNDS)
        model.fit(table[mine], [question in examples[number].yes for number in mine], [examples[number].weight for number in mine])
        learned.bias[question] = float(model.intercept_[0])
        scaled = {str(name): float(weight) * size for name, weight, size in zip(names, model.coef_[0], sizes, strict=True)}
        learned.weights[question] = {name: weight for name, weight in scaled.items() if abs(weight) >= LEAST}
    return learned


def standing(path: Path) -> Model:
    """What stands in a file that `written` made."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    split = {question: (sign.rsplit("=", 1) for sign in line.split(" ")) for question, line in found["weights"].items()}
    return Model(found["bias"], {question: {name: float(weight) for name, weight in its} for question, its in split.items()})


def moved(model: Model, to: Model, step: float) -> Model:
    """A model moved so far towards another one: 0 leaves it, 1 is the other."""

    def between(old: Mapping[str, float], new: Mapping[str, float]) -> dict[str, float]:
        return {name: (1 - step) * old.get(name, 0) + step * new.get(name, 0) for name in {**old, **new}}

    return Model(between(model.bias, to.bias), {q: between(model.weights.get(q, {}), its) for q, its in to.weights.items()})


def written(model: Model) -> str:
    """The file's text. Weights that have faded to less than half of what is learned are not written."""
    out = ["# Weights of the statistical judge, made by benchmarks/train_judge.py. Not to be edited by hand.", "bias:"]
    out += [f"  {question}: {model.bias[question]:.3f}" for question in ASKED]
    out.append("weights:")
    for question in ASKED:
        its = {sign: weight for sign, weight in sorted(model.weights[question].items()) if abs(weight) >= LEAST / 2}
        line = " ".join(f"{sign}={weight:.2f}" for sign, weight in its.items())
        out.append(f"  {question}: {json.dumps(line, ensure_ascii=False)}")
    return "\n".join(out) + "\n"


def main() -> None:
    """Train every question and write the weights that matter most."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", nargs="*", default=[], help="sets that are not learned from (to measure on them), such as p or ab")
    parser.add_argument("--step", type=float, default=STEP, help="how far to go from the weights that stand: 1 forgets them")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    lexicon = load_lexicon(ROOT / "content/lexicon")
    roster = Roster.model_validate_json((CORPUS / "roster.json").read_text(encoding="utf-8"))
    examples = [
        e
        for name in LEARNED
        for identity, e in labelled(name, roster, lexicon)
        if not held_out(identity) and set_of(identity) not in args.without
    ]
    examples += (e for name in OF_PARTS for e in short(name, roster, lexicon))
    args.out.write_text(written(moved(standing(WEIGHTS), train(examples), args.step)), encoding="utf-8")


if __name__ == "__main__":
    main()
