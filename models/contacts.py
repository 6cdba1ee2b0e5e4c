"""The contacts (通讯录) of a chat platform as values: its departments and people, and which branch or group a department means. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.roster_sheet import Place
from models.values import Value

NOWHERE: Place = ("", "")


class ContactsError(ValueError):
    """Contacts that make no unit. Its text holds one line for each thing that is wrong: what, where, and what to do."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__("\n".join(problems))


class Department(Value):
    """A department; `parent` is the id of the one above it, 0 for the root. They are listed as the platform orders them."""

    id: int
    name: str
    parent: int = 0


class Contact(Value):
    """A person. `leads` are those of the `departments` that the person leads, `main` is the one that counts (None: the first).

    `name` is empty where the platform does not tell it; `employed` is false for whoever was disabled or left.
    """

    userid: str
    name: str
    departments: tuple[int, ...]
    leads: frozenset[int] = frozenset()
    main: int | None = None
    employed: bool = True


class Tree:
    """Which branch and group each department means.

    What is below the root, or below the department called `under`, is a branch, what is below a branch is a group, and what is deeper
    belongs to its group. Where the root cannot be seen, what has nothing above it is a branch. `squads` are the squad names of the
    groups that are known: a department called so is that group. Raises ContactsError.
    """

    def __init__(self, departments: Sequence[Department], under: str, squads: Mapping[Place, Sequence[str]]) -> None:
        self._below: dict[int, list[Department]] = defaultdict(list)
        for one in departments:
            self._below[one.parent].append(one)
        self._groups = {(branch, squad): group for (branch, group), names in squads.items() for squad in names}
        self.places: dict[int, Place] = {}
        """Where the people of each department belong; a branch itself has no group, the root has neither."""
        self.heads: dict[int, Place] = {}
        """The departments that are a branch or a group themselves: whoever leads one of them is its secretary or leader."""
        tops = self._tops(departments, under)
        if problems := [*_nameless(departments), *_twice(tops)]:
            raise ContactsError(problems)
        for top in tops:
            self._grow(top)

    def _tops(self, departments: Sequence[Department], under: str) -> list[Department]:
        """The departments that are branches."""
        visible = {one.id for one in departments}
        roots = [one for one in departments if (one.name == under if under else one.parent == 0)]
        if under and len(roots) != 1:
            what = "没有" if not roots else f"有 {len(roots)} 个"
            names = "、".join(dict.fromkeys(one.name for one in departments))
            raise ContactsError([f"--under：通讯录里{what}叫“{under}”的部门，请换一个；应用看得到的部门有：{names}。"])
        if not roots:
            return [one for one in departments if one.parent not in visible]
        self.places |= {one.id: NOWHERE for one in roots}
        return [top for one in roots for top in self._below[one.id]]

    def _grow(self, top: Department) -> None:
        self.places[top.id] = self.heads[top.id] = (top.name, "")
        for group in self._below[top.id]:
            place = (top.name, self._groups.get((top.name, group.name), group.name))
            self.heads[group.id] = place
            for one in self._all(group):
                self.places[one.id] = place

    def _all(self, department: Department) -> Iterator[Department]:
        """A department and everything below it."""
        yield department
        for one in self._below[department.id]:
            if one.id not in self.places:
                yield from self._all(one)

    def of(self, contact: Contact) -> list[int]:
        """The departments of a person that mean something here, the one that counts first."""
        order = contact.departments if contact.main is None else (contact.main, *contact.departments)
        return list(dict.fromkeys(one for one in order if one in self.places))

    def leads(self, contact: Contact, place: Place) -> bool:
        """Whether a person leads the department that is this branch or group."""
        return any(self.heads.get(one) == place for one in contact.leads)


def _nameless(departments: Sequence[Department]) -> Iterator[str]:
    yield from (f"部门 {one.id} 读不到名称，请管理员在通讯录里检查这个部门。" for one in departments if not one.name)


def _twice(tops: Sequence[Department]) -> Iterator[str]:
    for name, count in Counter(one.name for one in tops).items():
        if count > 1 and name:
            yield f"有 {count} 个党支部的部门都叫“{name}”，分不清，请在通讯录里改成不同的名称，或者用 --under 指定上级部门。"
