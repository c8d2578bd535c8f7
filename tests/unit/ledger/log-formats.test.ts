// SPDX-License-Identifier: EUPL-1.2
/** The decision log as files: what stands in a row, and that no value becomes markup, a formula or another row. */
import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogLine } from "../../../src/core/accepted.ts";
import { ruleInWords } from "../../../src/core/rule-words.ts";
import { chained, START } from "../../../src/ledger/chain.ts";
import { isAskedFor, type LogFilter } from "../../../src/ledger/log-filter.ts";
import { formats } from "../../../src/ledger/log-formats.ts";
import { type LogRow, rowReader } from "../../../src/ledger/log-row.ts";
import { ELDERLY, karin, model, stranger, UDI } from "../core/fixtures.ts";

const line: LogLine = {
  at: "2026-11-23T08:00:00.000Z",
  card: "0a1b2c3d-0000-4000-8000-00000000000a",
  projectId: "INNO-3",
  rule: "T3 A01",
  by: [karin, stranger],
  machines: [],
  events: ["e1", "e2"],
  from: "Udforsk",
  to: "Nytænk",
  gate: "G1",
  body: ELDERLY,
  passage: 1,
  modelVersion: 2,
};

const rowOf = rowReader(model);

function row(change: Partial<LogLine> = {}): LogRow {
  const [entry] = chained(START, [JSON.stringify({ ...line, ...change })]);
  const made = entry && rowOf({ ...entry, place: "1-0" });
  if (!made) throw new Error("no row");
  return made;
}

