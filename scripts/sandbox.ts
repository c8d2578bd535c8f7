// SPDX-License-Identifier: EUPL-1.2
/**
 * `npm run sandbox`: stand-ins for Notion and GitHub on ports of their own, without the service. What it prints is an
 * .env file, so that `npm run setup`, `npm run doctor` and `npm start` can be tried as they are meant for the real sides.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import { loadModel } from "../src/model/load.ts";
import { createSandbox, type Sandbox } from "../src/sandbox/sandbox.ts";
import { Problem, problemText } from "./problem.ts";

const usage = `Usage: npm run --silent sandbox [-- --empty] > .env

Runs stand-ins for Notion and GitHub until Ctrl-C, and prints the variables that lead to them. Nothing leaves this
machine; nothing is kept.

  --empty            nobody has made the board yet: one page is shared with the connection, the repository has neither
                     labels nor a webhook. For following npm run setup
  --service URL      where the service is, or will be: events are sent there (default http://127.0.0.1:3000).
                     Not with --empty: there setup makes the webhooks
  --port N           port of the board page, and of the connection's settings at /connection (default 4000)
  --notion-port N    port of Notion's API (default: any free one)
  --github-port N    port of GitHub's API (default: any free one)
  --kommune FILE     whose people are in the workspace (default config/kommune.example.yaml)
  --help             this text`;

/** A Monday with meetings ahead in the example municipality, whenever the sandbox is run. */
const start = new Date("2026-11-23T08:00:00.000Z");

const port = z.coerce.number().int().min(0).max(65_535);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      empty: { type: "boolean", default: false },
      service: { type: "string" },
      port: { type: "string", default: "4000" },
      "notion-port": { type: "string", default: "0" },
      "github-port": { type: "string", default: "0" },
      kommune: { type: "string", default: "config/kommune.example.yaml" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  if (values.empty && values.service !== undefined)
    throw new Problem("--service is for a board that is there already; an empty sandbox gets its webhooks from setup");
  const ports = {
    page: portOf("--port", values.port),
    notion: portOf("--notion-port", values["notion-port"]),
    github: portOf("--github-port", values["github-port"]),
  };
  const model = loadModel({ rulesPath: "config/furesoe.yaml", municipalityPath: values.kommune });
  const sandbox = await createSandbox({ ...model, start, ports, empty: values.empty }).catch(explained);
  if (!values.empty) sandbox.connect(values.service ?? "http://127.0.0.1:3000");
  const end = () => void sandbox.close().then(() => process.exit(0));
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  process.stdout.write(environmentOf(sandbox, values.empty));
}

/** As lines of an .env file, what a person wants to open among them as comments. */
function environmentOf(sandbox: Sandbox, isEmpty: boolean): string {
  const lines = Object.entries(sandbox.environment()).map(([name, value]) => `${name}=${value}`);
  return [
    `# The sandbox, until it is ended with Ctrl-C. Board: ${sandbox.url}`,
    `# The connection's settings: ${sandbox.url}/connection`,
    ...lines,
    "HOST=127.0.0.1",
    ...(isEmpty ? [] : ["FASEPORT_KOMMUNE=config/kommune.example.yaml"]),
    "",
  ].join("\n");
}

function portOf(flag: string, given: string): number {
  const read = port.safeParse(given);
  if (!read.success) throw new Problem(`${flag} takes a number from 0 to 65535, not «${given}»`);
  return read.data;
}

function explained(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE" && "port" in error)
    throw new Problem(
      `port ${error.port} is in use; choose another: npm run sandbox -- --port ${Number(error.port) + 1}`,
    );
  throw error;
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${problemText(error)}\n`);
    process.exit(1);
  });
}
