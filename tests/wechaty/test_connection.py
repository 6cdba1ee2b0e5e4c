"""How long a connection waits, and what it does about other programs at its gateway: decided by nothing but what happened when."""

from bot.channels.wechaty.connection import Patience, wait_before_next
from bot.channels.wechaty.rivals import ENDED, Rivals
from bot.channels.wechaty.rpc import CERTIFICATE, LOST, TAKEN_OVER, UNAUTHENTICATED, UNREACHABLE
from bot.channels.wechaty.wire import MessageEvent, RoomEvent, parsed

PATIENCE = Patience()


def test_each_wait_is_twice_as_long_as_the_last_up_to_a_limit_and_no_two_are_quite_the_same() -> None:
    for failed, seconds in enumerate((0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30), 1):
        waits = {wait_before_next(PATIENCE, LOST, failed) for _ in range(50)}
        assert 0.75 * seconds <= min(waits) < max(waits) <= 1.25 * seconds
    assert wait_before_next(PATIENCE, UNREACHABLE, 10_000) < 40


def test_where_nothing_but_a_human_helps_it_waits_long() -> None:
    assert wait_before_next(PATIENCE, UNAUTHENTICATED, 1) == wait_before_next(PATIENCE, CERTIFICATE, 9) == 60


def test_another_program_is_sent_away_only_if_it_stays() -> None:
    rivals = Rivals(taken=10, take_again=600)
    assert not rivals.to_send_away(TAKEN_OVER, 100)
    assert not rivals.to_send_away(TAKEN_OVER, 109)
    assert not rivals.stays(109), "no human is called as long as it may help to send it away"
    assert rivals.to_send_away(TAKEN_OVER, 110)
    assert not rivals.stays(110)


def test_one_that_was_away_meanwhile_has_its_time_again() -> None:
    rivals = Rivals(taken=10, take_again=600)
    rivals.to_send_away(TAKEN_OVER, 100)
    rivals.to_send_away(UNREACHABLE, 105)
    assert not rivals.to_send_away(TAKEN_OVER, 111)
    rivals.gone()
    rivals.to_send_away(LOST, 115)
    assert not rivals.to_send_away(TAKEN_OVER, 125)
    assert rivals.to_send_away(TAKEN_OVER, 135)


def test_one_that_comes_back_is_left_alone_and_a_human_hears() -> None:
    rivals = Rivals(taken=10, take_again=600)
    rivals.to_send_away(TAKEN_OVER, 100)
    assert rivals.to_send_away(TAKEN_OVER, 110)
    for later in (111, 200, 10_000):
        assert not rivals.to_send_away(TAKEN_OVER, later)
        assert rivals.stays(later)


def test_one_that_sent_us_away_is_left_alone_and_a_human_hears_at_once() -> None:
    rivals = Rivals(taken=10, take_again=600)
    rivals.gone()
    assert not rivals.to_send_away(ENDED, 100)
    assert not rivals.stays(100), "perhaps the gateway was stopped"
    for later in (101, 10_000):
        assert not rivals.to_send_away(TAKEN_OVER, later)
        assert rivals.stays(later)


def test_nobody_is_sent_away_twice_within_a_short_time() -> None:
    rivals = Rivals(taken=10, take_again=600)
    rivals.to_send_away(TAKEN_OVER, 100)
    assert rivals.to_send_away(TAKEN_OVER, 110)
    rivals.gone()
    rivals.to_send_away(LOST, 120)
    assert not rivals.to_send_away(TAKEN_OVER, 200)
    assert not rivals.stays(200)
    assert not rivals.to_send_away(TAKEN_OVER, 210)
    assert rivals.stays(210)
    assert rivals.to_send_away(TAKEN_OVER, 710)


def test_two_bots_do_not_send_each_other_away_for_ever() -> None:
    one, other = Rivals(10, 600), Rivals(10, 600)
    listening, idle, sent_away = one, other, 0
    one.gone()
    for now in range(100_000):
        if idle.to_send_away(TAKEN_OVER, now):
            sent_away += 1
            listening.to_send_away(ENDED, now)
            listening, idle = idle, listening
            listening.gone()
    assert sent_away == 1
    assert idle.stays(100_000)


def test_what_is_no_event_of_its_kind_is_none() -> None:
    for odd in ("", "{", "null", "[]", "5", '"x"', '{"messageId": null}', '{"messageId": ""}', '{"messageId": 5}', "\ud800", "[" * 100_000):
        assert parsed(MessageEvent, odd) is None
    assert parsed(RoomEvent, '{"roomId": "g1", "removeeIdList": null}') is None
