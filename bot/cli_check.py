"""`check-config`: what is wrong or doubtful about the configuration, and who is heard and reached by what."""

from rich.console import Console

from bot.channels.registry import capabilities
from bot.channels.wecom_robot.bindings import mistakes, once_started
from bot.cli_parts import Config, errors_as_lines, fail, settings_of
from bot.cli_reach import holders_table, rooms_table
from bot.lessons import doubts as lesson_doubts
from bot.settings import warnings
from bot.unit import build_receiver, build_unit
from bot.wiring import look, look_at_directory
from models import audits
from models.migrate import OlderError
from models.store import room_left
from services import preflight, unreached
from services.audit import CLOCK_OFF, LEAST_ROOM
from services.reachability import reachability

console = Console()


def check_config(config: Config = None) -> None:
    """Read the configuration and all content, say what is wrong or doubtful, and show who is heard and reached by which channel."""
    with errors_as_lines():
        settings = settings_of(config)
        unit = build_unit(settings, capabilities(settings.channels))
        build_receiver(settings)
        doubts, wrong = warnings(settings), []
        left = room_left(settings.database.url)
        if left is not None and left < LEAST_ROOM:
            doubts.append(unit.texts("check.disk_low", left=left))
        try:
            directory = look_at_directory(settings)
            if set(CLOCK_OFF).intersection(look(settings, audits.told) or ()):
                doubts.append(unit.texts("check.clock_off"))
            nobody = unit.texts("check.no_roster")
        except OlderError as older:
            directory, nobody = None, str(older)
        if directory is not None and directory.people:
            wrong = mistakes(settings.channels.wecom_robot, directory)
            directory = once_started(settings.channels.wecom_robot, directory)
            found = reachability(directory, unit.channels)
            console.print(rooms_table(unit.texts, found), holders_table(unit.texts, directory, found), markup=False)
            doubts += unreached.lines(unit.texts, directory, unit.bot_name, found.unreached)
            for branch in directory.branch_names:
                doubts += preflight.trouble_lines(unit.texts, directory, preflight.dry_run(unit.policies, directory, unit.channels, branch))
        else:
            doubts.append(nobody)
        posts = {person.post for person in directory.people.values() if person.post} if directory is not None else set()
        doubts += lesson_doubts(unit.lessons, posts)
        for doubt in doubts:
            console.print(f"warning: {doubt}", soft_wrap=True, highlight=False, markup=False)
        if wrong:
            fail("\n".join(wrong))
        console.print("the configuration can be used", highlight=False)
