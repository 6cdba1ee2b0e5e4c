"""Who is meant: names and aliases of the roster, prepared once for each snapshot."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from handlers.reading.lexicon import Lexicon
from models.roster import Roster

_SUFFIX = re.compile(r"(?:小组|组|班|队)$")
_NUMERALS, _NUMBERED = "一二三四五六七八九", 2  # groups that are counted: 一班
_WITH_GIVEN_NAME = 3  # characters of a full name with a given name of two


@dataclass(frozen=True, eq=False)
class People:
    """The roster as reading needs it. Words are written uniformly, full names as the roster has them.

    `words`: name or alias -> full names (several where two members share an alias). `groups`: name or alias of a group -> group id.
    `leads`: group ids led by a person. `officers`: leaders, secretaries, deputies and duty officers. `secretaries`: with their deputies.
    """

    words: dict[str, tuple[str, ...]]
    groups: dict[str, str]
    group_of: dict[str, str]
    members: dict[str, tuple[str, ...]]
    leads: dict[str, str] = field(default_factory=dict)
    officers: frozenset[str] = frozenset()
    secretaries: frozenset[str] = frozenset()

    @cached_property
    def shorts(self) -> tuple[str, ...]:
        """The short names alone, as `str.startswith` takes them."""
        return tuple(short for short, _ in self.short_groups)

    @cached_property
    def short_groups(self) -> list[tuple[str, str]]:
        """The short names of groups (后勤 for 后勤组) with their ids."""
        short = [(_SUFFIX.sub("", word), word, group) for word, group in self.groups.items()]
        return [(name, group) for name, word, group in short if len(name) > 1 and name != word]

    def resolve(self, word: str, sender: str) -> str | None:
        """The full name that `word` means when `sender` says it; in doubt the member of the sender's own group, else nobody."""
        names = self.words.get(word, ())
        if len(names) <= 1:
            return names[0] if names else None
        own = [n for n in names if self.group_of.get(n) == self.group_of.get(sender)]
        return own[0] if len(own) == 1 else None


def people_of(roster: Roster, lexicon: Lexicon) -> People:
    """Prepare the names of `roster`, written as the lexicon writes them."""
    words: dict[str, list[str]] = {}
    groups: dict[str, str] = {}
    group_of: dict[str, str] = {}
    members: dict[str, tuple[str, ...]] = {}
    leads: dict[str, str] = {}

    def say(name: str, spoken: Iterable[str]) -> None:
        for word in spoken:
            uniform = word.translate(lexicon.table).strip()
            if uniform and name not in words.setdefault(uniform, []):
                words[uniform].append(name)

    for group in roster.groups:
        for word in (group.name, *group.aliases):
            uniform = word.translate(lexicon.table)
            groups[uniform] = group.id
            if uniform[0] in _NUMERALS and len(uniform) == _NUMBERED:
                groups.setdefault(f"{_NUMERALS.index(uniform[0]) + 1}{uniform[1]}", group.id)  # 一班 is written 1班 as well
        members[group.id] = tuple(m.name for m in group.members)
        if group.leader:
            leads[group.leader] = group.id
        for member in group.members:
            group_of[member.name] = group.id
            say(member.name, (member.name, *member.aliases))
    heads = [name for branch in roster.branches for name in (branch.secretary, branch.deputy) if name]
    for name in (*heads, *roster.duty_officers):
        say(name, (name,))
    _add_given_names(words, group_of, lexicon)
    # A full name always means its bearer, whoever else has it as an alias.
    exact = {uniform: (name,) for name in group_of if (uniform := name.translate(lexicon.table)) in words}
    final = {word: tuple(names) for word, names in words.items()} | exact
    return People(final, groups, group_of, members, leads, frozenset((*leads, *heads, *roster.duty_officers)), frozenset(heads))


def _add_given_names(words: dict[str, list[str]], group_of: Iterable[str], lexicon: Lexicon) -> None:
    """Let the two characters after the surname call somebody, where only one person can be meant and they are no word of the lexicon."""
    given: dict[str, list[str]] = {}
    for name in group_of:
        uniform = name.translate(lexicon.table)
        if len(uniform) == _WITH_GIVEN_NAME:
            given.setdefault(uniform[1:], []).append(name)
    for word, names in given.items():
        if len(names) == 1 and word not in words and not any(word in known for known in _known(lexicon)):
            words[word] = names


def _known(lexicon: Lexicon) -> tuple[frozenset[str], ...]:
    return tuple(lexicon.sets[key] for key in ("normal.strong", "normal.weak", "names.ambiguous", "names.words", "negations.over"))
