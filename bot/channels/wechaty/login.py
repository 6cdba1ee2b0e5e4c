"""How the bot's account stands with WeChat, as far as the gateway has told, and the code that somebody must scan. Pure."""

import io
from collections.abc import Callable
from datetime import datetime

import segno

from bot.channels.channel import State


class Login:
    """`state` holds since `since`; there is a `qrcode` (the link in it) where a scan is waited for, an `account` where one is logged in."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.state = State.CONNECTING
        self.since = now()
        self.qrcode: str | None = None
        self.account: str | None = None

    def connecting(self) -> None:
        """The gateway cannot be reached, or has not said yet how the account stands."""
        self._becomes(State.CONNECTING)

    def refused(self) -> None:
        """The gateway does not take our token."""
        self._becomes(State.REFUSED)

    def logged_out(self) -> None:
        """Nobody is logged in, and no code has come yet."""
        self._becomes(State.LOGGED_OUT)

    def scanned(self, qrcode: str) -> None:
        """The gateway shows a code that is to be scanned; after a while it shows another one."""
        self._becomes(State.WAITS_FOR_SCAN, qrcode=qrcode)

    def logged_in(self, account: str) -> None:
        """Everything works."""
        self._becomes(State.ONLINE, account=account)

    def _becomes(self, state: State, *, qrcode: str | None = None, account: str | None = None) -> None:
        if state is not self.state:
            self.since = self._now()
        self.state, self.qrcode, self.account = state, qrcode, account


def as_text(qrcode: str) -> str:
    """The code as lines of half blocks, for a terminal with light letters on a dark ground."""
    lines = io.StringIO()
    segno.make_qr(qrcode).terminal(lines, border=2, compact=True)
    return lines.getvalue().rstrip("\n")
