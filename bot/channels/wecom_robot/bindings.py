"""Whose room each webhook writes into: by its id in the settings, which is that of a group, of a branch, or "org". Pure."""

from collections.abc import Iterable

from models.directory import Directory
from models.roster_accounts import ORGANIZATION


def bound(room_ids: Iterable[str], directory: Directory) -> dict[str, tuple[str, str]]:
    """The kind and the scope of each room whose id the roster knows."""
    return {room: found for room in room_ids if (found := _scope(room, directory)) is not None}


def unknown(room_ids: Iterable[str], directory: Directory) -> list[str]:
    """The ids that are neither a group's nor a branch's."""
    return [room for room in room_ids if _scope(room, directory) is None]


def known(directory: Directory) -> list[str]:
    """Every id that a room may have."""
    return [ORGANIZATION, *directory.branch_names, *directory.group_names]


def _scope(room: str, directory: Directory) -> tuple[str, str] | None:
    if room == ORGANIZATION:
        return "organization", ""
    if room in directory.branch_names:
        return "branch", room
    return ("group", room) if room in directory.group_names else None
