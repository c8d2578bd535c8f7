// SPDX-License-Identifier: EUPL-1.2
/** One redis-server process of ours: started on a private socket, watched, and ended. */
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Permanent } from "../core/errors.ts";
import type { Program } from "./binary.ts";
import { askInfo } from "./info.ts";

export type Server = Readonly<{
  pid: number;
  /** Settles when the process has ended, with how it ended. */
  ended: Promise<string>;
  /** Asks it to end and waits; after `patienceMs` milliseconds it is killed. */
  stop(patienceMs: number): Promise<void>;
}>;

/** Long enough to read a large append-only file back. */
const START_MS = 120_000;

/** Starts a server in `dir` listening on `socket`, and waits until it answers and has read its data back. */
export async function startServer(program: Program, dir: string, socket: string, durable: boolean): Promise<Server> {
  const server = watch(launch(program, dir, socket, durable));
  // The next start finds a survivor by this file if this process is killed. Written at once: there is no way to be told later.
  writeFileSync(join(dir, "redis.pid"), String(server.pid));
  try {
    await untilReady(server, socket);
    return server;
  } catch (cause) {
    await server.stop(1000);
    const log = await readFile(join(dir, "redis.log"), "utf8").catch(() => "");
    const said = log.trimEnd().split("\n").slice(-5).join("\n");
    throw new Permanent(`the embedded Redis in ${dir} did not start; the end of its redis.log:\n${said}`, { cause });
  }
}

function launch(program: Program, dir: string, socket: string, durable: boolean): ChildProcess {
  const settings = {
    port: "0",
    unixsocket: socket,
    unixsocketperm: "700",
    dir,
    logfile: join(dir, "redis.log"),
    appendonly: durable ? "yes" : "no",
    appendfsync: "everysec",
    save: "",
    "maxmemory-policy": "noeviction",
  };
  return spawn(
    program.command,
    Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    {
      // A session of its own: Ctrl-C in a terminal reaches the service, which ends Redis last, and not Redis itself.
      detached: true,
      stdio: "ignore",
      cwd: dir,
      env: program.libraries ? { LD_LIBRARY_PATH: program.libraries } : {},
    },
  );
}

function watch(child: ChildProcess): Server {
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
  });
  // process.exit() in the service must not leave a server behind; close() is the tidy way.
  const endWithUs = () => child.kill("SIGTERM");
  process.once("exit", endWithUs);
  child.unref();
  const stop = async (patienceMs: number) => {
    const killer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    child.ref();
    child.kill("SIGTERM");
    await ended;
    clearTimeout(killer);
  };
  void ended.then(() => process.off("exit", endWithUs));
  return { pid: child.pid ?? 0, ended, stop };
}

async function untilReady(server: Server, socket: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  const end = server.ended.then((how) => {
    throw new Error(how);
  });
  end.catch(() => {});
  for (;;) {
    const info = await Promise.race([end, askInfo({ path: socket }, 2000).catch(() => null)]);
    if (info?.loading === "0" && info.process_id === String(server.pid)) return;
    if (Date.now() > deadline) throw new Error(`no answer within ${START_MS / 1000} seconds`);
    await pause(5);
  }
}
