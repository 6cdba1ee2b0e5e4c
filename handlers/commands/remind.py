"""催报: remind those still open, each in private."""

import re
from collections.abc import Iterable

from handlers.incoming import Answer, Incoming
from models.people import Person
from services import remind, wording

PATTERN = re.compile(r"催报|催一下")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """Who was reminded, or is when the night is over, and who is not and why, in private; a room hears how many."""
    work = incoming.work
    asked = remind.at_once(work, work.directory.groups_led(incoming.sender))
    private, public = [], []
    if asked.reminded:
        facts = {"count": len(asked.reminded), "names": _listed(incoming, asked.reminded), "time": work.clock_time(asked.at)}
        later = asked.at > work.now
        private.append(work.say("remind.in_the_morning" if later else "remind.done", **facts))
        public.append(work.say("remind.in_the_morning_public" if later else "remind.done_public", **facts))
    if asked.too_late:
        private.append(work.say("remind.too_late", count=len(asked.too_late), names=_listed(incoming, asked.too_late)))
        public.append(work.say("remind.too_late_public", count=len(asked.too_late)))
    if asked.just_now:
        private.append(work.say("remind.just_now", names=_listed(incoming, asked.just_now)))
        public.append(work.say("remind.just_now_public", count=len(asked.just_now)))
    if asked.unreached:
        private.append(work.say("remind.unreached", names=_listed(incoming, asked.unreached)))
        public.append(work.say("remind.unreached_public", count=len(asked.unreached)))
    nobody = work.say("remind.nobody")
    return Answer(private="\n".join(private) or nobody, public="\n".join(public) or nobody)


def _listed(incoming: Incoming, people: Iterable[Person]) -> str:
    return wording.listed(incoming.work.unit.texts, (person.name for person in people))
