"""What people write around their name in a chat: their squad, group, branch or post, and marks ("二班-张伟（驾驶员）"). Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from models.roster import Roster

Place = tuple[str, str]
"""("group", id) or ("branch", id)."""

_WITHIN_A_NAME = re.compile(r"[\s·•・‧∙.]")
"""What some write within a name and others leave out: 艾力·买买提, 张 伟."""
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_KINDS = re.compile(r"(?:党支部|支部|党小组|小组)$")
_SHORTEST = 2
"""A word of one character would be found in too many names."""
_ANYBODYS = (
    *("书记", "副书记", "支书", "组长", "副组长", "班长", "副班长", "站长", "副站长", "队长", "副队长", "指导员", "教导员", "值班员"),
    *("党员", "同志", "消防员", "战斗员", "驾驶员", "通信员", "队员", "文员"),
)


def plain(text: str) -> str:
    """A text in one width and case, without what stands within some names only."""
    return _WITHIN_A_NAME.sub("", unicodedata.normalize("NFKC", text)).casefold()


class Decoration:
    """The words of one unit that may stand around a name."""

    def __init__(self, roster: Roster) -> None:
        self._meanings = _meanings(roster)
        self._words = re.compile("|".join(re.escape(word) for word in sorted(self._meanings, key=len, reverse=True)))

    def around(self, text: str, name: str) -> list[frozenset[Place]] | None:
        """The places that stand around a name, each of which may be one of several; None where anything else stands there too.

        Both `text` and `name` are `plain`. Marks and digits mean nothing; any other letter may belong to another name.
        """
        before, found, after = text.partition(name)
        if not found or any(sign.isalpha() for part in (before, after) for sign in self._words.sub("", part)):
            return None
        words = (word for part in (before, after) for word in self._words.findall(part))
        return [self._meanings[word] for word in words if self._meanings[word]]


def _meanings(roster: Roster) -> dict[str, frozenset[Place]]:
    """The places that a word may mean; none for a word that says nothing of the place."""
    places: dict[str, set[Place]] = defaultdict(set)
    for word, place in _places(roster):
        for written in (word, word.translate(_DIGITS)):
            places[written].add(place)
    organization = re.split(r"[(（]", roster.organization)[0]
    posts = {member.post for group in roster.groups for member in group.members}
    anybodys = dict.fromkeys((*_ANYBODYS, plain(organization), *map(plain, posts)), frozenset[Place]())
    if not any(group.aliases for group in roster.groups):
        # nobody has told which squad is whose, so that what people write of it says nothing
        anybodys |= dict.fromkeys((f"{number}班" for number in (*_NUMBERS, *range(1, 11))), frozenset[Place]())
    # a post that is called like a place (机关) says nothing of the place
    meanings = {word: frozenset(found) for word, found in places.items()} | anybodys
    return {word: found for word, found in meanings.items() if len(word) >= _SHORTEST}


def _places(roster: Roster) -> Iterator[tuple[str, Place]]:
    for branch in roster.branches:
        for word in {plain(branch.name), _KINDS.sub("", plain(branch.name))}:
            yield word, ("branch", branch.id)
    for group in roster.groups:
        for word in {plain(group.name), _KINDS.sub("", plain(group.name)), *map(plain, group.aliases)}:
            yield word, ("group", group.id)
