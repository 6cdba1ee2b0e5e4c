"""The gateway as a fixture."""

from collections.abc import AsyncIterator

import pytest

from tests.gateway.gateway import Gateway, running_gateway
from tests.gateway.packages import require_packages


@pytest.fixture(scope="session")
def gateway_packages() -> None:
    """The packages of the gateway are there, or the test is skipped."""
    require_packages()


@pytest.fixture
async def gateway(gateway_packages: None) -> AsyncIterator[Gateway]:
    """A gateway to which "bot" is logged in. It knows nobody else yet."""
    async with running_gateway() as gateway:
        yield gateway
