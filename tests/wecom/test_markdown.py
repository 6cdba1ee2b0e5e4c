"""What members wrote, on WeCom: it calls nobody, paints nothing and hides no link."""

import pytest

from bot.channels.markdown import untagged


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<@all> 快来", "(@all) 快来"),
        ('<font color="warning">37.9</font>', '(font color="warning")37.9(/font)'),
        ('<a href="http://evil.example/">领补贴</a>', '(a href="http://evil.example/")领补贴(/a)'),
        ("体温<37.3，血压>120", "体温<37.3，血压>120"),
        ("> 转发：a<b\n**重点** [网址](https://example.org)", "> 转发：a<b\n**重点** [网址](https://example.org)"),
        ("<<@lisi>>", "<(@lisi)>"),
    ],
)
def test_tags_are_only_words(written: str, shown: str) -> None:
    assert untagged(written) == shown
    assert len(shown.encode()) == len(written.encode()), "what fitted still fits"


def test_a_hostile_text_takes_no_longer_than_any_other() -> None:
    assert untagged("<a" * 200_000) == "<a" * 200_000
