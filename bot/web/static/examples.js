/** Sentences to try, fitting who speaks and where. Each: a short name, the sentence, and (but for answers) what it shows. */

import { conversationOf, privateOf, state } from "./state.js";
import { roomOf } from "./unit.js";

const DAILY = "今天上午体能训练，下午保养3号水罐车；明天水带连接考核。就是孩子幼儿园停课没人带，爱人也在医院值班，有点顾不过来。";

/** A chain as people paste it, of the group's own members; the last one has not signed yet. */
function chain(group) {
  const names = state.unit.members.filter((member) => member.group === group).map((member) => member.name);
  const readings = ["36.4", "36.5", "36度3", "36.6 正常", "３６．５", "36.7"];
  const lines = names.slice(0, -1).map((name, index) => `${index + 1}. ${name} ${readings[index % readings.length]}`);
  return `#接龙\n今日体温，有情况写后面\n${lines.join("\n")}`;
}

const LOOKED_BACK = 30; // messages
const OFFERED = 4; // answers at most

/** The answers that one message of the bot asks for: it puts them in quotes ("收到 12", "是", "还没"), a lesson lists its letters. */
function asks(text) {
  const quoted = [...text.matchAll(/“((?:收到|是|不是|还没)(?: \d+)?)”/g)].map(([, answer]) => ({ name: answer, text: answer }));
  const done = [...text.matchAll(/“(办结 \d+) /g)].map(([, answer]) => ({ name: answer, text: `${answer} 已安排人帮忙，今天就到位` }));
  const letters = /回 A、B 或 C/.test(text) ? ["A", "B", "C"].map((letter) => ({ name: letter, text: letter })) : [];
  return [...quoted, ...done, ...letters];
}

/** What the bot still waits for in this private chat, newest first. A bare answer belongs to the last question only. */
function asked() {
  const here = privateOf(state.me);
  const entries = state.log.filter((entry) => conversationOf(entry) === here).slice(-LOOKED_BACK).reverse();
  const answered = entries.filter((entry) => entry.who).map((entry) => entry.text);
  const latest = entries.findIndex((entry) => entry.who);
  const found = new Map();
  for (const [age, entry] of entries.entries()) {
    for (const offer of entry.who ? [] : asks(entry.text)) {
      const numbered = /\d/.test(offer.name);
      const open = numbered ? !answered.some((text) => `${text} `.startsWith(`${offer.name} `)) : latest < 0 || age < latest;
      if (open && !found.has(offer.name)) found.set(offer.name, offer);
    }
  }
  return [...found.values()].slice(0, OFFERED);
}

const CHECKIN = { name: "普通打卡", text: "36度4，一切正常", shows: "读出体温，记成今天的健康打卡" };
const FEVER = { name: "发烧了", text: "早上量了38.2，头疼，嗓子也疼", shows: "群里不声张，私下告诉组长和书记" };
const HARDSHIP = { name: "日报里藏着难处", text: DAILY, shows: "一段日报，里面的难处直接送到书记手里" };
const JOKE = { name: "一句玩笑", text: "今天的红烧肉我给36.5分，多一分怕食堂骄傲 😄", shows: "也有个 36.5，但一个字都不会留下" };
const QUIETLY = { name: "只跟书记说", text: "只跟书记说：最近总睡不着，心里压得慌，不想让组里知道", shows: "跳过组长，只有书记看得到" };
const MINE = { name: "我的记录", text: "我的", shows: "看看都记了我什么" };
const HELP = { name: "帮助", text: "帮助", shows: "能做哪些事" };
const IDEA = { name: "金点子", text: "建议把备用体温计放到各班值班室，早上不用排队", shows: "写进今天的汇总" };
const LEAVE = { name: "请假", text: "我明天去总队培训，后天回来", shows: "这几天不催，也不算漏报" };
const WHOLE = { name: "全组一句话", text: "本组应到6人，实到6人，体温全部正常", shows: "一句话替全组报平安" };

export function examplesFor(member, room) {
  const leads = member.role !== "member";
  const kind = room === null ? "private" : roomOf(room).kind;
  const call = kind === "private" ? "" : `@${state.unit.bot} `;
  const overview = leads ? [{ name: "谁还没报", text: `${call}未报`, shows: "谁没报，是请了假还是没消息" }, { name: "汇总", text: `${call}汇总`, shows: "此刻的汇总，不用等到点" }] : [];
  const remind = { name: "催报", text: "催报", shows: "私下提醒还没报的人" };
  const chained = { name: "接龙", text: kind === "group" ? chain(room) : "", shows: "一段接龙，全组一次记好" };
  if (kind === "group") return [CHECKIN, HARDSHIP, FEVER, chained, JOKE, ...(member.role === "leader" ? [WHOLE] : []), ...overview];
  if (kind === "private") return [...asked(), ...(leads ? [...overview, remind, MINE] : [CHECKIN, FEVER, HARDSHIP, QUIETLY, MINE, { name: "撤销", text: "撤销", shows: "收回我刚报的" }, { name: "学习", text: "学习", shows: "来一节微党课" }]), HELP];
  return [JOKE, CHECKIN, IDEA, LEAVE, ...overview];
}
