// SPDX-License-Identifier: EUPL-1.2
/** Text that somebody wrote elsewhere, as people see it: nothing invisible, no line breaks of odd kinds, no hidden comments (I7). */

/** Controls, direction overrides and other characters that show nothing and could hide something. */
const invisible = /[\p{Cc}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
export const lineBreaks = /\r\n?|[\n\u0085\u2028\u2029]/g;

/** What a reader sees of a line: invisible characters left out, a tab as a space. */
export function visible(line: string): string {
  return line.toWellFormed().replace(invisible, (it) => (it === "\t" ? " " : ""));
}

/** One line without anything invisible, cut to `max` UTF-16 units at a whole character. Not escaped. */
export function plainLine(text: string, max = Number.POSITIVE_INFINITY): string {
  const line = visible(text.replace(lineBreaks, " ")).replace(/\s+/g, " ").trim();
  return line.length <= max ? line : `${cut(line, max - 1).trimEnd()}…`;
}

/** Several lines without anything invisible; what a Markdown page hides in comments is left out. Cut as `plainLine` cuts. */
export function plainLines(text: string, max: number): string {
  const shown = text.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  const lines = shown.split(lineBreaks).map((line) => visible(line).trimEnd());
  const whole = lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return whole.length <= max ? whole : `${cut(whole, max - 1).trimEnd()}…`;
}

/** The longest beginning of at most `max` UTF-16 units that ends at a whole character. */
export function cut(text: string, max: number): string {
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > max) break;
    kept += character;
  }
  return kept;
}
