/** Starts the page: asks for the unit, wires the views to the state, then listens each second. */

import { compare, listen, lookAhead } from "./actions.js";
import * as api from "./api.js";
import { drawChat, drawNews, wireChat } from "./chat.js";
import { clockSignature, drawClock, drawEvents, eventsSignature, wireClock } from "./clock.js";
import { composeSignature, drawCompose, wireCompose } from "./compose.js";
import { byId, whenChanged } from "./dom.js";
import { drawMe, meSignature, wirePeople } from "./people.js";
import { wirePlay } from "./play.js";
import { drawRecord, recordSignature, wireRecord } from "./record.js";
import { drawRooms, roomsSignature } from "./rooms.js";
import { changed, kept, restore, state, subscribe } from "./state.js";
import { instant, useZoneOf } from "./time.js";

const SECOND = 1_000;
const ABOUT_READ = "sanwei-about-read";

const sleep = (ms) => new Promise((resolve) => {
  setTimeout(resolve, ms);
});

/** Who is chosen at first: an ordinary member with a group, in the group's room. */
function choose(before) {
  const { members, rooms } = state.unit;
  const known = members.some((member) => member.name === before?.me);
  const member = members.find((one) => one.role === "member" && one.group) ?? members[0];
  state.me = known ? before.me : member.name;
  state.room = known && (before.room === null || rooms.some((room) => room.id === before.room)) ? before.room : (known ? null : member.group);
  state.all = known && before.all;
}

/** A unit that follows the machine's clock has nothing to move, and only the demo's own people can play the scripted day. */
function offer({ movable, playable }) {
  byId("play-start").hidden = !playable;
  byId("clock-buttons").hidden = !movable;
  byId("clock-note").hidden = movable;
}

/** Everything of a unit but its time. */
const fixed = (unit) => JSON.stringify({ ...unit, now: null });

/** Another unit may answer by now, or its roster was imported anew: then the page begins again, unless somebody is writing. */
async function lookAtUnit() {
  if (fixed(await api.unit()) !== fixed(state.unit) && !byId("text").value) location.reload();
}

async function begin() {
  state.unit = await api.unit();
  offer(state.unit);
  useZoneOf(state.unit.now);
  state.now = instant(state.unit.now);
  const before = kept(state.unit.organization);
  choose(before);
  await listen();
  state.base = state.last;
  if (before) restore(before);
  await lookAhead();
  subscribe(drawTrouble);
  subscribe(whenChanged(meSignature, drawMe));
  subscribe(whenChanged(roomsSignature, drawRooms));
  subscribe(drawChat);
  subscribe(drawNews);
  subscribe(whenChanged(composeSignature, drawCompose));
  subscribe(whenChanged(clockSignature, drawClock));
  subscribe(whenChanged(eventsSignature, drawEvents));
  subscribe(whenChanged(recordSignature, drawRecord));
  document.body.classList.add("ready");
  changed();
}

function drawTrouble() {
  byId("trouble").hidden = !state.trouble;
  byId("trouble").textContent = state.trouble ?? "";
}

/** Do `work` until it succeeds once, telling people while it does not. */
async function insist(work) {
  for (;;) {
    try {
      if (state.trouble) await compare();
      if (state.trouble && state.unit) await lookAtUnit();
      await work();
      if (state.trouble) {
        state.trouble = null;
        changed();
      }
      return;
    } catch (trouble) {
      if (!(trouble instanceof api.Trouble)) throw trouble;
      state.trouble = trouble.message.replace("请稍等再试", "正在自动重试");
      drawTrouble();
      await sleep(2 * SECOND);
    }
  }
}

function wireAbout() {
  const about = byId("about");
  const turn = (open) => {
    about.hidden = !open;
    byId("about-open").setAttribute("aria-expanded", String(open));
    if (!open) localStorage.setItem(ABOUT_READ, "1");
  };
  turn(!localStorage.getItem(ABOUT_READ));
  byId("about-open").addEventListener("click", () => turn(about.hidden));
  byId("about-close").addEventListener("click", () => turn(false));
}

function wirePhone() {
  byId("tabs").addEventListener("click", (event) => {
    const { tab } = event.target.closest("button")?.dataset ?? {};
    if (tab) document.body.dataset.tab = tab;
  });
  byId("side-open").addEventListener("click", () => document.body.classList.toggle("side-open"));
  byId("side").addEventListener("click", (event) => {
    if (event.target === byId("side")) document.body.classList.remove("side-open");
  });
}

wireAbout();
wirePhone();
wirePeople();
wireChat();
wireCompose();
wireClock();
wireRecord();
wirePlay();
await insist(begin);
// Whoever was elsewhere may have changed the unit there; while the server is away, the line at the top says so.
window.addEventListener("focus", async () => {
  try {
    await lookAtUnit();
  } catch (trouble) {
    if (!(trouble instanceof api.Trouble)) throw trouble;
  }
});
for (;;) {
  await sleep(SECOND);
  await insist(listen);
}
