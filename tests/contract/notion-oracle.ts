// SPDX-License-Identifier: EUPL-1.2
/**
 * Notion's own OpenAPI document as a judge of answers and events. It is not part of the repository: where it is absent
 * `loadOracle` answers null and the tests that need it are skipped.
 *
 * As published it refuses two thirds of what Notion really answers: `additionalProperties: false` stands inside `allOf`,
 * and its `oneOf` branches overlap. Without the first and with `anyOf` for the second it accepts all recorded answers
 * about pages, comments and users; what it refuses are data sources with property types that it does not know.
 */
import { existsSync, readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const document = new URL("../../../shared/data/notion-openapi.json", import.meta.url);

export const oracleAbsent = `skipped: ${document.pathname.split("/").slice(-3).join("/")} is not beside the repository`;

/** What is wrong with a JSON value; empty when nothing is. */
type Faults = readonly string[];

export interface NotionOracle {
  /** Judges an answer by method, concrete path and status. Throws when the document knows no such answer. */
  answer(method: string, path: string, status: number, body: unknown): Faults;
  /** Judges a webhook's body by its `type`. */
  event(body: { type: string }): Faults;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Document = { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> };

export function loadOracle(): NotionOracle | null {
  if (!existsSync(document)) return null;
  const relaxed = relax(JSON.parse(readFileSync(document, "utf8"))) as unknown as Document;
  // A date property's start is documented as a date and recorded with a time too: that format is not checked.
  const ajv = new Ajv2020({ strict: false, formats: { date: true } });
  addFormats.default(ajv, ["date-time", "uuid"]);
  ajv.addSchema(relaxed, "notion");
  const compiled = new Map<string, ValidateFunction>();
  const judge = (pointer: string, value: unknown): Faults => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `notion#${pointer}` });
    compiled.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath || "/"} ${error.message}`);
  };
  return {
    answer: (method, path, status, body) => judge(answerPointer(relaxed, method, path, status), body),
    event: (body) => judge(`/components/schemas/${payloadName(body.type)}`, body),
  };
}

/** An answer that may be partial would make every answer right: {object, id} is all that a partial one needs. */
const partial = /\/partial(Page|DataSource|Database|Comment)ObjectResponse$/;

function isPartial(node: Json): boolean {
  return typeof node === "object" && node !== null && !Array.isArray(node) && partial.test(String(node.$ref));
}

function relax(node: Json): Json {
  if (Array.isArray(node)) return node.filter((it) => !isPartial(it)).map(relax);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node)
    .filter(([key, value]) => !(key === "additionalProperties" && value === false))
    .map(([key, value]) => [key === "oneOf" ? "anyOf" : key, relax(value)] as const);
  return Object.fromEntries(entries);
}

function answerPointer({ paths }: Document, method: string, path: string, status: number): string {
  const template = Object.keys(paths)
    .sort((one, other) => other.length - one.length)
    .find((it) => matches(it, path) && paths[it]?.[method.toLowerCase()]);
  const known = template && paths[template]?.[method.toLowerCase()]?.responses[status];
  if (!template || !known) throw new Error(`The OpenAPI document has no ${status} for ${method} ${path}`);
  const parts = ["paths", template, method.toLowerCase(), "responses", String(status), "content", "application/json"];
  return [...parts, "schema"].map((part) => `/${escaped(part)}`).join("");
}

/** A JSON pointer's part inside a URI fragment. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function matches(template: string, path: string): boolean {
  const [wanted, given] = [template.split("/"), path.split("/")];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith("{") || part === given[index]);
}

/** page.properties_updated → pagePropertiesUpdatedWebhookPayload */
function payloadName(type: string): string {
  return `${type.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase())}WebhookPayload`;
}
