"""Who hears of a case, as the unit's policies name them: by role, by care for one another, everyone of a role, or one member by name."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from models.roster import Role

BUDDY = "buddy"
"""The others of the trio (三人包保) that the member belongs to."""
EVERYONE = {"all_leaders": Role.LEADER, "all_deputies": Role.DEPUTY, "all_secretaries": Role.SECRETARY}
"""Everyone of a role in the whole unit; every duty officer answers for all anyway."""
_ANSWERING = (Role.LEADER, Role.DEPUTY, Role.SECRETARY, Role.DUTY_OFFICER)
"""Whoever holds the role for the member: the own leader, the own branch's secretary."""
MEMBER = "member:"
"""Before the name of one member."""
IN_CONFIDENCE = frozenset({Role.SECRETARY, Role.DEPUTY, Role.DUTY_OFFICER})
"""Who still hears of what was said for the secretary alone (只跟书记说)."""


def named(who: str) -> str | None:
    """The name in ``member:王芳``; None where `who` is no single member."""
    return who.removeprefix(MEMBER) if who.startswith(MEMBER) else None


def _as_written(value: object) -> object:
    known = (*_ANSWERING, BUDDY, *EVERYONE)
    if isinstance(value, str) and (value in known or (named(value) or "").strip()):
        return str(value)
    raise ValueError(f'is not one of {", ".join(known)} or a member by name as "member:王芳"; choose one')


def _each_once(told: tuple[str, ...]) -> tuple[str, ...]:
    if not told:
        raise ValueError("is empty; name at least one role")
    if len(set(told)) < len(told):
        raise ValueError("names the same role twice; name each once")
    return told


Who = Annotated[str, BeforeValidator(_as_written)]
Told = Annotated[tuple[Who, ...], AfterValidator(_each_once)]
"""Who hears of something, at least one, in order."""
