"""The bot's sentences: looked up by key, filled with facts. The words themselves are data (content/sentences)."""

from collections.abc import Mapping
from string import Formatter


class TextError(ValueError):
    """A sentence is missing or does not fit the facts; the text names the key."""


class Texts:
    """The sentences of one language. `texts("receipt.done", name="张伟")` is the filled sentence."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    def __call__(self, key: str, /, **facts: object) -> str:
        """The sentence of `key` with its facts filled in."""
        try:
            return self._sentences[key].format(**facts)
        except KeyError as missing:
            if key not in self._sentences:
                raise TextError(f"content/sentences has no sentence {key!r}") from None
            raise TextError(f"sentence {key!r} needs the fact {missing}") from None

    def word(self, kind: str, value: str) -> str:
        """The word for a coded value, e.g. ("symptom", "cough") → 咳嗽; the value itself where the language has none."""
        return self._sentences.get(f"{kind}.{value}", value)

    def keys(self) -> frozenset[str]:
        """Every key of this language."""
        return frozenset(self._sentences)

    def facts(self, key: str) -> frozenset[str]:
        """The names of the facts that a sentence takes."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self._sentences[key]) if name)
