// SPDX-License-Identifier: EUPL-1.2
/** `npm run reminders-year`: lives a year with the reminder rules and writes docs/reminders.md and its picture; with `--check`, says whether they are as they should be. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadModel } from "../src/model/load.ts";
import { differences } from "./policy/differences.ts";
import { reminderPage } from "./reminders-year/page.ts";
import { plot } from "./reminders-year/plot.ts";
import { liveYear } from "./reminders-year/year.ts";
import { brokenPromises, yearFigures } from "./reminders-year/year-section.ts";

const usage = `Usage: npm run reminders-year [-- --check] [-- --seed 2]

Lives through a year of a municipality with 300 cards by the rules of config/furesoe.yaml, and writes what people were sent
to docs/reminders.md and docs/reminders-year.svg. Ends with 1 when somebody outside the secretariat got more than is promised.

  --check   write nothing; end with 1 and say what differs when the page is not as it would be written
  --seed N  another year: prints its figures and writes nothing
  --help    this text`;

const docs = join(import.meta.dirname, "../docs");
const [page, picture] = ["reminders.md", "reminders-year.svg"];
const SEED = 1;
/** How many differing lines are shown. */
const SHOWN = 20;

async function remindersYear(): Promise<number> {
  const { values } = parseArgs({
    options: { check: { type: "boolean" }, seed: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return say(usage);
  const model = loadModel({ rulesPath: "config/furesoe.yaml", municipalityPath: "config/kommune.example.yaml" });
  const lived = liveYear(model, Number(values.seed ?? SEED));
  const figures = yearFigures(lived);
  const broken = brokenPromises(figures);
  if (broken.length > 0) return fail(["somebody outside the secretariat got more than is promised:", ...broken]);
  const written = { [page]: reminderPage(model, lived, figures, picture), [picture]: plot(figures) };
  if (values.seed !== undefined) return say(written[page] ?? "");
  return values.check ? check(written) : write(written);
}

async function write(files: Readonly<Record<string, string>>): Promise<number> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(docs, name), text);
  return say(`docs/${Object.keys(files).join(" and docs/")} are written`);
}

async function check(files: Readonly<Record<string, string>>): Promise<number> {
  for (const [name, text] of Object.entries(files)) {
    const found = differences(await readFile(join(docs, name), "utf8").catch(() => ""), text);
    const how = `docs/${name} differs from what the rules do. Run npm run reminders-year, and read what changed.`;
    if (found.length > 0) return fail([...found.slice(0, SHOWN), "", how]);
  }
  return say(`docs/${page} says what the rules do`);
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function fail(lines: readonly string[]): number {
  process.stderr.write(`${lines.join("\n")}\n`);
  return 1;
}

remindersYear().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
