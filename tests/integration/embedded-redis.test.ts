// SPDX-License-Identifier: EUPL-1.2
/** The Redis that the service brings itself: fetched, started, killed, fought over, and left behind. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { findProgram } from "../../src/redis/binary.ts";
import type { RedisClient } from "../../src/redis/client.ts";
import { clientOf } from "../../src/redis/connect.ts";
import { askInfo, isNewEnough } from "../../src/redis/info.ts";
import { claimWithin, tryClaim } from "../../src/redis/lock.ts";
import { birthOf } from "../../src/redis/process.ts";
import { type OpenRedis, openRedis, type RedisConnection, type RedisWish } from "../../src/redis/redis.ts";
import { unsafeSettings } from "../../src/redis/remote.ts";
import { socketFor } from "../../src/redis/socket.ts";
import { startRedis } from "../redis-server.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "faseport-redis-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function open(wish: Partial<RedisWish> = {}): Promise<OpenRedis> {
  const redis = await openRedis({ dataDir: join(folder, "data"), tell: () => {}, ...wish });
  onTestFinished(() => redis.close());
  return redis;
}

async function using<T>(connection: RedisConnection, work: (client: RedisClient) => Promise<T>): Promise<T> {
  const client = clientOf(connection, {});
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

const pidOf = async (connection: RedisConnection) => Number((await askInfo(connection, 2000)).process_id);
const untilGone = (pid: number) => vi.waitUntil(() => birthOf(pid) === null, { timeout: 10_000 });

/** Another process that opens the Redis of a data folder, prints one line when it has, and does `then` with it. */
async function otherService(then: string): Promise<{ owner: ChildProcess; lines: AsyncIterator<string>; pid: number }> {
  const module = new URL("../../src/redis/redis.ts", import.meta.url).href;
  const dataDir = join(folder, "data");
  const source = `
    import { openRedis } from ${JSON.stringify(module)};
    import { Redis } from "ioredis";
    const redis = await openRedis({ dataDir: ${JSON.stringify(dataDir)}, tell: () => {} });
    const client = new Redis(redis.connection);
    await client.set("kept", "by the other");
    console.log(/process_id:(\\d+)/.exec(await client.info("server"))[1]);
    ${then}`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", source], {
    cwd: join(import.meta.dirname, "../.."),
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void owner.kill("SIGKILL"));
  const lines = createInterface({ input: owner.stdout })[Symbol.asyncIterator]();
  return { owner, lines, pid: Number((await lines.next()).value) };
}

describe("what is written stays", () => {
  test("through a killed server, whose end is told", async () => {
    const lost = Promise.withResolvers<Error>();
    const first = await open({ onLost: lost.resolve });
    await using(first.connection, (client) => client.set("decision", "approved"));
    process.kill(await pidOf(first.connection), "SIGKILL");
    expect((await lost.promise).message).toContain("SIGKILL");
    await first.close();

    const second = await open();
    expect(await using(second.connection, (client) => client.get("decision"))).toBe("approved");
  });

  test("through a tidy end, which is not reported as a loss and leaves no process", async () => {
    const onLost = vi.fn();
    const first = await open({ onLost });
    const pid = await pidOf(first.connection);
    await using(first.connection, (client) => client.set("decision", "approved"));
    await Promise.all([first.close(), first.close()]);
    expect(birthOf(pid)).toBeNull();
    expect(onLost).not.toHaveBeenCalled();

    const second = await open();
    expect(await using(second.connection, (client) => client.get("decision"))).toBe("approved");
  });

  test("on disk within a second, with no key ever dropped for space", async () => {
    const { connection } = await open();
    const info = await askInfo(connection, 2000);
    const fsync = await using(connection, (client) => client.config("GET", "appendfsync"));
    expect([unsafeSettings(info, connection), fsync]).toEqual([[], ["appendfsync", "everysec"]]);
  });
});

describe("one service per data folder", () => {
  test("a second one in the same process is refused and the first goes on", async () => {
    const first = await open();
    await expect(open()).rejects.toThrow(`in use by process ${process.pid} on ${hostname()}`);
    expect(await using(first.connection, (client) => client.ping())).toBe("PONG");
  });

  test("a second one in another process is refused and told whose it is", async () => {
    const { owner, pid } = await otherService("setInterval(() => {}, 1000);");
    await expect(open()).rejects.toThrow(`in use by process ${owner.pid}`);
    owner.kill("SIGKILL");
    await once(owner, "exit");
    process.kill(pid, "SIGTERM");
    await untilGone(pid);
  });

  test("the server that a killed service left behind is ended, and its data is there", async () => {
    const { owner, pid } = await otherService("setInterval(() => {}, 1000);");
    owner.kill("SIGKILL");
    await once(owner, "exit");
    expect(birthOf(pid)).not.toBeNull();

    const tell = vi.fn();
    const redis = await open({ tell });
    expect(birthOf(pid)).toBeNull();
    expect(tell).toHaveBeenCalledWith(expect.stringContaining(`(process ${pid}) that a killed service left behind`));
    expect(await using(redis.connection, (client) => client.get("kept"))).toBe("by the other");
  });

  test("process.exit() without close takes the server along", async () => {
    const { pid } = await otherService("process.exit(0);");
    await untilGone(pid);
  });

  test("Ctrl-C in a terminal does not end the server before the service has closed", async () => {
    const { owner, lines, pid } = await otherService(`
      process.once("SIGINT", async () => {
        // Redis looks for signals ten times a second of its own time; after three looks it would have ended.
        await client.blpop("nothing", 0.3).catch(() => {});
        console.log(await client.ping().catch((error) => error.message));
        client.disconnect();
        await redis.close();
        process.exit(0);
      });
      setInterval(() => {}, 1000);
      console.log("listening");`);
    await lines.next();
    process.kill(-(owner.pid ?? 0), "SIGINT");
    expect((await lines.next()).value).toBe("PONG");
    await untilGone(pid);
  });
});

