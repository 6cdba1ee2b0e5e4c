"""What somebody most likely meant who wrote a temperature that cannot be: 56.4 for 36.4. Pure."""

import re
from collections.abc import Iterator

LOWEST, HIGHEST = 35.0, 42.0
"""Between these a temperature is plausible enough to be proposed."""
_NUMBER = re.compile(r"(\d{1,2})(?:\D+(\d{1,2}))?")


def likely(written: str) -> float | None:
    """The one plausible temperature that a single slip explains: a wrong digit, two digits that changed places, or the point misplaced.

    None where no slip explains it, or several do.
    """
    match = _NUMBER.search(written)
    if match is None:
        return None
    whole, tenths = match[1], match[2] or "0"
    plausible = {value for value in _slips(whole, tenths) if LOWEST <= value <= HIGHEST}
    return plausible.pop() if len(plausible) == 1 else None


def _slips(whole: str, tenths: str) -> Iterator[float]:
    digits = whole + tenths
    if len(digits) != 3:  # noqa: PLR2004
        return
    if len(whole) != 2:  # noqa: PLR2004
        yield int(digits) / 10  # 3.65 for 36.5
        return
    for place in (0, 1):
        for digit in "0123456789":
            yield int(digits[:place] + digit + digits[place + 1 :]) / 10
    yield int(digits[1] + digits[0] + digits[2]) / 10
