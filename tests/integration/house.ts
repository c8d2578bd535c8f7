// SPDX-License-Identifier: EUPL-1.2
/** A whole house for a test: the sandbox as the other side, a real Redis, and the service as `npm start` would run it. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Queue } from "bullmq";
import { parse, stringify } from "yaml";
import type { Settings } from "../../src/config.ts";
import { type JobName, jobNames } from "../../src/jobs/registry.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { loadModel } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";
import { prefixOf } from "../../src/redis/client.ts";
import { openWorkRedis } from "../../src/redis/connect.ts";
import { openRedis, type RedisConnection } from "../../src/redis/redis.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import type { NotionPerson } from "../../src/sandbox/world.ts";
import type { Running } from "../../src/service/service.ts";
import { courseOf, type JobEvent } from "./course.ts";
import { modelWith, type Overrides, overlaid } from "./model-with.ts";
import { type Process, processOf, type SaidLine } from "./process.ts";

export { board } from "./on-board.ts";

export const municipalityPath = "config/kommune.example.yaml";
export const model = loadModel({ rulesPath: "config/furesoe.yaml", municipalityPath });
/** No test waits for a remote side's minute to pass. */
export const roomy: Model["municipality"]["budgets"] = {
  notion: { perMinute: 60_000 },
  github: { perHour: 60_000, pointsPerMinute: 600_000, createPerMinute: 60_000, createPerHour: 60_000 },
};
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

/** Who is on the board beside the people. */
export const machines = {
  automation: { id: "00000000-0000-4000-8000-00000000b001", name: "Automatisering", kind: "bot" },
  agent: { id: "00000000-0000-4000-8000-00000000b002", name: "Agent", kind: "agent" },
} as const satisfies Record<string, NotionPerson>;

export type House = Readonly<{
  sandbox: Sandbox;
  ledger: Ledger;
  service: () => Running;
  /** Where each process listens that does. */
  addresses(): readonly string[];
  /** What the service was started with, for a command that runs beside it. */
  environment: Readonly<Record<string, string>>;
  /** Stops the service as SIGTERM would; `startAgain` starts another on the same Redis. */
  stop(): Promise<void>;
  startAgain(): Promise<void>;
  /** Resolves when every event has been delivered and every job done that is not waiting for a later time. */
  quiet(): Promise<void>;
  jobs(name: JobName): Promise<Readonly<Record<string, number>>>;
  /** Everything that has happened to the jobs of a kind, in order, as the queue itself has put it down. */
  course(name: JobName): Promise<readonly JobEvent[]>;
  /** The service looks at every card again, as it does each night. */
  lookAtAll(): Promise<void>;
  /** What each process has written in its own log. */
  said(): readonly (readonly SaidLine[])[];
  /** Ends Redis as a crash of its machine would; what was written stays on disk. */
  stopRedis(): Promise<void>;
  startRedisAgain(): Promise<void>;
  /** Everything that Redis holds is lost. */
  forget(): Promise<void>;
  /** What Redis holds of one card is lost. */
  forgetCard(card: string): Promise<void>;
  close(): Promise<void>;
  /** As `close`, when the service has been stopped already. */
  closeStopped(): Promise<void>;
}>;

/** What a house may have otherwise than the example municipality. */
export type HouseOptions = Readonly<{
  /** Parts of the rules' file that are otherwise: `{ approvals: { onApproval: "move" } }`. */
  rules?: Overrides;
  /** Variables beside those of every house. */
  environment?: Readonly<Record<string, string>>;
  /** What the two sides allow the service to ask; more than it ever asks, unless given. */
  budgets?: Model["municipality"]["budgets"];
  /** How people are reached; on the card, unless given. */
  channels?: Partial<Model["municipality"]["channels"]>;
  /** Whether the page that holds the databases is the municipality's page for reports. */
  hasReports?: boolean;
  /** What people have done on the board before the service comes. */
  before?: (sandbox: Sandbox) => void;
  /** How long the work of one act may take, in milliseconds, before the house gives up; 20 s, unless given. */
  quietWithinMs?: number;
  /** What the clock shows first. */
  start?: Date;
  /** The processes that make up the service; one that does everything, unless given. */
  roles?: readonly Settings["role"][];
  /** The Redis; one of its own, unless given. */
  redis?: Readonly<{ url: string; connection: RedisConnection }>;
}>;

/** A test moves one card after the other faster than people do; what it moves in one breath is still moved at once. */
const quickHands: Overrides = { approvals: { atOnceSeconds: 0.2 } };

