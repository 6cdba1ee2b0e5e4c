/** Sentences to try, fitting who speaks and where. Each: a short name, the sentence, and what it will show. */

import { state, visible } from "./state.js";

const DAILY = "今天上午体能训练，下午保养3号水罐车；明天水带连接考核。就是孩子幼儿园停课没人带，爱人也在医院值班，有点顾不过来。";

/** A chain as people paste it, of the group's own members; the last one has not signed yet. */
function chain(group) {
  const names = state.unit.members.filter((member) => member.group === group).map((member) => member.name);
  const readings = ["36.4", "36.5", "36度3", "36.6 正常", "３６．５", "36.7"];
  const lines = names.slice(0, -1).map((name, index) => `${index + 1}. ${name} ${readings[index % readings.length]}`);
  return `#接龙\n今日体温，有情况写后面\n${lines.join("\n")}`;
}

/** The answers that the bot's last words here ask for: it puts them in quotes ("收到 12", "是", "还没"), a lesson lists its letters. */
function asked() {
  const last = visible().findLast((entry) => !entry.who)?.text ?? "";
  const quoted = [...last.matchAll(/“((?:收到|是|不是|还没)(?: \d+)?)”/g)].map(([, answer]) => answer);
  const done = /“办结 (\d+) /.exec(last)?.[1];
  const letters = /回 A、B 或 C/.test(last) ? ["A", "B", "C"] : [];
  return [
    ...[...quoted, ...letters].map((answer) => ({ name: answer, text: answer })),
    ...(done ? [{ name: `办结 ${done}`, text: `办结 ${done} 已安排人帮忙，今天就到位` }] : []),
  ];
}

const CHECKIN = { name: "普通打卡", text: "36度4，一切正常" };
const FEVER = { name: "发烧了", text: "早上量了38.2，头疼，嗓子也疼" };
const HARDSHIP = { name: "日报里藏着难处", text: DAILY };
const JOKE = { name: "一句玩笑", text: "今天的红烧肉我给36.5分，多一分怕食堂骄傲 😄" };
const MINE = { name: "我的记录", text: "我的" };

export function examplesFor(member, room) {
  const leads = member.role !== "member";
  const kind = room === null ? "private" : state.unit.rooms.find((one) => one.id === room)?.kind;
  const call = kind === "private" ? "" : `@${state.unit.bot} `;
  const overview = [{ name: "谁还没报", text: `${call}未报` }, { name: "汇总", text: `${call}汇总` }];
  if (kind === "group") {
    const all = member.role === "leader" ? [{ name: "全组一句话", text: "本组应到6人，实到6人，体温全部正常" }] : [];
    return [CHECKIN, { name: "接龙", text: chain(room) }, HARDSHIP, FEVER, JOKE, ...all, ...(leads ? overview : [])];
  }
  if (kind === "private") {
    const own = [CHECKIN, FEVER, HARDSHIP, { name: "只跟书记说", text: "只跟书记说：最近总睡不着，心里压得慌，不想让组里知道" }, MINE, { name: "撤销", text: "撤销" }, { name: "学习", text: "学习" }];
    const officer = [...overview, { name: "催报", text: "催报" }, MINE];
    return [...asked(), ...(member.role === "member" ? own : officer), { name: "帮助", text: "帮助" }];
  }
  return [JOKE, CHECKIN, { name: "金点子", text: "建议把备用体温计放到各班值班室，早上不用排队" }, { name: "请假", text: "我明天去总队培训，后天回来" }, ...(leads ? overview : [])];
}
