// SPDX-License-Identifier: EUPL-1.2
/**
 * What the Dockerfile makes, without Docker: its steps in a folder, its command as its user, who can write in none of it,
 * and its own health check. Stopped as Docker stops it, it ends by itself, and what was under way is not lost.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { jobNames } from "../../src/jobs/registry.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { freePort } from "../free-port.ts";
import { startRedis, type TestRedis } from "../redis-server.ts";
import { type Gate, openGate } from "./gate.ts";
import { board, describeWork, model, municipalityPath, people, start } from "./house.ts";
import { buildImage, type Image } from "./image.ts";
import type { SaidLine } from "./process.ts";

/** What Docker gives a process between SIGTERM and SIGKILL, unless told otherwise. */
const DOCKERS_PATIENCE_MS = 10_000;
/** On a busy machine; an idle one takes a tenth. */
const patiently = { timeout: 60_000, interval: 20 };
/** Only root can become the image's user. Anybody else is kept from writing by Node alone. */
const isRoot = process.getuid?.() === 0;

let folder: string;
let store: TestRedis;
let socket: string;
let client: Redis;
let queues: readonly Queue[];
let sandbox: Sandbox;
let notion: Gate;
let image: Image;
let settings: Readonly<Record<string, string>>;
let built: readonly string[];
let running: Container | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faseport-image-"));
  store = await startRedis();
  ({ path: socket } = store.connection as { path: string });
  client = new Redis({ path: socket, maxRetriesPerRequest: null });
  queues = jobNames.map((name) => new Queue(name, { connection: client, prefix: "faseport" }));
  sandbox = await createSandbox({ ...model, start, aggregationMs: 40, seed: "container" });
  notion = await openGate(sandbox.notion.api);
  const { HOME = folder, PATH = "" } = process.env;
  image = await buildImage(join(folder, "image"), { HOME, PATH, npm_config_prefer_offline: "true" });
  // The volume of compose.yaml.
  await copyFile(municipalityPath, join(image.workdir, "config/kommune.yaml"));
  execFileSync("chmod", ["-R", "a-w", image.root]);
  built = await readdir(image.root, { recursive: true });
  const temporary = join(folder, "tmp");
  await mkdir(temporary);
  if (isRoot) {
    await chmod(folder, 0o755);
    await chown(temporary, image.user.uid, image.user.gid);
    await chmod(dirname(socket), 0o755);
    await chmod(socket, 0o777);
  }
  const PORT = String(await freePort());
  sandbox.connect(`http://127.0.0.1:${PORT}`);
  settings = {
    ...sandbox.environment(),
    NOTION_API_URL: notion.url,
    REDIS_URL: `unix://${socket}`,
    PORT,
    TMPDIR: temporary,
    // The root file system is read-only.
    NODE_OPTIONS: `--permission --allow-fs-read=* --allow-fs-write=${temporary}`,
  };
}, 300_000);

afterEach(async () => {
  notion.open();
  await running?.kill();
});

afterAll(async () => {
  client?.disconnect();
  await notion?.close();
  await sandbox?.close();
  await store?.close();
  execFileSync("chmod", ["-R", "u+w", folder]);
  await rm(folder, { recursive: true, force: true });
});

type Container = Readonly<{
  said: readonly SaidLine[];
  until(words: RegExp): Promise<void>;
  /** As `docker stop`: its exit code, and how long it took. */
  stop(): Promise<Readonly<{ code: number | null; ms: number }>>;
  kill(): Promise<void>;
}>;

function inImage([program = "", ...args]: readonly string[]): ChildProcess {
  const env = { ...image.env, ...settings };
  const user = isRoot ? image.user : {};
  return spawn(program, args, { cwd: image.workdir, env, ...user, stdio: ["ignore", "pipe", "pipe"] });
}

