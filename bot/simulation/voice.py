"""How simulated people say something: one of the ways to say it, with its facts, as a message of their channel."""

from collections import Counter
from datetime import datetime

from bot.simulation.channel import FIRST
from bot.simulation.script import Script
from bot.simulation.unit import Someone
from models.message import Message

NORMAL = (36.1, 36.9)


class Voice:
    """Makes messages. The id of each begins with its kind and, from 1, which way to say it was taken: that much is told of it later."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.said: Counter[str] = Counter()
        self._all = 0

    def say(self, who: Someone, kind: str, now: datetime, room: str | None = None, **facts: object) -> Message:
        """Somebody says something of a kind, in a room or in private."""
        number, text = self.words(who, kind, **facts)
        return self.message(who, f"{kind}.{number}", text, now, room)

    def words(self, who: Someone, kind: str, **facts: object) -> tuple[int, str]:
        """Which way they say it, and how."""
        ways = self._script.words[kind]
        number = who.chance.randrange(len(ways))
        temperature = f"{who.chance.uniform(*NORMAL):.1f}"
        given = {
            "name": who.name,
            "temperature": temperature,
            "fever": f"{who.fever:.1f}",
            "symptom": who.chance.choice(self._script.symptoms),
        }
        return number + 1, ways[number].format_map({**given, **facts})

    def message(self, who: Someone, what: str, text: str, now: datetime, room: str | None = None) -> Message:
        """A text as a message; `what` stands at the beginning of its id."""
        self._all += 1
        self.said[what.partition(".")[0]] += 1
        return Message(channel=FIRST, id=f"{what}.{self._all}", room=room, account=who.name, sent_at=now, text=text, addressed=room is None)
