// SPDX-License-Identifier: EUPL-1.2
/** One process of the service in a test's house, with what it writes in its log. */
import { parseSettings, type Settings } from "../../src/config.ts";
import type { Model } from "../../src/model/model.ts";
import { openLog } from "../../src/service/log.ts";
import { type Running, startService } from "../../src/service/service.ts";

/** A line of a process's own log. */
export type SaidLine = Readonly<{ msg: string; err?: Readonly<{ message: string }>; [field: string]: unknown }>;

export type Process = Readonly<{ running(): Running; start(): Promise<void>; said: readonly SaidLine[] }>;

/** One process of the service. Started again, its door is where it was, so that the stand-ins find it. */
export function processOf(environment: Record<string, string>, role: Settings["role"], followed: Model): Process {
  const said: SaidLine[] = [];
  const log = openLog(environment.LOG_LEVEL ?? "info", {
    write: (line: string) => void said.push(JSON.parse(line) as SaidLine),
  });
  let running: Running | null = null;
  return {
    said,
    running() {
      if (!running) throw new Error(`the ${role} process has not been started`);
      return running;
    },
    async start() {
      const PORT = running?.url ? new URL(running.url).port : "0";
      running = await startService(parseSettings({ ...environment, PORT, FASEPORT_ROLE: role }), followed, log);
    },
  };
}
