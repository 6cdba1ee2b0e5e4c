/** "刚才记下了什么": what was written down from one message, each value beside the piece of text that it came from. */

import { marked } from "./bubbles.js";
import { byId, el } from "./dom.js";
import { peek } from "./people.js";
import { state } from "./state.js";
import { BY_WEIGHT, familyOf, gather, pieceOf } from "./text.js";
import { hourMinute } from "./time.js";
import { roomName, titled } from "./unit.js";

const KINDS = { hardship: "困难", health: "健康", silence: "失联未报" };
const URGENCY = { urgent: "紧急", ordinary: "一般" };
const STATUSES = {
  failed: "这句话已经存好，处理时出了错，稍后会自动再试，值班员也收到了提醒。",
  stranger: "这句话已经存好，等认清说话的人是谁，就会处理。",
};
const STATES = { open: "待响应", acknowledged: "处理中", proposed: "待本人确认", closed: "已办结" };

function heading(entry) {
  const where = entry.room ? roomName(entry.room) : `私聊${state.unit.bot}`;
  return el("p", { class: "record-from muted", text: `${entry.who} · ${where} · ${hourMinute(entry.at)}` });
}

/** Light up the piece in the text while its value is under the pointer or in focus, and the other way round. */
function link(container) {
  const light = (index, on) => {
    for (const node of container.querySelectorAll("[data-values]")) {
      if (node.dataset.values.split(" ").includes(index)) node.classList.toggle("lit", on);
    }
  };
  const turn = (on) => (event) => {
    for (const index of event.target.closest("[data-values]")?.dataset.values.split(" ") ?? []) light(index, on);
  };
  container.addEventListener("pointerover", turn(true));
  container.addEventListener("pointerout", turn(false));
  container.addEventListener("focusin", turn(true));
  container.addEventListener("focusout", turn(false));
}

/** Where a value came from: quotes of its pieces; nothing is repeated where the piece is the value. */
function source(text, { value, from }, values) {
  const quotes = from.map((index) => pieceOf(text, values[index])).filter((piece) => piece !== null);
  if (!quotes.length) return el("span", { class: "value-piece muted", text: "按说话的人和时间推出" });
  if (quotes.every((piece) => piece === value)) return el("span", { class: "value-piece muted", text: "原话" });
  return el("span", { class: "value-piece" }, el("span", { class: "muted", text: "来自" }), el("span", { class: "value-quotes", text: quotes.map((piece) => `“${piece}”`).join(" ") }));
}

/** By what the values were decided, and how surely. */
function reason({ from }, values) {
  const all = (key) => [...new Set(from.map((index) => values[index][key]).filter(Boolean))].join("；");
  return el("span", { class: "value-why muted" }, el("span", { text: all("why") }), el("span", { text: all("sure") }));
}

function valueRow(text, one, values) {
  return el("li", { class: "value", tabindex: "0", data: { values: one.from.join(" "), family: familyOf(one.label) } },
    el("span", { class: "value-label", text: one.label }),
    el("b", { class: "value-value", text: one.value }),
    source(text, one, values),
    reason(one, values));
}

/** What was found in the words and does not count, each with why not. */
function leftOut(entry, open) {
  const rows = new Map((entry.leftOut ?? []).map((one) => [`${one.piece} ${one.why}`, one]));
  return rows.size > 0 && el("details", { class: "left-out", open },
    el("summary", { text: `没有算进去的（${rows.size}）` }),
    el("ul", {}, [...rows.values()].map(({ label, piece, why }) => el("li", {},
      el("span", { class: "left-out-label", text: label }),
      el("span", { class: "left-out-piece", text: `“${piece}”` }),
      el("span", { class: "left-out-why", text: why })))));
}

/** Of whom the values below are, and by which words: a person is named once. */
function personHead(who, named, values) {
  if (!named) return el("h3", { text: who });
  return el("h3", { data: { values: named.from.join(" ") } }, who, reason(named, values));
}

