/** Reading the unit: who is where, and what it is called in Chinese. */

import { state } from "./state.js";

export const ROLES = { member: "成员", leader: "组长", deputy: "副书记", secretary: "书记", duty_officer: "值班员" };

export const memberOf = (name) => state.unit.members.find((member) => member.name === name);
export const roomOf = (id) => state.unit.rooms.find((room) => room.id === id);
/** The name of a room as it is told from all others, in whatever branch. */
export const roomName = (id) => roomOf(id)?.title ?? id;

/** "组长 · 第一党小组" */
export function standing(member) {
  const place = member.group ?? member.branch;
  return [ROLES[member.role] ?? member.role, place ? roomName(place) : state.unit.organization].join(" · ");
}

/** "周建国（书记）": a name with the role, where it is more than a member's. */
export function titled(name) {
  const member = memberOf(name);
  return member && member.role !== "member" ? `${name}（${ROLES[member.role] ?? member.role}）` : name;
}

/** Does the person sit in this room? */
export const sitsIn = (member, id) => member.group === id || member.branch === id || roomOf(id)?.kind === "organization";

/** The rooms a person sits in, nearest first, and the others. */
export function roomsFor(member) {
  const order = { group: 0, branch: 1, organization: 2 };
  const sorted = [...state.unit.rooms].sort((a, b) => order[a.kind] - order[b.kind]);
  return { own: sorted.filter((room) => sitsIn(member, room.id)), others: sorted.filter((room) => !sitsIn(member, room.id)) };
}

/** Who answers for this person: leader, secretary, deputy, duty officers; without the person. */
export function officersOf(member) {
  const { members } = state.unit;
  const found = [
    members.find((other) => other.role === "leader" && other.group && other.group === member.group),
    members.find((other) => other.role === "secretary" && other.branch === member.branch),
    members.find((other) => other.role === "deputy" && other.branch === member.branch),
    ...members.filter((other) => other.role === "duty_officer"),
  ];
  return found.filter((other) => other && other.name !== member.name);
}
