"""A channel that is out of order until a human acts: the duty officers hear what to do, and then that it works again."""

from models import outages, outbox
from models.outages import Outage
from models.outbox import NoticeState
from models.roster import Role
from services.notify import tell_outage
from services.work import Work


def out_of_order(work: Work, channel: str, reason: str, site: str) -> None:
    """Tell every duty officer; what still waits of earlier words about the channel is not sent any more.

    `site` is where this machine's own pages are, for what is mended there.
    """
    known = work.unit.texts.keys()
    if f"outage.{channel}_{reason}" in known:
        text = work.say(f"outage.{channel}_{reason}", site=site)
    else:
        text = work.say("operation.channel_out_of_order", channel=work.unit.texts.word("channel", channel), reason=reason)
    officers = work.directory.everyone(Role.DUTY_OFFICER)
    told = tuple(tell_outage(work, person, text, channel) for person in officers)
    outages.note(work.session, channel, Outage(notices=told, heard=_heard(work, channel)))


def back_in_order(work: Work, channel: str) -> None:
    """Tell those who heard that the channel was out of order. Nothing where nothing was said, or it is known to work."""
    last = outages.of_channel(work.session, channel)
    if last is None or last.over:
        return
    text = work.say("operation.channel_back", channel=work.unit.texts.word("channel", channel))
    heard = [person for member_id in _heard(work, channel) if (person := work.directory.people.get(member_id)) is not None]
    told = tuple(tell_outage(work, person, text, channel) for person in heard)
    outages.note(work.session, channel, Outage(over=True, notices=told))


def _heard(work: Work, channel: str) -> tuple[int, ...]:
    """The members who heard of the outage so far; a notice that is being sent counts as heard."""
    last = outages.of_channel(work.session, channel)
    if last is None or last.over:
        return ()
    found = (outbox.by_id(work.session, number) for number in last.notices)
    sent = [row.member_id for row in found if row is not None and row.state in (NoticeState.SENT, NoticeState.LEASED)]
    return tuple(dict.fromkeys((*last.heard, *(member_id for member_id in sent if member_id is not None))))
