"""Every error code that WeCom is known to answer with: its name here, and what to do about it.

A code that is not in the table is tried again. `errmsg` is never kept: it may repeat what was sent, and names addresses.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.channels.channel import SendError

BUSY: Final = -1


class Policy(StrEnum):
    """What to do about an error."""

    RETRY = "retry"
    """It may work the next time."""
    RETRY_AFTER = "retry_after"
    """It will not work before the wait is over."""
    REFRESH = "refresh"
    """The access token is no longer good: get a new one and repeat the call once."""
    PERMANENT = "permanent"
    """This, to this recipient, in this way, will never work."""
    STOP = "stop"
    """Nothing works until a human sets something right. What waits is kept and tried again, slowly."""


@dataclass(frozen=True)
class Failure:
    """One way of failing. `code` is WeCom's, None where its answer did not come or was none; `tried`: WeCom was asked.

    `doubt`: it had said that it was busy when the same was asked before.
    """

    name: str
    policy: Policy
    wait: timedelta | None = None
    code: int | None = None
    tried: bool = True
    doubt: bool = False


class WeComError(SendError):
    """A call failed. Its text is the name and the code, nothing else."""

    def __init__(self, failure: Failure) -> None:
        again, paced = failure.policy is not Policy.PERMANENT, failure.policy is Policy.RETRY_AFTER
        super().__init__(failure.name, retry=again, after=failure.wait, tried=failure.tried, answered=failure.code is not None, paced=paced)
        self.failure = failure

    def __str__(self) -> str:
        code = self.failure.code
        return self.reason if code is None else f"{self.reason} ({code})"

    @property
    def code(self) -> int | None:
        """WeCom's `errcode`."""
        return self.failure.code

    @property
    def in_doubt(self) -> bool:
        """Whether WeCom may have done what it was asked for, now or the time before."""
        return self.failure.doubt or (self.failure.tried and self.failure.code in {None, BUSY})

    @property
    def policy(self) -> Policy:
        """What to do about it."""
        return self.failure.policy


def error_of(code: int) -> WeComError:
    """The error for an `errcode` other than 0."""
    return WeComError(CODES.get(code) or Failure("unknown_code", Policy.RETRY, code=code))


def no_answer(name: str, *, tried: bool = True) -> WeComError:
    """The error where no answer came that could be read; `name` is one word: `connect_failed`, `timeout`, `malformed`, `http_502`.

    `tried` is false where nothing was sent, because there was no connection.
    """
    return WeComError(Failure(name, Policy.RETRY, tried=tried))


_MINUTE = timedelta(minutes=1)
"""How long WeCom blocks whoever exceeded a limit that counts by the minute."""


def _table(rows: Iterable[tuple[int, str, Policy] | tuple[int, str, Policy, timedelta]]) -> dict[int, Failure]:
    return {code: Failure(name, policy, wait[0] if wait else None, code) for code, name, policy, *wait in rows}


RETRY, RETRY_AFTER, REFRESH, PERMANENT, STOP = Policy

