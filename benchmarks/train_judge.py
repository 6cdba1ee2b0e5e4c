"""Train the statistical judge of handlers/reading/judge.py and write its weights to content/lexicon/judge.yaml.

Learns from four fifths of tests/corpus/dev.jsonl (the fifth chosen by the hash of the id is only measured, see docs/reading.md) and from
tests/corpus/judge.txt, messages written for this project. One linear model for each question, character n-grams as features, nothing
but the standard library. Run from the repository's root: ``python benchmarks/train_judge.py``.
"""

import hashlib
import json
import math
import random
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from handlers.reading.judge import features  # noqa: E402
from handlers.reading.normalise import normalise, width_table  # noqa: E402

TABLE = width_table({})

QUESTIONS = ("report", "hardship", "idea")
LETTERS = {"r": "report", "h": "hardship", "i": "idea"}
EPOCHS, RATE, DECAY, KEPT = 14, 0.6, 1e-3, 2600
Example = tuple[tuple[str, ...], frozenset[str]]  # features, intents


def held_out(identity: str) -> bool:
    """Whether a message of the corpus is only measured, never learned from."""
    return int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 5 == 0


def examples(names: Iterable[str]) -> list[Example]:
    """The messages to learn from, names of people made one sign."""
    known = sorted(names, key=len, reverse=True)
    made: list[Example] = []
    for line in (ROOT / "tests/corpus/dev.jsonl").read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        if not held_out(message["id"]):
            made.append((tuple(sorted(features(_nameless(message["text"], known)))), frozenset(message["expect"]["intents"])))
    for line in (ROOT / "tests/corpus/judge.txt").read_text(encoding="utf-8").splitlines():
        letters, tab, text = line.partition("\t")
        if tab and not line.startswith("#"):
            made.append((tuple(sorted(features(_nameless(text, known)))), frozenset(LETTERS[c] for c in letters if c in LETTERS)))
    return made


def _nameless(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, "★")
    return normalise(text, TABLE).text


def names_of(roster: Path) -> set[str]:
    """All names and aliases of a roster file."""
    data = json.loads(roster.read_text(encoding="utf-8"))
    return {word for g in data["groups"] for m in g["members"] for word in (m["name"], *m["aliases"])}


def train(learned: list[Example], is_so: Callable[[frozenset[str]], bool]) -> tuple[dict[str, float], float]:
    """Weights and bias of a logistic model, by stochastic gradient descent in a fixed order of chance."""
    weights: dict[str, float] = {}
    bias = 0.0
    order = list(learned)
    chance = random.Random(1)
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        rate = RATE / (1 + epoch / 2)
        for found, intents in order:
            scale = 1 / math.sqrt(len(found) + 1)
            odds = bias + scale * sum(weights.get(f, 0.0) for f in found)
            error = is_so(intents) - 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
            bias += 0.1 * rate * error
            for f in found:
                weights[f] = weights.get(f, 0.0) * (1 - rate * DECAY) + rate * error * scale
    return weights, bias


def main() -> None:
    """Train every question and write the weights that matter most."""
    learned = examples(names_of(ROOT / "tests/corpus/roster.json"))
    out = ["# Weights of the statistical judge, made by benchmarks/train_judge.py. Not to be edited by hand.", "bias:"]
    models = {q: train(learned, lambda intents, q=q: q in intents) for q in QUESTIONS}  # type: ignore[misc]
    out += [f"  {q}: {bias:.3f}" for q, (_, bias) in models.items()]
    out.append("weights:")
    for question, (weights, _) in models.items():
        top = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))[:KEPT]
        line = " ".join(f"{f}={w:.2f}" for f, w in sorted(top))
        out.append(f"  {question}: {json.dumps(line, ensure_ascii=False)}")
    (ROOT / "content/lexicon/judge.yaml").write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
