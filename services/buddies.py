"""Who looks after somebody today: of those who are there the one for whom it costs least. Pure."""

from collections.abc import Collection, Mapping, Sequence

from models.people import Person
from models.roster import Role


def choose(silent: Person, squad: Sequence[Person], able: Collection[int], asked: Mapping[int, int]) -> Person | None:
    """The one to ask about `silent`, out of `squad` (in the order of the roster) and of those who are `able` today; None where nobody is.

    The own trio (三人包保) comes before the others of the squad, whoever was `asked` less often before who was asked more; the leader last
    of all, who has the group to look after.
    """
    candidates = [person for person in squad if person.id in able and person.id != silent.id]
    return min(candidates, key=lambda one: (one.role is Role.LEADER, not of_one_trio(one, silent), asked.get(one.id, 0)), default=None)


def of_one_trio(one: Person, other: Person) -> bool:
    """Whether two look after each other."""
    return bool(one.trio) and (one.trio, one.group_id) == (other.trio, other.group_id)
