// SPDX-License-Identifier: EUPL-1.2
/** Several Redis servers that stand in for each other: watched by sentinels, or as a cluster. Each with passwords, on free ports. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { parseRedisUrl } from "../src/redis/address.ts";
import { findProgram, type Program } from "../src/redis/binary.ts";
import { askInfo } from "../src/redis/info.ts";
import type { RedisConnection } from "../src/redis/redis.ts";
import { freePort } from "./free-port.ts";

const PASSWORD = "servers/1";
const SENTINELS_PASSWORD = "sentinels&1";
const NAME = "faseport";
const SLOTS = 16_384;
/** After so many milliseconds without an answer a server counts as gone; long enough for a busy machine. */
const GONE_MS = 2_000;
const PATIENCE_MS = 60_000;

export type Fleet = Readonly<{
  /** As REDIS_URL. */
  url: string;
  connection: RedisConnection;
  /** The server that takes the service's writes now. */
  primary(): Promise<Node>;
  /** Asks for another primary, as for maintenance. */
  handOver(): Promise<void>;
  /** Resolves when another than `former` takes the service's writes. */
  replaced(former: Node): Promise<void>;
  /** Resolves when every server runs again, and has what the primary has. */
  whole(): Promise<void>;
  close(): Promise<void>;
}>;

export class Node {
  readonly port: number;
  readonly dir: string;
  readonly #program: Program;
  readonly #args: readonly string[];
  #child: ChildProcess | null = null;

  constructor(program: Program, dir: string, port: number, args: readonly string[]) {
    this.#program = program;
    this.dir = dir;
    this.port = port;
    this.#args = args;
  }

