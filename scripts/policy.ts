// SPDX-License-Identifier: EUPL-1.2
/** `npm run policy`: writes docs/policy.md, the rules as a page to read; with `--check`, says whether it is as it should be. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadModel } from "../src/model/load.ts";
import { differences } from "./policy/differences.ts";
import { exampleOf } from "./policy/example.ts";
import { policyPage } from "./policy/page.ts";

const usage = `Usage: npm run policy [-- --check]

Writes docs/policy.md: what becomes of every change of a card, by the rules of config/furesoe.yaml.

  --check  write nothing; end with 1 and say what differs when the page is not as it would be written
  --help   this text`;

const path = "docs/policy.md";
const file = join(import.meta.dirname, "..", path);
/** A Monday with meetings ahead in the example municipality: the page is the same whenever it is written. */
const now = new Date("2026-11-23T08:00:00.000Z");
/** How many differing lines are shown. */
const SHOWN = 20;

async function policy(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help) return say(usage);
  const model = loadModel({ rulesPath: "config/furesoe.yaml", municipalityPath: "config/kommune.example.yaml" });
  const page = policyPage(model, exampleOf(model, now));
  if (values.check) return check(page);
  await writeFile(file, page);
  return say(`${path} is written`);
}

async function check(page: string): Promise<number> {
  const found = differences(await readFile(file, "utf8").catch(() => ""), page);
  if (found.length === 0) return say(`${path} says what the service does`);
  const more = found.length > SHOWN ? [`… and ${found.length - SHOWN} more`] : [];
  const how = `${path} differs from what the service does. Run npm run policy, and read what changed.`;
  process.stderr.write(`${[...found.slice(0, SHOWN), ...more, "", how].join("\n")}\n`);
  return 1;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

policy().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
