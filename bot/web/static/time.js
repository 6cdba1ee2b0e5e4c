/** The demo's time: instants are milliseconds, shown in the time zone of the unit's clock, wherever the browser is. */

const DAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
const MINUTE = 60_000;
const DAY = 86_400_000;
let zone = 8 * 60;

const two = (number) => String(number).padStart(2, "0");
const local = (ms) => new Date(ms + zone * MINUTE);

/** Milliseconds of an ISO time. */
export const instant = (iso) => Date.parse(iso);

/** Take the unit's time zone from one of its own times, "2026-03-03T08:00:00+08:00". */
export function useZoneOf(iso) {
  const found = /([+-])(\d\d):?(\d\d)$/.exec(iso);
  zone = found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
}

export function iso(ms) {
  const at = local(ms);
  const sign = zone < 0 ? "-" : "+";
  const away = Math.abs(zone);
  return `${at.toISOString().slice(0, 19)}${sign}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

/** "08:25" */
export const hourMinute = (ms) => local(ms).toISOString().slice(11, 16);

/** "3月3日 周二" */
export function day(ms) {
  const at = local(ms);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${DAYS[at.getUTCDay()]}`;
}

/** How many midnights lie between two instants. */
const midnights = (from, to) => Math.floor((to + zone * MINUTE) / DAY) - Math.floor((from + zone * MINUTE) / DAY);

/** "08:25", "明天 06:00", "3月9日 周一 06:00": an instant as said at `now`. */
export function said(ms, now) {
  const away = midnights(now, ms);
  if (away === 0) return hourMinute(ms);
  if (away === 1) return `明天 ${hourMinute(ms)}`;
  if (away === -1) return `昨天 ${hourMinute(ms)}`;
  return `${day(ms)} ${hourMinute(ms)}`;
}

/** "还有 25 分钟"; empty for what is not ahead. */
export function ahead(ms, now) {
  const minutes = Math.ceil((ms - now) / MINUTE);
  if (minutes <= 0) return "";
  if (minutes < 60) return `还有 ${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `还有 ${Math.round(hours / 24)} 天`;
  return minutes % 60 ? `还有 ${hours} 小时 ${minutes % 60} 分` : `还有 ${hours} 小时`;
}

/** `hour` o'clock of the day after `now`. */
export function tomorrowAt(hour, now) {
  const midnight = Math.floor((now + zone * MINUTE) / DAY) * DAY - zone * MINUTE;
  return midnight + DAY + hour * 60 * MINUTE;
}
