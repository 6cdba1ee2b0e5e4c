"""Logging: one line an event, numbers and names of things, never what people said."""

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog


class _StandardError:
    """Standard error as it is when a line is written. Where it is gone (terminal closed, disk full) the bot goes on without a log."""

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()


_STREAM = cast("TextIO", _StandardError())
_FACTORY = structlog.PrintLoggerFactory(_STREAM)


def set_up(*, json: bool) -> None:
    """Send structlog and the libraries' warnings to standard error."""
    logging.basicConfig(level=logging.WARNING, stream=_STREAM, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    renderers: list[structlog.typing.Processor] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)] if json else [_code_below, structlog.dev.ConsoleRenderer()]
    )
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), *renderers],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_FACTORY,
        cache_logger_on_first_use=False,
    )


def only_errors() -> None:
    """Nothing but what must not happen: a simulated month has a hundred thousand lines else."""
    logging.basicConfig(level=logging.ERROR, stream=_STREAM)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR), logger_factory=_FACTORY)


def _code_below(_logger: object, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A code that is to be scanned from the terminal (`code`, of several lines) stands below its line, beside nothing and uncoloured."""
    code = event.get("code")
    if isinstance(code, str) and "\n" in code:
        del event["code"]
        event["stack"] = code.strip("\n")
    return event
