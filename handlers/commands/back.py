"""归队, 收队, 销假, 马腾回来了, 取消请假: whoever was out or away is back, or stays after all; a check-in is owed again."""

import re

from handlers.incoming import Answer, Incoming
from handlers.leave import ALREADY, BACK, CALLED_OFF, DAY, LEAVE, LEAVE_DENIED, STAYS, not_on, over
from handlers.replies import what_it_reads
from models.people import Person
from services import call_out, stand_in, wording

_SLIP = r"(?:[,，\s]*我?(?:记|说|写|报|弄|搞|看)错了)?"
PATTERN = re.compile(
    rf"(?P<squad>归队|收队)(?:\s+(?P<names>\S+(?:[\s、,，]+\S+)*))?"
    rf"|(?:我|本人)?{ALREADY}{BACK}了?"
    rf"|(?P<cancel>(?:我|本人)?(?:的?假)?(?:又|先|就|也)?{STAYS})"
    rf"|(?P<off>(?P<whose>(?!我|本人)[一-龥·]{{2,8}}?)??(?:我|本人)?的?(?P<day>{DAY})(?:那天|的假?|的{LEAVE})?(?:我|本人)?(?:又|先|就|也)?"
    rf"(?:{STAYS}|{LEAVE_DENIED}|{CALLED_OFF}){_SLIP})"
    rf"|(?P<who>(?!\S*[晚迟]\S{{0,3}}[天周月期拜])[一-龥·]{{2,8}}?)\s?(?:{ALREADY}{BACK}了?|(?P<stays>(?:{STAYS}|{LEAVE_DENIED}){_SLIP}))"
)
"""A leader's 归队 is that of the whole squad; what 我 says is one's own. Who comes back later (晚两天回来) is not back."""


def run(incoming: Incoming, match: re.Match[str]) -> Answer:
    """End the call-out; or else the leave that covers today, and what somebody else has for whoever was away; in private."""
    work, sender = incoming.work, incoming.sender
    if match["off"]:
        return _off(incoming, match["whose"] or "", match["day"])
    names = match["names"] or match["who"] or ""
    named, unknown = _named(incoming, names)
    if match["who"] and unknown:  # 晚饭前回来, of nobody
        return Answer(public=what_it_reads(incoming))
    called = " ".join(person.name for person in named) if match["who"] else names
    back = [] if match["cancel"] or match["stays"] else call_out.end(work, sender, called, squad=match["squad"] is not None)
    if back:
        listed = wording.listed(work.unit.texts, (person.name for person in back))
        return Answer(
            private=work.say("call_out.back", names=listed),
            public=work.say("call_out.back_public", count=len(back)) if match["squad"] else "",
        )
    if named:
        lines = [over(incoming, person) or work.say("leave.none_to_end_of", name=person.name) for person in named]
        return Answer(private="\n".join(lines))
    if names or match["squad"] == "收队":
        return Answer(private=work.say("call_out.nobody_out"))
    return Answer(private="\n".join(filter(None, [over(incoming, sender), stand_in.end(work, sender)])) or work.say("leave.none_to_end"))


def _off(incoming: Incoming, name: str, day: str) -> Answer:
    """明天不休了, 马腾周五不去了: of one who was to be away on that day; of anybody else it says nothing."""
    people, unknown = _named(incoming, name) if name else ([incoming.sender], False)
    if unknown:
        return Answer(public=what_it_reads(incoming))
    said = [not_on(incoming, person, day) for person in people]
    return Answer(private="\n".join(said)) if all(said) else Answer(public=what_it_reads(incoming))


def _named(incoming: Incoming, names: str) -> tuple[list[Person], bool]:
    """Those of one's own people, or oneself, who are named; and whether somebody is named who is none of them."""
    directory, sender = incoming.work.directory, incoming.sender
    found = []
    for name in filter(None, re.split(r"[\s、,，和]+", names)):
        person = directory.named(name, near=sender) or directory.called.get(name)
        if person is None or not (person.id == sender.id or sender.answers_for(person)):
            return [], True
        found.append(person)
    return found, False
