// SPDX-License-Identifier: EUPL-1.2
/** GitHub's own description of its API as a judge: of every request, answer and event that passes between stand-in and service. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

type Schema = object | null;
type Fixture = {
  operations: Record<string, { request: Schema; responses: Record<string, Schema> }>;
  webhooks: Record<string, Schema>;
  schemas: Record<string, object>;
};
type Fetch = (request: Request, env?: unknown) => Response | Promise<Response>;

const text = readFileSync(join(import.meta.dirname, "fixtures", "github-openapi.json"), "utf8");
const fixture = JSON.parse(text.replaceAll("#/schemas/", "github#/schemas/")) as Fixture;
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ schemas: fixture.schemas }, "github");
const compiled = new Map<object, ValidateFunction>();

/** What is wrong with a webhook's payload; the list is empty when nothing is. */
export function problemsOfEvent(event: string, body: { action?: unknown }): string[] {
  const name = event === "ping" ? event : `${event.replace("_", "-")}-${String(body.action)}`;
  const schema = fixture.webhooks[name];
  return schema ? problems(`event ${name}`, schema, body) : [`${name} is no event of GitHub's that the fixture has`];
}

/** The API, watched: whatever passes that GitHub's document does not allow is added to `found`. */
export function watched(api: Fetch, found: string[]): Fetch {
  return async (request, env) => {
    const { method } = request;
    const path = new URL(request.url).pathname;
    const sent = await request.clone().text();
    const response = await api(request, env);
    if (response.headers.has("x-hono-already-sent")) return response;
    const answered = await response.clone().text();
    found.push(...problemsOfExchange(method, path, sent, { status: response.status, text: answered }));
    return response;
  };
}

function problemsOfExchange(
  method: string,
  path: string,
  sent: string,
  answer: { status: number; text: string },
): string[] {
  const name = operationOf(method, path);
  const operation = name === null ? undefined : fixture.operations[name];
  const isFine = answer.status < 300;
  if (!operation) return isFine ? [`${method} ${path} is no operation that the fixture has`] : [];
  const label = `${name} ${answer.status}`;
  const request = isFine && operation.request ? problems(`${label} request`, operation.request, parse(sent)) : [];
  if (isFine && !(answer.status in operation.responses)) return [...request, `${label} is no answer of GitHub's`];
  // Statuses that any address may answer, such as 401 and 429, are not listed with each: they are plain errors.
  const schema = operation.responses[answer.status] ?? (isFine ? null : { $ref: "github#/schemas/basic-error" });
  if (answer.text === "" || answer.text.startsWith("<")) return request;
  return [...request, ...(schema ? problems(label, schema, parse(answer.text)) : [`${label} should have no body`])];
}

function operationOf(method: string, path: string): string | null {
  const named = path.replace(/^\/repositories\/\d+/, "/repos/o/r");
  const fits = (template: string) =>
    new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`).test(`${method} ${named}`);
  return Object.keys(fixture.operations).find(fits) ?? null;
}

function problems(label: string, schema: object, value: unknown): string[] {
  const known = compiled.get(schema);
  const validate = known ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((it) => `${label}: ${it.instancePath} ${it.message} ${JSON.stringify(it.params)}`);
}

function parse(body: string): unknown {
  return body === "" ? {} : JSON.parse(body);
}
