// SPDX-License-Identifier: EUPL-1.2
/** Webhook intake through the service against a bare door on the same Redis, in turns, in one run. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Redis } from "ioredis";
import { openRedis } from "../../src/redis/redis.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { model, municipalityPath, start } from "../integration/house.ts";
import { eventAbout, type Load, perSecond } from "./load.ts";

export type Intake = Readonly<{
  service: number;
  bare: number;
  ratio: number;
  rounds: number;
  connections: number;
  requests: number;
}>;

const CONNECTIONS = 16;
const REQUESTS = 1_500;
/** As many cards as a busy municipality has at once. */
const CARDS = Array.from({ length: 200 }, () => randomUUID());

/** Medians of requests a second over `rounds` pairs of rounds, and the median of the pairs' ratios. */
export async function measureIntake(rounds: number, tell: (line: string) => void): Promise<Intake> {
  const dataDir = await mkdtemp(join(tmpdir(), "faseport-bench-"));
  const redis = await openRedis({ dataDir, tell });
  const { path } = redis.connection as { path: string };
  const sandbox = await createSandbox({ ...model, start });
  const children: ChildProcess[] = [];
  try {
    const secret = sandbox.environment().NOTION_WEBHOOK_SECRET ?? "";
    const service = await startChild(children, ["src/main.ts"], serviceEnvironment(sandbox, path));
    const bare = await startChild(children, ["tests/bench/bare-door.ts", path, secret], {});
    const pairs = await inTurns(
      rounds,
      loadOn(sandbox, service, secret),
      loadOn(sandbox, bare, secret),
      new Redis({ path }),
      tell,
    );
    const median = (values: readonly number[]) =>
      [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
    return {
      service: median(pairs.map(([one]) => one)),
      bare: median(pairs.map(([, other]) => other)),
      ratio: median(pairs.map(([one, other]) => one / other)),
      rounds,
      connections: CONNECTIONS,
      requests: REQUESTS,
    };
  } finally {
    await Promise.all(children.map(end));
    await sandbox.close();
    await redis.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** One round to warm up, then pairs; who goes first changes, so that a drift of the machine hits both. */
async function inTurns(rounds: number, service: Load, bare: Load, redis: Redis, tell: (line: string) => void) {
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await redis.flushall();
    const first = await perSecond(round % 2 === 0 ? service : bare);
    const second = await perSecond(round % 2 === 0 ? bare : service);
    const pair = round % 2 === 0 ? ([first, second] as const) : ([second, first] as const);
    if (round === 0) continue;
    pairs.push(pair);
    tell(`round ${round} of ${rounds}: service ${pair[0].toFixed(0)}/s, bare ${pair[1].toFixed(0)}/s`);
  }
  redis.disconnect();
  return pairs;
}

function loadOn({ notion }: Sandbox, url: string, secret: string): Load {
  const phase = notion.dataSource(notion.projects).properties[model.rules.card.phase.name]?.id ?? "";
  return { url, secret, connections: CONNECTIONS, requests: REQUESTS, body: eventAbout(CARDS, notion.projects, phase) };
}

function serviceEnvironment(sandbox: Sandbox, path: string): Record<string, string> {
  return {
    ...sandbox.environment(),
    REDIS_URL: `unix://${path}`,
    FASEPORT_KOMMUNE: municipalityPath,
    FASEPORT_ROLE: "web",
    HOST: "127.0.0.1",
    PORT: "0",
  };
}

/** Starts a process and resolves with the first address it prints. */
async function startChild(
  children: ChildProcess[],
  args: readonly string[],
  env: Record<string, string>,
): Promise<string> {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\w.:]+/u.exec(line)?.[0];
    if (url) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`${args[0]} ended before it listened`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
