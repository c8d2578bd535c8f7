// SPDX-License-Identifier: EUPL-1.2
/** The service, to be killed: as a process of its own, as `npm start` would run it, or inside this one where none is killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Settings } from "../../src/config.ts";
import type { Model } from "../../src/model/model.ts";
import { processOf, type SaidLine } from "../integration/process.ts";

type Role = Settings["role"];

export interface ServiceProcess {
  readonly role: Role;
  /** Where its door is; null for a worker, and while it is down. */
  url(): string | null;
  start(): Promise<void>;
  /** As SIGTERM. */
  stop(): Promise<void>;
  /** SIGKILL, where it is a process of its own; resolves when it is gone. */
  kill(): Promise<void>;
  /** Stops it in its tracks, and lets it go on, where it is a process of its own. */
  freeze(): void;
  thaw(): void;
  readonly said: readonly SaidLine[];
}

export function insideProcess(environment: Record<string, string>, role: Role, model: Model): ServiceProcess {
  const process = processOf(environment, role, model);
  const stop = () => process.running().close();
  return {
    role,
    said: process.said,
    url: () => process.running().url,
    start: () => process.start(),
    stop,
    kill: stop,
    freeze: () => {},
    thaw: () => {},
  };
}

const root = join(import.meta.dirname, "../..");

export function childProcess(environment: Record<string, string>, role: Role): ServiceProcess {
  const said: SaidLine[] = [];
  let child: ChildProcess | null = null;
  let url: string | null = null;
  let port = "0";
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, "exit");
    ending.kill(signal);
    await gone;
  };
  return {
    role,
    said,
    url: () => url,
    async start() {
      child = spawn(process.execPath, [join(root, "src/main.ts")], {
        cwd: root,
        env: { ...environment, PORT: port, FASEPORT_ROLE: role, LOG_LEVEL: "info" },
        stdio: ["ignore", "pipe", "inherit"],
      });
      url = await runningAt(child, said);
      if (url !== null) ({ port } = new URL(url));
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
  };
}

/** Follows the log; resolves with the address, or null for a worker, once it says that it runs. */
function runningAt(child: ChildProcess, said: SaidLine[]): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>();
  if (!child.stdout) throw new Error("the service has no output to follow");
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (text) => {
    const line = JSON.parse(text) as SaidLine;
    said.push(line);
    if (line.msg === "Faseport is running") resolve((line.url as string | null) ?? null);
  });
  lines.on("close", () => reject(new Error(`the service ended before it ran: ${JSON.stringify(said.at(-1))}`)));
  return promise;
}
