"""Raw 接龙 messages as WeChat writes them, made up for the tests."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

Said = tuple[str, str, str]
"""Who wrote a line (user id), when (ISO 8601), and the line."""


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def where(chain: str, piece: str) -> str:
    """Where WeChat says that a piece of a chain stands: where its words occur first."""
    return f"{units(chain[: chain.index(piece)])}-{units(piece)}" if piece else "0-0"


def words(title: str, lines: Sequence[Said], example: str = "", tail: str = "") -> str:
    """A chain as people see it."""
    head = "\n".join(part for part in (title, example) if part)
    body = "\n".join(f"{number}. {line}" for number, (_, _, line) in enumerate(lines, start=1))
    return "\n\n".join(part for part in (head, body, tail) if part)


def info(chain: str, title: str, lines: Sequence[Said], example: str = "", tail: str = "") -> str:
    """What WeChat says beside it: the places of its parts, and who wrote each line and when."""
    items = "".join(
        f"<i><u>{account}</u><h>0</h><s>.</s><t>{int(datetime.fromisoformat(at).timestamp())}</t><r>{where(chain, line)}</r></i>"
        for account, at, line in lines
    )
    return (
        f"<solitaire><tt>{where(chain, title)}</tt><ex>{where(chain, example)}</ex><tl>{where(chain, tail)}</tl><s>.</s>"
        f"<au>{lines[0][0] if lines else ''}</au><hrt>1</hrt><loss>0</loss><content><s>{len(lines)}</s>{items}</content></solitaire>"
    )


def message(chain: str, solitaire: str) -> str:
    """The whole raw message around a chain and its info."""
    return (
        f'<?xml version="1.0"?>\n<msg>\n\t<appmsg appid="" sdkver="0">\n\t\t<title>{escape(chain, quote=False)}</title>\n\t\t<des />\n'
        f"\t\t<action>view</action>\n\t\t<type>53</type>\n\t\t<appattach>\n\t\t\t<totallen>0</totallen>\n\t\t</appattach>\n"
        f"\t\t<extinfo>\n\t\t\t<solitaire_info><![CDATA[{solitaire}]]></solitaire_info>\n\t\t</extinfo>\n\t</appmsg>\n"
        f"\t<fromusername>wxid_a</fromusername>\n</msg>\n"
    )


def solitaire(title: str, lines: Sequence[Said], example: str = "", tail: str = "") -> str:
    """A raw 接龙."""
    chain = words(title, lines, example, tail)
    return message(chain, info(chain, title, lines, example, tail))
