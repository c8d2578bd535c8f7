// SPDX-License-Identifier: EUPL-1.2
/**
 * How large a board the service carries: every process on its own, as in operation. Counted are the calls of a look at
 * everything; measured are the memory of the service and of the commands, and the ledger's size.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { parse, stringify } from "yaml";
import { type JobName, jobNames } from "../../src/jobs/registry.ts";
import { openRedis } from "../../src/redis/redis.ts";
import { municipalityPath, roomy } from "../integration/house.ts";
import type { Calls } from "./fill.ts";
import type { Asked } from "./other-side.ts";

/** Calls, and the most memory that the process held. */
export type Work = Readonly<{ notion: number; github: number; seconds: number; peakMegabytes: number }>;

export type Carried = Readonly<{
  cards: number;
  issues: number;
  /** The service's first start, until it has taken over the board and begun to fill the tracker. */
  takingOver: Work;
  /** The service started on a ledger that knows every card: it looks at everything, and nothing has changed. */
  looking: Work;
  /** `npm run reconcile -- --full --dry-run` beside it, and `npm run doctor`. */
  dryRun: Work;
  doctor: Work;
  ledgerBytesPerCard: number;
}>;

const root = join(import.meta.dirname, "../..");
/** So many issues made mean that the board is taken over. */
const BEGUN = 20;
/** As in package.json: V8 is told how little it needs, or it takes what the machine has. */
const memory = ["--max-semi-space-size=8", "--max-old-space-size=192"];

/** Linux only: reads /proc. `tell` hears how far it has come. */
export async function measureLarge(cards: number, tell: (line: string) => void): Promise<Carried> {
  const folder = await mkdtemp(join(tmpdir(), "faseport-large-"));
  const store = await openRedis({ dataDir: folder, tell: () => {} });
  const { path } = store.connection as { path: string };
  const redis = new Redis({ path });
  const children: ChildProcess[] = [];
  try {
    const settings = {
      REDIS_URL: `unix://${path}`,
      FASEPORT_KOMMUNE: await roomyMunicipality(folder),
      HOST: "127.0.0.1",
      PORT: "0",
    };
    tell(`the service takes over a board of ${cards} cards`);
    const unknown = await openOtherSide(cards, children);
    const takingOver = await workOn(unknown, async () => {
      const service = await startService({ ...unknown.environment, ...settings }, children, unknown);
      await until(async () => (await unknown.calls()).issues >= Math.min(BEGUN, cards));
      return ended(service);
    });
    unknown.close();
    await redis.flushall();

    tell("every card gets its issue, without a service");
    const side = await openOtherSide(cards, children);
    await side.prepare(path);
    const environment = { ...side.environment, ...settings };
    const queues = jobNames.map((name) => new Queue(name, { connection: redis, prefix: "faseport" }));
    tell("the service looks at everything");
    const looking = await workOn(side, async () => {
      const service = await startService(environment, children, side);
      await until(() => isQuiet(queues));
      return ended(service);
    });
    tell("so do the commands");
    const command = (name: string, ...args: readonly string[]) =>
      workOn(side, () => peakUntilExit(run([`scripts/${name}.ts`, ...args], environment, children)));
    const dryRun = await command("reconcile", "--full", "--dry-run");
    const doctor = await command("doctor");
    const { issues } = await side.calls();
    const ledgerBytesPerCard = (await ledgerBytes(redis)) / cards;
    for (const queue of queues) await queue.close();
    return { cards, issues, takingOver, looking, dryRun, doctor, ledgerBytesPerCard };
  } finally {
    for (const child of children) if (child.exitCode === null) child.kill("SIGKILL");
    redis.disconnect();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type OtherSide = Readonly<{
  environment: Readonly<Record<string, string>>;
  calls(): Promise<Calls>;
  connect(url: string): Promise<Calls>;
  prepare(redis: string): Promise<Calls>;
  close(): void;
}>;

async function openOtherSide(cards: number, children: ChildProcess[]): Promise<OtherSide> {
  const child = fork(join(import.meta.dirname, "other-side.ts"), [String(cards)]);
  children.push(child);
  const [environment] = await once(child, "message");
  const ask = async (asked: Asked): Promise<Calls> => {
    const answer = once(child, "message");
    child.send(asked);
    return (await answer)[0];
  };
  return {
    environment,
    calls: () => ask({ ask: "calls" }),
    connect: (url) => ask({ ask: "connect", url }),
    prepare: (redis) => ask({ ask: "prepare", redis }),
    close: () => void child.kill("SIGKILL"),
  };
}

/** What a piece of work costs; it answers the peak of its process's memory. */
async function workOn(side: OtherSide, work: () => Promise<number>): Promise<Work> {
  const [before, began] = [await side.calls(), performance.now()];
  const peakMegabytes = await work();
  const after = await side.calls();
  const seconds = (performance.now() - began) / 1000;
  return { notion: after.notion - before.notion, github: after.github - before.github, seconds, peakMegabytes };
}

/** No test of size waits for a remote side's minute to pass. */
async function roomyMunicipality(folder: string): Promise<string> {
  const path = join(folder, "kommune.yaml");
  await writeFile(path, stringify({ ...parse(await readFile(municipalityPath, "utf8")), budgets: roomy }));
  return path;
}

function run(args: readonly string[], env: Record<string, string>, children: ChildProcess[]): ChildProcess {
  const child = spawn(process.execPath, [...memory, ...args], { cwd: root, env, stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  return child;
}

/** As `npm start` runs it; both sides send it their events. */
async function startService(env: Record<string, string>, children: ChildProcess[], side: OtherSide) {
  const child = run(["src/main.ts"], { ...env, LOG_LEVEL: "info" }, children);
  if (!child.stdout) throw new Error("the service has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url?: string };
    if (!url) continue;
    await side.connect(url);
    child.stdout.resume();
    return child;
  }
  throw new Error("the service ended before it listened");
}

async function ended(child: ChildProcess): Promise<number> {
  const peak = await peakOf(child);
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
  return peak;
}

async function peakUntilExit(child: ChildProcess): Promise<number> {
  child.stdout?.resume();
  let peak = 0;
  while (child.exitCode === null) {
    peak = Math.max(peak, await peakOf(child));
    await pause(20);
  }
  return peak;
}

/** The most memory a process has held, in megabytes; 0 once it is gone. */
async function peakOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024;
}

/** What a schedule has put in always waits for its time; a card's next look may. */
const forLater: readonly JobName[] = ["wake", "reconcile", "round"];

async function isQuiet(queues: readonly Queue[]): Promise<boolean> {
  const counts = queues.map((queue) => {
    const delayed = forLater.includes(queue.name as JobName) ? [] : (["delayed"] as const);
    return queue.getJobCountByTypes("active", "waiting", "prioritized", ...delayed);
  });
  return (await Promise.all(counts)).every((count) => count === 0);
}

/** Twice in a row, for work may be on its way from one queue to the next. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let times = 0; times < 2; ) {
    times = (await holds()) ? times + 1 : 0;
    await pause(500);
  }
}

/** Everything that is kept under the ledger's own names; the queues are not. */
async function ledgerBytes(redis: Redis): Promise<number> {
  let bytes = 0;
  const own = /^faseport:(card|hints|unknown-rows|requests|listed|in-phase)[^:]*:|^faseport:[a-z-]+$/u;
  for await (const keys of redis.scanStream({ match: "faseport:*", count: 1_000 })) {
    for (const key of (keys as string[]).filter((it) => own.test(it)))
      bytes += Number(await redis.call("MEMORY", "USAGE", key, "SAMPLES", "0"));
  }
  return bytes;
}
