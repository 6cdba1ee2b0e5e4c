"""What people mean by plain words about a case: yes, not yet, a slip, no more need, hurry; and of which numbers. Pure, and data.

A message means something only where all of it is known: a word that is not in these lists leaves it to be asked about, and never is a yes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

LONGEST = 40
"""How many characters such a message has at most."""


class Meaning(StrEnum):
    """What words say to a question; of several words in one message the first of these counts, so that a no wins over a yes."""

    SLIP = "slip"
    """The answer before was one."""
    NOT_YET = "not_yet"
    DENIES = "denies"
    OVER = "over"
    AGREES = "agrees"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DONE = _words("解决 解决好 好 办 办好 办完 处理 处理好 弄好 落实 安排 安排上 安排好 搞定 到账 到位 完 结束")
WORDS: dict[Meaning, tuple[str, ...]] = {
    Meaning.SLIP: _words("点错了 按错了 回错了 发错了 点快了 手误"),
    Meaning.NOT_YET: (
        *_words("没(?!了) 还没 还没有(?!了) 没呢 没有呢 还不行 还是不行 还早"),
        *("".join(parts) for parts in product(("", "还"), ("没", "没有", "没能"), _DONE)),
    ),
    Meaning.DENIES: _words("不是 不是的 不对 不 否 没有(?!了)"),
    Meaning.OVER: _words(
        "解决了 已解决 解决啦 解决好了 好了 好啦 办好了 办完了 弄好了 处理好了 处理完了 搞定了 搞定 没事 没事了 没事儿 没事儿了 "
        "没啥事了 没什么事了 没有事了 安排上了 安排好了 落实了 到账了 结束了"
    ),
    Meaning.AGREES: _words("是 是的 对 对的 嗯 嗯嗯 恩 恩恩 没错 好的 没问题 没问题了 确认"),
}
"""In brackets: what must not stand behind."""
EVERY = _words("都 全 全部 全都 两件 两个")
"""All that is asked about."""
BESIDE = _words(
    "了 啦 的 呢 啊 呀 哈 哦 嘛 还(?!是) 还是(?=没|不) 也 早 早就 已经 真的 确实 现在 目前 仍 一直 根本 这事 这个事 这件事 那件事 "
    "事情 问题 钱 谢 谢谢 多谢 感谢 辛苦 辛苦了 大家 组织 领导 班长 书记 组长 指导员 队长 站长 支部 各位 你们 你 您 关心 帮忙 小微"
)
"""Says nothing by itself."""
HURRY = _words(
    "直报 等不到早上 等不到天亮 等不到明天 等不到 等不了 等不及 等不起 很急 太急 特别急 非常急 马上找人 快找人 赶紧找人 赶快找人 "
    "马上来人 快来人 快点 快一点 快些 快一些"
)
BESIDE_HURRY = _words(
    "我 要 请 求 求求 你 你们 您 组织 领导 吧 了 的 啊 呀 谢谢 真 真的 实在 已经 马上 赶紧 赶快 尽快 现在 就 帮忙 帮我 一下 这事 "
    "这件事 我的事 麻烦 来 能不能 再 都"
)
RECEIVED = _words("收到 我来 我来处理 我来办 我处理 我去处理 我来跟进 我来管")
BESIDE_RECEIVED = _words(
    "好 好的 好嘞 嗯 是 明白 知道了 谢谢 辛苦了 了 吧 我 我们 马上 立刻 立即 这就 现在 尽快 先 去 去办 去看 去看看 看看 去找他 去找她 "
    "联系 联系他 联系她 联系本人 跟进 处理 办 办理 安排 了解 了解一下 问问 过去 一下 正在"
)
"""Whoever says it has the case. What is not here (收到，我去不了) is no acknowledgement."""
COMPLAINTS = _words(
    "没人来 没人管 没人理 没人问 没人找 没人联系 没人帮 没人办 没人接 没人处理 没人跟 没见人 没见到人 没有人来 没有人管 没有人联系 "
    "没有人找 没到账 没有到账 没动静 没消息 没回音 没下文 还在等 一直在等 不见人 不管我 不理我"
)
"""Somewhere in a message: nothing was done, and those who look after the case must hear it in these words."""
STILL = _words("还没 没解决 没有解决 没好 没来 没办 没给 没处理 没落实 没安排 没结果 还不行 还是不行 还差")
"""The same in the answer to a question whether it is over."""
UNSOLVED = _words("没解决 没有解决 还没解决 还没有解决 没办好 没有办好 还没办好")
"""The same, said unasked and perhaps long after: no other matter than a case is told in these words."""
ENOUGH = _words(
    "不用管 不用再管 不用来 不用找 不用麻烦 不麻烦 不用了 不需要了 别来 别管 误报 虚惊 说错 搞错 弄错 算了 没事 灭了 取消 已经好了"
)
"""Somewhere in a message: perhaps nobody is needed any more. It is asked, never taken for granted."""

ANY = r"(?:事项)?\s*[#＃]?\s*(?<![\d.])\d{1,9}(?![\d.])\s*号?"
"""A number of several; part of a decimal it is none."""
ONE = r"(?:事项)?\s*[#＃]?\s*(?P<number>\d{1,9})\s*号?"
"""The number of a case as people say it: 12, #12, 事项12, 12号."""
MORE = rf"(?:\s*(?:[和跟与及、]|以及|还有)\s*{ANY}(?=[\s,，、和跟与及:：]|$))*"
"""Further numbers behind the first: 、3 和 4. A number that counts something (2天) is none."""
_JOINED = rf"(?:[和跟与及]|还有)(?=\s*{ANY})"
_GAP = r"[\s,，、;；。!！~～]+"
_CLAUSE = re.compile(r"[,，;；。!！\n]+")
_DIGITS = re.compile(r"\d{1,9}")


