"""Whether what was sent without an answer has arrived: by what the account hears of itself."""

from datetime import UTC, datetime, timedelta

from bot.channels.wechaty.echoes import KEPT, Echoes

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_an_echo_is_claimed_once() -> None:
    echoes = Echoes()
    echoes.heard("g1", "@张伟\u2005 记下了 ✓", "m1", NOW)
    assert echoes.claim("g2", "@张伟 记下了 ✓") is None, "said elsewhere"
    assert echoes.claim("g1", "@张伟 记下了 ✓") == "m1", "spaces do not count"
    assert echoes.claim("g1", "@张伟 记下了 ✓") is None


def test_the_echo_of_an_answered_sending_belongs_to_it_whether_it_comes_before_or_after_the_answer() -> None:
    echoes = Echoes()
    echoes.heard("g1", "记下了", "m1", NOW)
    echoes.answered("g1", "记下了", "m1")
    echoes.answered("g1", "记下了", "m2")
    echoes.heard("g1", "记下了", "m2", NOW)
    assert echoes.claim("g1", "记下了") is None
    echoes.heard("g1", "记下了", "m3", NOW)
    assert echoes.claim("g1", "记下了") == "m3"


def test_so_does_it_where_the_gateway_answers_without_an_id() -> None:
    echoes = Echoes()
    echoes.heard("g1", "记下了", "m1", NOW)
    echoes.answered("g1", "记下了", "")
    echoes.answered("g1", "记下了", "")
    echoes.heard("g1", "记下了", "m2", NOW)
    assert echoes.claim("g1", "记下了") is None


def test_a_doubt_lasts_until_it_is_settled_or_old() -> None:
    echoes = Echoes()
    echoes.doubt("n1-0", "张伟 记下了", "@伟\u2005记下了", NOW)
    echoes.doubt("n2-0", "好", "好", NOW)
    assert echoes.doubted("n1-0")
    assert echoes.tried("n1-0", "张伟 记下了") == "@伟\u2005记下了", "it is tried again in the words that may have arrived"
    assert echoes.tried("n1-0", "张伟 记下了\n\n好") is None, "something was added to it meanwhile"
    echoes.settled("n1-0")
    assert not echoes.doubted("n1-0")
    echoes.heard("g1", "别的话", "m1", NOW + KEPT + timedelta(seconds=1))
    assert not echoes.doubted("n2-0")
