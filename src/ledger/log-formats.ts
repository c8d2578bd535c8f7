// SPDX-License-Identifier: EUPL-1.2
/** The decision log as a file: CSV for a spreadsheet, NDJSON for a machine, Markdown for a caseworker to read. */
import { phrase } from "../core/messages.ts";
import type { Model } from "../model/model.ts";
import type { Head } from "./chain.ts";
import { type LogRow, localClock } from "./log-row.ts";

/** What is known when the last row has been written. */
export type Extract = Readonly<{ at: Date; rows: number; lines: number; head: Head }>;

/** A file is its beginning, its rows and its end, each with its own line ending. */
export type Format = Readonly<{
  begin(model: Model): string;
  row(row: LogRow): string;
  end(model: Model, extract: Extract): string;
}>;

const columns = {
  "L-seq": ({ entry }) => String(entry.seq),
  "L-time": ({ local }) => local,
  "L-utc": ({ line }) => line.at,
  "L-card": ({ line }) => line.projectId || line.card,
  "L-meaning": ({ meaning }) => meaning,
  "L-who": ({ who }) => who.join("; "),
  "L-gate": ({ gate }) => gate,
  "L-body": ({ body }) => body,
  "L-passage": ({ line }) => (line.passage === null ? "" : String(line.passage)),
  "L-from": ({ line }) => line.from,
  "L-to": ({ line }) => line.to,
  "L-rule": ({ line }) => line.rule,
  "L-events": ({ line }) => line.events.join("; "),
  "L-version": ({ line }) => String(line.modelVersion),
  "L-hash": ({ entry }) => entry.hash,
} as const satisfies Readonly<Record<string, (row: LogRow) => string>>;
type Column = keyof typeof columns;

const all = Object.keys(columns).filter((name): name is Column => name in columns);
/** What a reader needs; the rest is in the other formats. */
const readable = all.filter((name) => name !== "L-utc" && name !== "L-events" && name !== "L-version");

const headings = (model: Model, names: readonly Column[]) => names.map((name) => phrase(model, name, {}));

/** Which file each format gives. */
export const formats = {
  csv: {
    // Without the byte order mark Excel reads æ, ø and å as something else.
    begin: (model) => `\uFEFF${csvLine(headings(model, all))}`,
    row: (row) => csvLine(all.map((name) => columns[name](row))),
    end: () => "",
  },
  ndjson: {
    begin: () => "",
    row: (row) => `${JSON.stringify(plain(row))}\n`,
    end: () => "",
  },
  markdown: {
    begin: (model) =>
      `# ${phrase(model, "L-title", {})}\n\n${tableLine(headings(model, readable))}${tableLine(readable.map(() => "---"))}`,
    row: (row) =>
      tableLine(readable.map((name) => inert(name === "L-hash" ? row.entry.hash.slice(0, 12) : columns[name](row)))),
    end: (model, extract) => `\n${phrase(model, "L-extract", inWords(model, extract))}\n`,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

/** RFC 4180: commas, CRLF, every field in quotes. */
function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => `"${harmless(field).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

/** A spreadsheet takes a field that begins like this for a formula, quotes or not; an apostrophe makes it text. */
function harmless(field: string): string {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(field) ? `'${field}` : field;
}

/** Everything, in plain data; `line`, `prev` and `hash` are what the chain is verified by. */
function plain({ entry, line, local, meaning, who, gate, body }: LogRow) {
  const { seq, prev, hash } = entry;
  return { seq, ...line, local, meaning, who, gateName: gate, bodyName: body, prev, hash, line: entry.line };
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

/** Text that a table shows as it is: no markup, no link, no end of the cell. */
function inert(cell: string): string {
  const escaped = cell.replaceAll(/[\\`*_[\]<>#~|!&]/gu, "\\$&");
  return escaped.replaceAll(/\s+/gu, " ").trim();
}

function inWords(model: Model, { at, rows, lines, head }: Extract) {
  const { seq, hash } = head;
  return {
    tid: localClock(model).format(at),
    antal: String(rows),
    ialt: String(lines),
    nummer: String(seq),
    kontrolsum: hash,
  };
}
