// SPDX-License-Identifier: EUPL-1.2
/** A whole house for a test: the sandbox as the other side, a real Redis, and the service as `npm start` would run it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { pino } from "pino";
import { parseSettings } from "../../src/config.ts";
import { type JobName, jobNames } from "../../src/jobs/registry.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { loadModel } from "../../src/model/load.ts";
import { openRedis } from "../../src/redis/redis.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import type { PropertyWrite } from "../../src/sandbox/world.ts";
import { type Running, startService } from "../../src/service.ts";

export const municipalityPath = "config/kommune.example.yaml";
export const model = loadModel({ rulesPath: "config/furesoe.yaml", municipalityPath });
export const start = new Date("2026-11-23T08:00:00.000Z");

const user = (key: string) => model.municipality.people.find((person) => person.key === key)?.notion[0] ?? key;
export const people = {
  anders: user("anders"),
  sanne: user("sanne"),
  mette: user("mette"),
  ole: user("ole"),
  karin: user("karin"),
  bodil: user("bodil"),
  lise: user("lise"),
} as const;

export type House = Readonly<{
  sandbox: Sandbox;
  ledger: Ledger;
  service: () => Running;
  /** Stops the service as SIGTERM would; `startAgain` starts another on the same Redis. */
  stop(): Promise<void>;
  startAgain(): Promise<void>;
  /** Resolves when every event has been delivered and every job done that is not waiting for a later time. */
  quiet(): Promise<void>;
  jobs(name: JobName): Promise<Readonly<Record<string, number>>>;
  /** Ends Redis as a crash of its machine would; what was written stays on disk. */
  stopRedis(): Promise<void>;
  startRedisAgain(): Promise<void>;
  close(): Promise<void>;
}>;

/** Opens a house whose board has been adopted. */
export async function openHouse(): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), "faseport-house-"));
  const startRedis = () => openRedis({ dataDir, tell: () => {} });
  let redis = await startRedis();
  const connection = redis.connection as { path: string };
  const sandbox = await createSandbox({ ...model, start, aggregationMs: 40, seed: "house" });
  const settings = parseSettings({
    ...sandbox.environment(),
    REDIS_URL: `unix://${connection.path}`,
    FASEPORT_KOMMUNE: municipalityPath,
    HOST: "127.0.0.1",
    PORT: "0",
  });
  const client = new Redis({ path: connection.path });
  client.on("error", () => {});
  const queues = jobNames.map((name) => new Queue(name, { connection: client, prefix: "faseport" }));
  for (const queue of queues) queue.on("error", () => {});
  const log = pino({ level: "silent" });
  let running = await startService(settings, model, log);
  sandbox.connect(running.url ?? "");
  const house: House = {
    sandbox,
    ledger: new Ledger(client),
    service: () => running,
    stop: () => running.close(),
    async startAgain() {
      running = await startService({ ...settingsWith(settings, portOf(running)) }, model, log);
    },
    quiet: () => quiet(sandbox, queues),
    jobs: (name) => queues[jobNames.indexOf(name)]?.getJobCounts() ?? Promise.resolve({}),
    stopRedis: () => redis.close(),
    async startRedisAgain() {
      redis = await startRedis();
    },
    async close() {
      await running.close();
      await Promise.all(queues.map((queue) => queue.close()));
      client.disconnect();
      await sandbox.close();
      await redis.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await house.quiet();
  return house;
}

function portOf(running: Running): number {
  return Number(new URL(running.url ?? "http://127.0.0.1:0").port);
}

/** The same settings on a known port, so that the stand-ins find the service again. */
function settingsWith(settings: ReturnType<typeof parseSettings>, port: number): ReturnType<typeof parseSettings> {
  const {
    board,
    tracker,
    redisUrl,
    dataDir,
    web,
    modelPath,
    municipalityPath: kommune,
    role,
    clock,
    logLevel,
  } = settings;
  return {
    board,
    tracker,
    redisUrl,
    dataDir,
    web: { ...web, port },
    modelPath,
    municipalityPath: kommune,
    role,
    clock,
    logLevel,
  };
}

const BUSY = ["active", "waiting", "prioritized", "delayed"] as const;

async function quiet(sandbox: Sandbox, queues: readonly Queue[]): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (let still = 0; still < 2; ) {
    if (Date.now() > deadline) throw new Error(`not quiet after 20 s: ${await describeWork(queues)}`);
    await sandbox.notion.delivered();
    await sandbox.github.delivered();
    still = (await describeWork(queues)) === "" ? still + 1 : 0;
    await pause(15);
  }
}

