"""What a sender takes from the outbox at once: leased, looked at once more, and made ready to be sent.

One notice that cannot be looked at holds up no other: it is given up, and those behind it are sent.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import structlog

from bot.channels.channel import Channel
from bot.metrics import Metrics
from bot.parcels import Claimed, claimed
from bot.settings import Queue
from models import inbox, outbox
from models.capabilities import Push
from models.outbox import NoticeState, Priority
from models.store import of_database
from models.tables.base import LOST
from models.tables.queue import NoticeRow
from services import budget, cards, foresight, undelivered
from services.budget import Bundle
from services.office import Office
from services.wanted import unwanted
from services.work import Work

log = structlog.get_logger()

BATCH = 16
"""How many notices are leased at once: few, so that the second look is fresh."""
UNREADABLE = "unreadable"
"""The reason of a notice that was given up because it does not open, or what it is about does not."""


class Claims:
    """The notices of one channel, some at a time."""

    def __init__(self, office: Office, channel: Channel, queue: Queue, metrics: Metrics) -> None:
        self._content = office.unit.content
        self._channel = channel
        self._queue = queue
        self._metrics = metrics

    def next(self, work: Work, lowest: Priority) -> tuple[int, list[Claimed]]:
        """Lease the next notices, no less urgent than `lowest`; how many were looked at, and which are to be sent.

        Dropped are those that are no longer wanted.
        """
        lease_until = work.now + self._queue.lease
        rows = outbox.claim(work.session, self._channel.name, work.now, lease_until, BATCH, lowest)
        foresight.look_ahead_of_notices(work, rows)
        wanted = [row for row in rows if self._wanted(work, row)]
        patient = not only_answers(self._channel, None)  # nothing waits where its turn may never come
        bundles = budget.within(work, wanted, lease_until, partial(self._wanted, work)) if patient else budget.singly(wanted)
        taken: set[int] = set()
        return len(rows), [item for bundle in bundles for item in self._items(work, bundle, taken)]

    def _wanted(self, work: Work, row: NoticeRow) -> bool:
        try:
            reason = UNREADABLE if row.text == LOST else unwanted(work, row)
        except Exception as failure:
            if of_database(failure):
                raise
            reason = UNREADABLE
        if reason == UNREADABLE:
            log.error("notice given up", channel=self._channel.name, notice=row.id, reason=reason)
            self._metrics.notices.labels(self._channel.name, NoticeState.FAILED).inc()
            undelivered.given_up(work, row.id, reason)
        elif reason is not None:
            undelivered.dropped(work, row, reason)
            self._metrics.notices.labels(self._channel.name, NoticeState.DROPPED).inc()
        return reason is None

    def _items(self, work: Work, bundle: Bundle, taken: set[int]) -> Iterator[Claimed]:
        """The notices of a bundle; what several say in one message has no card."""
        lease_until = work.now + self._queue.lease
        with_card = self._channel.capabilities.buttons and len(bundle.notices) == 1
        for row in bundle.notices:
            card = cards.of_notice(work, row) if with_card else None
            reply, heading = self._reply(work, row, taken), bundle.heading if row is bundle.notices[0] else ""
            yield claimed(row, card, lease_until, reply, self._picture(row), waited=bundle.waited, heading=heading)

    def _reply(self, work: Work, row: NoticeRow, taken: set[int]) -> tuple[int, str] | None:
        """The handle of a message that this notice may be sent in answer to: an answer, or anything where no other way is open."""
        if row.priority != Priority.ANSWER and not only_answers(self._channel, row.room):
            return None
        found = inbox.answerable(work.session, self._channel.name, row.room, row.address, work.now, without=taken)
        taken |= set() if found is None else {found[0]}
        return found

    def _picture(self, row: NoticeRow) -> Path | None:
        """The file of a notice's picture. One that was taken away since keeps no text back, and none matters where it is not shown."""
        if row.image is None or not self._channel.capabilities.images:
            return None
        path = self._content / row.image
        if not path.is_file():
            log.warning("picture is gone", channel=self._channel.name, notice=row.id, file=row.image)
            return None
        return path


def only_answers(channel: Channel, room: str | None) -> bool:
    """Whether a channel can only answer, in its rooms or in private."""
    able = channel.capabilities
    return (able.people if room is None else able.rooms) is Push.IN_REPLY
