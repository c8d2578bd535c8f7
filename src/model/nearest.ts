// SPDX-License-Identifier: EUPL-1.2
/** Names a person may have meant: most mistakes in a configuration are misspellings. */

const LISTED = 8;

/** The known name closest to a misspelt one; undefined when none is close enough to be meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = folded(name);
  const allowance = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, distance: distance(wanted, folded(candidate)) }))
    .filter((it) => it.distance <= allowance)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** `known: mette, ole, karin …; did you mean ole?` A long list is cut, the nearest name is always named. */
export function amongKnown(name: string, known: readonly string[]): string {
  const names = [...new Set(known)];
  const list = `${names.slice(0, LISTED).join(", ")}${names.length > LISTED ? " …" : ""}`;
  const meant = nearest(name, names);
  return `known: ${list === "" ? "none" : list}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
}

/** Keys are written without the Danish letters; whoever types one may forget that. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa");
}

/** Levenshtein: how many letters to add, remove or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
