// SPDX-License-Identifier: EUPL-1.2
/** Guesses that a person confirms: a short key for a name, and whose a GitHub login may be. */

/** «Ældre og Sundhed» → aeldre-og-sundhed; another one when that is taken. */
export function keyOf(name: string, taken: readonly string[]): string {
  const plain = slug(name) || "person";
  if (!taken.includes(plain)) return plain;
  let count = 2;
  while (taken.includes(`${plain}-${count}`)) count += 1;
  return `${plain}-${count}`;
}

/**
 * The only login that is made of the person's names, or of what stands before the @ of the address; null when none or
 * more than one is. GitHub shows nobody's address, so this is a guess.
 */
export function proposedLogin(
  { name, email }: Readonly<{ name: string; email: string | null }>,
  logins: readonly string[],
): string | null {
  const [first = "", ...rest] = slug(name).split("-");
  const last = rest.at(-1) ?? "";
  const likely = new Set(
    [slug(email?.split("@")[0] ?? ""), slug(name), `${first}${last}`, `${first.charAt(0)}${last}`, `${last}${first}`]
      .map((it) => it.replaceAll("-", ""))
      .filter((it) => it.length > 2),
  );
  const found = logins.filter((login) => likely.has(slug(login).replaceAll("-", "")));
  return found.length === 1 ? (found[0] ?? null) : null;
}

const letters: Readonly<Record<string, string>> = { æ: "ae", ø: "oe", å: "aa" };

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[æøå]/gu, (letter) => letters[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-|-$/gu, "");
}
