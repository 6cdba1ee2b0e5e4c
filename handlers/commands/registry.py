"""Every command, in the order in which it is tried. A new command is one file and one line here (and one in docs/commands.md)."""

from handlers.commands import (
    back,
    bind,
    burden,
    call_out,
    case,
    delivery,
    identity,
    merge,
    missing,
    my_records,
    press,
    remind,
    reply,
    review,
    stand_in,
    study,
    summary,
    tell_member,
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
    Command("call_out", "出警", call_out.PATTERN, call_out.run, ANSWERING, where=Where.ADDRESSED),
    Command("back", "归队 / 销假", back.PATTERN, back.run, where=Where.ADDRESSED, yields=True),
    Command("stand_in", "由 姓名 代", stand_in.APPOINT, stand_in.appoint, ANSWERING, where=Where.ADDRESSED, yields_to_others=True),
    Command("stand_in_ends", "不用代了", stand_in.END, stand_in.end, ANSWERING, where=Where.ADDRESSED),
    Command("stand_ins", "代理", stand_in.LIST, stand_in.listed, where=Where.ADDRESSED),
    Command("study", "学习", study.PATTERN, study.run),
    Command("quiz_answer", "A / B / C", study.QUIZ_ANSWER, study.answer, where=Where.ADDRESSED),
    Command("press", "直报", press.PATTERN, press.run, where=Where.ADDRESSED, yields=True),
    Command("tell_member", "告诉他 编号", tell_member.PATTERN, tell_member.run, where=Where.ADDRESSED),
    Command("reply", "是 / 还没", reply.PATTERN, reply.run, where=Where.ADDRESSED),
    Command("missing", "未报", missing.PATTERN, missing.run, LEADING),
    Command("summary", "汇总", summary.PATTERN, summary.run, LEADING),
    Command("remind", "催报", remind.PATTERN, remind.run, LEADING),
    Command("reviews", "待核", review.LIST, review.run_list, LEADING),
    Command("undelivered", "未达", delivery.MISSED, delivery.missed, ANSWERING),
    Command("burden", "负担", burden.PATTERN, burden.run, ANSWERING),
    Command("bind", "绑定 班组或支部", bind.PATTERN, bind.run, ANSWERING, where=Where.ADDRESSED),
    Command("review", "待核 编号", review.ONE, review.run_one, LEADING, chatter=review.TALK),
    Command("told_of_case", "事项 编号", delivery.OF_CASE, delivery.of_case, where=Where.ADDRESSED),
    Command("acknowledge", "收到 编号", case.ACKNOWLEDGE, case.acknowledge),
    Command("acknowledge_waiting", "收到", case.ACKNOWLEDGE_WAITING, case.acknowledge_waiting, where=Where.ADDRESSED),
    Command("propose", "办结 编号 结果", case.PROPOSE, case.propose, chatter=case.COUNTED),
    Command("propose_mine", "办结 结果", case.PROPOSE_MINE, case.propose_mine, where=Where.ADDRESSED),
    Command("override", "代确认 编号 原因", case.OVERRIDE, case.override, chatter=case.COUNTED),
    Command("merge", "合并 编号 到 编号", merge.PATTERN, merge.run, where=Where.ADDRESSED),
    Command("hand_over_to_whom", "转交 编号", case.HAND_OVER_TO_WHOM, case.hand_over_to_whom, where=Where.ADDRESSED),
    Command("hand_over", "转交 编号 姓名", case.HAND_OVER, case.hand_over, chatter=case.COUNTED),
    Command("hand_over_mine", "转交 姓名", case.HAND_OVER_MINE, case.hand_over_mine, where=Where.ADDRESSED),
)
