/** One message as a list item: who, when, the words, and, of what a person said, which words a value came from. */

import { show } from "./actions.js";
import { el } from "./dom.js";
import { picture } from "./people.js";
import { state } from "./state.js";
import { BY_WEIGHT, cut, familyOf, gather } from "./text.js";
import { hourMinute } from "./time.js";
import { roomName, titled } from "./unit.js";

const NAMED = 3; // so many addressees are named; of more, the number is told

/** The words with every stretch marked that a value came from; the values' indices stand on the mark. */
export function marked(text, values) {
  return cut(text, values).map((stretch) => {
    if (!stretch.values.length) return stretch.text;
    // Where pieces overlap, the one that says most narrowly what it is gives the colour.
    const labels = stretch.values.map((index) => familyOf(values[index].label));
    const family = BY_WEIGHT.find((one) => labels.includes(one));
    return el("mark", { data: { family, values: stretch.values.join(" ") }, title: stretch.values.map((index) => `${values[index].label}：${values[index].value}`).join("\n"), text: stretch.text });
  });
}

/** What became of something said, in a few words. */
function fate(entry) {
  if (!entry.sent) return { text: "发送中…", kind: "wait" };
  const { record } = entry;
  if (!record) return { text: "看看记下了什么", kind: "wait" };
  if (!record.stored) return { text: "没有留下记录", kind: "none" };
  if (record.status !== "handled") return { text: "存好了，稍后再处理", kind: "failed" };
  const count = gather(record.values).length;
  return count ? { text: `记下 ${count} 项`, kind: "kept" } : { text: `${state.unit.bot}已处理`, kind: "kept" };
}

function words(entry) {
  const { record } = entry;
  return record?.stored && record.text === entry.text ? marked(entry.text, record.values) : [entry.text];
}

function saidBy(entry) {
  // While the day is played the speaker changes all the time; nobody is "me".
  const mine = !state.all && !state.playing && entry.who === state.me;
  const { text, kind } = fate(entry);
  const where = state.all && ` · ${entry.room ? roomName(entry.room) : "私聊"}`;
  const toRecord = () => {
    show(entry);
    document.body.dataset.tab = "record";
  };
  return el("li", { class: `entry ${mine ? "mine" : "theirs"}`, data: { id: entry.id } },
    picture(entry.who),
    el("div", { class: "entry-body" },
      el("p", { class: "meta" }, el("b", { text: entry.who }), where, " ", el("time", { text: hourMinute(entry.at) })),
      el("p", { class: "bubble" }, words(entry)),
      el("button", { type: "button", class: "fate", disabled: !entry.sent, "aria-pressed": String(state.shown === entry), data: { kind }, on: { click: toRecord }, text })));
}

/** One message of the bot, or many alike (the same words to many people) as one. */
function sentBy(entries) {
  const [entry] = entries;
  const names = entries.slice(0, NAMED).map((one) => titled(one.to)).join("、");
  const target = entry.room ? `→ 群 ${roomName(entry.room)}` : `→ 私信 ${names}${entries.length > NAMED ? ` 等 ${entries.length} 人` : ""}`;
  return el("li", { class: "entry bot", data: { to: entry.to ?? "", room: entry.room ?? "" } },
    el("span", { class: "picture bot-picture", "aria-hidden": "true", text: "微" }),
    el("div", { class: "entry-body" },
      el("p", { class: "meta" },
        el("b", { text: state.unit.bot }),
        state.all && el("span", { class: entry.room ? "target room-target" : "target", text: target }),
        " ", el("time", { text: hourMinute(entry.at) })),
      el("p", { class: "bubble", text: entry.text }),
      entry.image && /^(\/(?!\/)|data:image\/)/.test(entry.image) && el("img", { class: "picture-sent", src: entry.image, alt: `${state.unit.bot}发来的图片` }),
      entries.length > NAMED && el("details", { class: "alike muted" }, el("summary", { text: `同样的话发给了 ${entries.length} 人` }), el("p", { text: entries.map((one) => one.to).join("、") }))));
}

/** In the stream of everything, the same words sent to many, one after the other, are one item. */
function gathered(entries) {
  const shape = (entry) => (entry.to && !entry.who ? `${entry.at} ${entry.text.replaceAll(entry.to, "〇")}` : null);
  const groups = [];
  for (const entry of entries) {
    const before = groups.at(-1);
    if (state.all && before && shape(entry) !== null && shape(before[0]) === shape(entry)) before.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

/** The items of a list of entries, each with a key and a signature: while both stay, the node may stay. */
export function items(entries) {
  return gathered(entries).map((group) => {
    const [entry] = group;
    const { text } = entry.who ? fate(entry) : { text: group.length };
    return {
      at: entry.at,
      key: entry.key,
      signature: [state.all, state.me, state.playing, text, state.shown === entry].join(),
      make: () => (entry.who ? saidBy(entry) : sentBy(group)),
    };
  });
}
