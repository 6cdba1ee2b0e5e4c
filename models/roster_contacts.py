"""The contacts of a chat platform as the lines of a sheet, so that checking, comparing and applying them is the same as of a file. Pure.

What contacts do not know (aliases, posts, trios, roles given by hand) stays as the unit has it. Who is who is found as for a sheet.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.contacts import NOWHERE, Contact, ContactsError, Tree
from models.roster import Role
from models.roster_match import Known, match
from models.roster_sheet import Place, RosterLine

DIRECT = "直属组"
"""Behind the name of a branch: the group of those in the branch's own department who are neither its secretary nor a deputy."""
MOST_NAMED = 10
FEW = 2
"""So many people may leave at once, however small the unit is."""
MOST_AT_ONCE = 1 / 3
"""Of all who have an account: when more are missing at once, it is rather the contacts that are not seen whole."""
RANKS = {Role.SECRETARY: 0, Role.DEPUTY: 1, Role.LEADER: 2, Role.MEMBER: 3, Role.DUTY_OFFICER: 4}
BELOW = {Role.SECRETARY: Role.DEPUTY, Role.LEADER: Role.MEMBER}
"""What somebody becomes whose seat another has by now."""

_Seat = tuple[Role, Place]


@dataclass(frozen=True)
class Draft:
    """The unit as the contacts have it: its lines, who of the unit is `missing` in them, and remarks for whoever keeps the contacts.

    `many_missing`: so many at once that the contacts are rather not seen whole, as where the app's visible scope has become smaller.
    """

    lines: tuple[RosterLine, ...]
    missing: tuple[Known, ...]
    remarks: tuple[str, ...]
    many_missing: bool = False


@dataclass(frozen=True, eq=False)
class _Person:
    """Somebody in the contacts, where their department is, and who that is in the unit. `userid` is written as the unit does."""

    contact: Contact
    place: Place
    name: str
    userid: str
    known: Known | None = None

    @property
    def source(self) -> str:
        return f"{self.name}（{self.userid}）"

    @property
    def had(self) -> _Seat | None:
        """Role and place that the unit has them in now."""
        return None if self.known is None or not self.known.active else (Role(self.known.role), self.known.place)

    @property
    def id(self) -> int | None:
        """Who it is in the unit."""
        return None if self.known is None else self.known.id

    def was(self, role: Role) -> bool:
        """Whether the unit has them in a role now."""
        return self.had is not None and self.had[0] is role

    @property
    def branch(self) -> str:
        """The branch of their department; where it is none, that which the unit has them in."""
        return self.place[0] or (self.had[1][0] if self.had is not None else "")

    @property
    def home(self) -> Place:
        """Where they belong without a seat in the branch."""
        branch, group = self.place
        return self.place if group or not branch else (branch, branch + DIRECT)


def draft(tree: Tree, contacts: Sequence[Contact], known: Sequence[Known], *, keep_missing: bool) -> Draft:
    """The lines of the contacts. Who is missing in them is left out, or stays as they are; raises ContactsError."""
    return _Drafting(tree, contacts, known).run(keep_missing=keep_missing)


