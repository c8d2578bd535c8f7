// SPDX-License-Identifier: EUPL-1.2
/**
 * `npm run demo`: the whole thing on one machine, without accounts. Stand-ins for Notion and GitHub on ports of their
 * own, a board page to act on, and the service itself as a process of its own, which knows nothing of all this.
 */
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { loadModel } from "../src/model/load.ts";
import type { Model } from "../src/model/model.ts";
import { type Claim, tryClaim } from "../src/redis/lock.ts";
import { createSandbox, type Sandbox } from "../src/sandbox/sandbox.ts";
import { demoService, type LogLine } from "./demo-service.ts";
import { inWords } from "./demo-words.ts";
import { Problem, problemText } from "./problem.ts";

const usage = `Usage: npm run demo [-- --port 4000 --folder .demo]

Starts Faseport with stand-ins for Notion and GitHub and prints the address of a board to drag cards on.
Nothing leaves this machine; nothing is kept when it ends (Ctrl-C).

  --port N   port of the board page (default 4000; 0: any free one)
  --folder D folder for what the demo needs while it runs (default .demo); one demo a folder
  --help     this text`;

const root = join(import.meta.dirname, "..");
const municipalityPath = "config/kommune.example.yaml";
/** The sandbox's clock begins on a Monday with meetings ahead in the example municipality, whenever the demo is run. */
const start = new Date("2026-11-23T08:00:00.000Z");

async function demo(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4000" },
      folder: { type: "string", default: ".demo" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(values.port);
  if (!port.success) throw new Problem(`--port takes a number from 0 to 65535, not «${values.port}»`);
  const folder = resolve(root, values.folder);
  const claimed = await tryClaim(join(folder, "lock"));
  if (!claimed.held)
    throw new Problem(`the demo is already running (process ${claimed.by.pid}); end that one first with Ctrl-C`);
  await run(port.data, folder, claimed.claim);
}

async function run(port: number, folder: string, claim: Claim): Promise<void> {
  const model = loadModel({ rulesPath: "config/furesoe.yaml", municipalityPath });
  const dataDir = join(folder, "data");
  const ending: (() => Promise<unknown>)[] = [() => claim.release()];
  const end = endOnce(ending);
  process.on("SIGINT", () => void end(0));
  process.on("SIGTERM", () => void end(0));
  try {
    const service = demoService({
      environment: () => environmentOf(sandbox, dataDir),
      heard: (line) => pass(line, model, sandbox),
      lost: () => void end(1),
    });
    const control = { stop: service.stop, start: async () => void (await service.start()) };
    const wish = { ...model, start, ports: { page: port }, service: control };
    const sandbox = await createSandbox(wish).catch(explainPort(port));
    ending.unshift(service.stop, () => sandbox.close());
    await rm(dataDir, { recursive: true, force: true });
    sandbox.connect(await service.start());
    process.stderr.write(`Faseport runs with stand-ins for Notion and GitHub. Open the board, and end with Ctrl-C:\n`);
    process.stdout.write(`${sandbox.url}\n`);
  } catch (error) {
    process.stderr.write(`${problemText(error)}\n`);
    await end(1);
  }
}

/** From this level on, in pino's numbers, a line of the log says that something is not as it should be. */
const WARNING = 40;

/** The contract's environment and nothing else of ours. */
function environmentOf(sandbox: Sandbox, dataDir: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...sandbox.environment(),
    FASEPORT_DATA: dataDir,
    FASEPORT_KOMMUNE: municipalityPath,
    HOST: "127.0.0.1",
  };
}

/** What the service judged is for the page; what somebody should look after is for the terminal. */
function pass(line: LogLine, model: Model, sandbox: Sandbox): void {
  if (line.msg === "judged") sandbox.tell({ projectId: line.projectId ?? "", text: inWords(model, line) });
  else if (line.level >= WARNING) process.stderr.write(`${line.msg}\n`);
}

/** Ends everything once, the last started first; a second signal does not start a second ending. */
function endOnce(ending: readonly (() => Promise<unknown>)[]): (code: number) => Promise<void> {
  let isEnding = false;
  return async (code) => {
    if (isEnding) return;
    isEnding = true;
    for (const close of ending) await close();
    process.exit(code);
  };
}

function explainPort(port: number) {
  return (error: unknown): never => {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new Problem(`port ${port} is in use; choose another: npm run demo -- --port ${port + 1}`);
    }
    throw error;
  };
}

if (import.meta.main) {
  demo().catch((error: unknown) => {
    process.stderr.write(`${problemText(error)}\n`);
    process.exit(1);
  });
}
