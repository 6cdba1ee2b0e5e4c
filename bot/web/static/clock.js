/** The demo's clock: large, running when it is moved; and what will happen next. */

import { move } from "./actions.js";
import { byId, el } from "./dom.js";
import { changed, state } from "./state.js";
import { ahead, day, hourMinute, said, tomorrowAt } from "./time.js";

const RUN = 800; // milliseconds that the face takes to run to a new time
let face = null; // the time that stands on the face
let running = 0; // the animation frame under way

function stand(ms) {
  face = ms;
  byId("clock-day").textContent = day(ms);
  byId("clock-time").textContent = hourMinute(ms);
  byId("top-time").textContent = `${day(ms)} ${hourMinute(ms)}`;
}

/** Let the face run from where it stands to the demo's time. */
function run() {
  cancelAnimationFrame(running);
  const from = face;
  const to = state.now;
  const still = from === null || to - from < 60_000 || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) return stand(to);
  const began = performance.now();
  const step = (at) => {
    const part = Math.min((at - began) / RUN, 1);
    stand(from + (to - from) * (1 - (1 - part) ** 3));
    if (part < 1) running = requestAnimationFrame(step);
  };
  running = requestAnimationFrame(step);
  return undefined;
}

const next = () => state.events.find((event) => event.at > state.now);

export function drawClock() {
  if (state.now !== null && state.now !== face) run();
  const busy = state.moving || state.playing || state.now === null;
  byId("clock").classList.toggle("moving", state.moving);
  const coming = next();
  byId("clock-next").disabled = busy || !coming;
  byId("clock-next").textContent = coming ? `下一件事 ${hourMinute(coming.at)}` : "下一件事";
  byId("clock-quarter").disabled = busy;
  byId("clock-morning").disabled = busy;
}

export const clockSignature = () => [state.now, state.moving, state.playing, next()?.at].join();

export function drawEvents() {
  const events = state.events.filter((event) => event.at > state.now);
  const rows = events.map((event, index) => el("li", { data: { kind: event.kind } },
    el("time", { text: said(event.at, state.now) }),
    el("span", { class: "event-text" }, event.text, index === 0 && el("span", { class: "event-ahead", text: ahead(event.at, state.now) }))));
  byId("events").replaceChildren(...(rows.length ? rows : [el("li", { class: "muted", text: "眼下没有排好的事。" })]));
}

export const eventsSignature = () => [state.now, JSON.stringify(state.events)].join();

export function wireClock() {
  const tryMove = (where) => () => move(where()).catch((trouble) => {
    state.news = { text: trouble.message };
    changed();
  });
  byId("clock-next").addEventListener("click", tryMove(() => ({ to: next().at })));
  byId("clock-quarter").addEventListener("click", tryMove(() => ({ advance: "PT15M" })));
  byId("clock-morning").addEventListener("click", tryMove(() => ({ to: tomorrowAt(6, state.now) })));
}
