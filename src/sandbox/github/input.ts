// SPDX-License-Identifier: EUPL-1.2
/** Reads request bodies as strictly as GitHub does, and refuses in its words. */
import { z } from "zod";
import { sameLogin } from "./people.ts";
import { type FieldError, invalidRequest, notAnObject, problemsParsing, validationFailed } from "./replies.ts";

const names = z.array(z.union([z.string(), z.looseObject({ name: z.string() }).transform((it) => it.name)]));
const notOffered = z.null().optional();
const issueParts = {
  body: z.string().nullish(),
  labels: names.optional(),
  assignees: z.array(z.string()).optional(),
  milestone: notOffered,
  type: notOffered,
};

export const newIssueBody = z.looseObject({ title: z.string(), ...issueParts });
export const issueChangeBody = z.looseObject({
  title: z.string().optional(),
  ...issueParts,
  state: z.enum(["open", "closed"]).optional(),
  state_reason: z.enum(["completed", "not_planned", "duplicate", "reopened"]).nullish(),
});
export const labelsBody = z.looseObject({ labels: names });
export const newLabelBody = z.looseObject({
  name: z.string(),
  color: z.string().optional(),
  description: z.string().nullish(),
});
const hookConfig = z.looseObject({
  url: z.url(),
  secret: z.string().optional(),
  content_type: z.enum(["json", "form"]).optional(),
});
export const newHookBody = z.looseObject({
  name: z.literal("web").optional(),
  config: hookConfig,
  events: z.array(z.string()).optional(),
  active: z.boolean().optional(),
});
export const hookChangeBody = z.looseObject({
  config: hookConfig.optional(),
  events: z.array(z.string()).optional(),
  add_events: z.array(z.string()).optional(),
  active: z.boolean().optional(),
});
export const newCommentBody = z.looseObject({ body: z.string() });

const TITLE = 256;
const BODY = 65_536;
const LABEL = 50;

/** The body as the schema has it. Throws 400 for what is no JSON object and 422 for a wrong or missing field. */
export function readBody<T>(text: string, schema: z.ZodType<T>): T {
  const json = parsed(text);
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw notAnObject();
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [field = "", ...deeper] = (result.error.issues[0]?.path ?? []).map(String);
  if (!(field in json)) throw invalidRequest(`"${field}" wasn't supplied.`);
  throw invalidRequest(`For 'properties/${[field, ...deeper].join("/")}', the value is not of an allowed type.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problemsParsing();
  }
}

type IssueParts = Readonly<{
  title?: string | undefined;
  body?: string | null | undefined;
  labels?: readonly string[] | undefined;
  assignees?: readonly string[] | undefined;
}>;

/** Throws one 422 that names everything wrong with an issue's parts. `logins` may be assigned. */
export function checkIssue(parts: IssueParts, logins: readonly string[]): void {
  const errors: FieldError[] = [];
  if (parts.title !== undefined && parts.title.trim() === "") {
    errors.push({ resource: "Issue", code: "missing_field", field: "title" });
  }
  errors.push(...tooLong("Issue", "title", parts.title, TITLE), ...tooLong("Issue", "body", parts.body, BODY));
  for (const name of parts.labels ?? []) errors.push(...labelErrors(name));
  for (const value of parts.assignees ?? []) {
    if (logins.some((it) => sameLogin(it, value))) continue;
    errors.push({ value, resource: "Issue", field: "assignees", code: "invalid" });
  }
  if (errors.length > 0) throw validationFailed(...errors);
}

export function checkComment(body: string): void {
  const blank = { resource: "IssueComment", code: "missing_field", field: "body" };
  if (body.trim() === "") throw validationFailed(blank);
  const errors = tooLong("IssueComment", "body", body, BODY);
  if (errors.length > 0) throw validationFailed(...errors);
}

export function checkLabel(name: string, color: string | undefined, taken: boolean): void {
  const errors = labelErrors(name);
  if (taken) errors.push({ resource: "Label", code: "already_exists", field: "name" });
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) {
    errors.push({ resource: "Label", code: "invalid", field: "color" });
  }
  if (errors.length > 0) throw validationFailed(...errors);
}

function labelErrors(name: string): FieldError[] {
  if (name.trim() === "") return [{ resource: "Label", code: "missing_field", field: "name" }];
  return tooLong("Label", "name", name, LABEL);
}

function tooLong(resource: string, field: string, text: string | null | undefined, max: number): FieldError[] {
  if (text == null || [...text].length <= max) return [];
  const message = `${field} is too long (maximum is ${max} characters)`;
  return [{ resource, code: "custom", field, message }];
}
