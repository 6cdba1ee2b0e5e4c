/** The server's interfaces. Every failure becomes a `Trouble` with one kind line in Chinese. */

/** Something went wrong; `message` is a line for people. */
export class Trouble extends Error {}

const REFUSALS = {
  403: "这个演示只能在运行它的电脑上用。",
  404: "服务器上没有这一项，也许版本不同，请刷新页面。",
  409: "现在不能移动时钟。",
  413: "这条消息太长了，请分成几条发。",
};

/** What the server refused, for people: its own line where that is Chinese (it writes to programs in English), else ours. */
const kindly = (status, line) => (/\p{Script=Han}/u.test(line) ? line : REFUSALS[status] ?? "服务器没有收下，请检查一下再试。");

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
  if (response.status >= 400 && response.status < 500) throw new Trouble(kindly(response.status, answer?.error ?? ""));
  throw new Trouble("服务器出了点问题，请稍等再试。");
}

export const unit = () => ask("/demo/unit");
export const say = (message) => ask("/sandbox/messages", message);
export const messagesAfter = (seq) => ask(`/sandbox/messages?after=${seq}`);
export const clock = () => ask("/sandbox/clock");
export const moveClock = (move) => ask("/sandbox/clock", move);
export const record = (id) => ask(`/demo/record?id=${encodeURIComponent(id)}`);
export const explain = (message) => ask("/demo/explain", message);
export const upcoming = () => ask("/demo/upcoming");
export const day = () => ask("/demo/day");