class _Drafting:
    def __init__(self, tree: Tree, contacts: Sequence[Contact], known: Sequence[Known]) -> None:
        self.tree = tree
        self.known = known
        self.remarks: list[str] = []
        self.people = self._recognized(list(self._placed(contacts)))
        self.seats: dict[_Person, _Seat] = {}

    def run(self, *, keep_missing: bool) -> Draft:
        if not self.people:
            raise ContactsError(["通讯录里一个能用的人也看不到，请在管理后台把应用的“可见范围”设为要用机器人的部门。", *self.remarks])
        if problems := list(_namesakes(self.people)):
            raise ContactsError(problems)
        self._give_seats()
        meant = {one.id for one in self.seats}
        absent = [one for one in self.known if one.active and one.id not in meant]
        missing = tuple(one for one in absent if one.wecom)
        strangers = [one for one in absent if not one.wecom]
        lines = [_line(one, *seat) for one, seat in self.seats.items()]
        lines += _kept([*strangers, *(missing if keep_missing else ())], self.seats.values())
        self._remark(strangers)
        held = sum(one.active and bool(one.wecom) for one in self.known)
        many = len(missing) > FEW and len(missing) > held * MOST_AT_ONCE
        return Draft(tuple(self._in_order(lines)), missing, tuple(self.remarks), many)

    def _placed(self, contacts: Sequence[Contact]) -> Iterator[_Person]:
        """Everybody once, in the place of their department; with a remark instead where nobody would know who it is."""
        holders = {address.lower(): (one, address) for one in self.known for address in one.wecom}
        employed = {contact.userid.lower(): contact for contact in contacts if contact.employed}
        for key, contact in employed.items():
            departments = self.tree.of(contact)
            holder, userid = holders.get(key, (None, contact.userid))
            name = contact.name or (holder.name if holder is not None else "")
            if departments and name:
                yield _Person(contact, self.tree.places[departments[0]], name, userid)
            elif departments:
                advice = "请管理员在通讯录里填上姓名，或者先用 roster import 登记姓名和账号。"
                self.remarks.append(f"{userid}：读不到姓名，没有收进名册。{advice}")

    def _recognized(self, people: Sequence[_Person]) -> list[_Person]:
        """The people with who they are in the unit."""
        lines = [
            RosterLine(row=row, branch=one.place[0], group=one.place[1], name=one.name, wecom_userid=one.userid)
            for row, one in enumerate(people)
        ]
        found = match(lines, self.known)
        return [_Person(one.contact, one.place, one.name, one.userid, found.get(number)) for number, one in enumerate(people)]

    def _give_seats(self) -> None:
        """Roles from the top: whom the contacts name, where they name nobody whom the unit has. A duty officer stays one."""
        for one in self.people:
            if one.had is not None and one.was(Role.DUTY_OFFICER):
                branch, group = one.had[1]
                self.seats[one] = Role.DUTY_OFFICER, one.place if group else ((one.branch, "") if branch else NOWHERE)
        for place in dict.fromkeys(self.tree.heads.values()):
            if not place[1]:
                self._fill_branch(place)
        groups: dict[Place, list[_Person]] = defaultdict(list)
        for one in self.people:
            if one not in self.seats and one.home != NOWHERE:
                groups[one.home].append(one)
        for place, members in groups.items():
            self._fill_group(place, members)

    def _fill_branch(self, place: Place) -> None:
        """Secretary and deputies: the first whom the contacts name as leader, and the others; and whom the unit has."""
        here = [one for one in self.people if one not in self.seats and one.branch == place[0]]
        named = self._leading([one for one in here if one.place == place], place, Role.SECRETARY)
        deputies = [one for one in here if one.was(Role.DEPUTY) and self._stays(one, place)]
        had = [one for one in here if one.was(Role.SECRETARY) and self._stays(one, place)]
        secretary = next(iter((*(one for one in named if one not in deputies), *had, *named)), None)
        if secretary is not None:
            self.seats[secretary] = Role.SECRETARY, place
        for one in (*named, *deputies):
            self.seats.setdefault(one, (Role.DEPUTY, place))

    def _fill_group(self, place: Place, members: Sequence[_Person]) -> None:
        """A leader, where the contacts name one or the unit has one, and the members."""
        named = self._leading(members, place, Role.LEADER)
        had = [one for one in members if one.was(Role.LEADER) and self._stays(one, place)]
        leader = next(iter((*named, *had)), None)
        for one in members:
            self.seats[one] = (Role.LEADER if one is leader else Role.MEMBER), place
        if len(named) > 1:
            self.remarks.append(
                f"{_called(place)}在通讯录里有 {len(named)} 位负责人（{_listed(named)}），组长只能一位，按{named[0].name}。"
            )

    def _stays(self, one: _Person, place: Place) -> bool:
        """Whether a role is still that of the same branch or group: it is where it was, or its branch has another name."""
        branch, group = NOWHERE if one.had is None else one.had[1]
        return group == place[1] and (branch == place[0] or (branch, "") not in self.tree.heads.values())

    def _leading(self, people: Sequence[_Person], place: Place, role: Role) -> list[_Person]:
        """Whom the contacts name as leaders of a department; first those whom the unit has in that role."""
        return sorted((one for one in people if self.tree.leads(one.contact, place)), key=lambda one: not one.was(role))

    def _in_order(self, lines: Sequence[RosterLine]) -> Iterator[RosterLine]:
        """Branch by branch and group by group as in the contacts, then what they do not have."""
        order = {place: number for number, place in enumerate(dict.fromkeys(self.tree.heads.values()))}

        def rank(line: RosterLine) -> tuple[int, int, int]:
            last = len(order)
            return order.get((line.branch, ""), last), order.get(line.place, last), RANKS[Role(line.role)]

        for row, line in enumerate(sorted(lines, key=rank), start=1):
            yield line.model_copy(update={"row": row})

    def _remark(self, strangers: Sequence[Known]) -> None:
        """Say what was decided for those who are new in their place, and what was left out."""
        direct: dict[Place, list[_Person]] = defaultdict(list)
        for one in self.people:
            role, place = self.seats.get(one, (Role.MEMBER, NOWHERE))
            if place == NOWHERE and role is not Role.DUTY_OFFICER:
                advice = "请在通讯录里放进支部或小组的部门；值班员请先用 roster import 登记。"
                self.remarks.append(f"{one.source}不在任何党支部的部门里，没有收进名册。{advice}")
            elif one.had is None or one.had[1] != place:
                if place != one.place and place == one.home:
                    direct[place].append(one)
                self._remark_departments(one)
            if role is Role.DUTY_OFFICER and self.tree.leads(one.contact, one.place):
                self.remarks.append(f"{one.source}在通讯录里是{_called(one.place)}的负责人，在名册里是值班员，仍是值班员。")
        for (branch, group), people in direct.items():
            advice = "要归别的小组，请在通讯录里放进小组的部门。"
            self.remarks.append(f"{_listed(people)}直接在“{branch}”的部门里，归入“{group}”。{advice}")
        if strangers:
            self.remarks.append(f"{_listed(strangers)}在名册里没有企业微信账号，通讯录里也没有，保持不变。")
        filled = {place for _, place in self.seats.values()}
        self.remarks += [f"{_called(place)}的部门里没有人。" for place in self.tree.heads.values() if place[1] and place not in filled]

    def _remark_departments(self, one: _Person) -> None:
        others = dict.fromkeys(self.tree.places[department] for department in self.tree.of(one.contact)[1:])
        if named := [_called(place) for place in others if place not in {one.place, NOWHERE}]:
            self.remarks.append(f"{one.source}也在{'、'.join(named)}，按主部门归入{_called(one.place)}。")


