// SPDX-License-Identifier: EUPL-1.2
/** The service as the demo runs it: a process of its own that can be ended and started again at the same address. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { Problem } from "./problem.ts";

/** A line of the service's log, as far as the demo reads it. */
const logLine = z.object({
  level: z.number(),
  msg: z.string(),
  url: z.string().nullish(),
  projectId: z.string().optional(),
  rules: z.array(z.string()).default([]),
  steps: z.array(z.string()).default([]),
});
export type LogLine = z.infer<typeof logLine>;

export type ServiceWish = Readonly<{
  /** All that the process is told, but for its port. */
  environment: () => NodeJS.ProcessEnv;
  /** A line of its log that is not about its own start. */
  heard: (line: LogLine) => void;
  /** It ended without being asked to. */
  lost: () => void;
}>;

export interface DemoService {
  /** Resolves with its address once its door is open. Rejects when it ends before that; it has then said why. */
  start(): Promise<string>;
  /** Ends it as an administrator would; resolves when it is gone. Nothing runs: nothing to do. */
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, "..");

export function demoService({ environment, heard, lost }: ServiceWish): DemoService {
  let running: { child: ChildProcess; exited: Promise<unknown> } | null = null;
  let port = "0";
  return {
    async start() {
      const child = launch({ ...environment(), PORT: port });
      let isUp = false;
      const exited = once(child, "exit").then(() => {
        const isAsked = running?.child !== child;
        if (!isAsked) running = null;
        if (isUp && !isAsked) lost();
      });
      running = { child, exited };
      const url = await addressIn(child, heard);
      isUp = true;
      ({ port } = new URL(url));
      return url;
    },
    async stop() {
      const ending = running;
      running = null;
      if (ending?.child.exitCode === null) ending.child.kill("SIGTERM");
      await ending?.exited;
    },
  };
}

function launch(environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [join(root, "src/main.ts")], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Follows the log for as long as the process lives; its first message of interest is its address. */
function addressIn(child: ChildProcess, heard: (line: LogLine) => void): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  if (!child.stdout) throw new Error("the service has no output to follow");
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (text) => {
    const line = parseLine(text);
    if (line?.msg === "Faseport is running" && line.url) resolve(line.url);
    else if (line) heard(line);
  });
  lines.on("close", () => reject(new Problem("the service ended before it ran; what it said stands above")));
  return promise;
}

function parseLine(text: string): LogLine | undefined {
  try {
    return logLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
