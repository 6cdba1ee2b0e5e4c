/** Who am I: the card of the chosen person, and the dialog in which another one is chosen. */

import { open } from "./actions.js";
import { byId, el } from "./dom.js";
import { privateOf, state, unread } from "./state.js";
import { hue } from "./text.js";
import { memberOf, officersOf, ROLES, sitsIn, standing } from "./unit.js";

/** The round picture of a person: the first character of the name. */
export const picture = (name) => el("span", { class: "picture", "aria-hidden": "true", data: { hue: hue(name) }, text: Array.from(name)[0] });

export const dot = (label = "有没看过的消息") => el("i", { class: "dot", role: "img", "aria-label": label, title: label });

const news = (name) => unread(privateOf(name)) && dot();

/** Become this person. The room stays where the person sits in it too, else the private chat opens. */
function become(member) {
  const sits = state.room === null || sitsIn(member, state.room);
  open({ me: member.name, room: sits ? state.room : null });
  byId("people").close();
  toChat();
}

/** On a narrow window: close the drawer and bring the chat to the front. */
export function toChat() {
  document.body.classList.remove("side-open");
  document.body.dataset.tab = "chat";
}

/** Become this person and open the private chat: to see what the bot told him or her. */
export function peek(name) {
  open({ me: name, room: null });
  toChat();
}

export function drawMe() {
  const me = memberOf(state.me);
  const { trio } = me;
  const card = el("button", { type: "button", class: "me-card", title: "换一个人", on: { click: () => openPeople() } },
    picture(me.name),
    el("span", { class: "me-text" },
      el("span", { class: "me-kicker", text: "我现在是" }),
      el("b", { text: me.name }),
      el("span", { class: "muted", text: standing(me) }),
      me.post && el("span", { class: "muted", text: me.post }),
      trio.length > 0 && el("span", { class: "muted", text: `三人包保：和${trio.join("、")}` })),
    el("span", { class: "me-change", text: "换人" }));
  const officers = officersOf(me).map((officer) => el("button", { type: "button", class: "officer", title: `换成${officer.name}，看收到了什么`, on: { click: () => peek(officer.name) } },
    `${ROLES[officer.role]} ${officer.name}`, news(officer.name)));
  byId("me").replaceChildren(card, el("div", { class: "officers" }, el("span", { class: "muted", text: "看看谁收到了什么" }), officers));
}

function choice(member) {
  return el("button", { type: "button", class: "person", "aria-pressed": String(member.name === state.me), on: { click: () => become(member) } },
    picture(member.name),
    el("span", { text: member.name }),
    member.role !== "member" && el("span", { class: "role", text: ROLES[member.role] }),
    news(member.name));
}

function part(title, members) {
  return members.length > 0 && el("section", { class: "people-part" }, el("h4", { text: title }), el("div", { class: "people-row" }, members.map(choice)));
}

function openPeople() {
  const { members, rooms } = state.unit;
  const named = (kind) => rooms.filter((room) => room.kind === kind);
  const groupsOf = (branch) => named("group").filter((group) => members.some((member) => member.group === group.id && member.branch === branch));
  const branches = named("branch").map((branch) => el("section", { class: "people-branch" },
    el("h3", { text: branch.name }),
    part("支部", members.filter((member) => member.branch === branch.id && !member.group)),
    groupsOf(branch.id).map((group) => part(group.name, members.filter((member) => member.group === group.id)))));
  const others = members.filter((member) => !member.branch && !member.group);
  byId("people-body").replaceChildren(...branches,
    ...(others.length ? [el("section", { class: "people-branch" }, el("h3", { text: state.unit.organization }), part("支队", others))] : []));
  byId("people").showModal();
}

/** What the card depends on. */
export const meSignature = () => [state.me, ...state.unit.members.map((member) => (unread(privateOf(member.name)) ? 1 : 0))].join();

export function wirePeople() {
  const dialog = byId("people");
  byId("people-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