describe("where the socket lies", () => {
  test("a data folder too long for a socket gets one in a private short folder", async () => {
    const dataDir = join(folder, "a-folder-with-a-long-name-".repeat(5));
    const { connection } = await open({ dataDir });
    const path = "path" in connection ? connection.path : "";
    onTestFinished(() => rm(dirname(path), { recursive: true, force: true }));
    expect(path.startsWith(tmpdir())).toBe(true);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    expect(await using(connection, (client) => client.ping())).toBe("PONG");
  });

  test("a short folder that others may enter is refused", async () => {
    const long = join("/", "x".repeat(120));
    const path = await socketFor(long, folder);
    await chmod(dirname(path), 0o755);
    await expect(socketFor(long, folder)).rejects.toThrow("open to others");
  });

  test("when even the short folder is too long, the error says what to change", async () => {
    await expect(socketFor(`/${"x".repeat(120)}`, `/${"y".repeat(120)}`)).rejects.toThrow("shorter FASEPORT_DATA");
  });
});

describe("a Redis by address", () => {
  test("that does not answer stops the start, and nothing is started instead", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    server.close();
    await once(server, "close");

    const failure = await open({ url: `redis://me:secret@127.0.0.1:${port}/0` }).catch((error: Error) => error.message);
    expect(failure).toContain(`redis://127.0.0.1:${port}/0 does not answer: connect ECONNREFUSED`);
    expect(failure).toContain("Check REDIS_URL");
    expect(failure).not.toContain("secret");
    expect(await readdir(folder)).toEqual([]);
  });

  test("is used as it is, warned about, and not ended", async () => {
    const own = await startRedis();
    onTestFinished(() => own.close());
    const tell = vi.fn();
    const redis = await open({ url: `unix://${"path" in own.connection ? own.connection.path : ""}`, tell });
    await redis.close();
    expect(await using(own.connection, (client) => client.ping())).toBe("PONG");
    expect(tell).toHaveBeenCalledWith(expect.stringContaining("set appendonly yes"));
  });

  test.for<[string, boolean]>([
    ["5.0.14", false],
    ["6.0.16", false],
    ["6.2.0", true],
    ["7.0.15", true],
    ["10.1.0", true],
  ])("version %s new enough: %s", ([version, expected]) => {
    expect(isNewEnough(version)).toBe(expected);
  });
});

describe("where the server program comes from", () => {
  const apt = ["apt-get", "dpkg-deb"].map(located);

  test.skipIf(apt.includes(null))("two services at once fetch it once, and both can start it", async () => {
    const programs = join(folder, "bin");
    await mkdir(programs);
    for (const path of apt) if (path) await symlink(path, join(programs, path.split("/").at(-1) ?? ""));
    const tell = vi.fn();
    const place = { cacheDir: join(folder, "cache"), searchPath: programs };
    const [one, two] = await Promise.all([findProgram(place, tell), findProgram(place, tell)]);
    expect(one.command.startsWith(place.cacheDir)).toBe(true);
    expect(two).toEqual(one);
    expect(tell.mock.calls.map(([line]) => String(line).split(" ")[0])).toEqual(["Fetching", "Fetched"]);

    const redis = await open({ ...place, tell });
    expect(await using(redis.connection, (client) => client.ping())).toBe("PONG");
    expect(tell).toHaveBeenCalledTimes(2);
  });

  test("nowhere: the error says what to install, and the data folder is free again", async () => {
    const place = { cacheDir: join(folder, "cache"), searchPath: folder };
    await expect(open(place)).rejects.toThrow(/apt install.+brew install redis.+REDIS_URL=redis:/);
    await expect(open()).resolves.toBeDefined();
  });

  test("an installed server that is too old is passed over", async () => {
    await writeFile(join(folder, "redis-server"), "#!/bin/sh\necho 'Redis server v=5.0.14 sha=0'\n", { mode: 0o755 });
    const place = { cacheDir: join(folder, "cache"), searchPath: folder };
    await expect(findProgram(place, () => {})).rejects.toThrow("6.2 or newer");
  });
});

describe("the lock", () => {
  test("is never held by two, however many want it at once", async () => {
    let holders = 0;
    let most = 0;
    const contend = async () => {
      const claim = await claimWithin(join(folder, "lock"), 30_000);
      most = Math.max(most, ++holders);
      await new Promise(setImmediate);
      holders--;
      await claim.release();
    };
    await Promise.all(Array.from({ length: 12 }, contend));
    expect(most).toBe(1);
  });

  test("of a dead process is taken over, also when its id belongs to another process by now", async () => {
    await mkdir(join(folder, "lock"));
    await writeFile(join(folder, "lock", `${process.pid}_1_gone_${encodeURIComponent(hostname())}`), "");
    await writeFile(join(folder, "lock", `999999999_1_gone_${encodeURIComponent(hostname())}`), "");
    expect((await tryClaim(join(folder, "lock"))).held).toBe(true);
    expect(await readdir(join(folder, "lock"))).toHaveLength(1);
  });

  test("of another machine stands, and the error names the file to delete", async () => {
    const file = join(folder, "data/lock", "7_1_token_elsewhere");
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "");
    await expect(open()).rejects.toThrow(`If elsewhere no longer exists, delete ${file}`);
  });
});

function located(program: string): string | null {
  try {
    return execFileSync("which", [program], { encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}
