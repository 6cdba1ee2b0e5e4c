"""Cards, for channels that have buttons: a case with what can be done about it, a digest with what it may lead to.

Pressing a button says the words that it stands for.
"""

import re
from dataclasses import dataclass

from models import cases
from models.case_states import CaseMove, CaseState, after
from models.outbox import NoticeKind
from models.people import Person
from models.roster import Role
from models.tables.base import LOST
from models.tables.cases import CaseRow
from models.tables.queue import NoticeRow
from services import ladder, wording
from services.work import Work

MOST_HEIRS = 10
"""How many people a platform lets one choose from."""

_KEY = re.compile(r"case-(?P<case>\d{1,9})-(?P<notice>\d{1,12})")


@dataclass(frozen=True)
class Button:
    """`words` are what pressing it says."""

    label: str
    words: str


@dataclass(frozen=True)
class Option:
    """One entry of a card's list. Its words are those of a button, completed: pressing that button says them while it is chosen."""

    label: str
    words: str


@dataclass(frozen=True)
class Card:
    """`key` is its own for every notice. Without buttons it only tells. `options` complete the words of one of the buttons.

    `abridged`: its text may be cut, because one of its buttons brings the whole of it.
    """

    key: str
    title: str
    subtitle: str
    text: str
    buttons: tuple[Button, ...] = ()
    options_title: str = ""
    options: tuple[Option, ...] = ()
    abridged: bool = False


def of_notice(work: Work, notice: NoticeRow) -> Card | None:
    """The card of a digest, or of a notice that asks somebody to act on a case; None for any other notice."""
    if notice.kind == NoticeKind.DIGEST:
        return _digest(work, notice)
    if notice.kind not in (NoticeKind.ALERT, NoticeKind.CLIMB) or notice.case_id is None:
        return None
    case = cases.seen(work.session, notice.case_id)
    reader = work.directory.people.get(notice.member_id or 0)
    if case is None or case.text == LOST or reader is None or not ladder.may_act(work, case, reader):
        return None
    unheard = "" if notice.kind == NoticeKind.ALERT else wording.span(work.unit.texts, work.now - case.round_at)
    return _card(work, case, reader, f"case-{case.id}-{notice.id}", unheard)


def after_press(work: Work, key: str, reader: Person) -> Card | None:
    """A card as it stands now; None where it is no card of ours, or the case is not the reader's to act on any more."""
    match = _KEY.fullmatch(key)
    case = None if match is None else cases.by_number(work.session, int(match["case"]))
    if case is None or not ladder.may_act(work, case, reader):
        return None
    return _card(work, case, reader, key)


def _digest(work: Work, notice: NoticeRow) -> Card:
    title, _, text = notice.text.partition("\n")
    whole = Button(work.say("card.whole"), work.say("card.whole_words"))
    remind = Button(work.say("card.remind"), work.say("card.remind_words"))
    return Card(f"digest-{notice.id}", title, "", text, (whole, remind), abridged=True)


def _card(work: Work, case: CaseRow, reader: Person, key: str, unheard: str = "") -> Card:
    """A case for one reader; `unheard`: for how long nobody has taken it."""
    texts = work.unit.texts
    member = work.directory.people.get(case.member_id)
    group = "" if member is None or member.group_id is None else work.directory.group_titles[member.group_id]
    owner = work.directory.people.get(case.owner_id or 0)
    kind = texts.word("urgent_case_kind" if case.urgency == "urgent" else "case_kind", case.kind)
    state = texts.word("case_state", case.state)
    if owner is not None:
        state = work.say("card.state_of", state=state, name=owner.name)
    heirs = _heirs(work, case, reader) if _possible(case, CaseMove.HAND_OVER) else ()
    buttons = []
    if case.state == CaseState.OPEN:  # whoever has it may say so again in words, which needs no button
        buttons.append(Button(work.say("card.acknowledge"), work.say("card.acknowledge_words", number=case.id)))
    if heirs:
        buttons.append(Button(work.say("card.hand_over"), work.say("card.hand_over_words", number=case.id, name="").strip()))
    if _possible(case, CaseMove.PROPOSE):
        buttons.append(Button(work.say("card.propose"), work.say("card.propose_words", number=case.id)))
    return Card(
        key=key,
        title=work.say(
            "card.title",
            number=case.id,
            kind=kind,
            name=wording.whose(texts, member, case.relation) if member else _name(work, case.member_id),
        ),
        subtitle=work.say(
            "card.subtitle",
            time=work.clock_time(case.opened_at),
            group=group,
            state=state,
            unheard=work.say("card.unheard", span=unheard) if unheard else "",
            reporter="" if case.reporter_id == case.member_id else work.say("case.reported_by", name=_name(work, case.reporter_id)),
            confidential=work.say("case.confidential") if case.confidential else "",
        ),
        text=case.text,
        buttons=tuple(buttons),
        options_title=work.say("card.heirs") if heirs else "",
        options=heirs,
    )


def _name(work: Work, member_id: int) -> str:
    person = work.directory.people.get(member_id)
    return work.say("word.somebody") if person is None else person.name


def _possible(case: CaseRow, move: CaseMove) -> bool:
    return after(CaseState(case.state), move) is not None


def _heirs(work: Work, case: CaseRow, reader: Person) -> tuple[Option, ...]:
    """Whom the reader may hand a case to: those who answer for its member."""
    member = work.directory.people.get(case.member_id)
    if member is None:
        return ()
    near = [p for role in (Role.SECRETARY, Role.DEPUTY, Role.LEADER, Role.DUTY_OFFICER) for p in work.directory.holding(role, member)]
    found = {p.id: p for p in near if p.id not in (case.member_id, reader.id) and not ladder.closed_to(work.directory, case, p)}
    named = [p for p in found.values() if work.directory.named(p.name, near=reader) == p]
    return tuple(Option(p.name, work.say("card.hand_over_words", number=case.id, name=p.name)) for p in named[:MOST_HEIRS])
