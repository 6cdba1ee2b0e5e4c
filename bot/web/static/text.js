/** Pieces of a message. The server counts code points; JavaScript strings count UTF-16 units, and emoji occur. */

/**
 * Cut `text` wherever a value's piece begins or ends.
 * Returns `[{text, values}]` in order, `values` being the indices of the values that came from that stretch.
 */
export function cut(text, values) {
  const points = Array.from(text);
  const within = (at) => Math.min(Math.max(at, 0), points.length);
  const spans = values
    .map(({ start, end }, index) => ({ index, start, end }))
    .filter(({ start, end }) => start != null && end != null)
    .map(({ index, start, end }) => ({ index, start: within(start), end: within(end) }))
    .filter(({ start, end }) => end > start);
  const edges = [...new Set([0, points.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return edges.slice(1).map((edge, index) => ({
    text: points.slice(edges[index], edge).join(""),
    values: spans.filter(({ start, end }) => start <= edges[index] && end >= edge).map((span) => span.index),
  }));
}

/** The piece of the text that a value came from, or null where it has none of its own. */
export function pieceOf(text, { start, end }) {
  return start == null || end == null || end <= start ? null : Array.from(text).slice(start, end).join("");
}

/** Values that say the same, each from a piece of its own, as one: `[{who, label, value, from}]`, `from` being the indices of them all. */
export function gather(values) {
  const found = new Map();
  values.forEach(({ who, label, value }, index) => {
    const key = JSON.stringify([who, label, value]);
    if (!found.has(key)) found.set(key, { who, label, value, from: [] });
    found.get(key).from.push(index);
  });
  return [...found.values()];
}

const FAMILIES = [
  ["concern", /困难|紧急/],
  ["health", /体温|症状|健康/],
  ["report", /工作|打算|计划|想法|思想|点子|应到|实到|例外|组|全部正常/],
];

/** The colour family of a value, by its label: concern, health, report or who (who, when and all else). */
export const familyOf = (label) => FAMILIES.find(([, words]) => words.test(label))?.[0] ?? "who";

/** The families, what matters most first. */
export const BY_WEIGHT = ["concern", "health", "report", "who"];

/** A steady small number for a name, for the colour of its picture. */
export function hue(name) {
  let sum = 0;
  for (const point of name) sum = (sum * 31 + point.codePointAt(0)) % 997;
  return sum % 6;
}
