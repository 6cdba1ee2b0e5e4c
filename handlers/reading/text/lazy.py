"""What is reckoned only when somebody first asks for it, and then kept."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - written as property is
    """As functools.cached_property without the lock that it takes for each value until Python 3.12: a message is read by one thread."""

    def __init__(self, reckon: Callable[[Any], T]) -> None:
        self._reckon = reckon
        self.__doc__ = reckon.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> T:
        value: T = self._reckon(instance)
        instance.__dict__[self._name] = value
        return value
