"""What stands around the words: quoted messages, mentions, stickers, quotation marks, tick boxes; blanked in place, so offsets stay."""

import re
from typing import NamedTuple

from handlers.reading.people import People

BOT = ("小微", "机器人")
_RULE = re.compile(r"\n[-_=~ ]{3,}(?:\n|$)")
_STICKER = re.compile(r"\[[^\[\]\n\d]{1,8}\]")
_LINK = re.compile(r"https?://[!-~]{1,300}")
_ARROW = re.compile(r"(?<=[\d度℃])\s?-?[-=]>")
_MENTION = re.compile(r"@([^\s@,。:;、!?(]{1,12})")
_SPEECH = re.compile(r"[“「『\"]([^“”「」『』\"\n]{1,120})[”」』\"]")
_QUOTES = frozenset('“「『"')
_TICKED, _UNTICKED = "☑✅✔√☒■", "□☐○◻"
_BOX = re.compile(f"[{_TICKED}{_UNTICKED}]")
# boxes that all carry a label with a value are the bullets of a list: nobody leaves a whole form unticked
_BULLET = re.compile(rf"[{_UNTICKED}][ \t]*[一-鿿]{{1,8}}[ \t]*:[ \t]*(?![\s_□☐○◻])[^_□☐○◻\n]+")
_OF_REPORT = re.compile(rf"[{_UNTICKED}][^:]{{0,4}}(?:工作|训练|完成|计划|打算|思想|感[受想悟]|心[得情]|体会|体温|困难|[今明][天日])")
_BOXES = re.compile(f"[{_UNTICKED}☑]")
# "□其他____ 体温36.7": the value begins a field of its own; "□体温37.3以上" is an option
_FIELD = re.compile(
    r"[\s,;_](?=(?:今[日早天]|本人|实测|[晨午晚]检)?(?:体温|额温|腋温|耳温)?(?:是|为|:|\s)*(?:3[4-9]|4[0-2])\s?[.点度。]\s?\d"
    r"(?![\d\s]*[℃度]?\s?(?:[-~至到及或]|以[上下内]))|(?:姓名|备注)\s?:)"
)
# "张伟 拍了拍 我" is all of its message; "师傅拍了拍俺肩膀" stands among others' words
_SYSTEM = re.compile(r"撤回了?一条消息|加入了群聊|^[^,。;!?\n]{0,16}拍了拍[^,。;!?\n]{0,24}$|修改群名为")
_FORWARDED = ("合并转发", "[聊天记录]")  # as they begin


class Surface(NamedTuple):
    """A uniform text with everything blanked that the sender does not say.

    `quoted`: the message it answers. `to_bot`: it addresses the bot. `system`: the platform wrote it.
    """

    text: str
    spoken: str  # the same with the words in quotation marks, which may tell of a hardship
    quoted: str
    to_bot: bool
    system: bool
    pictured: bool


def surface(text: str, people: People) -> Surface:
    """Blank quotations, mentions, stickers and unticked options of a uniform text; the length stays the same."""
    pictured = "[图片]" in text
    quoted = ""
    if text.lstrip().startswith("「"):
        text, quoted = _without_quoted(text)
    if "@" in text:
        to_bot = any(f"@{name}" in text for name in BOT)
        text = _MENTION.sub(lambda m: _mention(m, people), text)
    else:
        to_bot = False
    if "[" in text:
        text = _STICKER.sub(_blank, text)
    if ">" in text:
        text = _ARROW.sub(lambda m: "→".ljust(len(m.group())), text)  # typed, and no bound: "36.9->36.5"
    if "http" in text:
        text = _LINK.sub(_blank, text)
    if _BOXES.search(text):
        text = _boxes(text)
    system = _SYSTEM.search(text) is not None or text.startswith(_FORWARDED)
    own = text if _QUOTES.isdisjoint(text) else _SPEECH.sub(_blank_speech, text)
    return Surface(own, text, quoted, to_bot, system, pictured)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blank_speech(match: re.Match[str]) -> str:
    """Words in quotation marks are somebody else's, or words about words; the marks stay so that the clause keeps its shape."""
    return match.group()[0] + "※" * (len(match.group()) - 2) + match.group()[-1]


def _without_quoted(text: str) -> tuple[str, str]:
    """A chat's reply block 「…」 with a line of dashes below it: the quoted message blanked, and that message."""
    rule = _RULE.search(text)
    if rule is None or "」" not in text[: rule.start() + 1]:
        return text, ""
    return " " * rule.end() + text[rule.end() :], text[: rule.start()].strip("「」 \n")


def _mention(match: re.Match[str], people: People) -> str:
    """A mention calls somebody and says nothing of that person: blank the longest known name, else all up to the next blank."""
    said = match.group(1)
    for length in range(len(said), 0, -1):
        word = said[:length]
        if word in people.words or word in BOT or word in ("所有人", "all", "全体成员"):
            return " " * (length + 1) + said[length:]
    following = match.string[match.end() : match.end() + 1]
    return _blank(match) if following in ("", " ") and len(said) <= 6 else match.group()  # noqa: PLR2004


def _boxes(text: str) -> str:
    """Blank the options of tick boxes that are not ticked, whether the box stands before or after its option; of bullets only the box."""
    boxes = list(_BOX.finditer(text))
    if len(boxes) > 1 and all(_BULLET.match(text, box.start()) for box in boxes) and _OF_REPORT.search(text):
        return _BOX.sub("·", text)
    out: list[str] = []
    for line in text.split("\n"):
        marks = list(_BOX.finditer(line))
        if not marks or not _BOXES.search(line):
            out.append(line)
            continue
        head = line[: marks[0].start()].rstrip()
        before = not head or head[-1] in ":)" or (marks[-1].end() < len(line.rstrip()) and not re.search(r"[一-鿿]$", head))
        out.append(_tick(line, marks, before))
    return "\n".join(out)


def _tick(line: str, marks: list[re.Match[str]], before: bool) -> str:
    letters = list(line)
    for i, mark in enumerate(marks):
        if before:
            start, end = mark.end(), marks[i + 1].start() if i + 1 < len(marks) else len(line)
            if (field := _FIELD.search(line, start, end)) is not None:
                end = field.start()
        else:
            start, end = (
                (marks[i - 1].end() if i else max(line.rfind(":", 0, mark.start()), line.rfind(" ", 0, mark.start())) + 1),
                mark.start(),
            )
        if mark.group() in _UNTICKED:
            letters[start:end] = " " * (end - start)
        letters[mark.start()] = " "
    return "".join(letters)
