"""What somebody most likely meant who wrote a temperature that cannot be: 56.4 for 36.4. Pure."""

import re
from collections.abc import Iterator

LOWEST, HIGHEST = 35.0, 42.0
"""Between these a temperature is plausible enough to be proposed."""
_NUMBER = re.compile(r"(?<!\d)(?:(\d\d)\D{1,2}(\d)|(\d)\D{1,2}(\d\d))(?!\d)", re.ASCII)


def likely(written: str) -> float | None:
    """The one plausible temperature that a single slip explains: a wrong digit, two digits that changed places, or the point misplaced.

    None where no slip explains it, or several do.
    """
    match = _NUMBER.search(written)
    if match is None:
        return None
    plausible = {value for value in _slips(match[1] or match[3], match[2] or match[4]) if LOWEST <= value <= HIGHEST}
    return plausible.pop() if len(plausible) == 1 else None


def _slips(whole: str, tenths: str) -> Iterator[float]:
    if len(whole) == 1:
        yield int(whole + tenths) / 10  # 3.65 for 36.5
        return
    for place in (0, 1):
        for digit in "0123456789":
            yield float(f"{whole[:place]}{digit}{whole[place + 1 :]}.{tenths}")
    yield float(f"{whole[1]}{whole[0]}.{tenths}")
