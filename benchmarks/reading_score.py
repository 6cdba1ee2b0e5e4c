"""How well messages are read, as the tables of docs/reading.md: ``make score``.

Reads dev.jsonl (whole, and the fifth of it that the judge never learns from), more.jsonl, which was written for this project, and
fresh.jsonl, unseen.jsonl and danger.jsonl, which nobody reads who writes a rule, through the command's own ``understand``, and has
score.py compare them. Prints every facet, the mistakes that do harm with their ids, and which intent was most often taken for which; and of
the fifth of talk.txt that the judge never learns from, whether each is known as a report, a need, an idea, a leave, or none of them.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks import score
from benchmarks.corpus import CORPUS, held_out, messages
from benchmarks.lines import TALK, kept_back, lines
from bot.config import REPOSITORY
from bot.content import load_lexicon
from bot.understand import understand
from handlers.reading.lexicon import Lexicon
from models.roster import Roster

HARM = ("stated symptom read as healthy", "urgent hardship missed", "chatter kept", "report lost")
WORST, SHOWN = 12, 8  # confusions in the table, ids of each
NOTHING = "nothing"

KINDS = ("report", "hardship", "idea", "leave")
NOON = "2026-05-06T12:00:00+08:00"

Messages = dict[str, dict[str, Any]]


@dataclass
class Score:
    """What score.py says of some messages, and which intents were missed and found instead."""

    messages: int = 0
    wrong: set[str] = field(default_factory=set)
    facets: dict[str, score.Tally] = field(default_factory=lambda: defaultdict(score.Tally))
    harm: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    confused: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, gold: dict[str, Any], read: dict[str, Any]) -> None:
        """Compare one message."""
        self.messages += 1
        if score.compare(gold["expect"], read, self.facets, self.harm, gold["id"]):
            self.wrong.add(gold["id"])
        missed = set(gold["expect"]["intents"]) - set(read["intents"]) or {NOTHING}
        instead = set(read["intents"]) - set(gold["expect"]["intents"]) or {NOTHING}
        for pair in ((a, b) for a in missed for b in instead if a != b):
            self.confused[pair].append(gold["id"])

    @property
    def exact(self) -> float:
        """The share of messages read exactly right."""
        return 1 - len(self.wrong) / self.messages


def read_all(labelled: Iterable[dict[str, Any]], roster: Roster, lexicon: Lexicon) -> Messages:
    """What is understood, by id."""
    lines = (json.dumps(message, ensure_ascii=False) for message in labelled)
    return {read["id"]: read for read in map(json.loads, understand(lines, roster, lexicon))}


def scored(labelled: Iterable[dict[str, Any]], read: Messages) -> Score:
    """The score of labelled messages."""
    made = Score()
    for message in labelled:
        made.add(message, read[message["id"]])
    return made


def table(scores: dict[str, Score]) -> Iterator[str]:
    """The facets as a table, a column for each score."""
    yield "| | " + " | ".join(f"{name} ({its.messages})" for name, its in scores.items()) + " |"
    yield "|---" * (len(scores) + 1) + "|"
    yield "| **exactly right** | " + " | ".join(f"**{its.exact:.1%}**" for its in scores.values()) + " |"
    for harm in HARM:
        yield f"| {harm} | " + " | ".join(str(len(its.harm[harm])) for its in scores.values()) + " |"
    for facet in sorted({name for its in scores.values() for name in its.facets}):
        cells = (f"{its.facets[facet].f1():.3f}" if facet in its.facets else "" for its in scores.values())
        yield f"| {facet}, F1 | " + " | ".join(cells) + " |"


def mistakes(name: str, its: Score) -> Iterator[str]:
    """The harm with all ids, and the worst confusions with some."""
    yield f"### {name}"
    yield ""
    for harm in HARM:
        yield f"- {harm}: {len(its.harm[harm])} {' '.join(its.harm[harm])}".rstrip()
    yield ""
    yield "| was | taken for | times | for example |"
    yield "|---|---|---|---|"
    often = Counter({pair: len(ids) for pair, ids in its.confused.items()})
    for (was, taken), times in sorted(often.items(), key=lambda item: (-item[1], item[0]))[:WORST]:
        yield f"| {was} | {taken} | {times} | {' '.join(its.confused[was, taken][:SHOWN])} |"
    yield ""


def known(roster: Roster, lexicon: Lexicon) -> Iterator[str]:
    """Of the held-out fifth of talk.txt: how many are known for what they do, and what was missed and found for nothing."""
    kept = [line for line in lines(TALK) if kept_back(line)]
    said = [{"id": str(number), "sender": "", "sent_at": NOON, "text": line.text} for number, line in enumerate(kept)]
    read = read_all(said, roster, lexicon)
    wrong, right = Counter[str](), 0
    for number, line in enumerate(kept):
        found, meant = ({kind for kind in KINDS if kind in intents} for intents in (read[str(number)]["intents"], line.intents))
        right += found == meant
        wrong.update([*(f"{kind} missed" for kind in meant - found), *(f"{kind} for nothing" for kind in found - meant)])
    yield f"held-out fifth of talk.txt ({len(kept)}): {right / len(kept):.1%} known as a report, a need, an idea, a leave, or none of them"
    yield ", ".join(f"{what} {often}" for what, often in sorted(wrong.items()))


def main() -> None:
    """Read all files and print what docs/reading.md shows, and the mistakes."""
    roster = Roster.model_validate_json((CORPUS / "roster.json").read_text(encoding="utf-8"))
    lexicon = load_lexicon(REPOSITORY / "content" / "lexicon")
    corpus, own, fresh, unseen, danger = (messages(f"{name}.jsonl") for name in ("dev", "more", "fresh", "unseen", "danger"))
    read = read_all(corpus, roster, lexicon)
    scores = {
        "whole corpus": scored(corpus, read),
        "held-out fifth": scored((m for m in corpus if held_out(m["id"])), read),
        "our own": scored(own, read_all(own, roster, lexicon)),
        "fresh": scored(fresh, read_all(fresh, roster, lexicon)),
        "unseen": scored(unseen, read_all(unseen, roster, lexicon)),
        "danger": scored(danger, read_all(danger, roster, lexicon)),
    }
    out = [*table(scores), "", *known(roster, lexicon), "", *(line for name, its in scores.items() for line in mistakes(name, its))]
    print("\n".join(out))


if __name__ == "__main__":
    main()
