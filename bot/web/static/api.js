/** The server's interfaces. Every failure becomes a `Trouble` with one kind line in Chinese. */

/** `message` is a line for people; `refused` says that the server understood and said no (so trying again changes nothing). */
export class Trouble extends Error {
  constructor(message, refused = false) {
    super(message);
    this.refused = refused;
  }
}

async function ask(path, body) {
  let response;
  try {
    response = await fetch(path, body === undefined
      ? { cache: "no-store" }
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Trouble("暂时连不上服务器，请稍等再试。");
  }
  let answer = null;
  try {
    answer = await response.json();
  } catch {
    // An answer that is no JSON says nothing more than its status.
  }
  if (response.ok && answer !== null) return answer;
  if (response.status >= 400 && response.status < 500) throw new Trouble(answer?.error ?? "服务器没有接受这个请求。", true);
  throw new Trouble("服务器出了点问题，请稍等再试。");
}

export const unit = () => ask("/demo/unit");
export const say = (message) => ask("/sandbox/messages", message);
export const messagesAfter = (seq) => ask(`/sandbox/messages?after=${seq}`);
export const clock = () => ask("/sandbox/clock");
export const moveClock = (move) => ask("/sandbox/clock", move);
export const record = (id) => ask(`/demo/record?id=${encodeURIComponent(id)}`);
export const upcoming = () => ask("/demo/upcoming");
export const day = () => ask("/demo/day");
