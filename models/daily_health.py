"""How somebody is on one day by all that was said of it: a later word adds to the day, and replaces only what it speaks of. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from models.reading import Checkin
from models.values import Value

FEVER = 37.3
"""From this body temperature on, in °C, somebody is not well (LABELS.md: fever)."""
_FEVER = "fever"


class Word(Value):
    """What one message says of somebody's health: `temperature` in °C, `symptoms` that are there, and `denied` ones that are not.

    `well`: that they are well altogether. `healthy` follows from all that, as in a reading. `corrects`: what it says was never otherwise;
    `unmeasured`: a temperature that was written is none.
    """

    temperature: float | None = None
    symptoms: tuple[str, ...] = ()
    healthy: bool | None = None
    denied: tuple[str, ...] = ()
    well: bool = False
    corrects: bool = False
    unmeasured: bool = False

    @property
    def abnormal(self) -> bool:
        """Whether it says by itself that somebody is not well."""
        return bool(self.symptoms) or self.healthy is False or (self.temperature is not None and self.temperature >= FEVER)

    @property
    def of_fever(self) -> bool:
        """Whether it says without a number that there is a fever, or none."""
        return self.temperature is None and (self.well or _FEVER in self.denied or _FEVER in self.symptoms)


class Stands(NamedTuple):
    """What stands for a day. The symptoms are in alphabetical order."""

    temperature: float | None
    symptoms: tuple[str, ...]
    healthy: bool | None


def word_of(said: Checkin, *, corrects: bool) -> Word:
    """A check-in of a reading as a word on its day."""
    return Word(
        temperature=said.temperature,
        symptoms=tuple(sorted(said.symptoms)),
        healthy=said.healthy,
        denied=said.denied,
        well=said.well,
        corrects=corrects,
        unmeasured=corrects and said.implausible,
    )


def alone(word: Word) -> Stands:
    """What stands where nothing was said before."""
    return Stands(word.temperature, word.symptoms, word.healthy)


def added(before: Stands, word: Word) -> Stands:
    """What stands with one word more.

    A temperature takes the place of the last one, with the fever that was said or followed from it. Symptoms come to those that were told,
    until they are denied or all is said to be well; a correction that names some tells all of them.
    """
    symptoms = set(before.symptoms)
    if word.well or (word.corrects and word.symptoms):
        symptoms.clear()
    symptoms -= set(word.denied)
    temperature = before.temperature
    if word.temperature is not None or word.unmeasured:
        temperature = word.temperature
        symptoms.discard(_FEVER)
    symptoms |= set(word.symptoms)
    if word.of_fever and temperature is not None and (temperature >= FEVER) != (_FEVER in symptoms):
        temperature = None  # 退烧了 after 38.2, 发烧了 after 36.5: the last number holds no more
    healthy = False if symptoms or word.healthy is False else before.healthy if word.healthy is None else True
    return Stands(temperature, tuple(sorted(symptoms)), healthy)


def stands_after(words: Iterable[tuple[Stands, Word | None]]) -> list[Stands]:
    """What stands after each word of a day, in order; where a word is None, it is what stands beside it whatever there was before."""
    found: list[Stands] = []
    for whole, word in words:
        found.append(whole if word is None else added(found[-1], word) if found else alone(word))
    return found
