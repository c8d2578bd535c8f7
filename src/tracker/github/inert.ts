// SPDX-License-Identifier: EUPL-1.2
/**
 * Makes text inert for GitHub (I7): it shows as it was written and does nothing. Markdown is escaped where Markdown is
 * read; mentions, references and addresses are broken by an invisible character, because GitHub looks for those in the
 * rendered text, where an escape is gone.
 */
import { cut, lineBreaks, plainLine, visible } from "../../core/plain-text.ts";

/** ZERO WIDTH SPACE: no letter of a name, number or address. */
const BREAK = "\u200B";

const breaks: readonly (readonly [RegExp, string])[] = [
  [/@(?=\S)/g, `@${BREAK}`], // @name, @org/team, someone@example.org, owner/repo@commit
  [/#(?=\S)/g, `#${BREAK}`], // #12, owner/repo#12
  [/\b(gh|ghsa|cve)-(?=\w)/gi, `$1-${BREAK}`], // GH-12 and security advisories
  [/:(?=\/\/)/g, `:${BREAK}`], // https://
  [/www(?=\.)/gi, `www${BREAK}`],
  [/:(?=(?:[+-]1|100|1234|(?=[\w+-]*[a-z])[\w+-]+):)/gi, `:${BREAK}`], // :rocket:, but not 10:30:15
];
/** The abbreviated or full id of a commit. Digits alone are left whole: case numbers and dates must stay searchable. */
const commitId = /(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{7,}(?![0-9a-z])/gi;
const MARKUP = /[\\`*_[\]~|&<>$]/g;
/** Entities where a backslash would leave the character for GitHub's own extensions to find. */
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", $: "&dollar;" };
/** What would open a heading, a list, a rule, or a command to some bot, at the start of a line. */
const lineStart = /^(?:[#+\-=/]|\d{1,9}(?=[.)]))/;

/** One line of inert text of at most `max` characters; line breaks become spaces. */
export function inertLine(text: string, max: number): string {
  return escaped(plainLine(text, max));
}

/**
 * Inert text over several lines. Addresses on one of `hosts` are left as links; others are broken.
 * At most `max` UTF-16 units are kept.
 */
export function inertLines(text: string, hosts: ReadonlySet<string>, max: number): string {
  const lines = cut(text, max).split(lineBreaks);
  return lines.map((line) => guardStart(linked(visible(line).trim(), hosts))).join("\n");
}

/** An address as the target of a Markdown link, or null when it is no web address. */
export function linkTarget(href: string): string | null {
  const url = URL.parse(href);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const target = url.href.replace(/[<>\\`\s]/g, (it) => encodeURIComponent(it));
  return `<${target.replaceAll("&", "&amp;")}>`;
}

function escaped(plain: string): string {
  const broken = breaks.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), plain);
  const unlinked = broken.replace(commitId, (id) => id.replace(/.{6}(?=.)/g, `$&${BREAK}`));
  return unlinked.replace(MARKUP, (it) => entities[it] ?? `\\${it}`);
}

/** What stands between two links is escaped as a whole: cut anywhere else, a mention could hide across the cut. */
function linked(line: string, hosts: ReadonlySet<string>): string {
  let inert = "";
  let done = 0;
  for (const { 0: found, index } of line.matchAll(/https?:\/\/[^\s<>]+/gi)) {
    // A full stop or a bracket after an address belongs to the sentence around it.
    const bare = found.replace(/[.,;:!?)\]}'"»«”]+$/, "");
    const url = URL.parse(bare);
    if (!url || url.username || url.password || !hosts.has(url.host)) continue;
    inert += `${escaped(line.slice(done, index))}<${url.href.replace(/[<>\s]/g, encodeURIComponent)}>`;
    done = index + bare.length;
  }
  return inert + escaped(line.slice(done));
}

function guardStart(line: string): string {
  return line.replace(lineStart, (it) => (/^\d/.test(it) ? `${it}\\` : `\\${it}`));
}
