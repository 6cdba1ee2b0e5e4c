"""The walk over a text that finds who is how on which day. Whether a fact counts is judged later (counted/judgement.py)."""

import re
from datetime import date, timedelta

from handlers.reading.facts import VALUES, Fact, settled
from handlers.reading.health import subjects, symptoms
from handlers.reading.health.asides import said_of_him
from handlers.reading.health.injured import hurt, injured
from handlers.reading.health.items import Item, merge, rows, times
from handlers.reading.health.listed import listed
from handlers.reading.health.measured import OF_THEN, SINCE, is_cause, is_of_day
from handlers.reading.health.strangers import strangers
from handlers.reading.health.temperature import Temperature, temperatures
from handlers.reading.health.vague import vaguely_ill
from handlers.reading.reasons import Place
from handlers.reading.scan import Scanner, Token
from handlers.reading.text import dates
from handlers.reading.text.clauses import Clause, Speech
from handlers.reading.trace import Trace

_OF_HEALTH = frozenset(("symptom", "part", "sign", "well", "fine", "over"))  # kinds of words without which only a number is a fact
_OWN_DATE = re.compile(r"\s?(?:的|那天的|那条)?(?:数|数据|体温|温度|那个|那份)?\s*(?:$|[,。;!?)\n])|的(?= )")
_HEADS = re.compile(r"的?\s?:?\s?(?:\d{1,2}|[一二两三四五六七八九十])\s?[人名例](?![次天])")
_LISTED = 24  # facts, or characters behind a number, in which what is meant with it stands
_MINE = re.compile("[我俺]")  # "烫得我手背一片红"
_SAME = re.compile(r"(?:也|都|也都)(?:是(?!在)|一样|这个?数)|同样是?(?:这|[,。;]|$)|一样[,。;]|一样$")
_THE_FEVER = 3  # characters behind a value: "39度的烧"
_SINCE_THEN = re.compile(r"起(?![床来得晚早夜火了身飞])|以来|开始")  # "前天起咳嗽"
_OF_BEFORE = ("是", "(", "补", "算", "报")  # "36.8补12号的" tells the day of the value before it
_LIKE = ("跟", "和", "像", "同", "比")  # "头跟昨天一样" tells no value of yesterday
_THROUGH = re.compile("到|至|-")
_HEADING = re.compile(r"[^,。;!?:\n]{0,16}(?:补|漏|晨检|晚检|体温|打卡|健康)[^,。;!?:\n]{0,10}:?[ \t]*\n")
_GOES_ON = re.compile(  # a new line that goes on of the one named before it: "今天早上退了点37.8"
    r"(?:今天?|今早|现在|早上|早晨|刚才|刚|这会儿?|半夜|后来|量了?|测了?|又|还|已经?){1,4}(?:退|降|升|烧|又烧|还烧|还是|仍)"
)
_EVERY = re.compile("都|均")
_MOST_DAYS = 31
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
    if not speech.clauses:
        return []  # "👌" is a word, and no clause
    values = listed(text, tokens, temperatures(text, [*speech.starts, len(text)], scanner.lexicon, trace))
    tokens = vaguely_ill(text, tokens, speech, scanner.lexicon)
    kinds = {token.kind for token in tokens}
    if not values and _OF_HEALTH.isdisjoint(kinds):
        return []
    unknown = strangers(text, tokens, scanner.lexicon) if sender else []
    tokens = sorted([*tokens, *unknown], key=lambda t: t.start) if unknown else tokens
    items = merge(times(tokens, text, today), values, dates.days(text, today))
    walking = _Walk(text, speech, scanner, sender, today, base=base or today, person=sender if person is None else person, trace=trace)
    facts = walking.run(items, "unfinished" in kinds)
    facts, over = settled(facts, speech)
    facts, pains = hurt(facts, text, speech, scanner.lexicon)
    if trace is not None:
        trace.leave_out_facts(over, "negations.over")
        trace.leave_out_facts(pains, "statement.injury")
    return injured(facts, tokens, speech, scanner, sender)


