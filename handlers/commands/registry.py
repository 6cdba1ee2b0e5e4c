"""Every command, in the order in which it is tried. A new command is one file and one line here (and one in docs/commands.md)."""

from handlers.commands import (
    back,
    bind,
    case,
    delivery,
    identity,
    missing,
    my_records,
    press,
    remind,
    reply,
    review,
    study,
    summary,
    undo,
    usage,
)
from handlers.commands.command import Command, Where
from models.roster import Role

LEADING = frozenset({Role.LEADER, Role.SECRETARY, Role.DEPUTY})
"""Who answers for groups. A duty officer sees only the cases that climb so far."""

ANSWERING = LEADING | {Role.DUTY_OFFICER}
"""Those, and whoever is on duty for all: they may say whose room a chat is, and see what did not arrive."""

COMMANDS: tuple[Command, ...] = (
    Command("help", "帮助", usage.PATTERN, usage.run),
    Command("identity", "我是 姓名", identity.PATTERN, identity.run, where=Where.ADDRESSED, yields=True),
    Command("my_records", "我的", my_records.PATTERN, my_records.run),
    Command("undo", "撤销", undo.PATTERN, undo.run),
    Command("back", "销假", back.PATTERN, back.run, where=Where.ADDRESSED),
    Command("study", "学习", study.PATTERN, study.run),
    Command("quiz_answer", "A / B / C", study.QUIZ_ANSWER, study.answer, where=Where.ADDRESSED),
    Command("press", "直报", press.PATTERN, press.run, where=Where.ADDRESSED),
    Command("reply", "是 / 还没", reply.PATTERN, reply.run, where=Where.ADDRESSED),
    Command("missing", "未报", missing.PATTERN, missing.run, LEADING),
    Command("summary", "汇总", summary.PATTERN, summary.run, LEADING),
    Command("remind", "催报", remind.PATTERN, remind.run, LEADING),
    Command("reviews", "待核", review.LIST, review.run_list, LEADING),
    Command("undelivered", "未达", delivery.MISSED, delivery.missed, ANSWERING),
    Command("bind", "绑定 班组或支部", bind.PATTERN, bind.run, ANSWERING, where=Where.ADDRESSED),
    Command("review", "待核 编号", review.ONE, review.run_one, LEADING, chatter=case.COUNTED),
    Command("told_of_case", "事项 编号", delivery.OF_CASE, delivery.of_case, where=Where.ADDRESSED),
    Command("acknowledge", "收到 编号", case.ACKNOWLEDGE, case.acknowledge),
    Command("acknowledge_waiting", "收到", case.ACKNOWLEDGE_WAITING, case.acknowledge_waiting, where=Where.ADDRESSED),
    Command("propose", "办结 编号 结果", case.PROPOSE, case.propose, chatter=case.COUNTED),
    Command("override", "代确认 编号 原因", case.OVERRIDE, case.override, chatter=case.COUNTED),
    Command("hand_over_to_whom", "转交 编号", case.HAND_OVER_TO_WHOM, case.hand_over_to_whom, where=Where.ADDRESSED),
    Command("hand_over", "转交 编号 姓名", case.HAND_OVER, case.hand_over, chatter=case.COUNTED),
)