function valueList(text, values) {
  const people = new Map();
  const weight = (one) => BY_WEIGHT.indexOf(familyOf(one.label));
  for (const one of gather(values).sort((a, b) => weight(a) - weight(b))) people.set(one.who, [...(people.get(one.who) ?? []), one]);
  return [...people].map(([who, own]) => el("section", { class: "value-part" },
    who && personHead(who, own.find((one) => one.value === who), values),
    el("ul", {}, own.filter((one) => one.value !== who).map((one) => valueRow(text, one, values)))));
}

function caseCard({ number, kind, urgency, state: stage }) {
  return el("li", { class: "case", data: { urgency, stage } },
    el("b", { text: `事项 ${number}` }),
    el("span", { text: KINDS[kind] ?? kind }),
    el("span", { class: "case-urgency", text: URGENCY[urgency] ?? urgency }),
    el("span", { class: "case-stage", text: STATES[stage] ?? stage }));
}

function nothing(entry) {
  return [
    heading(entry),
    el("p", { class: "record-text gone", text: entry.text }),
    el("div", { class: "no-trace" },
      el("b", { text: "这句话没有留下任何记录" }),
      el("p", { text: `${entry.room ? `里面没有要上报的内容，也不是对${state.unit.bot}说的` : "里面没有要上报的内容"}，数据库里一个字也没有。上面这行只在你的浏览器里。` })),
    leftOut(entry, true),
  ];
}

function stored(entry, record) {
  const text = record.text ?? entry.text;
  const waiting = STATUSES[record.status];
  return [
    heading(entry),
    el("p", { class: "record-text" }, marked(text, record.values)),
    waiting && el("p", { class: "failed", text: waiting }),
    record.cases.length > 0 && el("ul", { class: "cases" }, record.cases.map(caseCard)),
    ...(record.values.length ? valueList(text, record.values) : []),
    leftOut(entry, false),
    told(entry),
    record.records.length > 0 && record.values.length > 0 && el("section", { class: "record-lines" }, el("h3", { text: "写进了记录" }), el("ul", {}, record.records.map((line) => el("li", { text: line })))),
    ...(record.values.length ? [] : record.records.map((line) => el("p", { class: "muted", text: line }))),
  ];
}

/** Whom the bot told something right after this was said, so that one can go and look. */
function told(entry) {
  const after = state.log.slice(state.log.indexOf(entry) + 1);
  const end = after.findIndex((other) => other.who || other.at - entry.at >= 60_000);
  const names = [...new Set(after.slice(0, end < 0 ? undefined : end).filter((other) => other.to).map((other) => other.to))];
  return names.length > 0 && el("section", { class: "told" }, el("h3", { text: `${state.unit.bot}随后私下告诉了` }),
    names.map((name) => el("button", { type: "button", class: "officer", title: `换成${name}，看收到了什么`, on: { click: () => peek(name) }, text: name === entry.who ? `${name}（本人）` : titled(name) })));
}

function hint() {
  const legend = [["health", "身体"], ["report", "工作"], ["concern", "难处"], ["who", "谁、哪天"]];
  return [
    el("p", { class: "record-hint", text: `说一句话，这里会显示${state.unit.bot}记下了什么，每一项是从哪几个字读出来的。` }),
    el("p", { class: "legend" }, legend.map(([family, text]) => el("mark", { data: { family }, text }))),
  ];
}

function content() {
  const entry = state.shown;
  if (!entry) return hint();
  if (!entry.record) return [heading(entry), el("p", { class: "record-text", text: entry.text }), el("p", { class: "muted", text: "正在看…" })];
  return entry.record.stored ? stored(entry, entry.record) : nothing(entry);
}

let drawn = null; // the entry that was drawn last

export function drawRecord() {
  const body = byId("record-body");
  body.replaceChildren(...content().filter(Boolean));
  if (drawn !== state.shown) body.scrollTop = 0;
  drawn = state.shown;
}

export const recordSignature = () => [state.shown?.key, JSON.stringify([state.shown?.record, state.shown?.leftOut]), state.last].join();

export function wireRecord() {
  link(byId("record-body"));
}
