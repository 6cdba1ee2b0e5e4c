"""What words such as 好了 and 没了 end: an illness, and not a piece of work or what one misses."""

import re

from handlers.reading.scan import Token

_GONE = re.compile("[也都]?(?:没|没有|没得|木|木有|莫得|冇|冇得|冒得|呒没|未)了")
_OF_ILLNESS = re.compile(
    r"(?:那个|那种|那股|那阵|的|啊|呢)?(?:感觉|劲头?儿?|症状|毛病|情况|现象|迹象|反应|意思|事)?,?(?:到|从)?(?:今[天早日晨晚儿朝][个上]?|现在|目前|眼下|这会儿?|早上|早起|起来|一觉|睡醒|醒来)?"
    r"(?:后|就|已经?|全|都|也|基本|完全|彻底|一下|一点|的|是|倒|倒是|算是|总算){0,4}"
)
# "换好了", "调通了", "票退了": what is done, and nobody's recovery
_DONE = (
    (
        "好",
        re.compile(
            "(?:[剁切炒煮蒸炖腌拌揉擀煎铺晾收换定说弄修约排买写做备请系搬装开量报填办整洗擦叠测试交接锁挂贴录订编带找选配补穿戴盘码放停搭建拟包扎缠裹抹]|处理|收拾|商量|准备|安排|协调)$"
        ),
    ),
    ("通", re.compile("(?:[调打接联连拨疏想跑走路网话管水车])$")),
    ("退", re.compile("[水房票潮货钱火后撤倒辞早]$")),
    ("消", re.compile("[取撤打]$")),
    ("过去", re.compile("[走跑赶冲开送搬转寄搭扑追拿递挪翻跳爬]$")),
    ("恢复", re.compile("[电水网路讯号车练产业气暖](?:已经?|都|也|又|全|就){0,2}$")),
)
_NEAR = 8  # characters before such a word in which the work stands


def is_work(text: str, token: Token, clause: int) -> bool:
    """Whether it is a piece of work that is done, in the clause that begins at `clause` ("换好了", "票退了")."""
    since = max(clause, token.start - _NEAR)
    return any(text.startswith(word, token.start) and done.search(text, since, token.start) is not None for word, done in _DONE)


def is_gone(text: str, token: Token, since: int) -> bool:
    """Whether what is said to be gone is the symptom that ended at `since` ("昨天那个头晕今天没有了"); "味道没了" tells of no recovery."""
    return _GONE.fullmatch(text, token.start, token.end) is None or _OF_ILLNESS.fullmatch(text, since, token.start) is not None
