/** What a person can do here: speak, move the clock, look. Each asks the server, then takes in what it answers. */

import * as api from "./api.js";
import { changed, chosenConversation, conversationOf, forget, heard, spoken, state, unsay } from "./state.js";
import { hourMinute, instant, iso } from "./time.js";

/** A new id for a message: the same id again changes nothing, so a message may be sent twice without harm. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `page-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

let asking = null;

/** Take in what the bot sent since the last time. Calls that overlap share one question. */
export function listen() {
  asking ??= takeIn().finally(() => {
    asking = null;
  });
  return asking;
}

/** After the server was away: has it come back with what we know, or did it begin anew? */
export async function compare() {
  const { messages } = await api.messagesAfter(0);
  const known = state.log.findLast((entry) => entry.seq);
  const same = !known || messages.some((message) => message.seq === known.seq && message.text === known.text);
  if (!same) forget();
}

async function takeIn() {
  const answer = await api.messagesAfter(state.last);
  const { now } = await api.clock();
  const later = !state.moving && instant(now) !== state.now;
  if (later) state.now = instant(now);
  if (answer.messages.length) {
    heard(answer.messages, instant);
    state.last = answer.last;
  }
  if (answer.messages.length || (later && state.events.some((event) => event.at <= state.now))) {
    await Promise.all([lookAhead(), lookAgain()]);
  }
  if (later || answer.messages.length) changed();
}

/** Ask after the question that may be under way: what was answered just now must be in it. */
async function listenAnew() {
  if (asking) await asking.catch(() => {});
  await listen();
}

/** What will happen next. */
export async function lookAhead() {
  const { events } = await api.upcoming();
  state.events = events.map((event) => ({ ...event, at: instant(event.at) }));
}

async function fetchRecord(entry) {
  entry.record = await api.record(entry.id);
}

/** What does not count in something said just now, and why: nobody can tell later of what was not kept. */
async function explain(entry) {
  const { left_out: leftOut } = await api.explain({ room: entry.room, sender: entry.who, text: entry.text });
  entry.leftOut = leftOut;
}

/** The record that is shown may have moved on: its case was acknowledged, closed, handed over. */
async function lookAgain() {
  if (state.shown?.sent) await fetchRecord(state.shown);
}

/** Show what was written down from something said here. */
export async function show(entry) {
  state.shown = entry;
  changed();
  if (!entry.record) await fetchRecord(entry);
  changed();
}

/**
 * Say `text` as `who` in `room` (null: to the bot in private). `taken` is called as soon as the server has it.
 * Returns the entry with its record; a message that the server did not take leaves nothing behind.
 */
export async function say({ id = newId(), who, room, text, taken = () => {} }) {
  const entry = spoken(id, who, room, text);
  changed();
  try {
    await api.say({ id, room, sender: who, text });
  } catch (trouble) {
    unsay(entry);
    changed();
    throw trouble;
  }
  taken();
  entry.sent = true;
  state.shown = entry;
  changed();
  await settled();
  await Promise.all([fetchRecord(entry), explain(entry), listenAnew(), lookAhead()]);
  changed();
  return entry;
}

/** Wait until the bot has done all that is due now: a clock that is moved by nothing answers when it is done. */
async function settled() {
  if (!state.unit.movable) return; // it follows the machine's clock: the answers come a moment later
  try {
    await api.moveClock({ advance: "PT0S" });
  } catch (trouble) {
    // The message is stored; what is due is done at the next tick.
    if (!(trouble instanceof api.Trouble)) throw trouble;
  }
}

/** Move the demo's clock: `{advance: "PT15M"}` or `{to: milliseconds}`. Tells afterwards what the time brought. */
export async function move({ advance, to }) {
  if (state.moving) return;
  const before = state.log.length;
  Object.assign(state, { moving: true, news: null });
  changed();
  try {
    const { now } = await api.moveClock(advance ? { advance } : { to: iso(to) });
    state.now = instant(now);
  } finally {
    state.moving = false;
    changed();
  }
  await Promise.all([listenAnew(), lookAhead()]);
  const brought = state.log.slice(before).filter((entry) => !entry.who);
  state.news = { text: newsOf(brought), elsewhere: brought.some((entry) => conversationOf(entry) !== chosenConversation()) };
  changed();
}

/** "时间到了 08:25，小微发出 6 条消息，给李明、张伟等 5 人和 1 个群。" */
function newsOf(brought) {
  const time = `时间到了 ${hourMinute(state.now)}`;
  if (!brought.length) return `${time}，这段时间里没有新消息。`;
  const people = [...new Set(brought.filter((entry) => !entry.room).map((entry) => entry.to))];
  const rooms = new Set(brought.filter((entry) => entry.room).map((entry) => entry.room)).size;
  const named = people.length > 3 ? `${people.slice(0, 2).join("、")}等 ${people.length} 人` : people.join("、");
  const target = [named, rooms && `${rooms} 个群`].filter(Boolean).join("和 ");
  return `${time}，${state.unit.bot}发出 ${brought.length} 条消息，给${target}。`;
}

/** Look at one conversation as one person. `room` null: the private chat. */
export function open({ me = state.me, room = state.room, all = false }) {
  Object.assign(state, { me, room, all, news: null });
  changed();
}
