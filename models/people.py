"""A member as the bot knows them, and for whom they answer: by their own role, and by those that they hold for somebody who is away."""

from collections.abc import Collection
from dataclasses import dataclass

from models.listeners import IN_CONFIDENCE
from models.roster import Role
from models.shifts import Shift


@dataclass(frozen=True, slots=True)
class Charge:
    """A role held for somebody: a leader for a group, a secretary or deputy for a branch, a duty officer for all."""

    role: Role
    branch_id: str | None
    group_id: str | None

    def covers(self, person: "Person") -> bool:
        """Whether whoever holds it answers for a person."""
        match self.role:
            case Role.LEADER:
                return self.group_id is not None and self.group_id == person.group_id
            case Role.SECRETARY | Role.DEPUTY:
                return self.branch_id is not None and self.branch_id == person.branch_id
            case Role.DUTY_OFFICER:
                return True
            case Role.MEMBER:
                return False

    @property
    def scope(self) -> str | None:
        """The id of the group or the branch that it is held for; None where it is neither."""
        return self.group_id if self.role is Role.LEADER else self.branch_id if self.role in (Role.SECRETARY, Role.DEPUTY) else None


@dataclass(frozen=True, slots=True)
class Person:
    """A member as the bot knows them; `branch_id` and `group_id` are None where the member belongs to none.

    `role` is their own; `acting` are the charges of those for whom they stand in today.
    """

    id: int
    name: str
    role: Role
    branch_id: str | None
    group_id: str | None
    post: str
    trio: str
    shift: Shift | None = None
    acting: tuple[Charge, ...] = ()

    @property
    def own(self) -> Charge:
        """What the own role brings."""
        return Charge(self.role, self.branch_id, self.group_id)

    @property
    def charges(self) -> tuple[Charge, ...]:
        """All that they answer for today."""
        return (self.own, *self.acting)

    def has(self, roles: Collection[Role]) -> bool:
        """Whether they hold one of these roles today, for whomever."""
        return self.role in roles or any(charge.role in roles for charge in self.acting)

    @property
    def in_confidence(self) -> bool:
        """Whether they are one of those who hear what was said for the secretary alone (只跟书记说)."""
        return self.has(IN_CONFIDENCE)

    def hears_confidences_of(self, person: "Person") -> bool:
        """Whether what a person said for the secretary alone may reach them: not where they lead, but for who stands in for the secretary.

        Who leads that very person never hears it.
        """
        leads = [charge for charge in self.charges if charge.role is Role.LEADER]
        own = any(charge.covers(person) for charge in leads)
        return self.role in IN_CONFIDENCE or (not own and (self.in_confidence or not leads))

    def answers_for(self, person: "Person") -> bool:
        """Whether they lead, are secretary or deputy of, or are on duty for a person today."""
        return any(charge.covers(person) for charge in self.charges)
