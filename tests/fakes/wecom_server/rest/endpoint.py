"""What an endpoint is: a function from a checked request to an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.wecom_server.company import App
from tests.fakes.wecom_server.errors import RefusedError
from tests.fakes.wecom_server.platform import Platform


@dataclass(frozen=True)
class Upload:
    """The file of a multipart request."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Asked:
    """A request: `body` is the parsed JSON of a POST, `upload` its file, `caller` the app whose token it bears."""

    query: Mapping[str, str]
    body: dict[str, Any]
    upload: Upload | None
    caller: App | None

    @property
    def app(self) -> App:
        """The calling app."""
        if self.caller is None:
            raise RefusedError(41001)
        return self.caller


Run = Callable[[Platform, Asked], dict[str, Any]]


@dataclass(frozen=True)
class Endpoint:
    """One interface. `frequency`: whether it counts toward the general limit of calls."""

    run: Run
    method: str = "POST"
    token: bool = True
    frequency: bool = True
