"""What each clause tells of the sender's day: work, a plan, a thought. The judge is asked clause by clause.

A message often does several things at once, and what it is as a whole says little of its sentences: two clauses of work in front of a long
difficulty are a report all the same. So the judge has questions of its own for clauses, and sees of each its words, what the rules found in
it, and what stands before and behind it.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from handlers.reading.judge import Odds, uniform

if TYPE_CHECKING:
    from handlers.reading.message import Message

TELLS = {"work": "tells.work", "plan": "tells.plan", "thought": "tells.thought"}
"""The question of the judge for each section."""
_MOST = 80  # clauses that are asked: an account shows early, and a long text costs no more
_LONG, _STEP = 6, 4  # lengths are told in steps of so many characters, up to so many steps
_FEW = 8


def tellings(message: "Message") -> list[Odds]:
    """For each of the first clauses the judge's odds for `TELLS`."""
    judge = message.lexicon.judge
    return [judge.odds(text, marks) for text, marks in signs(message)]


def signs(message: "Message") -> list[tuple[str, set[str]]]:
    """What the judge sees of each of the first clauses: its uniform text and its marks."""
    clauses = message.speech.clauses[:_MOST]
    found = _found(message, len(clauses))
    made = []
    for number, clause in enumerate(clauses):
        text = uniform(message.scanner.nameless(message.text[clause.start : clause.end]))
        marks = {
            *found[number],
            *(f"with:{a}+{b}" for a, b in combinations(sorted(mark for mark in found[number] if mark.startswith("of:")), 2)),
            f"built:clauses{min(_FEW, len(clauses))}",
            f"built:length{min(_LONG, (clause.end - clause.start) // _STEP)}",
        }
        if number == 0:
            marks.add("built:first")
        else:
            marks.update([f"<{mark}" for mark in found[number - 1]])
        if number == len(clauses) - 1:
            marks.add("built:last")
        else:
            marks.update([f">{mark}" for mark in found[number + 1]])
        made.append((text, marks))
    return made


def _found(message: "Message", number: int) -> list[set[str]]:
    """Of each clause the patterns that begin in it, the fields it speaks of, its kinds of words and facts, and how it is said."""
    speech = message.speech
    found: list[set[str]] = [set() for _ in range(number)]

    def note(clause: int, mark: str) -> None:
        if clause < number:
            found[clause].add(mark)

    for key in message.search.possible:
        if key in message.lexicon.judged:
            for match in message.all(key):
                note(speech.at(match.start()), f"key:{key}")
    for token in message.tokens:
        note(speech.at(token.start), f"word:{token.kind}")
    for fact in message.facts:
        note(fact.clause, f"fact:{fact.kind}")
    for clause, fields in message.fields.items():
        for field in fields:
            note(clause, f"of:{field}")
    how: Mapping[str, frozenset[int]] = {"asks": speech.questions, "orders": speech.orders, "supposes": speech.supposed}
    for manner, clauses in how.items():
        for clause in clauses:
            note(clause, f"built:{manner}")
    return found