/** Opens a house whose board has been adopted. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { rules, roles = ["all"], budgets = roomy } = options;
  const ruled = modelWith(overlaid(quickHands, rules ?? {}));
  const channels = { ...ruled.municipality.channels, ...options.channels };
  const municipality = { ...ruled.municipality, budgets, channels };
  const dataDir = await mkdtemp(join(tmpdir(), "faseport-house-"));
  const municipalityFile = await withBudgets(join(dataDir, "kommune.yaml"), budgets);
  const startRedis = () => openRedis({ dataDir, tell: () => {} });
  let redis = options.redis ? null : await startRedis();
  const { connection, url } = options.redis ?? { connection: redis?.connection as { path: string }, url: null };
  const sandbox = await createSandbox({
    ...ruled,
    municipality,
    start: options.start ?? start,
    machines: Object.values(machines),
    aggregationMs: 40,
    seed: "house",
  });
  const reports = options.hasReports === true ? { reports: { page: sandbox.notion.rootPage } } : {};
  const followed: Model = { ...ruled, municipality: { ...municipality, ...reports } };
  options.before?.(sandbox);
  await sandbox.notion.delivered();
  const environment = {
    ...sandbox.environment(),
    REDIS_URL: url ?? `unix://${(connection as { path: string }).path}`,
    FASEPORT_KOMMUNE: municipalityFile,
    HOST: "127.0.0.1",
    ...options.environment,
  };
  const client = await openWorkRedis(connection);
  const prefix = prefixOf(client);
  const queues = jobNames.map((name) => new Queue(name, { connection: client, prefix }));
  for (const queue of queues) queue.on("error", () => {});
  const services = roles.map((role) => processOf(environment, role, followed));
  await Promise.all(services.map((service) => service.start()));
  for (const [index, { running }] of services.entries()) {
    if (roles[index] !== "worker") sandbox.connect(running().url ?? "");
  }
  const house: House = {
    sandbox,
    ledger: new Ledger(client),
    environment,
    service: () => (services[0] as Process).running(),
    addresses: () => services.flatMap(({ running }) => running().url ?? []),
    said: () => services.map((service) => service.said),
    stop: async () => void (await Promise.all(services.map((service) => service.running().close()))),
    startAgain: async () => void (await Promise.all(services.map((service) => service.start()))),
    quiet: () => quiet(sandbox, queues, options.quietWithinMs ?? 20_000),
    jobs: (name) => queues[jobNames.indexOf(name)]?.getJobCounts() ?? Promise.resolve({}),
    course: (name) => courseOf(client, name),
    lookAtAll: async () => void (await queues[jobNames.indexOf("reconcile")]?.add("reconcile", { full: true })),
    forget: async () => void (await client.flushall()),
    forgetCard: async (card) => void (await client.del(`${prefix}:card:${card}`)),
    stopRedis: async () => redis?.close(),
    async startRedisAgain() {
      redis = await startRedis();
    },
    async close() {
      await house.stop();
      await house.closeStopped();
    },
    async closeStopped() {
      await Promise.all(queues.map((queue) => queue.close()));
      client.disconnect();
      await sandbox.close();
      await redis?.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await house.quiet();
  return house;
}

/** The example municipality with what the house may ask, for a command that shares the service's budget. */
async function withBudgets(path: string, budgets: Model["municipality"]["budgets"]): Promise<string> {
  await writeFile(path, stringify({ ...parse(await readFile(municipalityPath, "utf8")), budgets }));
  return path;
}

const BUSY = ["active", "waiting", "prioritized", "delayed"] as const;

async function quiet(sandbox: Sandbox, queues: readonly Queue[], withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (let still = 0; still < 2; ) {
    if (Date.now() > deadline) throw new Error(`not quiet after ${withinMs} ms: ${await describeWork(queues)}`);
    await sandbox.notion.delivered();
    await sandbox.github.delivered();
    still = (await describeWork(queues)) === "" ? still + 1 : 0;
    await pause(15);
  }
}

/** Kinds that wait for a time of the day beside what is to be done now. */
const SCHEDULED = ["reconcile", "round", "notice"];

/** The work under way; a wake, a scheduled reconcile and the next round wait for a later time and are none. */
export async function describeWork(queues: readonly Queue[]): Promise<string> {
  const counts = await Promise.all(
    queues
      .filter(({ name }) => name !== "wake")
      .map(async (queue) => {
        const now = await queue.getJobCounts(
          ...BUSY.filter((state) => !SCHEDULED.includes(queue.name) || state !== "delayed"),
        );
        return Object.entries(now).flatMap(([state, count]) => (count > 0 ? `${queue.name} ${state} ${count}` : []));
      }),
  );
  return counts.flat().join(", ");
}
