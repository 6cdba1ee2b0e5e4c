"""8月1日至8日由李明代: somebody who answers for others is away, and who has it meanwhile; 不用代了; 代理."""

import re
from datetime import date

from handlers import leave
from handlers.incoming import Answer, Incoming
from models.people import Person
from services import stand_in

DOES = r"(?:代|顶|替)(?:理|班|管|一下|着|我|他|她|组长|书记|副书记|值班)*(?:(?:到|至|直到)(?P<until>[^,，。]{1,12}?)(?:为止)?)?"
"""What is said behind the name of who stands in: 代, 代班, 代一下到8号."""
APPOINT = re.compile(
    rf"(?P<whose>[^,，。]{{0,24}}?)(?:工作|组里|支部|的事|的班)?[,，、]?\s*(?:暂时|临时|先)?(?:由|请|让|叫|(?<=[,，、])(?=[^\s\d,，。]{{2,12}}?(?:代|顶|替)班?我))(?P<name>[^\s\d,，。]{{2,12}}?)"
    rf"{DOES}"
)
END = re.compile(r"(?:不用|不要|不必|结束|取消|停止)(?:再|别人|人)?(?:代|代理|代班|顶班|替班)(?:我)?了?|代理结束")
LIST = re.compile(r"代理|谁在代我?|代理情况")
_ALWAYS = "休假"
"""What is put behind words that name days, so that they are read as those of an absence."""
_UNSAID = "leave.sent"
"""By which a reading says that no day was named."""


def appoint(incoming: Incoming, match: re.Match[str]) -> Answer:
    """8月1日至8日由李明代, 由李明代到8号, 李明下周由张伟代."""
    away, when = _whose(incoming, match["whose"])
    if not stand_in.may_appoint(incoming.sender, away):
        return Answer(private=incoming.work.say("stand_in.not_yours_to_say", name=away.name))
    said = f"{when}到{match['until']}" if match["until"] else when
    days = days_in(incoming, said.strip())
    if days is None:
        return Answer(private=incoming.work.say("stand_in.which_days"))
    lines = leave.handle(incoming) if leave.wants(incoming.reading) else []  # 8号到10号出差，由李明代
    lines.append(stand_in.appoint(incoming.work, incoming.row, incoming.sender, away, match["name"], days))
    return Answer(private="\n".join(lines))


def end(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """不用代了."""
    return Answer(private=stand_in.end(incoming.work, incoming.sender) or incoming.work.say("stand_in.none"))


def listed(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """代理."""
    return Answer(private=stand_in.listed(incoming.work, incoming.sender))


def _whose(incoming: Incoming, words: str) -> tuple[Person, str]:
    """Who is away, and the words that say when: the sender, or whoever is named at the beginning."""
    words = words.removeprefix("我")
    found = [p for p in incoming.work.directory.people.values() if words.startswith(p.name)]
    if not found:
        return incoming.sender, words
    away = next((p for p in found if stand_in.may_appoint(incoming.sender, p)), found[0])
    return away, words.removeprefix(away.name).removeprefix("的")


def days_in(incoming: Incoming, words: str) -> tuple[date, date | None] | None:
    """The days that the words name; without a word from today on; None where they cannot be read."""
    today = incoming.work.today
    if not words:
        return today, None
    found = incoming.read(words, incoming.sender.name, today).leaves
    if not found:  # 下周, 3月3日至8日: words that name days alone
        read = incoming.read(words + _ALWAYS, incoming.sender.name, today).leaves
        found = tuple(one for one in read if one.last is not None or all(piece.by != _UNSAID for piece in one.evidence))
    return (found[0].first, found[0].last) if found else None