/** The work under way; a wake and a scheduled reconcile wait for a later time and are none. */
async function describeWork(queues: readonly Queue[]): Promise<string> {
  const counts = await Promise.all(
    queues
      .filter(({ name }) => name !== "wake")
      .map(async (queue) => {
        const now = await queue.getJobCounts(
          ...BUSY.filter((state) => queue.name !== "reconcile" || state !== "delayed"),
        );
        return Object.entries(now).flatMap(([state, count]) => (count > 0 ? `${queue.name} ${state} ${count}` : []));
      }),
  );
  return counts.flat().join(", ");
}

/** What people do and see on the board, by the card's number. */
export function board({ sandbox }: House) {
  const { notion, github } = sandbox;
  const card = (number: string) => {
    const found = notion.pages(notion.projects).find((page) => text(page, "Projekt-id") === number);
    if (!found) throw new Error(`no card ${number}`);
    return found.id;
  };
  const rows = (number: string) =>
    notion.pages(notion.decisions).filter((row) => relation(row, "Projekt").includes(card(number)));
  const openRow = (number: string, body: string) => {
    const found = rows(number).find(
      (row) => text(row, "Udvalg") === body && !["Brugt", "Bortfaldet", "Udløbet"].includes(text(row, "Status")),
    );
    if (!found) throw new Error(`no open decision of ${body} for ${number}`);
    return found;
  };
  const issue = (number: string) => {
    const task = text(notion.page(card(number)), "Opgave");
    return task === "" ? null : github.issue(Number(task.split("/").at(-1)));
  };
  return {
    card,
    rows,
    openRow,
    issue,
    field: (number: string, name: string) => text(notion.page(card(number)), name),
    drag: (by: string, number: string, phase: string | null) =>
      notion.edit(by, card(number), { Fase: { select: phase === null ? null : { name: phase } } }),
    edit: (by: string, number: string, properties: Record<string, PropertyWrite>) =>
      notion.edit(by, card(number), properties),
    tick: (by: string, number: string, body: string, box = true) =>
      notion.edit(by, openRow(number, body).id, { Godkendt: { checkbox: box } }),
    comments: (number: string) =>
      notion.commentsOf(card(number)).map((comment) => comment.rich_text.map((part) => part.plain_text).join("")),
    /** The message ids of the card's comments, oldest first: A01, B03 … */
    said: (number: string) =>
      notion
        .commentsOf(card(number))
        .map(
          (comment) => /ref\. ([A-Z]\d\d)/u.exec(comment.rich_text.map((part) => part.plain_text).join(""))?.[1] ?? "?",
        ),
    phaseLabels: (number: string) => labels(issue(number)).filter((label) => label.startsWith("fase:")),
    labels: (number: string) => labels(issue(number)),
  };
}

type Page = ReturnType<Sandbox["notion"]["page"]>;

/** A property as a person reads it; "" when empty. */
function text(page: Page, name: string): string {
  const value = page.properties[name];
  switch (value?.type) {
    case "title":
      return value.title.map((part) => part.plain_text).join("");
    case "rich_text":
      return value.rich_text.map((part) => part.plain_text).join("");
    case "select":
      return value.select?.name ?? "";
    case "url":
      return value.url ?? "";
    case "unique_id":
      return `${value.unique_id.prefix}-${value.unique_id.number}`;
    case "checkbox":
      return String(value.checkbox);
    case "number":
      return String(value.number ?? "");
    default:
      return JSON.stringify(value);
  }
}

function relation(page: Page, name: string): readonly string[] {
  const value = page.properties[name];
  return value?.type === "relation" ? value.relation.map(({ id }) => id) : [];
}

function labels(issue: ReturnType<Sandbox["github"]["issue"]> | null): readonly string[] {
  return (issue?.labels ?? []).map((label) => (typeof label === "string" ? label : (label.name ?? ""))).sort();
}
