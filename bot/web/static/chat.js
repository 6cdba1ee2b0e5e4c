/** The list of messages of the chosen conversation, or of everything. */

import { open } from "./actions.js";
import { items } from "./bubbles.js";
import { put } from "./compose.js";
import { byId, el, place } from "./dom.js";
import { examplesFor } from "./examples.js";
import { toChat } from "./people.js";
import { chosenConversation, state, visible } from "./state.js";
import { day, hourMinute } from "./time.js";
import { memberOf, roomOf } from "./unit.js";

const PAUSE = 30 * 60_000; // after so long a silence the time stands between the messages
const TRIES = 5;
const nodes = new Map(); // key → {signature, node}
let lastPlace = "";
let lastKey = null;
let lastTop = 0; // how far down it was when it was scrolled last
let following = true; // the newest is in sight, and stays so when a picture above it arrives

function keptNode({ key, signature, make }) {
  const had = nodes.get(key);
  if (had?.signature === signature) return had.node;
  const node = make();
  // Only what is new slides in; what is drawn again stays where it is.
  if (!had) node.classList.add("new");
  nodes.set(key, { signature, node });
  return node;
}

function divider(at, sameDay) {
  const text = sameDay ? hourMinute(at) : `${day(at)} ${hourMinute(at)}`;
  return { key: `t${at}`, signature: text, make: () => el("li", { class: "divider", text }) };
}

function withTimes(list) {
  const rows = [];
  let before = null;
  for (const item of list) {
    const sameDay = before !== null && day(before) === day(item.at);
    if (!sameDay || item.at - before > PAUSE) rows.push(divider(item.at, sameDay));
    rows.push(item);
    before = item.at;
  }
  return rows;
}

/** What stands where nothing was said yet: what this place is, and sentences to try with what each shows. */
function emptyItem() {
  const card = ({ text, shows }) => el("button", { type: "button", class: "try", on: { click: () => put(text) } }, el("q", { text }), el("span", { class: "muted", text: shows }));
  const tries = state.all ? [] : examplesFor(memberOf(state.me), state.room).filter((example) => example.shows).slice(0, TRIES);
  return el("li", { class: "empty" }, emptyWords().map((line) => el("p", { text: line })), el("div", { class: "tries" }, tries.map(card)));
}

function emptyWords() {
  if (state.all) return [`这里会按时间列出所有人的话，和${state.unit.bot}发给每个人的每一条消息。`, "先说一句话，或者让时间往前走。"];
  if (state.room === null) return [`这是${state.me}和${state.unit.bot}的私聊。回执、提醒和询问都发到这里，别人看不到。`, "点一句试试，或者自己写一句："];
  return [`「${roomOf(state.room).title}」还没有消息。${state.unit.bot}在群里很安静，只回答对它说的话。`, "点一句试试，或者自己写一句："];
}

function drawHead() {
  const room = state.room === null ? null : roomOf(state.room);
  byId("chat-title").textContent = state.all ? "全部往来" : (room?.title ?? `${state.unit.bot}（私聊）`);
  byId("chat-sub").textContent = state.all
    ? `谁说了什么，${state.unit.bot}又告诉了谁`
    : room ? `${state.me} 在这个群里说话` : `只有${state.me}看得到`;
  byId("all").checked = state.all;
}

export function drawChat() {
  drawHead();
  const log = byId("log");
  const here = `${state.all} ${chosenConversation()}`;
  const moved = here !== lastPlace;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const entries = visible();
  if (moved) nodes.clear();
  const rows = withTimes(items(entries)).map(keptNode);
  if (moved) for (const row of rows) row.classList.remove("new");
  place(log, rows.length ? rows : [emptyItem()]);
  const newest = entries.at(-1);
  const grew = newest && newest.key !== lastKey;
  if (!newest) log.scrollTop = 0;
  else if (moved || (atEnd && grew) || (grew && newest.who)) toEnd();
  else if (grew) byId("newer").hidden = false;
  else if (atEnd) log.scrollTop = log.scrollHeight;
  lastPlace = here;
  lastKey = newest?.key ?? null;
}

function toEnd() {
  byId("log").scrollTop = byId("log").scrollHeight;
  byId("newer").hidden = true;
}

export function drawNews() {
  for (const news of [byId("news"), byId("clock-news")]) {
    news.hidden = !state.news || state.playing;
    news.replaceChildren(state.news?.text ?? "", ...(state.news?.elsewhere ? [lookButton()] : []));
  }
}

function lookButton() {
  const look = () => {
    open({ all: true });
    toChat();
  };
  return el("button", { type: "button", text: "去看看", on: { click: look } });
}

export function wireChat() {
  const log = byId("log");
  byId("all").addEventListener("change", (event) => open({ all: event.target.checked }));
  byId("newer").addEventListener("click", toEnd);
  log.addEventListener("scroll", () => {
    const below = log.scrollHeight - log.scrollTop - log.clientHeight;
    // A picture may have grown below meanwhile: only who went up does not follow any more.
    if (below < 80) following = true;
    else if (log.scrollTop < lastTop) following = false;
    lastTop = log.scrollTop;
    if (below < 20) byId("newer").hidden = true;
  }, { passive: true });
  log.addEventListener("load", () => following && toEnd(), { capture: true }); // of a picture; it does not bubble
}
