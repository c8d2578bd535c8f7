// SPDX-License-Identifier: EUPL-1.2
/** Holds a file's data to its schema, and says in a municipality's words what does not fit. */
import { z } from "zod";
import type { ConfigFile, Outcome, Path } from "./config-file.ts";
import { amongKnown } from "./nearest.ts";
import type { Problem } from "./problems.ts";

/** The file with its data typed, or every place where the data does not have the schema's shape. */
export function checkShape<T>(config: ConfigFile, schema: z.ZodType<T>): Outcome<ConfigFile<T>> {
  const result = schema.safeParse(config.value);
  if (result.success) return { value: { ...config, value: result.data }, problems: [] };
  return { value: null, problems: result.error.issues.flatMap((issue) => problemsOf(config, schema, issue)) };
}

/** What stands in a file, short enough for a line. Never called with a secret: secrets do not stand in these files. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return `a group with ${Object.keys(value).join(", ") || "nothing in it"}`;
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

function problemsOf(config: ConfigFile, schema: z.ZodType, issue: z.core.$ZodIssue): readonly Problem[] {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  const value = valueAt(config.value, path);
  if (issue.code !== "unrecognized_keys") return [config.problem(path, shown(value), allowedBy(issue, value))];
  const known = keysAt(z.toJSONSchema(schema, { io: "input" }), path);
  return issue.keys.map((key) =>
    config.problem([...path, key], `the key ${key}, which is unknown`, amongKnown(key, known), "key"),
  );
}

function allowedBy(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return typeNeeded(issue.expected, value);
    case "too_small":
      return `needs at least ${amount(issue.minimum, issue.origin)}`;
    case "too_big":
      return `needs at most ${amount(issue.maximum, issue.origin)}`;
    case "invalid_value":
      return valueNeeded(issue.values.map(String), value);
    case "invalid_format":
      return formatNeeded(issue);
    default:
      return issue.message;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: "needs text",
  int: "needs a whole number",
  number: "needs a number",
  boolean: "needs true or false",
  array: "needs a list",
  tuple: "needs a list",
  object: "needs a group of keys",
  record: "needs a group of keys",
};

function typeNeeded(expected: string, value: unknown): string {
  const needed = typeNames[expected] ?? `needs ${expected}`;
  const unquoted = expected === "string" && (typeof value === "number" || typeof value === "boolean");
  return unquoted ? `${needed}: put it in quotes` : needed;
}

const units: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ["character", "characters"],
  array: ["item", "items"],
};

function amount(count: number | bigint, origin: string): string {
  const unit = units[origin]?.[count === 1 ? 0 : 1];
  return unit === undefined ? String(count) : `${count} ${unit}`;
}

function valueNeeded(values: readonly string[], value: unknown): string {
  if (values.length === 1) return `needs ${values[0]}`;
  return amongKnown(typeof value === "string" ? value : "", values);
}

function formatNeeded(issue: z.core.$ZodIssueInvalidStringFormat): string {
  if (issue.format === "date") return "needs a date such as 2026-12-24";
  if (issue.format === "guid") return "needs a user id such as 00000000-0000-4000-8000-000000000001";
  return `needs ${issue.message}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, step) => {
    return inside !== null && typeof inside === "object" ? Reflect.get(inside, step) : undefined;
  }, value);
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The keys the schema knows at a path; of every variant where there are several. */
function keysAt(schema: JsonSchema, path: Path): readonly string[] {
  const [step, ...rest] = path;
  const variants = [schema, ...(schema.anyOf ?? [])].filter((it): it is JsonSchema => typeof it === "object");
  if (step === undefined) return variants.flatMap((it) => Object.keys(it.properties ?? {}));
  const inside = variants.flatMap((it) => {
    if (typeof step === "number") return Array.isArray(it.items) ? [it.items[step]] : [it.items];
    return [it.properties?.[step] ?? it.additionalProperties];
  });
  return inside.flatMap((it) => (it !== null && typeof it === "object" ? keysAt(it as JsonSchema, rest) : []));
}
