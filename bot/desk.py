"""The desk: takes messages in and commits many waiting ones in one transaction (group commit).

What arrives during a commit goes into the next; there is no timer. A channel acknowledges to its platform only after `submit`
has returned, and `submit` returns only after the commit.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import structlog

from bot.metrics import Metrics
from handlers.receive import Look, Received, Receiver, Seen
from models.message import Message
from models.store import why
from services.office import Office

log = structlog.get_logger()

MAX_BATCH = 200


class Outcome(StrEnum):
    """What became of a message at the desk."""

    DROPPED = "dropped"
    """Chatter: counted, never written."""
    STORED = "stored"
    FAILED = "failed"
    """Stored, but a handler failed; it is tried again."""
    REPEATED = "repeated"
    """Received before; nothing changed."""


@dataclass
class _Waiting:
    message: Message
    look: Look
    done: asyncio.Future[Outcome]


class Desk:
    """One desk for all channels."""

    def __init__(self, office: Office, receiver: Receiver, metrics: Metrics, spoken: Callable[[], None]) -> None:
        self._office = office
        self._receiver = receiver
        self._metrics = metrics
        self._spoken = spoken
        self._queue: asyncio.Queue[_Waiting | asyncio.Future[None]] = asyncio.Queue()
        self._loop: asyncio.Task[None] | None = None
        self.refused = False
        """The last messages could not be stored: their platform was told so, or they wait. An audit that can write ends it too."""

    def start(self) -> None:
        """Begin to commit."""
        self._loop = asyncio.create_task(self._run(), name="desk")

    async def stop(self) -> None:
        """Commit what waits, then stop."""
        await self._queue.join()
        if self._loop is not None:
            self._loop.cancel()
            self._loop = None

    def listens(self, message: Message) -> bool:
        """Whether anything said there can matter: false in a chat that is bound to nothing, but for the words that bind it."""
        return self._receiver.listens(message, self._office.directory)

    async def submit(self, message: Message) -> Outcome:
        """What became of a message, once it is committed or dropped; raises what the store raised where it could not be stored."""
        look = self._receiver.look(message, self._office.directory)
        if not look.wanted:
            outcome = Outcome.DROPPED
        else:
            waiting = _Waiting(message, look, asyncio.get_running_loop().create_future())
            self._queue.put_nowait(waiting)
            outcome = await waiting.done
        self._metrics.messages.labels(message.channel, outcome).inc()
        return outcome

    async def caught_up(self) -> None:
        """Returns once everything that was submitted before is committed."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(turn)
        await turn

    async def _run(self) -> None:
        while True:
            batch = [await self._queue.get()]
            there = -1
            while there < self._queue.qsize() < MAX_BATCH:
                there = self._queue.qsize()
                await asyncio.sleep(0)  # no wait: what has arrived by now is read and comes along
            while not self._queue.empty() and len(batch) < MAX_BATCH:
                batch.append(self._queue.get_nowait())
            try:
                messages = [waiting for waiting in batch if isinstance(waiting, _Waiting)]
                if messages:
                    await self._commit(messages)
                for turn in batch:
                    if isinstance(turn, asyncio.Future) and not turn.done():
                        turn.set_result(None)
            finally:
                for _ in batch:
                    self._queue.task_done()

    async def _commit(self, batch: list[_Waiting]) -> None:
        self._metrics.batch.observe(len(batch))

        seen = [Seen(waiting.message, waiting.look) for waiting in batch]
        try:
            results = await self._office.write(lambda work: self._receiver.receive(work, seen))
        except Exception as failure:  # noqa: BLE001  (the channel must hear of it, and the desk must go on)
            log.error("commit failed", messages=len(batch), error=why(failure))
            self.refused = True
            for waiting in [*batch, *self._said_behind(batch)]:
                if not waiting.done.done():
                    waiting.done.set_exception(failure)
            return
        self.refused = False
        for waiting, received in zip(batch, results, strict=True):
            if received is not None and received.error is not None:
                log.error("handler failed", message=received.id, place=received.error)
            if not waiting.done.done():
                waiting.done.set_result(_outcome(received))
        self._spoken()

    def _said_behind(self, failed: list[_Waiting]) -> list[_Waiting]:
        """What the same people have said meanwhile, which must not be stored before what they said first; it waits no more."""
        speakers = {(waiting.message.channel, waiting.message.account) for waiting in failed}
        found = []
        for _ in range(self._queue.qsize()):
            one = self._queue.get_nowait()
            if isinstance(one, _Waiting) and (one.message.channel, one.message.account) in speakers:
                found.append(one)
            else:
                self._queue.put_nowait(one)
            self._queue.task_done()
        return found


def _outcome(received: Received | None) -> Outcome:
    if received is None:
        return Outcome.REPEATED
    return Outcome.STORED if received.error is None else Outcome.FAILED
