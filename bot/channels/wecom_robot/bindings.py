"""Whose room each webhook writes into: by its id in the settings, which is that of a group, of a branch, or "org". Pure."""

from collections.abc import Iterable
from dataclasses import replace

from bot.channels.settings import WecomRobot
from models.directory import Directory, Room
from models.roster_accounts import ORGANIZATION

NAME = "wecom_robot"


def bound(room_ids: Iterable[str], directory: Directory) -> dict[str, tuple[str, str]]:
    """The kind and the scope of each room whose id the roster knows."""
    return {room: found for room in room_ids if (found := _scope(room, directory)) is not None}


def unknown(room_ids: Iterable[str], directory: Directory) -> list[str]:
    """The ids that are neither a group's nor a branch's."""
    return [room for room in room_ids if _scope(room, directory) is None]


def once_started(settings: WecomRobot, directory: Directory) -> Directory:
    """The directory with the rooms that the settings name, which are bound when the channel starts."""
    others = {key: room for key, room in directory.rooms.items() if room.channel != NAME}
    named = bound(settings.rooms, directory) if settings.enabled else {}
    return replace(directory, rooms=others | {(NAME, room): Room(NAME, room, *found) for room, found in named.items()})


def mistakes(settings: WecomRobot, directory: Directory) -> list[str]:
    """One line for each room that the settings name and the roster does not know."""
    titles = ", ".join(f"{name} {title}" for name, title in (directory.branch_names | directory.group_titles).items())
    known = f"{ORGANIZATION} {directory.roster.organization}, {titles}"
    rooms = unknown(settings.rooms, directory) if settings.enabled else []
    return [f"channels.wecom_robot.rooms.{room}: is the id of no group or branch; known: {known}" for room in rooms]


def _scope(room: str, directory: Directory) -> tuple[str, str] | None:
    if room == ORGANIZATION:
        return "organization", ""
    if room in directory.branch_names:
        return "branch", room
    return ("group", room) if room in directory.group_names else None
