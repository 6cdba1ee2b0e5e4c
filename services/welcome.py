"""What somebody reads who opens the chat with the bot: who it is, and how to say how one is."""

from services.work import Work


def text(work: Work, channel: str, account: str) -> str:
    """A member is greeted by name; somebody whom nobody knows yet reads how to become known."""
    person = work.directory.speaker(channel, account)
    if person is None:
        return work.say("welcome.stranger", bot=work.unit.bot_name)
    return work.say("welcome.member", bot=work.unit.bot_name, name=person.name)
