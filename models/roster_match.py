"""Which line of a sheet is which known member: by account, else by name within the group, else by a name that only one has. Pure.

A wrong match would hand one person's health and hardships to another, so namesakes whose accounts differ are two people.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.roster_sheet import Place, RosterLine


class UnclearError(ValueError):
    """Lines that may mean several known members; the text holds one line for each, for the secretary."""


@dataclass(frozen=True)
class Known:
    """A member as the database has them, gone ones too; `place` are the names of branch and group as in `RosterLine`."""

    id: int
    name: str
    active: bool
    place: Place
    role: str
    aliases: tuple[str, ...]
    post: str
    trio: str
    wecom: tuple[str, ...]
    wechat: tuple[str, ...]
    shift: str = ""


def match(lines: Sequence[RosterLine], known: Sequence[Known]) -> dict[int, Known]:
    """The known member of each line, by the line's number in `lines`; a line that is not in it is a new person."""
    return _Matching(lines, known).run()


class _Matching:
    def __init__(self, lines: Sequence[RosterLine], known: Sequence[Known]) -> None:
        self.lines = lines
        self.found: dict[int, Known] = {}
        self.taken: set[int] = set()
        self.sheet_names = Counter(line.name for line in lines)
        self.active_names = Counter(member.name for member in known if member.active)
        self.named: dict[str, list[Known]] = defaultdict(list)
        self.holding: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for member in known:
            self.named[member.name].append(member)
            for channel, addresses in (("wecom", member.wecom), ("wechat", member.wechat)):
                for address in addresses:
                    self.holding[channel, address].append(member)
        self.unclear: list[str] = []
        self.names_left: Counter[str] = Counter()

    def run(self) -> dict[int, Known]:
        """Surest first: a match of one rule takes the member away from the next."""
        for rule in (self._by_account, self._in_the_group, self._in_the_unit):
            left = [(number, line) for number, line in enumerate(self.lines) if number not in self.found]
            self.names_left = Counter(line.name for _, line in left)
            for number, line in left:
                if (member := rule(line)) is not None:
                    self.found[number] = member
                    self.taken.add(member.id)
        if self.unclear:
            raise UnclearError("\n".join(self.unclear))
        return self.found

    def _by_account(self, line: RosterLine) -> Known | None:
        accounts = (("wecom", line.wecom_userid), ("wechat", line.wechat_id))
        holders = self._free(member for account in accounts if account[1] for member in self.holding.get(account, ()))
        same = [m for m in holders if m.name == line.name]
        if same:
            return same[0]
        # Another name: the person was renamed, unless either name also stands for somebody else; then the account was corrected.
        if not self.active_names[line.name]:
            return next((m for m in holders if m.active and not self.sheet_names[m.name]), None)
        return None

    def _in_the_group(self, line: RosterLine) -> Known | None:
        return _only(m for m in self._namesakes(line) if m.place == line.place)

    def _in_the_unit(self, line: RosterLine) -> Known | None:
        if self.names_left[line.name] > 1:
            return None  # namesakes with accounts that nobody has yet: who of them was known before cannot be told
        candidates = self._namesakes(line)
        if sum(m.active for m in candidates) > 1 and not (line.wecom_userid or line.wechat_id):
            self.unclear.append(
                f"{line.spot}：原来的名册里有不止一位“{line.name}”，看不出这一行是哪一位，请填上 wecom_userid 或 wechat_id。"
            )
        return _only(candidates)

    def _namesakes(self, line: RosterLine) -> list[Known]:
        return [member for member in self._free(self.named.get(line.name, ())) if self._may_be(line, member)]

    def _free(self, members: Iterable[Known]) -> list[Known]:
        return [member for member in members if member.id not in self.taken]

    def _may_be(self, line: RosterLine, member: Known) -> bool:
        """Another account is another person, except where nobody else has the name: there it was corrected."""
        differs = bool(
            (line.wecom_userid and member.wecom and line.wecom_userid not in member.wecom)
            or (line.wechat_id and member.wechat and line.wechat_id not in member.wechat)
        )
        alone = self.sheet_names[line.name] == 1 and self.active_names[line.name] == 1
        return not differs or (member.active and alone)


def _only(candidates: Iterable[Known]) -> Known | None:
    """The one who is there, else the one who left; None where there are several."""
    found = list(candidates)
    group = [m for m in found if m.active] or found
    return group[0] if len(group) == 1 else None
