"""The walk over a text that finds who is how on which day. Whether a fact counts is judged later (judgement.py)."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from handlers.reading import dates, subjects, symptoms
from handlers.reading.clauses import Speech
from handlers.reading.facts import VALUES, Fact, settled
from handlers.reading.injured import injured
from handlers.reading.reasons import Place
from handlers.reading.scan import Scanner, Token
from handlers.reading.strangers import strangers
from handlers.reading.temperature import Temperature, temperatures
from handlers.reading.trace import Trace

Item = Token | Temperature | dates.Day
_OWN_DATE = re.compile(r"\s?(?:的|那天的|那条)?\s*(?:$|[,。;!?)\n])")
_THROUGH = re.compile("到|至|-")
_ROW = re.compile(r"[\s、,和及跟/;]{1,3}")
_EVERY = re.compile("都|均")
_JOINED_DAYS = re.compile(r"[\s、,和及与到至-]{0,3}")


def walk(
    text: str,
    speech: Speech,
    tokens: list[Token],
    scanner: Scanner,
    sender: str,
    today: date,
    *,
    base: date | None = None,
    person: str | None = None,
    trace: Trace | None = None,
) -> list[Fact]:
    """All facts of a uniform text with its known words, in order.

    `base`: the day meant where none is said; `person`: who is meant where nobody is named. What is found and is nobody's fact is told to
    `trace`.
    """
    if sender:
        tokens = sorted([*tokens, *strangers(text, tokens, scanner.lexicon)], key=lambda t: t.start)
    values = temperatures(text, [*speech.starts, len(text)], scanner.lexicon, trace)
    items = _merge(tokens, values, dates.days(text, today))
    facts = _Walk(text, speech, scanner, sender, today, base=base or today, person=sender if person is None else person, trace=trace).run(
        items
    )
    facts, over = settled(facts, speech)
    if trace is not None:
        trace.leave_out_facts(over, "negations.over")
    return injured(facts, tokens, speech, scanner, sender)


def _merge(tokens: list[Token], values: list[Temperature], said: list[dates.Day]) -> list[Item]:
    """Words, numbers and days in order; a number wins over a day, both over words that stand inside them."""
    if not values and not said:
        return list(tokens)
    taken = [(v.start, v.end) for v in values]
    days = [d for d in said if not _overlaps(d, taken)]
    taken = sorted([*taken, *((d.start, d.end) for d in days)])
    words = [t for t in tokens if not _overlaps(t, taken)]
    return sorted([*words, *values, *days], key=lambda i: i.start)


def _overlaps(item: Item, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an item overlaps one of the spans, which are in order and apart."""
    index = bisect_left(spans, (item.start + 1,))
    before = index > 0 and spans[index - 1][1] > item.start
    return before or (index < len(spans) and spans[index][0] < item.end)


def _rows(text: str, items: list[Item]) -> dict[int, tuple[int, int]]:
    """Of values said one after the other: the number of each in its row and the length of the row, by its place."""
    rows: list[list[Temperature]] = []
    for item in items:
        if isinstance(item, Temperature):
            if rows and _ROW.fullmatch(text, rows[-1][-1].end, item.start):
                rows[-1].append(item)
            else:
                rows.append([item])
    return {item.start: (number, len(row)) for row in rows if len(row) > 1 for number, item in enumerate(row)}


