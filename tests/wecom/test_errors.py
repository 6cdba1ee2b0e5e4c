"""The table of errors: every code that is known of has a name and a policy, and no error says more than these."""

from datetime import timedelta

import pytest

from bot.channels.channel import SendError
from bot.channels.wecom.errors import CODES, Failure, Policy, WeComError, error_of, no_answer

KNOWN = """
-1 6000 40001 40003 40004 40005 40006 40007 40008 40009 40011 40013 40014 40016 40031 40032 40033 40035 40050 40056 40057 40058 40063
40066 40068 40070 40091 40201 41001 41002 41004 42001 42014 44001 44004 45001 45002 45007 45008 45009 45033 48001 48002 48009 50001 50002
50003 50006 60003 60011 60020 60021 60030 60031 60111 60140 81013 82001 82002 82003 82004 86001 86003 86004 86005 86006 86007 86008 86101
86207 86215 86216 86220 93000 93004 93006 93008 93019 301002 301017 301019 301042 301048 301052 301053 301058 830002 846605 846607 846608
846609 853000 853006
"""
"""Every code that the platform's pages, its libraries and its operators tell of."""


def test_every_code_that_is_known_of_is_in_the_table() -> None:
    assert set(CODES) == {int(code) for code in KNOWN.split()}


def test_each_code_has_a_name_of_its_own() -> None:
    names = [failure.name for failure in CODES.values()]
    assert len(set(names)) == len(names)
    assert all(name.replace("_", "").isalpha() and name.islower() for name in names)
    assert all(failure.code == code for code, failure in CODES.items())


@pytest.mark.parametrize("code", CODES)
def test_only_what_is_permanent_is_not_tried_again_and_only_what_is_paced_has_a_wait(code: int) -> None:
    error = error_of(code)
    assert error.retry is (error.policy is not Policy.PERMANENT)
    assert (error.after is not None) is (error.policy is Policy.RETRY_AFTER)


@pytest.mark.parametrize(
    ("code", "name", "policy", "after"),
    [
        (-1, "system_busy", Policy.RETRY, None),
        (40001, "invalid_secret", Policy.STOP, None),
        (40014, "invalid_token", Policy.REFRESH, None),
        (40032, "user_list_too_long", Policy.PERMANENT, None),
        (40033, "illegal_characters", Policy.PERMANENT, None),
        (42001, "token_expired", Policy.REFRESH, None),
        (45009, "too_many_calls", Policy.RETRY_AFTER, timedelta(minutes=1)),
        (60020, "address_not_trusted", Policy.STOP, None),
        (60111, "unknown_user", Policy.PERMANENT, None),
        (81013, "no_valid_recipient", Policy.PERMANENT, None),
        (93000, "invalid_webhook", Policy.PERMANENT, None),
        (93006, "invalid_chat", Policy.PERMANENT, None),
        (846605, "reply_window_closed", Policy.PERMANENT, None),
        (846607, "conversation_limit", Policy.RETRY_AFTER, timedelta(minutes=1)),
        (846608, "stream_closed", Policy.PERMANENT, None),
        (846609, "not_subscribed", Policy.RETRY, None),
        (853000, "invalid_bot_credentials", Policy.STOP, None),
    ],
)
def test_the_codes_that_a_sender_meets(code: int, name: str, policy: Policy, after: timedelta | None) -> None:
    error = error_of(code)
    assert isinstance(error, SendError)
    assert (error.code, error.reason, error.policy, error.after) == (code, name, policy, after)
    assert str(error) == f"{name} ({code})"


def test_a_code_that_nobody_knows_is_tried_again() -> None:
    error = error_of(987654)
    assert (error.code, error.reason, error.policy, error.retry) == (987654, "unknown_code", Policy.RETRY, True)
    assert str(error) == "unknown_code (987654)"


def test_where_no_answer_came_there_is_a_name_and_no_code() -> None:
    error = no_answer("timeout")
    assert (str(error), error.code, error.policy, error.retry) == ("timeout", None, Policy.RETRY, True)


def test_a_wait_that_is_known_better_is_said_instead() -> None:
    error = WeComError(Failure("timeout", Policy.RETRY, timedelta(seconds=3)))
    assert error.after == timedelta(seconds=3)