  async start(): Promise<void> {
    const env = this.#program.libraries ? { LD_LIBRARY_PATH: this.#program.libraries } : {};
    const child = spawn(this.#program.command, [...this.#args], { cwd: this.dir, env, stdio: "ignore" });
    // A run that is broken off leaves none behind, not even one that hangs.
    const endWithUs = () => child.kill("SIGKILL");
    process.once("exit", endWithUs);
    child.once("exit", () => process.off("exit", endWithUs));
    this.#child = child;
    await until(() => this.ask("PING").catch(() => null));
  }

  /** As a machine that loses power. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** As a machine that hangs: connections to it stay, and nothing answers. */
  freeze(): void {
    this.#child?.kill("SIGSTOP");
  }

  thaw(): void {
    this.#child?.kill("SIGCONT");
  }

  async ask(...[command = "", ...args]: readonly string[]): Promise<unknown> {
    const password = this.#args.includes("--sentinel") ? SENTINELS_PASSWORD : PASSWORD;
    const options = { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, enableReadyCheck: false };
    const client = new Redis({ host: "127.0.0.1", port: this.port, password, ...options });
    client.on("error", () => {});
    try {
      await client.connect();
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  }

  async info(part: string): Promise<string> {
    return String(await this.ask("INFO", part));
  }
}

/** A primary with two replicas, of which one must have each write, and three sentinels. */
export async function openSentinels(): Promise<Fleet> {
  const { folder, node } = await yard();
  const safely = ["--min-replicas-to-write", "1", "--min-replicas-max-lag", "10"];
  const servers = await Promise.all([0, 1, 2].map((number) => node(`server-${number}`, safely)));
  const [first] = servers as [Node];
  for (const each of servers) await each.start();
  for (const each of servers) if (each !== first) await each.ask("REPLICAOF", "127.0.0.1", String(first.port));
  const sentinels = await Promise.all([0, 1, 2].map((number) => node(`sentinel-${number}`, null)));
  for (const each of sentinels) {
    await writeFile(join(each.dir, "sentinel.conf"), sentinelConfig(each.port, first.port));
    await each.start();
  }
  const [asked] = sentinels as [Node];
  await until(async () => {
    const [knowsAll, state] = await Promise.all([
      Promise.all(sentinels.map((it) => it.ask("SENTINEL", "CKQUORUM", NAME))),
      asked.ask("SENTINEL", "MASTER", NAME),
    ]).catch(() => [[], []]);
    const of = (field: string) => (state as string[])[(state as string[]).indexOf(field) + 1];
    return knowsAll.length === 3 && of("num-slaves") === "2" && of("num-other-sentinels") === "2";
  });
  const where = sentinels.map(({ port }) => `127.0.0.1:${port}`).join();
  const passwords = { servers: encodeURIComponent(PASSWORD), sentinels: encodeURIComponent(SENTINELS_PASSWORD) };
  const url = `redis+sentinel://:${passwords.servers}@${where}/${NAME}?sentinel_password=${passwords.sentinels}`;
  return fleet(url, folder, servers, sentinels, {
    replicas: 2,
    handOver: async () => void (await asked.ask("SENTINEL", "FAILOVER", NAME)),
  });
}

/** Three primaries with a replica each. */
export async function openCluster(): Promise<Fleet> {
  const { folder, node } = await yard();
  const clustered = async () => [
    ...["--cluster-enabled", "yes", "--cluster-port", String(await freePort())],
    ...["--cluster-node-timeout", String(GONE_MS)],
  ];
  const servers = await Promise.all(
    [0, 1, 2, 3, 4, 5].map(async (number) => node(`node-${number}`, await clustered())),
  );
  const [first, second, third, ...replicas] = servers as [Node, Node, Node, ...Node[]];
  for (const each of servers) await each.start();
  for (const [index, each] of [first, second, third].entries()) {
    const slots = Array.from({ length: SLOTS }, (_, slot) => slot).filter(
      (slot) => Math.floor((slot * 3) / SLOTS) === index,
    );
    await each.ask("CLUSTER", "ADDSLOTS", ...slots.map(String));
    await each.ask("CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
  }
  for (const each of servers) {
    const bus = await first.ask("CONFIG", "GET", "cluster-port");
    await each.ask("CLUSTER", "MEET", "127.0.0.1", String(first.port), String((bus as string[])[1]));
  }
  const known = async (each: Node) => /cluster_known_nodes:6/.test(String(await each.ask("CLUSTER", "INFO")));
  await until(async () => (await Promise.all(servers.map(known))).every(Boolean));
  for (const [index, primary] of [first, second, third].entries())
    await replicas[index]?.ask("CLUSTER", "REPLICATE", String(await primary.ask("CLUSTER", "MYID")));
  const isOk = async (each: Node) => /cluster_state:ok/.test(String(await each.ask("CLUSTER", "INFO")));
  await until(async () => (await Promise.all(servers.map(isOk))).every(Boolean));
  const where = [first, second].map(({ port }) => `127.0.0.1:${port}`).join();
  const url = `redis+cluster://:${encodeURIComponent(PASSWORD)}@${where}`;
  const opened = fleet(url, folder, servers, [], {
    replicas: 1,
    async handOver() {
      const { port } = await opened.primary();
      const [replica] = await replicasOf(servers, port);
      await replica?.ask("CLUSTER", "FAILOVER");
    },
  });
  await opened.whole();
  return opened;
}

async function replicasOf(servers: readonly Node[], port: number): Promise<readonly Node[]> {
  const told = await Promise.all(servers.map((it) => it.info("replication").catch(() => "")));
  return servers.filter((_it, index) => new RegExp(`role:slave[^]*master_port:${port}\\b`).test(told[index] ?? ""));
}

/** A folder for servers that are not started yet. */
async function yard() {
  const folder = await mkdtemp(join(tmpdir(), "faseport-fleet-"));
  const program = await findProgram({}, () => {});
  async function node(name: string, args: readonly string[] | null): Promise<Node> {
    const port = await freePort();
    const dir = join(folder, name);
    await mkdir(dir);
    const network = [
      "--bind",
      "127.0.0.1",
      "--port",
      String(port),
      "--requirepass",
      PASSWORD,
      "--masterauth",
      PASSWORD,
    ];
    const keeping = ["--appendonly", "yes", "--save", "", "--repl-diskless-sync-delay", "0", "--logfile", "redis.log"];
    return new Node(program, dir, port, args ? [...network, ...keeping, ...args] : ["sentinel.conf", "--sentinel"]);
  }
  return { folder, node };
}

function sentinelConfig(port: number, primary: number): string {
  return [
    `port ${port}`,
    "bind 127.0.0.1",
    `requirepass "${SENTINELS_PASSWORD}"`,
    `sentinel monitor ${NAME} 127.0.0.1 ${primary} 2`,
    `sentinel auth-pass ${NAME} ${PASSWORD}`,
    `sentinel sentinel-pass "${SENTINELS_PASSWORD}"`,
    `sentinel down-after-milliseconds ${NAME} ${GONE_MS}`,
    `sentinel failover-timeout ${NAME} 10000`,
    "",
  ].join("\n");
}

type Ways = Readonly<{ replicas: number; handOver(): Promise<void> }>;

function fleet(
  url: string,
  folder: string,
  servers: readonly Node[],
  sentinels: readonly Node[],
  { replicas, handOver }: Ways,
): Fleet {
  const { connection } = parseRedisUrl(url);
  /** What the service would ask. */
  const portNow = async () => Number((await askInfo(connection, 1_000).catch(() => null))?.tcp_port ?? 0);
  const primary = async () => {
    const port = await until(portNow);
    return servers.find((it) => it.port === port) as Node;
  };
  return {
    url,
    connection,
    primary,
    handOver,
    async replaced(former) {
      await until(async () => ![0, former.port].includes(await portNow()));
    },
    async whole() {
      await until(async () => {
        const { port } = await primary();
        const all = await replicasOf(servers, port);
        const told = await Promise.all(all.map((it) => it.info("replication")));
        return told.filter((it) => it.includes("master_link_status:up")).length === replicas;
      });
    },
    async close() {
      for (const each of [...sentinels, ...servers]) {
        each.thaw();
        await each.kill();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What is asked for, once there is an answer. */
async function until<T>(ask: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${PATIENCE_MS / 1_000} s: ${ask}`);
    await pause(100);
  }
}
