/** What the page knows, in one place. Views subscribe and draw themselves; only this file and actions.js change it. */

const KEPT = "sanwei-demo";
const viewers = new Set();
let waiting = false;

export const state = {
  unit: null, // what /demo/unit said
  now: null, // the demo's time, milliseconds
  me: null, // name of the chosen person
  room: null, // id of the chosen room; null: the private chat
  all: false, // everything at once, instead of one conversation
  log: [], // what was said and answered, in order: see `heard` and `spoken`
  last: 0, // the last sequence number had from the server
  seen: {}, // conversation → the last sequence number when it was last looked at
  base: 0, // the same for conversations never looked at: what was there before this tab counts as read
  shown: null, // the spoken entry whose record is shown
  events: [], // what will happen next: [{at (ms), text, kind}]
  moving: false, // the clock is being moved
  playing: false, // the scripted day is running
  news: null, // {text}: what the last move of the clock brought
  trouble: null, // one line, while the server cannot be reached
};

export function subscribe(view) {
  viewers.add(view);
}

/** Something changed: draw soon, once. */
export function changed() {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    lookAtShown();
    for (const view of viewers) view();
    keep();
  });
}

export const privateOf = (name) => `to:${name}`;
export const conversationOf = (entry) => entry.room ?? privateOf(entry.who ?? entry.to);
export const chosenConversation = () => state.room ?? privateOf(state.me);

/** The entries of what is being looked at. */
export function visible() {
  if (state.all) return state.log;
  const conversation = chosenConversation();
  return state.log.filter((entry) => conversationOf(entry) === conversation);
}

/** Is there something in this conversation that nobody at this page has looked at? */
export function unread(conversation) {
  const from = state.seen[conversation] ?? state.base;
  return state.log.some((entry) => entry.seq > from && conversationOf(entry) === conversation);
}

function lookAtShown() {
  if (!state.me || document.hidden) return;
  if (state.all) Object.assign(state, { seen: {}, base: state.last });
  state.seen[chosenConversation()] = state.last;
}

/** Entries that the bot sent, as the server gave them. */
export function heard(messages, instant) {
  for (const message of messages) {
    state.log.push({ key: `b${message.seq}`, seq: message.seq, at: instant(message.at), room: message.room, to: message.to, text: message.text, image: message.image });
  }
}

/** What a person said at this page. The server keeps no chatter, so only this browser tab remembers it. */
export function spoken(id, who, room, text) {
  const entry = { key: `s${id}`, id, who, room, text, at: state.now, after: state.last, record: null, sent: false };
  state.log.push(entry);
  return entry;
}

export function unsay(entry) {
  state.log = state.log.filter((other) => other !== entry);
}

/** Everything that was here is of another run of the server. */
export function forget() {
  Object.assign(state, { log: [], last: 0, seen: {}, base: 0, shown: null });
}

function keep() {
  if (!state.unit) return;
  const spokenHere = state.log.filter((entry) => entry.who && entry.sent).map(({ id, who, room, text, at, after, record, leftOut }) => ({ id, who, room, text, at, after, record, leftOut }));
  const { me, room, all, last, seen, base } = state;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ organization: state.unit.organization, me, room, all, last, seen, base, spoken: spokenHere }));
  } catch {
    // A browser that keeps nothing only forgets at the next reload.
  }
}

/** After a reload: what this tab kept, if it belongs to this unit; else null. */
export function kept(organization) {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEPT));
    return found?.organization === organization ? found : null;
  } catch {
    return null;
  }
}

/** Put what was said at this page back between the bot's messages; each knows which of those came before it. */
export function restore({ last, seen, base, spoken: entries }) {
  if (state.last < last) return; // the server began anew
  for (const entry of entries) {
    const next = state.log.findIndex((other) => other.seq > entry.after);
    const at = next < 0 ? state.log.length : next;
    state.log.splice(at, 0, { key: `s${entry.id}`, sent: true, ...entry });
  }
  Object.assign(state, { seen, base });
}
