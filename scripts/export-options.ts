// SPDX-License-Identifier: EUPL-1.2
/** What `npm run export` is asked for: its options, checked, and the text that explains them. */
import { parseArgs } from "node:util";
import { isHash } from "../src/ledger/chain.ts";
import type { LogFilter } from "../src/ledger/log-filter.ts";
import { type FormatName, formats } from "../src/ledger/log-formats.ts";

export const usage = `Usage: npm run --silent export -- [--format csv|ndjson|markdown] [--card INNO-3] [--body KEY] [--person KEY]
                                   [--from 2026-01-01] [--to 2026-12-31] [--out FILE]
       npm run --silent export -- --verify [--head HASH] [--in FILE] [--json]

Writes the decision log for journalising and for public access requests, or verifies that it is what was written.
Works while the service runs. Card titles are never in it; names of approvers and staff are.

  --format F   csv (default): for a spreadsheet · ndjson: everything, one JSON object a line · markdown: a table to read
  --card C     only this card: its number, or the id of its page
  --body KEY   only this body, by its key in the municipality's file
  --person KEY only what this person did (an access request), by the key in the municipality's file or by a user's id
  --from DATE  from this day on, local time
  --to DATE    up to and including this day
  --out FILE   write to a new file that only you may read; without it, to standard output

  --verify     name every line that was changed, removed, inserted or moved; exit code 1 if there is any
  --head HASH  also check that the log still contains the line with this hash, noted down from an earlier export
  --in FILE    verify a whole export in ndjson instead of the log itself: needs neither Redis nor the service
  --json       the verification as JSON
  --help       this text

Settings: REDIS_URL, or FASEPORT_DATA for the Redis of its own; FASEPORT_MODEL and FASEPORT_KOMMUNE for names.
`;

export type Options =
  | Readonly<{ do: "help" }>
  | Readonly<{ do: "verify"; head: string | null; file: string | null; json: boolean }>
  | Readonly<{ do: "export"; format: FormatName; filter: LogFilter; person?: string | undefined; out: string | null }>;

/** Something in the options that a person can mend. */
export class OptionProblem extends Error {
  override readonly name = "OptionProblem";
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const known = {
  export: { format: text, card: text, body: text, person: text, from: text, to: text, out: text },
  verify: { head: text, in: text, json: flag },
} as const;

/** The options of a command line. Throws OptionProblem on the first thing that is wrong with it. */
export function readOptions(args: readonly string[]): Options {
  const values = parsed(args);
  if (values.help) return { do: "help" };
  const asked = values.verify ? "verify" : "export";
  const foreign = Object.keys(known[asked === "verify" ? "export" : "verify"]).find((name) => name in values);
  if (foreign !== undefined)
    throw new OptionProblem(`--${foreign} ${asked === "verify" ? "does not go with" : "needs"} --verify`);
  if (asked === "verify") {
    return { do: "verify", head: hashIn(values.head), file: values.in ?? null, json: values.json === true };
  }
  const { card, body, person } = values;
  const from = dayIn("from", values.from);
  const to = dayIn("to", values.to);
  if (from !== undefined && to !== undefined && from > to)
    throw new OptionProblem(`--from ${from} is after --to ${to}: no day is in between`);
  const filter = { card, body, from, to };
  return { do: "export", format: formatIn(values.format), filter, person, out: values.out ?? null };
}

function parsed(args: readonly string[]) {
  const options = { ...known.export, ...known.verify, verify: flag, help: flag };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new OptionProblem(error instanceof Error ? error.message : String(error));
  }
}

function formatIn(value = "csv"): FormatName {
  const names = Object.keys(formats).filter((name): name is FormatName => name in formats);
  const format = names.find((name) => name === value);
  if (format === undefined) throw new OptionProblem(`--format takes ${names.join(", ")}, not «${value}»`);
  return format;
}

function dayIn(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const date = new Date(`${value}T00:00:00Z`);
  const isDay =
    /^\d{4}-\d\d-\d\d$/u.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  if (!isDay) throw new OptionProblem(`--${name} takes a day such as 2026-11-23, not «${value}»`);
  return value;
}

function hashIn(value: string | undefined): string | null {
  if (value === undefined) return null;
  const hash = value.trim().toLowerCase();
  if (!isHash(hash)) throw new OptionProblem(`--head takes a checksum of 64 hex digits, as an export prints it`);
  return hash;
}
