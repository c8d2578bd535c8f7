// SPDX-License-Identifier: EUPL-1.2
/** The .env file: what it says, and what it says after setup. Comments, order and everything of others' stay. */
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, readFileSync, renameSync, type Stats, statSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Permanent } from "../../src/core/errors.ts";

export type Values = Readonly<Record<string, string>>;

/** What the file says, or says after the changes: the same reading that Node does. */
export function readValues(text: string): Values {
  return Object.fromEntries(Object.entries(parseEnv(text)).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** One variable that becomes another. `from` null: it is not there yet. */
export type EnvChange = Readonly<{ name: string; from: string | null; to: string }>;

/** Those of the wanted values that the text does not say already. */
export function envChanges(text: string, wanted: Values): readonly EnvChange[] {
  const now = readValues(text);
  return Object.entries(wanted).flatMap(([name, to]) =>
    now[name] === to ? [] : [{ name, from: now[name] ?? null, to }],
  );
}

/** The text with the changes in it: a variable's own line is replaced, a new one is added at the end. */
export function mergeEnv(text: string, changes: readonly EnvChange[]): string {
  const merged = changes.reduce((before, { name, to }) => withLine(before, name, `${name}=${quoted(to)}`), text);
  return merged === "" || merged.endsWith("\n") ? merged : `${merged}\n`;
}

function withLine(text: string, name: string, line: string): string {
  // A value in quotes may go on over several lines.
  const assignment = new RegExp(
    `^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*(?:"[^"]*"|'[^']*'|\`[^\`]*\`|[^\\n]*?)[ \\t]*(?:#[^\\n]*)?$`,
    "mu",
  );
  if (assignment.test(text)) return text.replace(assignment, () => line);
  const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return `${start}${line}\n`;
}

/** As Node and Docker Compose both read it back: single quotes keep everything as it is. Throws for what cannot be kept. */
function quoted(value: string): string {
  if (/^[\w@%+=:,./-]*$/u.test(value)) return value;
  const line = value.replaceAll("\r", "").replaceAll("\n", "\\n");
  if (!line.includes("'")) return `'${line}'`;
  if (!/["\\$]/u.test(line)) return `"${line}"`;
  throw new TypeError("a value has both kinds of quotation marks in it and cannot be kept in an .env file");
}

/** What is printed of a change: never a secret. */
export function describeChange({ name, from, to }: EnvChange, isSecret: (name: string) => boolean): string {
  const shown = (value: string) => (isSecret(name) ? "(a secret, not shown)" : value);
  if (from === null) return `+ ${name}=${shown(to)}`;
  return isSecret(name) ? `~ ${name}: another secret` : `~ ${name}: ${from} → ${to}`;
}

/** The file's text; "" when there is none. Throws Permanent for a folder. */
export function readText(path: string): string {
  if (!existsSync(path)) return "";
  if (statSync(path).isDirectory())
    throw new Permanent(
      `${path} is a folder, as a container engine makes one where a file is missing that it was to mount: remove it, and run setup again`,
    );
  return readFileSync(path, "utf8");
}

/** What only its owner may read; what the group of the service may read too. */
export const modes = { secret: 0o600, personal: 0o640 } as const;

/**
 * Writes a file that not everybody may read, in one go; one that was there keeps its owner and group, as far as this user
 * may give files away. One that is there and is not ours to lose, `backup`, is copied beside itself first. Answers where the
 * copy is; null: there was nothing to copy.
 */
export function writePrivately(path: string, text: string, mode: number, backup: boolean, now: Date): string | null {
  const copy = backup && existsSync(path) ? `${path}.${now.toISOString().slice(0, 19).replaceAll(":", "")}` : null;
  if (copy !== null && !existsSync(copy)) writeFileSync(copy, readFileSync(path), { mode });
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(fresh, text, { mode, flag: "wx" });
  if (existsSync(path)) giveAsBefore(fresh, statSync(path));
  renameSync(fresh, path);
  return copy;
}

/** In a container the service reads the municipality's file by its group: it must not be lost to whoever runs setup. */
function giveAsBefore(path: string, { uid, gid }: Stats): void {
  try {
    chownSync(path, uid, gid);
  } catch (error) {
    // Only root gives a file away, and only its members give one to a group.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) throw error;
  }
}
