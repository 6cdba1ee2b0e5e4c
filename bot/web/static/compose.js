/** The box in which one writes, and the sentences to try. */

import { newId, say } from "./actions.js";
import { byId, el } from "./dom.js";
import { examplesFor } from "./examples.js";
import { state, visible } from "./state.js";
import { memberOf, roomName } from "./unit.js";

let sending = false;
let attempt = null; // {id, of}: the message that failed to go out, to be sent again under the same id

const box = () => byId("text");

function fit() {
  box().style.height = "auto";
  box().style.height = `${Math.min(box().scrollHeight + 2, 168)}px`;
}

function complain(text) {
  byId("compose-error").textContent = text;
  byId("compose-error").hidden = !text;
}

/** Send what is in the box. It is emptied only when the server has taken the message. */
async function send() {
  const text = box().value;
  if (!text.trim() || sending) return;
  const of = JSON.stringify([state.me, state.room, text]);
  if (attempt?.of !== of) attempt = { id: newId(), of };
  sending = true;
  byId("send").disabled = true;
  complain("");
  try {
    await say({ id: attempt.id, who: state.me, room: state.room, text, taken: () => empty(text) });
  } catch (trouble) {
    // Once the server has the message, what went wrong is only the look at its record.
    complain(attempt ? `没发出去：${trouble.message}你写的还在框里。` : trouble.message);
  } finally {
    sending = false;
    byId("send").disabled = false;
  }
}

function empty(text) {
  attempt = null;
  state.news = null;
  if (box().value === text) box().value = "";
  fit();
}

/** Put a sentence into the box, to be sent as it stands or changed. */
export function put(text) {
  box().value = text;
  complain("");
  fit();
  // On a phone the keyboard would cover what the person is about to read.
  if (matchMedia("(pointer: fine)").matches) box().focus();
}

export function drawCompose() {
  const where = state.room === null ? `私聊${state.unit.bot}` : `在「${roomName(state.room)}」里说`;
  box().placeholder = `${state.me}：${where}…`;
  const examples = examplesFor(memberOf(state.me), state.room);
  // Where nothing was said yet, the sentences stand large in the chat itself.
  byId("chips").hidden = !state.all && !visible().length;
  byId("chips").replaceChildren(
    el("span", { class: "muted", text: "试试：" }),
    ...examples.map(({ name, text }) => el("button", { type: "button", class: "chip", title: text, text: name, on: { click: () => put(text) } })));
}

export const composeSignature = () => [state.me, state.room, state.all, visible().length > 0, visible().findLast((entry) => !entry.who)?.key].join();

export function wireCompose() {
  byId("compose").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  box().addEventListener("input", () => {
    fit();
    complain("");
  });
  box().addEventListener("keydown", (event) => {
    // While an input method is composing, Enter belongs to it (229: Safari says so only after the fact).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  });
}