class _Walk:
    """Where the walk stands: of whom and of which day the next fact will be."""

    def __init__(
        self, text: str, speech: Speech, scanner: Scanner, sender: str, today: date, *, base: date, person: str, trace: Trace | None
    ) -> None:
        self.text, self.speech, self.scanner, self.today, self.base = text, speech, scanner, today, base
        self.who = subjects.Subject(sender, person, text, scanner)
        self.trace = trace
        self.facts: list[Fact] = []
        self.day: date | None = base
        self.dated: Place | None = None  # where the day was said
        self.past = self.long_past = False
        self.carried: str | None = None  # a part of the body named in the clause before
        self.several: list[date] = []  # days said one after the other, for as many values that follow
        self.several_end = self.several_facts = self.taken = 0
        self.rows: dict[int, tuple[int, int]] = {}  # a value's number in its row of values and the length of the row, by its place

    def run(self, items: list[Item]) -> list[Fact]:
        """Walk through all items, clause by clause."""
        self.rows = _rows(self.text, items)
        current = -1
        inside: list[Item] = []
        for item in items:
            number = self.speech.at(item.start)
            if number != current:
                if inside:
                    self._clause(current, inside)
                self._enter(current, number)
                current, inside = number, []
            inside.append(item)
        if inside:
            self._clause(current, inside)
        return self.facts

    def _enter(self, left: int, entered: int) -> None:
        """A new sentence speaks of the default person and day again until it says otherwise."""
        clauses = self.speech.clauses
        if left < 0:
            return
        if clauses[left].sentence != clauses[entered].sentence:
            self.who.reset()
            self._base_day()
            self.several, self.carried = [], None
            return
        if clauses[left].loose:
            self.who.loosen()
        ahead = self.day is not None and self.day > self.today
        if ahead or (self.past and not self.long_past):
            # "20号休假，今晚38.5": what is to come says nothing of the next clause
            self._base_day()

    def _base_day(self) -> None:
        self.day, self.past, self.dated = self.base, False, None

    def _clause(self, number: int, items: list[Item]) -> None:
        """Read one clause: persons and days change the state, the rest becomes facts."""
        clause = self.speech.clauses[number]
        body = symptoms.Body(self.text, self.scanner.lexicon, self.carried)
        first = len(self.facts)
        for index, item in enumerate(items):
            if isinstance(item, Temperature):
                self._temperature(item, number)
            elif isinstance(item, dates.Day):
                if item.form == "point" and item.day > self.today:
                    continue  # "6/6" and "3.5" are rarely days, and none to come
                said = Place(item.start, item.end, f"date.{item.form}")
                self._day(item.day, said, any(isinstance(i, Temperature) for i in items[index + 1 : index + 9]), first)
            elif item.kind == "day":
                offset = self.today + timedelta(days=item.value)
                said = Place(item.start, item.end, f"days.words.{item.value}")
                self._day(offset, said, any(isinstance(i, Temperature) for i in items[index + 1 : index + 9]), first)
            elif item.kind in ("past", "long_past"):
                self.past, self.long_past, self.day, self.dated = True, item.kind == "long_past", None, None
            elif item.kind in subjects.KINDS:
                self.who.step(item, index, items, clause.start)
                if self.text.endswith("的是", 0, item.start):
                    self._of_whom(first)
            else:
                for found in body.step(item, clause.start, clause.end):
                    self._add(found, number)
        unnamed = body.complaint(clause.end)
        if unnamed is not None:
            self._add(unnamed, number)
        self.carried = body.carried
        if len(self.facts) > first and symptoms.is_ongoing(self.text[clause.start : clause.end], self.scanner.lexicon):
            still = [
                f._replace(past=False, day=self.today, dated=None) if f.past and f.day and f.kind == "symptom" else f
                for f in self.facts[first:]
            ]
            self.facts[first:] = still

    def _of_whom(self, first: int) -> None:
        """"嗓子疼的是小陈": what the clause has said so far, from fact `first` on, was said of him."""
        said = self.facts[first:]
        self.facts[first:] = [f._replace(person=who, named=self.who.places.get(who)) for f in said for who in self.who.subject[-1:]] or said

    def _day(self, day: date, item: Place, value_follows: bool, first: int) -> None:
        """A day is said: it holds for what follows; "37.2是昨天的" puts it on what stands before."""
        before = self.text[max(0, item.start - 1) : item.start]
        if before in ("是", "(") and day <= self.today and not value_follows and _OWN_DATE.match(self.text, item.end):
            mine = first if before == "是" else max(0, len(self.facts) - 1)
            self.facts[mine:] = [f._replace(day=day, dated=item) if f.kind in VALUES else f for f in self.facts[mine:]]
            if len(self.facts) > mine:
                return
        joined = (
            bool(self.several)
            and len(self.facts) == self.several_facts
            and _JOINED_DAYS.fullmatch(self.text, self.several_end, item.start) is not None
        )
        if (
            joined
            and _THROUGH.search(self.text, self.several_end, item.start)
            and timedelta(1) < day - self.several[-1] < timedelta(_MOST_DAYS)
        ):
            self.several += [self.several[-1] + timedelta(n) for n in range(1, (day - self.several[-1]).days)]  # "1号到3号"
        self.several = [*self.several, day][-_MOST_DAYS:] if joined else [day]
        self.several_end, self.several_facts, self.taken = item.end, len(self.facts), 0
        # "从昨晚开始闻不到": since then, so today too
        since = before in ("从", "自", "打")
        self.day, self.past, self.dated = (self.base, False, None) if since else (day, False, item)

    def _temperature(self, item: Temperature, number: int) -> None:
        share, length = self.rows.get(item.start, (0, 1))
        everybody = self.who.subject
        if len(everybody) == length > 1:
            # "我、天儿、欧阳，依次36.5、36.4、36.8": each has his own
            self.who.subject = everybody[share : share + 1]
        self._value(item, number)
        self.who.subject = everybody

    def _value(self, item: Temperature, number: int) -> None:
        every = len(self.several) > 1 and _EVERY.search(self.text, max(self.several_end, item.start - 8), item.start) is not None
        if len(self.several) > 1:
            self.day = self.several[min(self.taken, len(self.several) - 1)]
            self.taken += 1
        told = self.facts[self.several_facts :]
        if self.day != self.base and told and number > told[0].clause and all(f.kind not in VALUES for f in told):
            # "昨天有点咳嗽，体温36.5": the day was the cough's, the value is today's
            self._base_day()
        kind = "temperature" if item.kind == "exact" else item.kind
        value = item.written if kind == "implausible" else item.celsius
        for day in self.several if every else [self.day]:
            self.day = day
            said = Place(item.start, item.end, f"temperature.{item.kind}")
            self._add((kind, value, item.start, item.end, said), number, item.labelled)

    def _add(self, found: symptoms.Found, number: int, labelled: bool = False) -> None:
        kind, value, start, end, told = found
        day = self.day if self.day is not None or self.past else self.today
        against = "days.past" if self.past and kind in VALUES else "date.future" if day is not None and day > self.today else ""
        if not against:
            past = self.past or (day is not None and day < self.today and day != self.base)
            named = self.who.places
            self.facts.extend(
                Fact(kind, value, person, day, start, end, number, past, labelled, told, named.get(person), self.dated)
                for person in self.who.subject
            )
        if self.trace is not None and (against or not self.who.subject):
            field = Fact(kind, value, "", day, start, end, number).field
            self.trace.leave_out(field, told.start, told.end, against or "person.nobody")


_MOST_DAYS = 31
