// SPDX-License-Identifier: EUPL-1.2
/** The environment's variables as one table: what each means, what it may hold, and what it is when it is not set. */
import { createPrivateKey } from "node:crypto";
import { join, resolve } from "node:path";
import { z } from "zod";

/** Relative paths count from the project's folder, wherever the service is started. */
export const projectRoot = join(import.meta.dirname, "..");

/** `needs` ends the sentences «NAME is missing: needs …» and «NAME holds something else: needs …». */
export type Variable = Readonly<{
  schema: z.ZodType<unknown, string | undefined>;
  meaning: string;
  needs: string;
  /** What it is when unset, in words; null: it must be set. */
  preset: string | null;
  /** May also be given as NAME_FILE, and is never printed. */
  secret: boolean;
}>;

const text = z.string().min(1);
const url = z.url({ protocol: /^https?$/ }).transform((it) => it.replace(/\/+$/, ""));
const path = text.transform((it) => resolve(projectRoot, it));
const id = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);
const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(65_535));
const uuid = z
  .string()
  .transform((it) => it.replaceAll("-", "").toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{32}$/))
  .transform((it) => it.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"));
const repository = z
  .string()
  .regex(/^[\w.-]+\/[\w.-]+$/)
  .transform((it) => ({ owner: it.split("/")[0] ?? "", repo: it.split("/")[1] ?? "" }));
/** Some tools can only hold a key on one line, with \n for its line breaks. */
const privateKey = z
  .string()
  .transform((it) => it.replaceAll("\\n", "\n"))
  .refine(isPrivateKey);
/** «Faseport <faseport@kommune.dk>», or the address alone. */
const sender = z
  .string()
  .regex(/^(?:[^<>"\r\n]+<[^<>]+>|[^<>]+)$/)
  .transform((it) => {
    const [, name = "", inside = ""] = /^(.*)<(.*)>$/.exec(it) ?? [];
    return { name: name.trim() || "Faseport", address: (inside || it).trim() };
  })
  .pipe(z.object({ name: text, address: z.email() }));
/** A name and an address on each line, or apart by any space: «innovation=https://…». */
const webhooks = z
  .string()
  .transform((it) => it.split(/\s+/).filter((pair) => pair !== ""))
  .pipe(z.array(z.string().regex(/^[a-zæøå\d][a-zæøå\d-]*=https?:\/\/[^/]+/)))
  .transform((pairs) => new Map(pairs.map((pair) => [pair.split("=", 1)[0] ?? "", pair.slice(pair.indexOf("=") + 1)])))
  .refine((named) => [...named.values()].every((it) => URL.canParse(it)));
const clock = z.union([
  z
    .string()
    .regex(/^[+-]?\d{1,15}$/)
    .transform((it) => ({ kind: "offset" as const, ms: Number(it) })),
  url.transform((it) => ({ kind: "url" as const, url: it })),
]);
const systemClock = { kind: "system" as const };
const roles = ["all", "web", "worker"] as const;
const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** Every variable of the contract; nothing else of the environment is read. */
export const variables = {
  NOTION_TOKEN: required(text, "the Notion connection's secret", "the secret on the connection's page in Notion", true),
  NOTION_WEBHOOK_SECRET: required(
    text,
    "the key Notion signs its events with; while it is changed, both with a comma between them",
    "the verification token that Notion sent when the webhook was made",
    true,
  ),
  NOTION_API_URL: preset(
    url,
    "https://api.notion.com",
    "where Notion's API is",
    "an http or https address without /v1",
  ),
  NOTION_PROJECTS: required(uuid, "the data source with the cards", "a data source id: 32 hex digits, hyphens or not"),
  NOTION_DECISIONS: required(
    uuid,
    "the data source with the decisions",
    "a data source id: 32 hex digits, hyphens or not",
  ),
  GITHUB_TOKEN: optional(text, "a GitHub token", "a token that may read and write the repository's issues", true),
  GITHUB_APP_ID: optional(id, "instead of a token: the GitHub App's id", "the number on the app's settings page"),
  GITHUB_APP_PRIVATE_KEY: optional(
    privateKey,
    "the GitHub App's private key",
    "the whole .pem file, from -----BEGIN to the last line (line breaks may be written \\n)",
    true,
  ),
  GITHUB_APP_INSTALLATION_ID: optional(
    id,
    "where the GitHub App is installed",
    "the number that ends the address of the installation's page",
  ),
  GITHUB_WEBHOOK_SECRET: required(
    text,
    "the key GitHub signs its events with; while it is changed, both with a comma between them",
    "the secret that was typed in when the webhook was made",
    true,
  ),
  GITHUB_API_URL: preset(url, "https://api.github.com", "where GitHub's API is", "an http or https address"),
  GITHUB_REPO: required(repository, "the repository with the issues", "owner/name"),
  REDIS_URL: optional(
    z.string().regex(/^(?:rediss?(?:\+(?:sentinel|cluster))?|unix):\/\//),
    "the Redis to use; unset: one of its own in FASEPORT_DATA",
    "an address such as redis://user:password@host:6379, redis+sentinel://host,host,host/name or unix:///path/of/a/socket",
    true,
  ),
  FASEPORT_DATA: preset(path, "data", "the folder in which the Redis of its own keeps its data", "a folder"),
  PORT: preset(port, "3000", "the port of webhooks and pages (0: any free one)", "a whole number from 0 to 65535"),
  // Inside a container nothing reaches 127.0.0.1; on a bare machine a proxy in front should be the only way in.
  HOST: preset(
    z.string().regex(/^[\w.:-]+$/),
    "0.0.0.0",
    "the address to listen on (127.0.0.1: this machine only)",
    "an address or a host name",
  ),
  FASEPORT_WORKER_PORT: optional(
    port,
    "the port on which a worker answers /livez, /readyz and /metrics; unset: none",
    "a whole number from 0 to 65535",
  ),
  FASEPORT_DRAIN_MS: preset(
    z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(z.int().max(6_000)),
    "1000",
    "how long the door still takes events after /readyz says that it closes",
    "milliseconds from 0 to 6000",
  ),
  FASEPORT_MODEL: preset(path, "config/furesoe.yaml", "the file with the rules", "a file"),
  FASEPORT_KOMMUNE: preset(path, "config/kommune.yaml", "the file with people, bodies and meetings", "a file"),
  FASEPORT_ROLE: preset(z.enum(roles), "all", "what this process does", `one of: ${roles.join(", ")}`),
  SMTP_URL: optional(
    z.url({ protocol: /^smtps?$/ }),
    "the mail server, for reminders by email",
    "an address such as smtp://user:password@host:587 or smtps://host:465",
    true,
  ),
  MAIL_FROM: optional(sender, "who mail is from", "an address such as Faseport <faseport@kommune.dk>"),
  TEAMS_WEBHOOKS: optional(
    webhooks,
    "workflows that write in Teams channels",
    "a line such as innovation=https://… for each channel, the name as in kommune.yaml",
    true,
  ),
  FASEPORT_ADMIN_TOKEN: optional(
    text,
    "opens /cards/…/explain and /admin/queues, and /metrics to other machines; unset: nobody gets in",
    "a long random text",
    true,
  ),
  FASEPORT_CLOCK: unset(
    clock.optional().transform((it) => it ?? systemClock),
    "for tests and the sandbox only: another clock",
    'milliseconds to add, or an http address that answers {"now": "…"}',
    "the system's clock",
  ),
  LOG_LEVEL: preset(z.enum(logLevels), "info", "how much is logged", `one of: ${logLevels.join(", ")}`),
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof variables;
export type Values = Readonly<{ [Name in VariableName]: z.output<(typeof variables)[Name]["schema"]> }>;

function required<T>(schema: z.ZodType<T, string>, meaning: string, needs: string, secret = false) {
  return { schema, meaning, needs, preset: null, secret };
}

function preset<T>(schema: z.ZodType<T, string>, value: string, meaning: string, needs: string) {
  return { schema: schema.prefault(value), meaning, needs, preset: value, secret: false };
}

function optional<T>(schema: z.ZodType<T, string>, meaning: string, needs: string, secret = false) {
  const orNull = schema.optional().transform((it) => it ?? null);
  return { schema: orNull, meaning, needs, preset: "unset", secret };
}

function unset<T>(schema: z.ZodType<T, string | undefined>, meaning: string, needs: string, otherwise: string) {
  return { schema, meaning, needs, preset: otherwise, secret: false };
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).type === "private";
  } catch {
    return false;
  }
}