describe("a row", () => {
  it("says of a machine that it is one, beside the persons (15)", () => {
    const { who } = row({ by: [karin], machines: [stranger] });
    expect(who).toEqual(["Karin Formand", `maskine (${stranger})`]);
  });

  it("says it in people's words; who is in no list stands by id", () => {
    expect(row()).toMatchObject({
      local: "2026-11-23 09:00:00",
      meaning: "Kortet er sat tilbage, for porten er ikke åben. Udvalget har ikke sagt ja endnu",
      who: ["Karin Formand", stranger],
      gate: "G1 Udforsk → Nytænk",
      body: "Ældre og Sundhed",
    });
    expect(row({ at: "2026-07-01T22:30:00.000Z" }).local).toBe("2026-07-02 00:30:00");
  });

  it("who acted on the tracker is named if the municipality knows the account", () => {
    const { who } = row({ by: ["github:Anders-Dev", "github:ida"] });
    expect(who).toEqual(["Anders Projektejer (github:Anders-Dev)", "github:ida"]);
  });

  it("what the model no longer has stands as it was logged", () => {
    const old = row({ rule: "T99 X01", gate: "G9", body: "nedlagt-udvalg" });
    expect([old.meaning, old.gate, old.body]).toEqual(["T99. X01", "G9", "nedlagt-udvalg"]);
    expect([row({ gate: null, body: null }).gate, row({ gate: "stop" }).gate]).toEqual(["", "stop"]);
  });

  it("a line from before the passage was logged is of none", () => {
    const { passage: _, ...old } = line;
    const [entry] = chained(START, [JSON.stringify(old)]);
    expect(entry && rowOf({ ...entry, place: "1-0" })?.line.passage).toBeNull();
  });

  it("a text that is no line of the log has no row", () => {
    for (const text of ["", "{", "null", "{}", JSON.stringify({ ...line, at: "yesterday" })]) {
      expect(rowOf({ seq: 1, prev: "", hash: "", line: text, place: "" })).toBeNull();
    }
  });

  it("every rule that is noted in core has words", () => {
    const sources = globSync("src/core/*.ts").map((file) => readFileSync(file, "utf8"));
    const noted = sources.flatMap((source) => [...source.matchAll(/rule: "([^"]+)"/gu)].map(([, rule = ""]) => rule));
    expect(noted).toContain("registered");
    expect(noted.flatMap((rule) => rule.split(" ")).filter((rule) => ruleInWords(model, rule) === rule)).toEqual([]);
  });
});

describe("which lines are asked for", () => {
  const asked: readonly [LogFilter, boolean][] = [
    [{}, true],
    [{ card: "INNO-3" }, true],
    [{ card: "inno-3" }, true],
    [{ card: "INNO-33" }, false],
    [{ card: line.card }, true],
    [{ card: line.card.replaceAll("-", "") }, true],
    [{ body: ELDERLY }, true],
    [{ body: UDI }, false],
    [{ from: "2026-11-23", to: "2026-11-23" }, true],
    [{ from: "2026-11-24" }, false],
    [{ to: "2026-11-22" }, false],
    [{ card: "INNO-3", body: UDI }, false],
  ];
  it.each(asked)("%j: %s", (filter, expected) => {
    expect(isAskedFor(filter, row())).toBe(expected);
  });

  it("days are local days: half past midnight is the next day", () => {
    const late = row({ at: "2026-07-01T22:30:00.000Z" });
    expect(isAskedFor({ from: "2026-07-02", to: "2026-07-02" }, late)).toBe(true);
    expect(isAskedFor({ to: "2026-07-01" }, late)).toBe(false);
  });
});

/** Reads CSV as RFC 4180 has it, independently of how it was written. */
function readCsv(text: string): readonly (readonly string[])[] {
  const fields = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  const rows: string[][] = [[]];
  for (const [, field = "", end] of text.matchAll(fields)) {
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

describe("CSV", () => {
  it("begins with a byte order mark and a header in the municipality's language, and ends lines with CRLF", () => {
    const [header] = readCsv(formats.csv.begin(model).slice(1));
    expect(formats.csv.begin(model).charCodeAt(0)).toBe(0xfeff);
    expect(header).toEqual([
      "Nr.",
      "Tidspunkt",
      "Tidspunkt (UTC)",
      "Kort",
      "Hvad skete der",
      "Hvem",
      "Port",
      "Udvalg",
      "Omgang",
      "Fra",
      "Til",
      "Regel",
      "Hændelser",
      "Modelversion",
      "Kontrolsum",
    ]);
    expect(readCsv(formats.csv.row(row()))).toEqual([
      [
        "1",
        "2026-11-23 09:00:00",
        line.at,
        "INNO-3",
        row().meaning,
        `Karin Formand; ${stranger}`,
        "G1 Udforsk → Nytænk",
        "Ældre og Sundhed",
        "1",
        "Udforsk",
        "Nytænk",
        "T3 A01",
        "e1; e2",
        "2",
        row().entry.hash,
      ],
    ]);
  });

  it("any value comes back as it was, and none is a formula", () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('=HYPERLINK("http://x")', "+1", "-1", "@a", " =1"),
    );
    fc.assert(
      fc.property(odd, odd, (from, to) => {
        const [fields = [], ...others] = readCsv(formats.csv.row(row({ from, to })));
        expect(others).toEqual([]);
        expect(fields).toHaveLength(15);
        for (const [index, value] of [from, to].entries()) {
          const field = fields[9 + index] ?? "";
          expect([value, `'${value}`]).toContain(field);
          expect(field).not.toMatch(/^\s*[=+\-@]/u);
        }
      }),
    );
  });
});

describe("NDJSON", () => {
  it("carries everything in plain data, with what the chain is verified by", () => {
    const text = formats.ndjson.row(row());
    expect(text.match(/\n/gu)).toHaveLength(1);
    expect(JSON.parse(text)).toEqual({
      ...line,
      seq: 1,
      local: "2026-11-23 09:00:00",
      meaning: row().meaning,
      who: ["Karin Formand", stranger],
      gateName: "G1 Udforsk → Nytænk",
      bodyName: "Ældre og Sundhed",
      prev: START.hash,
      hash: row().entry.hash,
      line: JSON.stringify(line),
    });
  });
});

describe("Markdown", () => {
  it("is a table, and says where the log ends", () => {
    const at = new Date("2026-12-01T11:00:00Z");
    const extract = { at, rows: 1, lines: 9, head: { seq: 9, hash: "f".repeat(64) } };
    const text = formats.markdown.begin(model) + formats.markdown.row(row()) + formats.markdown.end(model, extract);
    expect(text).toBe(`# Beslutningslog

| Nr. | Tidspunkt | Kort | Hvad skete der | Hvem | Port | Udvalg | Omgang | Fra | Til | Regel | Kontrolsum |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 2026-11-23 09:00:00 | INNO-3 | ${row().meaning} | Karin Formand; ${stranger} | G1 Udforsk → Nytænk | Ældre og Sundhed | 1 | Udforsk | Nytænk | T3 A01 | ${row().entry.hash.slice(0, 12)} |

Udskrevet 2026-12-01 12:00:00: 1 af 9 linjer. Loggen ender med linje 9, kontrolsum ${"f".repeat(64)}. Skriv kontrolsummen ind i sagen: Med den kan det ses, om loggen er ændret senere.
`);
  });

  it("no value ends a cell or a row, or becomes markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."|\\`*_[]<>#~!&\r\n\t a") }), (to) => {
        const text = formats.markdown.row(row({ to }));
        expect(text.match(/\n/gu)).toHaveLength(1);
        const unescaped = text.replaceAll(/\\[^\n]/gu, "");
        expect(unescaped.match(/\|/gu)).toHaveLength(13);
        expect(unescaped).not.toMatch(/[`*_[\]<>#~!&\\\r\t]/u);
      }),
    );
  });
});
