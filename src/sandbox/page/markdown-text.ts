// SPDX-License-Identifier: EUPL-1.2
/** An issue's Markdown as the words a reader sees on GitHub: enough for the page, which shows text and no markup. */

/** In this order: what is escaped is given back last, so that it is never taken for markup. */
const readings: readonly (readonly [RegExp, string])[] = [
  [/<!--[\s\S]*?-->\n?/g, ""],
  [/<\/?(?:sub|sup|b|i|em|strong|details|summary)>/g, ""],
  [/(?<!\\)\[((?:\\.|[^\]\\])*)\]\(<?[^)\s>]*>?\)/g, "$1"],
  [/(?<!\\)\*\*/g, ""],
  [/(?<!\\)<(https?:[^>\s]+)>/g, "$1"],
  [/^#{1,6} /gm, ""],
  [/^[-*] /gm, "• "],
  [/\\([!-/:-@[-`{-~])/g, "$1"],
  [/&lt;/g, "<"],
  [/&gt;/g, ">"],
  [/&amp;/g, "&"],
];

export function markdownText(markdown: string): string {
  return readings.reduce((text, [pattern, words]) => text.replace(pattern, words), markdown).trim();
}
