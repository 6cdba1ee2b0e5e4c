"""What is wrong with a roster sheet, said to the secretary who keeps it: one line each, where and what to do. Pure."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import get_close_matches

from models import shifts
from models.roster import Role
from models.roster_sheet import COLUMNS, OPTIONAL, RosterLine

LONGEST = 200
"""How many characters one cell may have."""

ROLE_WORDS = {
    Role.MEMBER: "成员",
    Role.LEADER: "组长",
    Role.DEPUTY: "副书记",
    Role.SECRETARY: "书记",
    Role.DUTY_OFFICER: "值班员",
}

_DAMAGED = re.compile(r"\d(\.\d+)?E\+\d+", re.ASCII | re.IGNORECASE)
"""What a spreadsheet makes of a long number."""
_SEVERAL = re.compile(r"@.*|.*[|,，、;；\s].*")
"""No account of one person: WeCom reads @all as everybody, and a|b as two."""
_LIST_MARK = re.compile("[、，,；;]")

_Problem = tuple[int, str]
"""The row, and what is wrong there."""


def check_header(names: Sequence[str]) -> list[str]:
    """The problems of a sheet's first row."""
    missing = [column for column in COLUMNS if column not in names]
    problems = []
    for name in dict.fromkeys(names):
        if name in (*COLUMNS, *OPTIONAL):
            if names.count(name) > 1:
                problems.append(f"第 1 行：“{name}”这一列有 {names.count(name)} 个，请只留一个。")
            continue
        near = get_close_matches(name, [*missing, *(column for column in OPTIONAL if column not in names)], n=1)
        if near:
            missing = [column for column in missing if column != near[0]]
        advice = f"是不是 {near[0]}？" if near else f"可用的列是 {','.join(COLUMNS)}。"
        problems.append(f"第 1 行：不认识“{name}”这一列，{advice}" if name else "第 1 行：有一列没有列名，请补上，或者删掉这一列。")
    problems += [f"第 1 行：缺少“{column}”这一列，请加上（内容可以空着）。" for column in missing]
    return problems


def remarks(lines: Sequence[RosterLine]) -> list[str]:
    """What is allowed and probably not meant, a line each."""
    said = []
    for line in lines:
        for alias in line.aliases:
            if mark := _LIST_MARK.search(alias):
                parts = "|".join(filter(None, _LIST_MARK.split(alias)))
                said.append(f"{line.spot}：{line.name}的别名“{alias}”里有“{mark[0]}”，这样算一个别名；几个别名用 | 分开，写成 {parts}。")
    return said


def check(lines: Sequence[RosterLine]) -> list[str]:
    """Every problem of a sheet, in the order of its rows; nothing may be changed while there is one."""
    rules = (_alone, _one_leader, _one_secretary, _same_account, _same_person, _same_word, _same_squad)
    found = sorted({problem for rule in rules for problem in rule(lines)})
    if not lines:
        found = [(2, "名册里一个人也没有，请从第 2 行起一人一行填写。")]
    spots = {line.row: line.spot for line in lines}
    said = (f"{spots.get(row, f'第 {row} 行')}：{text}" for row, text in found)
    return ["".join(letter if letter.isprintable() else "\ufffd" for letter in text) for text in said]


def _alone(lines: Sequence[RosterLine]) -> Iterator[_Problem]:
    for line in lines:
        if not line.name:
            yield line.row, "name（姓名）是空的，请填上；这一行不要了就整行删掉。"
        for column, text in _cells(line):
            if not text.isprintable():
                yield line.row, f"{column} 里有看不见的字符，请删掉这一格重新输入。"
            elif column in {"wecom_userid", "wechat_id"} and _DAMAGED.fullmatch(text):
                yield line.row, f"{column}“{text}”是 Excel 改坏的数字，请把这一列设成文本格式，再填完整的账号。"
            elif column == "wecom_userid" and _SEVERAL.fullmatch(text):
                yield line.row, f"wecom_userid“{text}”不是一个人的账号，请只填这个人自己在企业微信里的账号。"
            elif len(text) > LONGEST:
                yield line.row, f"{column} 太长了，最多 {LONGEST} 个字。"
        if line.group and not line.branch:
            yield line.row, f"小组“{line.group}”没有写 branch（党支部），请补上。"
        if line.shift and shifts.parse(line.shift) is None:
            hint = "请写成 24/48@2026-03-01（上 24 小时、休 48 小时，2026-03-01 早上接班），天天上班就空着。"
            yield line.row, f"“{line.name}”的 shift（轮班）“{line.shift}”看不懂，{hint}"
        yield from _role(line)


def _role(line: RosterLine) -> Iterator[_Problem]:
    match line.role:
        case Role.MEMBER | Role.LEADER if not line.group:
            yield line.row, f"“{line.name}”是{ROLE_WORDS[Role(line.role)]}，但没有写 group（党小组），请补上。"
        case Role.SECRETARY | Role.DEPUTY if line.group or not line.branch:
            what = "请把 group 空着" if line.group else "请补上 branch（党支部）"
            yield line.row, f"“{line.name}”是{ROLE_WORDS[Role(line.role)]}，属于支部、不属于小组，{what}。"
        case role if role not in set(Role):
            yield line.row, f"role（角色）{f'“{role}”不认识' if role else '是空的'}，{_advice(role)}"