class _Walk:
    """Where the walk stands: of whom and of which day the next fact will be."""

    def __init__(
        self, text: str, speech: Speech, scanner: Scanner, sender: str, today: date, *, base: date, person: str, trace: Trace | None
    ) -> None:
        self.text, self.speech, self.scanner, self.today, self.base, self.sender = text, speech, scanner, today, base, sender
        self.who = subjects.Subject(sender, person, text, scanner)
        self.trace = trace
        self.facts: list[Fact] = []
        self.day: date | None = base
        self.dated: Place | None = None  # where the day was said
        self.past = self.long_past = self.unfinished = False
        self.carried: str | None = None  # a part of the body named in the clause before
        self.topic = -1  # the last clause that named nothing else
        self.several: list[date] = []  # days said one after the other, for as many values that follow
        self.counted: tuple[symptoms.Found, int, int] | None = None  # a symptom of so many people, its sentence and where the number ends
        self.several_end = self.several_facts = self.taken = 0
        self.rows: dict[int, tuple[int, int]] = {}  # a value's number in its row of values and the length of the row, by its place

    def run(self, items: list[Item], unfinished: bool) -> list[Fact]:
        """Walk through all items, clause by clause; `unfinished`: something among them is said to be not over."""
        self.rows, self.unfinished = rows(self.text, items), unfinished
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
            if self.text[clauses[entered].start - 1] != "\n" or not _GOES_ON.match(self.text, clauses[entered].start):
                self.who.reset()
            self._base_day()
            self.several, self.carried = [], None
            return
        self.who.go_on(blank=clauses[left].loose)
        ahead = self.day is not None and self.day > self.today
        if ahead or (self.past and not self.long_past):
            # "20号休假，今晚38.5": what is to come says nothing of the next clause
            self._base_day()

    def _base_day(self) -> None:
        self.day, self.past, self.dated = self.base, False, None

    def _clause(self, number: int, items: list[Item]) -> None:
        """Read one clause: persons and days change the state, the rest becomes facts."""
        clause = self.speech.clauses[number]
        body: symptoms.Body | None = None
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
                self._named(item, number)
                if (told := said_of_him(self.text, self.facts, item, number, first)) is not None:
                    self._of_whom(told)
            else:
                body = body or symptoms.Body(self.text, self.scanner.lexicon, self.carried, number - self.topic == 1)
                for found in body.step(item, clause.start, clause.end):
                    self._stated(found, number)
        self._unfinished(number, items)
        if body is not None:
            self._complained(body, clause.end, number)
        if any(f.past for f in self.facts[first:]):
            self._ongoing(clause, first)

    def _complained(self, body: symptoms.Body, end: int, number: int) -> None:
        """What the clause complains of without a word for it, and the part of the body that is named at its end."""
        unnamed = body.complaint(end)
        if unnamed is not None:
            self._add(unnamed, number)
        self.carried, self.topic = body.carried, number if body.topic else self.topic

    def _ongoing(self, clause: Clause, first: int) -> None:
        """What the clause has said from fact `first` on is there today, where it says that it goes on ("到现在还没停")."""
        # "昨天还咳": then, not now
        since = self.text[
            max(clause.start, self.dated.end if self.dated is not None and clause.start <= self.dated.start else 0) : clause.end
        ]
        then = self.dated is not None and since.startswith(("还", "仍", "依然")) and SINCE.search(since) is None
        if not then and symptoms.is_ongoing(self.text[clause.start : clause.end], self.scanner.lexicon):
            still = [
                f._replace(past=False, day=self.today, dated=None) if f.past and f.day and f.kind in ("symptom", "unwell") else f
                for f in self.facts[first:]
            ]
            self.facts[first:] = still

    def _unfinished(self, number: int, items: list[Item]) -> None:
        """What is said to be not over yet is there today, however long ago it began ("前几天咳嗽，还没好")."""
        there = self.unfinished and any(isinstance(i, Token) and i.kind == "unfinished" for i in items)
        if not there or self.day not in (None, self.base, self.today):
            return
        least = self.speech.clauses[number].sentence - 1
        for place in range(max(0, len(self.facts) - _LISTED), len(self.facts)):
            fact = self.facts[place]
            near = fact.person in self.who.subject and self.speech.clauses[fact.clause].sentence >= least
            if near and fact.past and fact.kind in ("symptom", "unwell"):
                self.facts[place] = fact._replace(past=False, day=self.today, dated=None)

    def _of_whom(self, first: int) -> None:
        """What the clause has said so far, from fact `first` on, was said of him who is named now ("嗓子疼的是小陈")."""
        said = self.facts[first:]
        self.facts[first:] = [f._replace(person=who, named=self.who.places.get(who)) for f in said for who in self.who.subject[-1:]] or said

    def _stated(self, found: symptoms.Found, number: int) -> None:
        """A symptom with a number of people ("咳嗽1人") is of those who are named behind it, and else of nobody."""
        if found[0] == "symptom" and (heads := _HEADS.match(self.text, found[3])) is not None:
            self.counted = (found, self.speech.clauses[number].sentence, heads.end())
        else:
            self._add(found, number)

    def _named(self, item: Token, number: int) -> None:
        """Somebody is named: to him belongs the symptom that was counted just before."""
        if self.counted is None or item.kind != "person" or not self.who.subject:
            return
        found, sentence, end = self.counted
        if self.speech.clauses[number].sentence == sentence and item.start - end <= _LISTED:
            self.who.subject = self.who.subject[-1:]
            self._add(found, number)

    def _day(self, day: date, item: Place, value_follows: bool, first: int) -> None:
        """A day is said: it holds for what follows; "37.2是昨天的" puts it on what stands before."""
        before = self.text[max(0, item.start - 1) : item.start]
        if before in _OF_BEFORE and day <= self.today and not value_follows and _OWN_DATE.match(self.text, item.end):
            mine = max(0, len(self.facts) - 1) if before == "(" or (before == "报" and first == len(self.facts)) else first
            self.facts[mine:] = [f._replace(day=day, dated=item) if f.kind in VALUES else f for f in self.facts[mine:]]
            if len(self.facts) > mine:
                return
        if not self.facts and not value_follows and day < self.today and _HEADING.match(self.text, item.end) is not None:
            self.base = day  # "昨日漏报补录3人：" heads the lines below it
        same = _SAME.match(self.text, item.end)
        value = next((f for f in reversed(self.facts[-_LISTED:]) if f.kind == "temperature" and f.person in self.who.subject), None)
        if same is not None and value is not None and day <= self.today and before not in _LIKE:
            self.facts.append(value._replace(day=day, dated=item, past=day < self.base))  # "三十六度四，昨儿也是"
            return
        if not value_follows and item.by.startswith("days.words") and is_cause(self.text, item.start):
            return
        if before in ("到", "至") and not self.several and not value_follows and item.by != "days.words.0":
            return  # "出差到周五": the end of something, and no day of which is spoken on
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
        since = before in ("从", "自", "打") or _SINCE_THEN.match(self.text, item.end) is not None
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
        if self.long_past and self.past and OF_THEN.search(self.text, self.speech.clauses[number].start, item.end + _THE_FEVER):
            pass  # "那年救火，我烧到39度": then
        elif self.day != self.base and not is_of_day(
            self.text, self.speech, item, self.dated, self.several_end, self.facts[self.several_facts : self.several_facts + _LISTED]
        ):
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
            whom = (self.sender,) if kind == "symptom" and _MINE.search(self.text, start, end) else self.who.subject
            self.facts.extend(
                Fact(kind, value, person, day, start, end, number, past, labelled, told, named.get(person), self.dated) for person in whom
            )
        if self.trace is not None and (against or not self.who.subject):
            field = Fact(kind, value, "", day, start, end, number).field
            self.trace.leave_out(field, told.start, told.end, against or "person.nobody")
