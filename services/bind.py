"""Binding a chat: which group's, which branch's or whose room it is. Until then the bot answers there, but reads nothing for the room."""

from models import rooms
from models.message import Message
from models.nicknames import belongs
from models.people import Person
from models.roster import Role
from services import wording
from services.notify import reply_in
from services.work import Work

MOST_NAMES = 5
"""How many of those who are not known yet are named."""


def bind(work: Work, message: Message, actor: Person, name: str) -> str:
    """绑定 二班: the sentence for the room. Without a name it is the actor's own group or branch."""
    if message.room is None:
        return work.say("bind.only_in_a_room", bot=work.unit.bot_name)
    found = _named(work, actor, name)
    if found is None:
        return work.say("bind.unknown", name=name, names=work.say("word.list_mark").join(_choices(work, actor)), bot=work.unit.bot_name)
    kind, scope, title = found
    rooms.bind(work.session, message.channel, message.room, kind, scope)
    work.directory_changed = True
    return work.say("bind.done", name=title)


def recognised(work: Work, channel: str, address: str) -> None:
    """Say in a bound chat how many of its people are known on that channel, and who is not."""
    room = work.directory.rooms.get((channel, address))
    people = [] if room is None else [person for person in work.directory.people.values() if belongs(person, room)]
    if not people:
        return
    strange = [person.name for person in people if not work.directory.addresses_of(person.id, channel)]
    if not strange:
        reply_in(work, channel, address, work.say("bind.all_recognised", total=len(people)))
        return
    names = wording.listed(work.unit.texts, strange[:MOST_NAMES])
    if len(strange) > MOST_NAMES:
        names = work.say("word.and_others", names=names)
    known = len(people) - len(strange)
    reply_in(work, channel, address, work.say("bind.not_recognised", total=len(people), known=known, names=names, bot=work.unit.bot_name))


def hint(work: Work, sender: Person) -> str:
    """What is said in a chat that is bound to nothing: how to bind it, to who may."""
    choices = _choices(work, sender)
    return work.say("bind.hint", bot=work.unit.bot_name, name=choices[0]) if choices else work.say("bind.hint_member", name=sender.name)


def _named(work: Work, actor: Person, name: str) -> tuple[str, str, str] | None:
    """(kind, scope, title) of what an actor may bind a room to under that name; None where there is nothing, or more than one."""
    may = _may_bind(work, actor)
    if not name:
        return may[0][:3] if may else None
    found = [(kind, scope, title) for kind, scope, title, names in may if name in names]
    return found[0] if len(found) == 1 else None


def _may_bind(work: Work, actor: Person) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(kind, scope, title, names): a leader the own group, a secretary or deputy the own branch and its groups, a duty officer anything."""
    everything = actor.has((Role.DUTY_OFFICER,))
    groups = {charge.scope for charge in actor.charges if charge.role is Role.LEADER}
    branches = {charge.scope for charge in actor.charges if charge.role in (Role.SECRETARY, Role.DEPUTY)}
    found = [
        ("group", group.id, group.name, (group.name, *group.aliases))
        for group in work.directory.roster.groups
        if everything or group.id in groups or group.branch in branches
    ]
    for part in work.directory.roster.branches:
        if everything or part.id in branches:
            found.insert(0, ("branch", part.id, part.name, (part.name,)))
    if everything:
        name = work.directory.roster.organization
        found.insert(0, ("organization", "", name, (name, work.say("bind.everybody"))))
    return found


def _choices(work: Work, actor: Person) -> list[str]:
    return [title for _, _, title, _ in _may_bind(work, actor)]