/** As `docker run`: resolves when the image's health check says that it is well. */
async function runContainer(): Promise<Container> {
  const child = inImage(image.command);
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const said: SaidLine[] = [];
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => said.push(JSON.parse(line)));
  const isWell = async () => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${complaint}`);
    const [code] = await once(inImage(image.health), "exit");
    return code === 0;
  };
  const container: Container = {
    said,
    async until(words) {
      await vi.waitUntil(() => said.some(({ msg }) => words.test(msg)), patiently);
    },
    async stop() {
      const from = performance.now();
      child.kill("SIGTERM");
      return { code: await ended, ms: performance.now() - from };
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
  running = container;
  await vi.waitUntil(isWell, patiently);
  return container;
}

/** A package as CycloneDX and npm both tell of it. */
const part = z.object({ name: z.string(), group: z.string().optional(), version: z.string() });

it("its list of parts names each package that is in it, in its version, and nothing else", async () => {
  const read = async (path: string) => JSON.parse(await readFile(join(image.workdir, path), "utf8"));
  const { components } = z.object({ components: z.array(part) }).parse(await read("sbom.cdx.json"));
  const { packages } = z
    .object({ packages: z.record(z.string(), part.omit({ name: true })) })
    .parse(await read("node_modules/.package-lock.json"));
  const there = Object.entries(packages).map(
    ([path, { version }]) => `${path.split("node_modules/").at(-1)}@${version}`,
  );
  const named = components.map(({ group, name, version }) => `${group ? `${group}/` : ""}${name}@${version}`);
  expect(new Set(named)).toEqual(new Set(there));
});

const user = isRoot ? "the image's user" : "oneself";

it(`as ${user} it gets well and answers events; told to end while a card is being put back, it puts it back first`, async () => {
  const container = await runContainer();
  await quiet();
  const on = board({ sandbox });
  on.drag(people.anders, "INNO-1", "3. Test");
  await vi.waitUntil(() => on.said("INNO-1").length > 0, patiently);
  await quiet();

  const putsBack = notion.hold("PATCH");
  on.drag(people.anders, "INNO-2", "4. Implementer");
  await putsBack;
  const stopping = container.stop();
  await container.until(/is closing/u);
  notion.open();
  expect(await stopping).toMatchObject({ code: 0 });
  expect(on.field("INNO-2", "Fase")).not.toBe("4. Implementer");
  expect(on.said("INNO-2")).toHaveLength(1);
  expect(await readdir(image.root, { recursive: true })).toEqual(built);
}, 120_000);

it("told to end while Notion does not answer, it leaves that work to the next process, in time", async () => {
  const container = await runContainer();
  await quiet();
  const on = board({ sandbox });
  const putsBack = notion.hold("PATCH");
  on.drag(people.anders, "INNO-3", "5. Følg op");
  await putsBack;
  const { code, ms } = await container.stop();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(DOCKERS_PATIENCE_MS);
  notion.open();
  await runOutLocks();
  await runContainer();
  await vi.waitUntil(() => on.said("INNO-3").length > 0, patiently);
  expect(on.field("INNO-3", "Fase")).not.toBe("5. Følg op");
}, 120_000);

/** Until nothing is left of what a start brings: then the next write is the one that the test is about. */
async function quiet(): Promise<void> {
  const isNothing = async () => {
    await sandbox.notion.delivered();
    await sandbox.github.delivered();
    return (await describeWork(queues)) === "";
  };
  await vi.waitUntil(isNothing, patiently);
}

/** As if the half minute had passed in which a job is its process's alone: it waits for another one now. */
async function runOutLocks(): Promise<void> {
  const watch = new Worker("sync", null, { connection: client, prefix: "faseport", stalledInterval: 50 });
  const [job] = (await queues.find(({ name }) => name === "sync")?.getActive()) ?? [];
  await client.del(`faseport:sync:${job?.id}:lock`);
  const found = once(watch, "stalled");
  await watch.startStalledCheckTimer();
  await found;
  await watch.close();
}