CODES: dict[int, Failure] = _table(
    [
        (BUSY, "system_busy", RETRY),
        (6000, "data_version_conflict", RETRY),
        # credentials. 40001 on a call may be a token that was taken back early: AppApi gets a new one before it believes it
        (40001, "invalid_secret", STOP),
        (40013, "invalid_corp_id", STOP),
        (40014, "invalid_token", REFRESH),
        (40056, "invalid_agent_id", STOP),
        (40057, "invalid_callback_url", STOP),
        (40091, "illegal_secret", STOP),
        (41001, "token_missing", STOP),
        (41002, "corp_id_missing", STOP),
        (41004, "secret_missing", STOP),
        (42001, "token_expired", REFRESH),
        (301002, "token_of_another_agent", STOP),
        (93019, "invalid_bot_id", STOP),
        (853000, "invalid_bot_credentials", STOP),
        (853006, "feature_not_available", STOP),
        # what an administrator allows
        (48001, "api_not_authorised", STOP),
        (48002, "api_forbidden", STOP),
        (48009, "sync_from_new_address", STOP),
        (50001, "redirect_domain_not_trusted", STOP),
        (50003, "app_disabled", STOP),
        (50006, "system_app_disabled", STOP),
        (60020, "address_not_trusted", STOP),
        (60031, "app_forbidden", STOP),
        (301042, "archive_address_not_trusted", STOP),
        (301053, "archive_not_opened", STOP),
        # whom it is for
        (40003, "invalid_user_id", PERMANENT),
        (40031, "invalid_user_list", PERMANENT),
        (40032, "user_list_too_long", PERMANENT),
        (40066, "invalid_department_list", PERMANENT),
        (40068, "invalid_tag_id", PERMANENT),
        (40070, "invalid_tags", PERMANENT),
        (50002, "member_out_of_scope", PERMANENT),
        (60003, "unknown_department", PERMANENT),
        (60011, "no_privilege", PERMANENT),
        (60021, "user_not_in_scope", PERMANENT),
        (60030, "out_of_scope", PERMANENT),
        (60111, "unknown_user", PERMANENT),
        (81013, "no_valid_recipient", PERMANENT),
        (82001, "no_recipient", PERMANENT),
        (82002, "invalid_department_count", PERMANENT),
        (82003, "invalid_tag_count", PERMANENT),
        (40050, "unknown_chat", PERMANENT),
        (86001, "invalid_chat_id", PERMANENT),
        (86003, "chat_not_found", PERMANENT),
        (86004, "invalid_chat_name", PERMANENT),
        (86005, "invalid_chat_owner", PERMANENT),
        (86006, "invalid_member_count", PERMANENT),
        (86007, "invalid_chat_member", PERMANENT),
        (86008, "chat_of_another_app", PERMANENT),
        (86101, "owner_only", PERMANENT),
        (86207, "owner_not_in_list", PERMANENT),
        (86215, "chat_id_taken", PERMANENT),
        (86216, "illegal_member_id", PERMANENT),
        (86220, "illegal_chat_parameter", PERMANENT),
        (93000, "invalid_webhook", PERMANENT),
        (93004, "robot_disabled", PERMANENT),
        (93006, "invalid_chat", PERMANENT),
        (93008, "robot_not_in_chat", PERMANENT),
        # what was sent
        (40004, "invalid_media_type", PERMANENT),
        (40005, "invalid_type_parameter", PERMANENT),
        (40006, "invalid_media_size", PERMANENT),
        (40007, "invalid_media_id", PERMANENT),
        (40008, "invalid_message_type", PERMANENT),
        (40009, "invalid_image_size", PERMANENT),
        (40011, "invalid_video_size", PERMANENT),
        (40016, "invalid_button_count", PERMANENT),
        (40033, "illegal_characters", PERMANENT),
        (40035, "invalid_parameter", PERMANENT),
        (40058, "parameter_out_of_range", PERMANENT),
        (40063, "parameter_missing", PERMANENT),
        (40201, "content_refused", PERMANENT),
        (44001, "empty_media", PERMANENT),
        (44004, "empty_text", PERMANENT),
        (45001, "media_too_large", PERMANENT),
        (45002, "message_too_long", PERMANENT),
        (45007, "voice_too_long", PERMANENT),
        (45008, "too_many_articles", PERMANENT),
        (42014, "card_repeated", PERMANENT),
        (60140, "response_code_used", PERMANENT),
        (82004, "invalid_message_content", PERMANENT),
        (301017, "voice_not_amr", PERMANENT),
        (301019, "digest_mismatch", PERMANENT),
        (301048, "archive_file_gone", PERMANENT),
        (301052, "archive_expired", PERMANENT),
        (301058, "archive_answer_too_large", PERMANENT),
        (830002, "download_too_large", PERMANENT),
        (846605, "reply_window_closed", PERMANENT),
        (846608, "stream_closed", PERMANENT),
        # pace
        (45009, "too_many_calls", RETRY_AFTER, _MINUTE),
        (45033, "too_many_at_once", RETRY_AFTER, timedelta(seconds=5)),
        (846607, "conversation_limit", RETRY_AFTER, _MINUTE),
        (846609, "not_subscribed", RETRY),
    ]
)
