/**
 * "演示一天": plays the server's script through the same interfaces that a person uses.
 * `?pace=4` plays four times as fast; the button 慢放 halves the pace.
 */

import { move, open, say } from "./actions.js";
import * as api from "./api.js";
import { byId } from "./dom.js";
import { changed, state } from "./state.js";
import { instant } from "./time.js";
import { memberOf, roomOf, sitsIn } from "./unit.js";

const SHORTEST = 25_000;
const LONGEST = 40_000; // milliseconds for the whole script
const pace = Math.max(Number(new URLSearchParams(location.search).get("pace")) || 1, 0.1);

let run = null; // the run under way: {paused, stopped, wake}
let slow = 1; // 2: everything takes twice as long

const sleep = (ms, current) => new Promise((resolve) => {
  const timer = setTimeout(resolve, ms);
  current.wake = () => {
    clearTimeout(timer);
    resolve();
  };
});

/** Rest before the eyes of the person; while paused, rest until that is over. */
async function rest(ms, current) {
  if (!current.stopped) await sleep(Math.max(ms * slow, 0), current);
  while (current.paused && !current.stopped) await sleep(3_600_000, current);
}

/** How long a step should stay before the eyes: by the length of its caption. */
const reading = (step) => (step.caption ? 900 + 75 * Array.from(step.caption).length : 500);

/** Milliseconds for each step, so that the whole takes between SHORTEST and LONGEST. */
function paced(steps) {
  const wished = steps.map(reading);
  const sum = wished.reduce((total, one) => total + one, 0);
  const scale = Math.min(Math.max(sum, SHORTEST), LONGEST) / sum / pace;
  return wished.map((one) => one * scale);
}

/** Put the numbers of remembered cases in the places of their names. */
const filled = (text, numbers) => text.replace(/\{([^{}\s]+)\}/g, (whole, name) => numbers.get(name) ?? whole);

/** Show a room, as somebody who sits in it: `who`, if given, else whoever is chosen, else its first member. */
function openRoom(id, who) {
  const candidates = [memberOf(who ?? state.me), ...state.unit.members];
  open({ me: candidates.find((member) => member && sitsIn(member, id))?.name ?? state.me, room: id });
}

/** Show what a step wants seen: a room or a person's private chat. A step that says nothing of it leaves everything as it is. */
function look(target) {
  if (!target) return;
  if (memberOf(target)) open({ me: target, room: null });
  else if (roomOf(target)) openRoom(target);
}

/** Where something is said. */
const speak = ({ who, room }) => (room ? openRoom(room, who) : open({ me: who, room: null }));

async function performSaying(step, numbers) {
  speak(step);
  const { record } = await say({ who: step.who, room: step.room ?? null, text: filled(step.say, numbers) });
  if (!step.as) return;
  const number = record.cases[0]?.number;
  if (number === undefined) throw new api.Trouble("这一步没有立起事项，后面的演示接不上了。");
  numbers.set(step.as, String(number));
}

/** One step. What is said is first seen where it is said, then where it leads. */
async function perform(step, ms, numbers, current) {
  const began = performance.now();
  const left = () => ms - (performance.now() - began) / slow;
  if (step.clock) {
    look(step.look);
    if (instant(step.clock) > state.now) await move({ to: instant(step.clock) });
  }
  if (step.say) {
    await performSaying(step, numbers);
    const elsewhere = step.look && step.look !== (step.room ?? step.who);
    if (elsewhere) {
      await rest(left() * 0.45, current);
      if (!current.stopped) look(step.look);
    }
  }
  await rest(Math.max(left(), 100 / pace), current);
}

function show({ caption, index, count }) {
  if (caption) byId("play-caption").textContent = caption;
  const part = count ? index / count : 0;
  byId("play-count").textContent = count ? `${index}/${count}` : "";
  byId("play-done").style.width = `${part * 100}%`;
  byId("play-track").setAttribute("aria-valuenow", String(Math.round(part * 100)));
}

function buttons(pauseText, stopText) {
  byId("play-pause").textContent = pauseText;
  byId("play-stop").textContent = stopText;
}

async function playThrough(current) {
  const { steps } = await api.day();
  const numbers = new Map();
  const times = paced(steps);
  for (const [index, step] of steps.entries()) {
    show({ caption: step.caption && filled(step.caption, numbers), index: index + 1, count: steps.length });
    await perform(step, times[index], numbers, current);
    if (current.stopped) return;
  }
}

async function start() {
  if (run) return;
  const current = { paused: false, stopped: false, wake: () => {} };
  run = current;
  state.playing = true;
  document.body.dataset.tab = "chat";
  document.body.dataset.play = "running";
  byId("play").hidden = false;
  byId("play-start").disabled = true;
  buttons("暂停", "停止");
  show({ caption: "开始演示…", index: 0, count: 0 });
  changed();
  try {
    await playThrough(current);
    if (current.stopped) finish("演示停在这里。现在你来：选一个人，说一句话试试。", "stopped");
    else finish("这一天演完了。现在你来：选一个人，说一句话，或者让时间往前走。", "done");
  } catch (trouble) {
    finish(`演示停下了：${trouble instanceof api.Trouble ? trouble.message : "页面出了点问题。"}`, "failed");
    if (!(trouble instanceof api.Trouble)) throw trouble;
  }
}

function finish(caption, how) {
  run = null;
  state.playing = false;
  document.body.dataset.play = how;
  byId("play-caption").textContent = caption;
  byId("play-start").disabled = false;
  buttons("再看一遍", "收起");
  changed();
}

function pauseOrAgain() {
  if (!run) {
    start();
    return;
  }
  run.paused = !run.paused;
  document.body.dataset.play = run.paused ? "paused" : "running";
  buttons(run.paused ? "继续" : "暂停", "停止");
  if (!run.paused) run.wake();
}

function stopOrClose() {
  if (run) {
    run.stopped = true;
    run.wake();
  } else {
    byId("play").hidden = true;
    delete document.body.dataset.play;
  }
}

function slowDown() {
  slow = slow === 1 ? 2 : 1;
  byId("play-slow").setAttribute("aria-pressed", String(slow === 2));
}

export function wirePlay() {
  byId("play-start").addEventListener("click", start);
  byId("play-pause").addEventListener("click", pauseOrAgain);
  byId("play-stop").addEventListener("click", stopOrClose);
  byId("play-slow").addEventListener("click", slowDown);
}