def _advice(role: str) -> str:
    words = {word: code.value for code, word in ROLE_WORDS.items()} | {code.value: code.value for code in Role}
    near = get_close_matches(role.lower(), words, n=1)
    if near:
        return f"请写 {words[near[0]]}。"
    return f"请写 {'、'.join(f'{code.value}（{word}）' for code, word in ROLE_WORDS.items())}中的一个。"


def _cells(line: RosterLine) -> Iterator[tuple[str, str]]:
    for column in (*COLUMNS, *OPTIONAL):
        value = getattr(line, column)
        if isinstance(value, str | None):
            yield column, value or ""
        else:
            yield from ((column, alias) for alias in value)
    yield from (("group", squad) for squad in line.squads or ())


def _one_leader(lines: Sequence[RosterLine]) -> Iterator[_Problem]:
    leaders = [line for line in lines if line.role == Role.LEADER and line.group]
    for first, line in _repeated(leaders, lambda line: line.place):
        yield line.row, f"“{line.group}”在{first.spot}已有组长{first.name}，请只留一位，另一位写 member。"


def _one_secretary(lines: Sequence[RosterLine]) -> Iterator[_Problem]:
    secretaries = [line for line in lines if line.role == Role.SECRETARY and line.branch]
    for first, line in _repeated(secretaries, lambda line: line.branch):
        yield line.row, f"“{line.branch}”在{first.spot}已有书记{first.name}，请只留一位，另一位可写 deputy。"


def _same_account(lines: Sequence[RosterLine]) -> Iterator[_Problem]:
    columns: tuple[tuple[str, Callable[[RosterLine], str]], ...] = (
        ("wecom_userid", lambda line: line.wecom_userid.lower()),
        ("wechat_id", lambda line: line.wechat_id),
    )
    for column, account in columns:
        for first, line in _repeated([line for line in lines if account(line)], account):
            if first.name == line.name:
                continue  # _same_person says it, and where
            yield (
                line.row,
                f"{column}“{getattr(line, column)}”在{first.spot}已用于{first.name}，一个账号只能是一个人，请改正或删掉一行。",
            )


def _same_person(lines: Sequence[RosterLine]) -> Iterator[_Problem]:
    """One name in two places is one person twice, unless their accounts say that they are two."""
    for namesakes in _together([line for line in lines if line.name], lambda line: line.name):
        for number, line in enumerate(namesakes):
            first = next((earlier for earlier in namesakes[:number] if _perhaps_one(earlier, line)), None)
            if first is not None:
                places = f"{first.spot}（{_where(first)}）和{line.spot}（{_where(line)}）"
                advice = "同一个人只能在一处，请删掉一行；若是同名的两个人，请给两行都填上 wecom_userid 或 wechat_id。"
                yield line.row, f"“{line.name}”在{places}都有。{advice}"


def _perhaps_one(one: RosterLine, other: RosterLine) -> bool:
    """Whether two lines of one name may mean one person; two of the same group are told by `_same_word`."""
    if one.group and one.place == other.place:
        return False
    accounts = [(a, b) for a, b in ((one.wecom_userid, other.wecom_userid), (one.wechat_id, other.wechat_id)) if a and b]
    return not accounts or any(a == b for a, b in accounts)


def _where(line: RosterLine) -> str:
    return line.group or line.branch or ROLE_WORDS[Role.DUTY_OFFICER]


def _same_word(lines: Sequence[RosterLine]) -> Iterator[_Problem]:
    """Within a group every name and alias means one person: the bot reads them out of ordinary talk."""
    for group in _together([line for line in lines if line.group and line.name], lambda line: line.place):
        named: dict[str, RosterLine] = {}
        for line in group:
            if first := named.get(line.name):
                yield line.row, f"“{line.group}”里有两个“{line.name}”（另一个在{first.spot}），请删掉一行，或者改成能分清的名字。"
            named.setdefault(line.name, line)
        called: dict[str, RosterLine] = {}
        for line in group:
            for alias in dict.fromkeys(line.aliases):
                if alias == line.name:
                    continue
                if (person := named.get(alias)) is not None:
                    yield line.row, f"{line.name}的别名“{alias}”是{person.spot}的姓名，同组里分不清，请换一个。"
                elif (first := called.setdefault(alias, line)) is not line:
                    yield line.row, f"{line.name}的别名“{alias}”和{first.spot}{first.name}的一样，同组里分不清，请改一个。"


def _same_squad(lines: Sequence[RosterLine]) -> Iterator[_Problem]:
    """Within a branch every group's name and squad name means one group."""
    used: dict[tuple[str, str], RosterLine] = {}
    for line in lines:
        if line.group:
            used.setdefault((line.branch, line.group), line)
    for line in lines:
        for squad in line.squads or ():
            first = used.setdefault((line.branch, squad), line)
            if first.group != line.group:
                yield line.row, f"“{line.group}”的班组名“{squad}”在{first.spot}是“{first.group}”的，请改一个。"


def _together(lines: Iterable[RosterLine], key: Callable[[RosterLine], Hashable]) -> Iterable[list[RosterLine]]:
    found: dict[Hashable, list[RosterLine]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return found.values()


def _repeated(lines: Sequence[RosterLine], key: Callable[[RosterLine], Hashable]) -> Iterator[tuple[RosterLine, RosterLine]]:
    """Every line whose key an earlier line has, with the first that has it."""
    for group in _together(lines, key):
        yield from ((group[0], line) for line in group[1:])
