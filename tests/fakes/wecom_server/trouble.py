"""Making trouble: what the platform and its administrators can do to a bot."""

from collections.abc import Iterable
from typing import Any

from tests.fakes.wecom_server.faults import Fault
from tests.fakes.wecom_server.platform import Platform
from tests.fakes.wecom_server.socket import ABORTED, Line


class Trouble:
    """What a test lets go wrong."""

    _platform: Platform
    _line: Line

    def fail(
        self,
        name: str,
        *,
        times: int | None = 1,
        errcode: int | None = None,
        status: int | None = None,
        malformed: bool = False,
        silent: bool = False,
        close: int | None = None,
        accepted: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Let an endpoint, a command or a delivery fail, so often or (None) until it `works` again.

        `errcode` in the answer, an HTTP `status`, a `malformed` answer, no answer at all (`silent`: a dropped frame, a withheld
        acknowledgement), the connection ended (`close`: with that code, 1006 without a word), or an answer that is only late
        (`delay`, in real seconds). `accepted`: the platform does what it was asked for nevertheless.
        """
        self._platform.faults.add(name, Fault(errcode, status, malformed, silent, close, accepted, delay), times)

    def works(self, name: str | None = None) -> None:
        """It works again; without a name, everything."""
        self._platform.faults.clear(name)

    def expire_token(self, agent_id: int | None = None) -> None:
        """An app's tokens have run out before their time: 42001."""
        for token in self._tokens(agent_id):
            token.until = min(token.until, self._platform.now())

    def revoke_token(self, agent_id: int | None = None) -> None:
        """An app's tokens were made invalid: 40014."""
        for token in self._tokens(agent_id):
            token.revoked = True

    def expire_media(self) -> None:
        """Every uploaded file has run out: 40007."""
        self._platform.medias.clear()

    def trust_only(self, addresses: Iterable[str] | None) -> None:
        """Only these addresses may call (60020 for others); None: all."""
        self._platform.trusted_ips = None if addresses is None else frozenset(addresses)

    def remove_robot(self, key: str) -> None:
        """Somebody removes a group's webhook: 93000."""
        self._platform.robots.pop(key, None)

    def remove_bot(self, chat: str) -> None:
        """Somebody removes the AI bot from a group: pushing there is refused until it is mentioned again."""
        self._platform.met.discard(chat)

    def drop_connection(self, code: int = ABORTED) -> None:
        """End the bot's long connection with a close code; 1006 cuts it without a word."""
        self._line.close(code)

    def lose_subscription(self) -> None:
        """The platform forgets the subscription while the connection stays open: 846609."""
        self._line.forget()

    def _tokens(self, agent_id: int | None) -> list[Any]:
        app = self._platform.app(agent_id)
        return [token for token in self._platform.tokens.values() if token.app == app]
