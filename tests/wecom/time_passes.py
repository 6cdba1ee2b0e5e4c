"""What every stage on the fake WeCom shares: time that stands until it is moved."""

from datetime import datetime, timedelta

from bot.bot import Bot


class TimePasses:
    """A running bot with a manual clock."""

    bot: Bot

    def now(self) -> datetime:
        """The time, by the bot's clock."""
        return self.bot.office.clock.now()

    async def later(self, **span: float) -> None:
        """Time passes; whatever is due and to be sent happens."""
        await self.bot.move_clock(self.now() + timedelta(**span))

    async def at(self, moment: str) -> None:
        """It becomes that time in China, like 2026-03-02T08:10."""
        await self.bot.move_clock(datetime.fromisoformat(f"{moment}:00+08:00"))