def choice(words: Iterable[str]) -> str:
    """These words as one choice, the longest first; what stands behind a word of the lists in brackets is no part of it."""
    return "|".join(sorted(words, key=lambda word: len(word.split("(")[0]), reverse=True))


def whole(words: Sequence[str], beside: Sequence[str]) -> re.Pattern[str]:
    """Matches a message that holds one of `words`, and numbers of cases, and nothing else but what says nothing (`beside`)."""
    return re.compile(
        rf"(?=.{{1,{LONGEST}}}\Z)(?=.*(?:{choice(words)}))(?>{ANY}|{choice([*words, *beside])}|{_JOINED}|{_GAP})++", re.DOTALL
    )


THANKS = _words("谢谢 谢谢你 谢谢您 谢了 谢啦 多谢 感谢 辛苦 辛苦了 辛苦啦 费心了 麻烦了 麻烦你了")
BESIDE_THANKS = _words("好 好的 嗯 嗯嗯 知道了 明白 了 啦 啊 呀 哈 哦 太 真 非常 十分 你 您 你们 小微 大家 组织 领导 关心 提醒 👍 🙏 🌹 😊")


_ALL = [word for words in WORDS.values() for word in words]
_TOKEN = re.compile(rf"(?P<number>{ANY})|(?P<word>{choice([*_ALL, *EVERY, *BESIDE])})|{_JOINED}|{_GAP}")
ANSWER = whole(_ALL, [*EVERY, *BESIDE])
"""是的，谢谢; 1 解决了; 都好了; 还没 2."""
PRESSES = whole(HURRY, BESIDE_HURRY)
"""直报吧; 等不了了; 求你们快点."""
RECEIVES = whole(RECEIVED, [*EVERY, *BESIDE_RECEIVED])
"""收到，马上联系; 我来处理; 1 收到; 全部收到."""
_THANKS = whole(THANKS, BESIDE_THANKS)
_EXACT = {word.split("(")[0]: meaning for meaning, words in WORDS.items() for word in words}


@dataclass(frozen=True)
class Said:
    """What one answer says, in which of the words above, of which cases; `every`: of all that is asked about."""

    meaning: Meaning
    words: tuple[str, ...]
    numbers: tuple[int, ...] = ()
    every: bool = False

    @property
    def yes(self) -> bool:
        """Whether it says that it is so, or that it is over."""
        return self.meaning in (Meaning.OVER, Meaning.AGREES)


def understood(text: str) -> tuple[Said, ...]:
    """What an answer says, () where it is none. Of several only where each clause names its own: 1 解决了，2 还没."""
    if not ANSWER.fullmatch(text):
        return ()
    said = _said(text)
    if said is None:
        return ()
    clauses = [_said(clause) for clause in _CLAUSE.split(text) if clause.strip()]
    each = tuple(clause for clause in clauses if clause is not None and clause.numbers)
    return each if len(each) == len(clauses) > 1 and len({clause.yes for clause in each}) > 1 else (said,)


def _said(text: str) -> Said | None:
    tokens = list(_TOKEN.finditer(text))
    words = [token["word"] for token in tokens if token["word"]]
    meant = tuple(word for word in words if word in _EXACT)
    if not meant:
        return None
    found = {_EXACT[word] for word in meant}
    return Said(next(meaning for meaning in Meaning if meaning in found), meant, numbers(text), every=any(word in EVERY for word in words))


def numbers(text: str) -> tuple[int, ...]:
    """All the numbers in a text, each once."""
    return tuple(dict.fromkeys(int(found) for found in _DIGITS.findall(text)))


def all_meant(text: str) -> bool:
    """Whether all is meant that waits: 全部收到."""
    return any(word in text for word in EVERY)


def thanks(text: str) -> bool:
    """Whether somebody says thanks and nothing else: 好的，谢谢小微; a number is something else."""
    return _THANKS.fullmatch(text) is not None and not numbers(text)


def complains(text: str, *, asked: bool) -> bool:
    """Whether somebody says that nothing was done; `asked`: to the question whether it is over."""
    return any(word in text for word in (*COMPLAINTS, *(STILL if asked else ())))


def unsolved(text: str) -> bool:
    """Whether somebody says unasked that something is not over."""
    return len(text) <= LONGEST and any(word in text for word in UNSOLVED)


def lets_go(text: str) -> bool:
    """Whether somebody may mean that nobody is needed any more."""
    return len(text) <= LONGEST and any(word in text for word in ENOUGH)
