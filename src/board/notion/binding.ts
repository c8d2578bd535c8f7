// SPDX-License-Identifier: EUPL-1.2
/**
 * Which property and option of the board is which of the model's: found by name once and by id from then on, so that
 * a rename in Notion changes nothing (DOMAIN 10, case 13). Plain JSON: the ledger keeps it between starts.
 */
import type { DataSourceObjectResponse } from "@notionhq/client";
import type { UserId } from "../../core/card.ts";
import { Permanent } from "../../core/errors.ts";
import { plainId, uuid } from "./ids.ts";
import type { WantedOption, WantedProperty } from "./wanted.ts";

/** `name` is what the board called it when it was bound; `id` is spelled as Notion returned it. */
export type BoundOption = Readonly<{ id: string; name: string }>;
export type BoundProperty = Readonly<{ id: string; name: string; options: Readonly<Record<string, BoundOption>> }>;
/** Properties and options by the model's key; what the board lacks and the service can do without is absent. */
export type BoundSource = Readonly<{ id: string; title: string; properties: Readonly<Record<string, BoundProperty>> }>;
export type Binding = Readonly<{ self: UserId; projects: BoundSource; decisions: BoundSource }>;

export type SourceKey = "projects" | "decisions";

/**
 * How the board differs from what was remembered, or from the rules when nothing was. `replaced`: deleted and made anew
 * under the same name. `mistyped`: no longer the type the service reads; used as if it were missing.
 */
export type BindingChange = Readonly<{
  kind: "renamed" | "replaced" | "missing" | "mistyped";
  source: SourceKey;
  /** The name in the rules. */
  property: string;
  option: string | null;
  /** The name or type it was expected to have, and the one it has; null: there is none. */
  expected: string;
  found: string | null;
}>;

/** The findings for one data source: what is bound, what changed, and what the service cannot run without. */
export type Findings = Readonly<{
  source: BoundSource;
  changes: readonly BindingChange[];
  problems: readonly string[];
}>;

type Schema = DataSourceObjectResponse["properties"][string];
type Report = Readonly<{ key: SourceKey; title: string; changes: BindingChange[]; problems: string[] }>;

export function bindSource(
  key: SourceKey,
  found: DataSourceObjectResponse,
  wanted: readonly WantedProperty[],
  remembered: BoundSource | null,
): Findings {
  const title = found.title.map((it) => it.plain_text).join("") || key;
  const report: Report = { key, title, changes: [], problems: [] };
  // Ids of another data source say nothing about this one.
  const memory = remembered && uuid(remembered.id) === uuid(found.id) ? remembered : null;
  const schemas = Object.values(found.properties);
  const properties: Record<string, BoundProperty> = {};
  for (const want of wanted) {
    const bound = bindProperty(want, schemas, memory?.properties[want.key] ?? null, memory !== null, report);
    if (bound) properties[want.key] = bound;
  }
  return { source: { id: uuid(found.id), title, properties }, changes: report.changes, problems: report.problems };
}

/** One error that names everything at once, so that the board is mended in one go. */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new Permanent(
    [
      "The board in Notion lacks what the rules need:",
      ...problems.map((problem) => `- ${problem}`),
      "Add or mend these in Notion (names exactly as written here), or run `npm run setup`; then start again.",
    ].join("\n"),
  );
}

function bindProperty(
  want: WantedProperty,
  schemas: readonly Schema[],
  remembered: BoundProperty | null,
  knowsBoard: boolean,
  report: Report,
): BoundProperty | null {
  const schema = find(schemas, want.name, remembered);
  const fits = schema !== undefined && schema.type === want.type;
  if (!fits) {
    // What was missing at the last start too is no news.
    if (remembered || !knowsBoard) report.changes.push(lack(want, schema, report.key));
    if (want.needed) report.problems.push(`«${report.title}»: ${describeLack(want, schema)}`);
    return null;
  }
  note(report, want, null, remembered ?? { id: schema.id, name: want.name }, schema);
  const options = bindOptions(want, schema, remembered, report);
  return { id: schema.id, name: schema.name, options };
}

function bindOptions(
  want: WantedProperty,
  schema: Schema,
  remembered: BoundProperty | null,
  report: Report,
): Readonly<Record<string, BoundOption>> {
  const there = optionsOf(schema);
  const bound: Record<string, BoundOption> = {};
  for (const option of want.options) {
    const memory = remembered?.options[option.key] ?? null;
    const found = find(there, option.name, memory);
    if (found) {
      note(report, want, option, memory ?? { id: found.id, name: option.name }, found);
      bound[option.key] = { id: found.id, name: found.name };
    } else {
      if (memory || !remembered)
        report.changes.push({ ...lack(want, undefined, report.key), option: option.name, expected: option.name });
      if (option.needed)
        report.problems.push(`«${report.title}»: property "${want.name}" lacks the option "${option.name}"`);
    }
  }
  return bound;
}

/** By the remembered id first: a name may have been given away since. */
function find<T extends { id: string; name: string }>(
  among: readonly T[],
  name: string,
  remembered: { id: string } | null,
): T | undefined {
  const byId = remembered && among.find((it) => plainId(it.id) === plainId(remembered.id));
  return byId ?? among.find((it) => it.name === name);
}

function note(
  { key, changes }: Report,
  want: WantedProperty,
  option: WantedOption | null,
  before: BoundOption,
  now: { id: string; name: string },
): void {
  const about = {
    source: key,
    property: want.name,
    option: option?.name ?? null,
    expected: before.name,
    found: now.name,
  };
  if (plainId(before.id) !== plainId(now.id)) changes.push({ kind: "replaced", ...about });
  else if (before.name !== now.name) changes.push({ kind: "renamed", ...about });
}

function lack(want: WantedProperty, schema: Schema | undefined, source: SourceKey): BindingChange {
  const about = { source, property: want.name, option: null };
  return schema === undefined
    ? { kind: "missing", ...about, expected: want.name, found: null }
    : { kind: "mistyped", ...about, expected: want.type, found: schema.type };
}

function describeLack(want: WantedProperty, schema: Schema | undefined): string {
  return schema === undefined
    ? `property "${want.name}" (${want.type}) is missing`
    : `property "${schema.name}" is a ${schema.type} and must be a ${want.type}`;
}

function optionsOf(schema: Schema): readonly BoundOption[] {
  if (schema.type === "select") return schema.select.options;
  if (schema.type === "multi_select") return schema.multi_select.options;
  return [];
}