def _namesakes(people: Sequence[_Person]) -> Iterator[str]:
    by_name: dict[tuple[Place, str], list[_Person]] = defaultdict(list)
    for one in people:
        by_name[one.home, one.name].append(one)
    for (place, name), found in by_name.items():
        if len(found) > 1:
            userids = "、".join(one.userid for one in found)
            yield f"{_called(place)}里有 {len(found)} 位“{name}”（{userids}），分不清，请在通讯录里把姓名改得能分清。"


def _line(one: _Person, role: Role, place: Place) -> RosterLine:
    kept = {} if one.known is None else {"aliases": one.known.aliases, "post": one.known.post, "trio": one.known.trio}
    fields = {"branch": place[0], "group": place[1], "name": one.name, "role": role.value, "wecom_userid": one.userid}
    return RosterLine.model_validate({"row": 0, "source": one.source, **fields, **kept})


def _kept(people: Iterable[Known], seats: Iterable[_Seat]) -> Iterator[RosterLine]:
    """Those who stay as they are, but for a seat that somebody else has by now."""
    taken = set(seats)
    for one in people:
        role = Role(one.role)
        yield RosterLine(
            row=0,
            source=f"名册里的{one.name}",
            branch=one.place[0],
            group=one.place[1],
            name=one.name,
            role=(BELOW.get(role, role) if (role, one.place) in taken else role).value,
            aliases=one.aliases,
            post=one.post,
            trio=one.trio,
            wecom_userid=next(iter(one.wecom), ""),
            wechat_id=next(iter(one.wechat), ""),
        )


def _called(place: Place) -> str:
    return f"“{place[1] or place[0] or '根部门'}”"


def _listed(people: Sequence[_Person] | Sequence[Known]) -> str:
    names = "、".join(one.name for one in people[:MOST_NAMED])
    return names if len(people) <= MOST_NAMED else f"{names}等 {len(people)} 人"
