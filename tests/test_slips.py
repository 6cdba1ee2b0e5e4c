"""What somebody meant who wrote a temperature that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.slips import HIGHEST, LOWEST, likely


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("56.4", 36.4),
        ("63.5", 36.5),
        ("3.65", 36.5),
        ("76.8", 36.8),
        ("26.4℃", 36.4),
        ("56度4", 36.4),
        ("46.5", None),  # 36.5 as well as 41.5
        ("30.5", None),
        ("44.5", None),
        ("33.6", None),
        ("99", None),
        ("56.45", None),
        ("", None),
        ("体温", None),
    ],
)
def test_the_one_temperature_that_a_single_slip_explains(written: str, meant: float | None) -> None:
    assert likely(written) == meant


@given(st.text(max_size=12))
def test_any_text_gives_a_plausible_value_or_none(text: str) -> None:
    value = likely(text)
    assert value is None or LOWEST <= value <= HIGHEST
