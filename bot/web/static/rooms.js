/** The conversations of the chosen person. */

import { open } from "./actions.js";
import { byId, el } from "./dom.js";
import { dot, toChat } from "./people.js";
import { conversationOf, privateOf, state, unread } from "./state.js";
import { hourMinute } from "./time.js";
import { memberOf, roomsFor } from "./unit.js";

const KINDS = { group: "组", branch: "支", organization: "队" };
let others = false; // the fold of other rooms is open

function row({ id, name, mark, kind }) {
  const conversation = id ?? privateOf(state.me);
  const last = state.log.findLast((entry) => conversationOf(entry) === conversation);
  const current = !state.all && state.room === id;
  return el("button", { type: "button", class: "room", "aria-current": current ? "true" : null, data: { kind }, on: { click: () => enter(id) } },
    el("span", { class: "room-mark", "aria-hidden": "true", text: mark }),
    el("span", { class: "room-text" },
      el("b", { text: name }),
      el("span", { class: "muted", text: last ? last.text.replace(/\s+/g, " ") : "还没有消息" })),
    el("span", { class: "room-end" }, last && el("time", { class: "muted", text: hourMinute(last.at) }), unread(conversation) && dot()));
}

function enter(room) {
  open({ room });
  toChat();
}

const roomRow = (room, name = room.name) => row({ id: room.id, name, mark: KINDS[room.kind], kind: room.kind });

export function drawRooms() {
  const { own, others: rest } = roomsFor(memberOf(state.me));
  byId("side-dot").hidden = ![privateOf(state.me), ...own.map((room) => room.id)].some(unread);
  const fold = el("details", { class: "other-rooms", on: { toggle: (event) => (others = event.target.open) } },
    el("summary", { class: "muted" }, "其他群", rest.some((room) => unread(room.id)) && dot()), rest.map((room) => roomRow(room, room.title)));
  fold.open = others || rest.some((room) => room.id === state.room);
  byId("rooms").replaceChildren(
    row({ id: null, name: state.unit.bot, mark: "微", kind: "private" }),
    ...own.map((room) => roomRow(room)),
    ...(rest.length ? [fold] : []));
}

export const roomsSignature = () => [state.me, state.room, state.all, state.log.length, state.log.at(-1)?.key, ...state.unit.rooms.map((room) => (unread(room.id) ? 1 : 0)), unread(privateOf(state.me))].join();
