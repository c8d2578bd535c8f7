// SPDX-License-Identifier: EUPL-1.2
/**
 * Which property and option of the board is which of the model's: found by name once and by id from then on, so that
 * a rename in Notion changes nothing (DOMAIN 10, case 13). Plain JSON: the ledger keeps it between starts.
 */
import type { DataSourceObjectResponse } from "@notionhq/client";
import type { UserId } from "../../core/card.ts";
import { Permanent } from "../../core/errors.ts";
import type { Difference, SourceKey } from "../board.ts";
import { plainId, uuid } from "./ids.ts";
import type { WantedOption, WantedProperty } from "./wanted.ts";

/** `name` is what the board called it when it was bound; `id` is spelled as Notion returned it. */
export type BoundOption = Readonly<{ id: string; name: string }>;
export type BoundProperty = Readonly<{ id: string; name: string; options: Readonly<Record<string, BoundOption>> }>;
/** Properties and options by the model's key; what the board lacks and the service can do without is absent. */
export type BoundSource = Readonly<{ id: string; title: string; properties: Readonly<Record<string, BoundProperty>> }>;
export type Binding = Readonly<{ self: UserId; projects: BoundSource; decisions: BoundSource }>;

/** The findings for one data source: what is bound, how it differs from the rules, and what the service can't start without. */
export type Findings = Readonly<{
  source: BoundSource;
  differences: readonly Difference[];
  problems: readonly string[];
}>;

type Schema = DataSourceObjectResponse["properties"][string];
type Report = Readonly<{ key: SourceKey; title: string; differences: Difference[]; problems: string[] }>;

/**
 * Binds one data source. Whatever is not found by its remembered id is found by its name. A needed option that is gone
 * from a board that was bound before is no problem where the service writes the field: it makes the option again when it
 * writes it (sheet.ts).
 */
export function bindSource(
  key: SourceKey,
  found: DataSourceObjectResponse,
  wanted: readonly WantedProperty[],
  remembered: BoundSource | null,
): Findings {
  const title = found.title.map((it) => it.plain_text).join("") || key;
  const report: Report = { key, title, differences: [], problems: [] };
  // Ids of another data source say nothing about this one.
  const memory = remembered && uuid(remembered.id) === uuid(found.id) ? remembered.properties : null;
  const schemas = Object.values(found.properties);
  const properties: Record<string, BoundProperty> = {};
  for (const want of wanted) {
    const bound = bindProperty(want, find(schemas, want, memory ?? {}), memory, report);
    if (bound) properties[want.key] = bound;
  }
  const { differences, problems } = report;
  return { source: { id: uuid(found.id), title, properties }, differences, problems };
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
  schema: Schema | undefined,
  memory: BoundSource["properties"] | null,
  report: Report,
): BoundProperty | null {
  if (schema?.type !== want.type) {
    report.differences.push(lack(want, schema, report));
    if (want.needed) report.problems.push(`«${report.title}»: ${describeLack(want, schema)}`);
    return null;
  }
  const remembered = memory?.[want.key] ?? null;
  compare(report, want, null, remembered, schema);
  return { id: schema.id, name: schema.name, options: bindOptions(want, schema, remembered, report) };
}

function bindOptions(
  want: WantedProperty,
  schema: Schema,
  remembered: BoundProperty | null,
  report: Report,
): BoundProperty["options"] {
  const there = optionsOf(schema);
  const bound: Record<string, BoundOption> = {};
  for (const option of want.options) {
    const found = find(there, option, remembered?.options ?? {});
    if (found) {
      compare(report, want, option, remembered?.options[option.key] ?? null, found);
      bound[option.key] = { id: found.id, name: found.name };
    } else lackOption(want, option, remembered !== null, report);
  }
  const known = Object.values(bound).map(({ id }) => id);
  if (want.owner === "guarded" && want.options.length > 0)
    for (const { id, name } of there) if (!known.includes(id)) report.differences.push(stranger(want, name, report));
  return bound;
}

/** By the remembered id first: a name may have been given away since. What is remembered as another's is not taken by name. */
function find<T extends { id: string; name: string }>(
  among: readonly T[],
  want: Readonly<{ key: string; name: string }>,
  memory: Readonly<Record<string, { id: string }>>,
): T | undefined {
  const own = memory[want.key];
  const others = Object.values(memory).map(({ id }) => plainId(id));
  const byId = own && among.find((it) => plainId(it.id) === plainId(own.id));
  return byId ?? among.find((it) => it.name === want.name && !others.includes(plainId(it.id)));
}

function compare(
  { key, title, differences }: Report,
  want: WantedProperty,
  option: WantedOption | null,
  remembered: BoundOption | null,
  now: { id: string; name: string },
): void {
  const expected = option?.name ?? want.name;
  const about = { source: key, title, property: want.name, option: option?.name ?? null, hinders: false };
  if (remembered && plainId(remembered.id) !== plainId(now.id))
    differences.push({ kind: "replaced", ...about, expected: [expected], found: now.name });
  else if (now.name !== expected)
    differences.push({ kind: "renamed", ...about, expected: [expected], found: now.name });
}

function lack(want: WantedProperty, schema: Schema | undefined, { key, title }: Report): Difference {
  const about = { source: key, title, property: want.name, option: null, hinders: want.needed };
  return schema === undefined
    ? { kind: "missing", ...about, expected: [want.name], found: null }
    : { kind: "mistyped", ...about, expected: [want.type], found: schema.type };
}

function lackOption(want: WantedProperty, option: WantedOption, isKnownBoard: boolean, report: Report): void {
  const { key, title, differences, problems } = report;
  const hinders = option.needed && want.owner === "people";
  const about = { source: key, title, property: want.name, option: option.name, hinders };
  differences.push({ kind: "missing", ...about, expected: [option.name], found: null });
  if (hinders || (option.needed && !isKnownBoard))
    problems.push(`«${title}»: property "${want.name}" lacks the option "${option.name}"`);
}

function stranger(want: WantedProperty, found: string, { key, title }: Report): Difference {
  const expected = want.options.map(({ name }) => name);
  return { kind: "unknown", source: key, title, property: want.name, option: found, expected, found, hinders: false };
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
