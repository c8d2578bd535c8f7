// SPDX-License-Identifier: EUPL-1.2
/**
 * Makes `fixtures/github-openapi.json`: the part of GitHub's OpenAPI document that the stand-in answers, as JSON Schema.
 * The whole document is too large to be a dependency (385 MB installed). To renew the fixture, in an empty folder:
 *
 *   npm pack @octokit/openapi@23 && tar xzf octokit-openapi-*.tgz package/generated/api.github.com.json
 *   node <project>/tests/contract/make-github-openapi.ts package/generated/api.github.com.json
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

const issues = "/repos/{owner}/{repo}/issues";
const operations: readonly string[] = [
  "GET /user",
  "GET /app",
  "POST /app/installations/{installation_id}/access_tokens",
  "GET /rate_limit",
  "GET /repos/{owner}/{repo}",
  `GET ${issues}`,
  `POST ${issues}`,
  `GET ${issues}/{issue_number}`,
  `PATCH ${issues}/{issue_number}`,
  `GET ${issues}/{issue_number}/comments`,
  `POST ${issues}/{issue_number}/comments`,
  `GET ${issues}/{issue_number}/labels`,
  `POST ${issues}/{issue_number}/labels`,
  `PUT ${issues}/{issue_number}/labels`,
  `DELETE ${issues}/{issue_number}/labels`,
  `DELETE ${issues}/{issue_number}/labels/{name}`,
  "GET /repos/{owner}/{repo}/labels",
  "POST /repos/{owner}/{repo}/labels",
  "GET /repos/{owner}/{repo}/assignees",
  "GET /repos/{owner}/{repo}/hooks",
  "POST /repos/{owner}/{repo}/hooks",
  "GET /repos/{owner}/{repo}/hooks/{hook_id}",
  "PATCH /repos/{owner}/{repo}/hooks/{hook_id}",
  "POST /repos/{owner}/{repo}/hooks/{hook_id}/pings",
];
const actions = "opened edited closed reopened locked labeled unlabeled assigned unassigned deleted transferred".split(
  " ",
);
const webhooks: readonly string[] = ["ping", "issue-comment-created", ...actions.map((action) => `issues-${action}`)];

/** Said to people, not checked; or large, and never answered by the stand-in. */
const dropped = new Set("description title summary example examples default externalDocs x-github readOnly".split(" "));
const neverAnswered = new Set([
  "template_repository",
  "parent",
  "source",
  "code_of_conduct",
  "enterprise",
  "organization",
]);

/** The fixture, from the parsed document. */
export function extract(document: JsonObject): JsonObject {
  const chosen = {
    operations: Object.fromEntries(operations.map((name) => [name, operation(document, name)])),
    webhooks: Object.fromEntries(webhooks.map((name) => [name, bodySchema(at(document, "x-webhooks", name, "post"))])),
  };
  const { version, license } = object(document.info ?? null);
  return {
    source: `@octokit/openapi ${String(version)}, generated/api.github.com.json`,
    license: object(license ?? null).name ?? null,
    ...chosen,
    schemas: reachable(document, chosen),
  };
}

function operation(document: JsonObject, name: string): JsonObject {
  const [method = "", path = ""] = name.split(" ");
  const found = at(document, "paths", path, method.toLowerCase());
  const responses = Object.entries(object(found.responses ?? null)).map(
    ([status, response]) => [status, contentSchema(resolved(document, response))] as const,
  );
  return {
    request: found.requestBody === undefined ? null : bodySchema(found),
    responses: Object.fromEntries(responses),
  };
}

function bodySchema(operationOrHook: JsonObject): Json {
  return contentSchema(object(operationOrHook.requestBody ?? null));
}

/** null: no body. */
function contentSchema(holder: JsonObject): Json {
  const content = object(holder.content ?? {})["application/json"];
  return content === undefined ? null : slim(object(content).schema ?? null);
}

/** Every schema that is referred to, directly or through others. */
function reachable(document: JsonObject, from: JsonObject): JsonObject {
  const found: Record<string, Json> = {};
  const waiting = [...references(from)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name in found) continue;
    const schema = slim(at(document, "components", "schemas", name));
    found[name] = schema;
    waiting.push(...references(schema));
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => a.localeCompare(b)));
}

function references(json: Json): string[] {
  return [...JSON.stringify(json).matchAll(/"#\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name);
}

/** OpenAPI 3.0's dialect as JSON Schema, without what nobody checks. */
function slim(json: Json): Json {
  if (Array.isArray(json)) return json.map(slim);
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json as JsonObject)
    .filter(([key]) => !dropped.has(key))
    .map(([key, value]) => [key, key === "properties" ? properties(value) : slim(value)] as const);
  return nullable(repointed(Object.fromEntries(entries)));
}

/** Names of properties are not keywords: one may be called "description" or "default". */
function properties(json: Json): Json {
  const entries = Object.entries(object(json)).filter(([name]) => !neverAnswered.has(name));
  return Object.fromEntries(entries.map(([name, schema]) => [name, slim(schema)]));
}

function repointed(schema: JsonObject): JsonObject {
  const { $ref } = schema;
  return typeof $ref === "string" ? { ...schema, $ref: $ref.replace("#/components/schemas/", "#/schemas/") } : schema;
}

function nullable({ nullable: isNullable, ...schema }: JsonObject): JsonObject {
  if (isNullable !== true) return schema;
  if (typeof schema.type !== "string") return { anyOf: [schema, { type: "null" }] };
  const choices = Array.isArray(schema.enum) ? { enum: [...new Set([...schema.enum, null])] } : {};
  return { ...schema, ...choices, type: [schema.type, "null"] };
}

function resolved(document: JsonObject, json: Json): JsonObject {
  const { $ref } = object(json);
  return typeof $ref === "string" ? at(document, ...$ref.slice(2).split("/")) : object(json);
}

function at(json: JsonObject, ...path: readonly string[]): JsonObject {
  return path.reduce((inside, key) => object(inside[key] ?? null, path), json);
}

function object(json: Json, path: readonly string[] = []): JsonObject {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new Error(`the document has no object at ${path.join(" / ") || "an expected place"}`);
  }
  return json as JsonObject;
}

function main([source]: readonly string[]): void {
  if (source === undefined) {
    process.stderr.write("Usage: node make-github-openapi.ts <api.github.com.json>\n");
    process.exitCode = 2;
    return;
  }
  const target = join(import.meta.dirname, "fixtures", "github-openapi.json");
  const fixture = extract(JSON.parse(readFileSync(source, "utf8")) as JsonObject);
  writeFileSync(target, `${JSON.stringify(fixture)}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2));
