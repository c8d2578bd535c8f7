// SPDX-License-Identifier: EUPL-1.2
/** A house for a simulation: the stand-ins, a post office and bad weather between them and the service, and a Redis that can be killed. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openProducer, type Producer } from "../../src/jobs/queues.ts";
import { type JobName, jobNames } from "../../src/jobs/registry.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { prefixOf, type RedisClient } from "../../src/redis/client.ts";
import { clientOf } from "../../src/redis/connect.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { machines, start } from "../integration/house.ts";
import type { Chance } from "./chance.ts";
import { roomyModel } from "./municipality.ts";
import { openPostOffice, type PostOffice } from "./post-office.ts";
import { openRedisFleet, openRedisProcess, type RedisProcess } from "./redis-process.ts";
import { childProcess, insideProcess, type ServiceProcess } from "./service-process.ts";
import { faultsOf, type Weather } from "./weather.ts";

export type WorldOptions = Readonly<{
  chance: Chance;
  seed: string;
  /** The service as processes of their own, which can be killed; else inside this one. */
  apart: boolean;
  /** Redis is to be killed with a loss. */
  losesPower: boolean;
  /** What the Redis is. */
  redis: "one" | "sentinels" | "cluster";
  roles: readonly ("all" | "web" | "worker")[];
  /** What is on the board before the service first looks. */
  prepare: (sandbox: Sandbox) => void;
}>;

export type World = Readonly<{
  sandbox: Sandbox;
  post: PostOffice;
  services: readonly ServiceProcess[];
  redis: RedisProcess;
  client: RedisClient;
  ledger: Ledger;
  producer: Producer;
  weather(weather: Weather | null): void;
  /** How often each fault was met. */
  met: ReadonlyMap<string, number>;
  /** Resolves when every event has been delivered and every job done that does not wait for a later time. */
  quiet(patienceMs?: number): Promise<void>;
  close(): Promise<void>;
}>;

export async function openWorld(options: WorldOptions): Promise<World> {
  const { chance, seed, apart, losesPower, roles, prepare } = options;
  const dataDir = await mkdtemp(join(tmpdir(), "faseport-simulation-"));
  const redis = await (options.redis === "one"
    ? openRedisProcess(join(dataDir, "redis"), losesPower)
    : openRedisFleet(options.redis));
  const { model, path } = await roomyModel(dataDir);
  const sandbox = await createSandbox({
    ...model,
    start,
    machines: Object.values(machines),
    aggregationMs: 60,
    seed,
  });
  prepare(sandbox);
  await sandbox.notion.delivered();
  const environment = {
    ...sandbox.environment(),
    REDIS_URL: redis.url,
    FASEPORT_KOMMUNE: path,
    HOST: "127.0.0.1",
  };
  const client = clientOf(redis.connection, { maxRetriesPerRequest: null });
  const services = roles.map((role) =>
    apart ? childProcess(environment, role) : insideProcess(environment, role, model),
  );
  const doors = services.filter(({ role }) => role !== "worker");
  let calls = 0;
  const nextDoor = () => doors[calls++ % doors.length]?.url() ?? "http://127.0.0.1:9";
  const post = await openPostOffice({ chance: chance.for("post"), to: nextDoor, clock: sandbox.clock.now });
  await Promise.all(services.map((service) => service.start()));
  sandbox.connect(post.url);
  const producer = openProducer(client, prefixOf(client));
  const met = new Map<string, number>();
  const world: World = {
    sandbox,
    post,
    services,
    redis,
    client,
    ledger: new Ledger(client),
    producer,
    met,
    weather(weather) {
      sandbox.notion.faults(weather && faultsOf(chance.for("notion"), weather, met));
      sandbox.github.faults(weather && faultsOf(chance.for("github"), { ...weather, staleQueries: 0 }, met));
    },
    quiet: (patienceMs = 240_000) => quiet(world, patienceMs),
    async close() {
      await Promise.all(services.map((service) => service.stop()));
      post.close();
      await producer.close();
      client.disconnect();
      await sandbox.close();
      await redis.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await world.quiet();
  return world;
}

/** Still twice in a row: an event may be on its way between two questions. */
async function quiet({ sandbox, post, producer }: World, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (let still = 0; still < 2; ) {
    await sandbox.notion.delivered();
    await sandbox.github.delivered();
    await post.delivered();
    const work = await workUnderWay(producer);
    if (Date.now() > deadline) throw new Error(`not quiet after ${patienceMs / 1_000} s: ${work}`);
    still = work === "" ? still + 1 : 0;
    await pause(40);
  }
}

/** A wake, a scheduled reconcile and the next round wait for a later time and are no work. */
async function workUnderWay({ queues }: Producer): Promise<string> {
  const waits = (name: JobName) => name === "wake" || name === "reconcile" || name === "round";
  const counts = await Promise.all(
    jobNames.map(async (name) => {
      const states = ["active", "waiting", "prioritized", ...(waits(name) ? [] : (["delayed"] as const))] as const;
      const now = await queues[name].getJobCounts(...states);
      return Object.entries(now).flatMap(([state, count]) => (count > 0 ? `${name} ${state} ${count}` : []));
    }),
  );
  return counts.flat().join(", ");
}
