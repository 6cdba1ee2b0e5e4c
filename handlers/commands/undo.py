"""撤销: take back my last report."""

import re

from handlers.incoming import Answer, Incoming
from handlers.retract import take_back

PATTERN = re.compile(r"撤销|撤销上一条|撤回上一条")


def run(incoming: Incoming, _match: re.Match[str]) -> Answer:
    """What was taken back, in private."""
    return Answer(private=take_back(incoming))
