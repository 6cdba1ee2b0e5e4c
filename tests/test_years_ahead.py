"""A year whose working days nobody has published when this version was made: nobody is reminded on its holidays."""

from datetime import date

import pytest

from bot.settings import Settings
from models.workdays import is_workday
from tests.stage import starting, told

NEW_YEAR = "2031-01-01"


async def test_nobody_is_reminded_or_asked_about_on_new_years_day_of_a_year_that_is_not_published(
    settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    async with told(starting(settings, f"{NEW_YEAR}T05:00")) as story:
        await story.at("21:00", NEW_YEAR)
        assert await story.heard() == []
        await story.at("08:30", "2031-01-06")
        assert await story.heard_by("张伟") != [], "on an ordinary Monday everybody who is open is reminded"
    assert "does not know the coming working days" in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2031-01-20", True),
        ("2031-01-22", False),  # the eve of the Spring Festival, and three days of it
        ("2031-01-24", False),
        ("2031-05-01", False),
        ("2031-06-24", False),
        ("2031-06-25", True),
        ("2031-10-03", False),
        ("2031-10-08", True),
        ("2031-10-11", False),
        ("2040-02-13", True),  # nobody has written down its moon
    ],
)
def test_holidays_of_such_a_year_are_taken_as_they_usually_are(day: str, worked: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is worked
