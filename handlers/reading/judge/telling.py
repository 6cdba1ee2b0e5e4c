"""What each clause tells of the sender's day: work, a plan, a thought. The judge is asked clause by clause.

A message often does several things at once, and what it is as a whole says little of its sentences: two clauses of work in front of a long
difficulty are a report all the same. So the judge has questions of its own for clauses, and sees of each its words, what the rules found in
it, and what stands before and behind it.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from handlers.reading.judge.judge import grams, uniform
from handlers.reading.judge.traits import FACT, KEY, OF, WORD, Prefixed

if TYPE_CHECKING:
    from handlers.reading.message import Message

TELLS = {"work": "tells.work", "plan": "tells.plan", "thought": "tells.thought"}
"""The question of the judge for each section."""
_MOST = 80  # clauses that are asked: an account shows early, and a long text costs no more
_LONG, _STEP = 6, 4  # lengths are told in steps of so many characters, up to so many steps
_FEW = 8
_BEFORE, _BEHIND = Prefixed("<"), Prefixed(">")


def tellings(message: "Message") -> list[Mapping[str, float]]:
    """For each of the first clauses the judge's odds for `TELLS`."""
    weights, lanes = message.lexicon.judge.together[TELLS["work"]]  # three questions, and the others are answered with it
    return [weights.odds(grams(text), marks, lanes) for text, marks in signs(message)]


def signs(message: "Message") -> list[tuple[str, list[str]]]:
    """What the judge sees of each of the first clauses: its uniform text and its marks, each once."""
    clauses = message.speech.clauses[:_MOST]
    found = _found(message) if clauses else []
    made = []
    for number, clause in enumerate(clauses):
        text = uniform(message.scanner.nameless(message.text[clause.start : clause.end]))
        marks = [
            *found[number],
            f"built:clauses{min(_FEW, len(clauses))}",
            f"built:length{min(_LONG, (clause.end - clause.start) // _STEP)}",
        ]
        fields = message.fields.get(number, ())
        if len(fields) > 1:
            marks += [f"with:of:{a}+of:{b}" for a, b in combinations(sorted(set(fields)), 2)]
        marks += ["built:first"] if number == 0 else [_BEFORE[mark] for mark in found[number - 1]]
        marks += ["built:last"] if number == len(clauses) - 1 else [_BEHIND[mark] for mark in found[number + 1]]
        made.append((text, marks))
    return made


def _found(message: "Message") -> list[set[str]]:
    """Of each clause the patterns that begin in it, the fields it speaks of, its kinds of words and facts, and how it is said."""
    speech = message.speech
    found: list[set[str]] = [set() for _ in speech.clauses]
    at = speech.at
    for key, matches in message.found.items():
        mark = KEY[key]
        for match in matches:
            found[at(match.start())].add(mark)
    for clause, tokens in message.tokens_by_clause.items():
        found[clause].update([WORD[token.kind] for token in tokens])
    for fact in message.facts:
        found[fact.clause].add(FACT[fact.kind])
    for clause, fields in message.fields.items():
        found[clause].update([OF[field] for field in fields])
    for manner, clauses in (("asks", speech.questions), ("orders", speech.orders), ("supposes", speech.supposed)):
        for clause in clauses:
            found[clause].add(f"built:{manner}")
    return found
