"""The figures of a simulated life as tables for people."""

from collections.abc import Iterable, Iterator

from rich import box
from rich.table import Table

from bot.simulation.figures import Figures, Spread

HOUR = 60
LONG = 90
"""From so many minutes on a time is given in hours."""


def tables(found: Figures) -> Iterator[Table]:
    """All of them, the most important first."""
    yield _list(
        "A made-up unit",
        [
            ("members, and who answers for them", f"{found.members} and {found.people - found.members}"),
            ("days", f"{found.days} from {found.first}, {found.working_days} of them working days"),
            ("seed", str(found.seed)),
        ],
    )
    yield _table(
        "What the bot asks of people",
        ("a person and a day", "mean", "p50", "p95", "p99", "most"),
        [
            ("reminders", *_shown(found.reminders)),
            ("all private messages of the bot", *_shown(found.private_messages)),
        ],
    )
    yield _table(
        "From what was said to the first human who has it",
        ("case", "urgency", "said by", "cases", "p50", "p90", "p99", "most", "nobody yet"),
        [
            (
                one.kind,
                one.urgency,
                one.time,
                str(one.minutes.count + one.nobody),
                *(_span(minutes) for minutes in (one.minutes.p50, one.minutes.p90, one.minutes.p99, one.minutes.most)),
                str(one.nobody),
            )
            for one in found.answered
        ],
    )
    yield _table(
        "How the cases stand at the end",
        ("case", "urgency", "confirmed", "overridden", "asked", "in hand", "open again", "never answered"),
        [
            (one.kind, one.urgency, *map(str, (one.confirmed, one.overridden, one.asked, one.in_hand, one.open_again, one.never_answered)))
            for one in found.ends
        ],
    )
    yield _table(
        "The bot's messages by kind",
        ("kind", "sent", "dropped", "failed", "waiting", "late", "latest"),
        [
            (one.kind, *map(str, (one.sent, one.dropped, one.failed, one.waiting, one.late)), _span(one.latest) if one.late else "")
            for one in found.notices
        ],
    )
    yield _list("Beside this", _beside(found))
    yield _list("Promises not kept: each must be 0", ((name.replace("_", " "), str(count)) for name, count in found.broken))


def _beside(found: Figures) -> Iterator[tuple[str, str]]:
    share = found.coverage.came / found.coverage.expected if found.coverage.expected else 0
    yield "check-ins on working days", f"{found.coverage.came} of {found.coverage.expected} ({share:.1%})"
    yield "reminders a member and working day", f"{found.reminders_on_working_days:.2f}"
    yield "messages in a group's room a day", f"{found.room_messages:.2f}"
    for name, count in found.outages.items():
        yield f"outages of the channel {name}", f"{count}, in all {_span(found.outage_minutes[name])}"
    yield "alerts late because of them", f"{found.late_alerts.count}, at most {_span(found.late_alerts.most)}"
    yield "needs told to the bot", str(found.needs)
    missed = ", ".join(f"{way} × {count}" for way, count in found.not_understood.items()) or "none"
    yield "of these not understood, by way to say it", missed
    yield "what people said", ", ".join(f"{kind} {count}" for kind, count in found.said.items())


def _table(title: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 or column in _WORDS else "right")
    for row in rows:
        table.add_row(*row)
    return table


_WORDS = ("urgency", "said by")


def _list(title: str, rows: Iterable[tuple[str, str]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE, show_header=False)
    for row in rows:
        table.add_row(*row)
    return table


def _shown(spread: Spread) -> tuple[str, ...]:
    return (f"{spread.mean:.2f}", *(f"{value:.0f}" for value in (spread.p50, spread.p95, spread.p99, spread.most)))


def _span(minutes: float) -> str:
    return f"{minutes:.0f} min" if minutes < LONG else f"{minutes / HOUR:.1f} h"
