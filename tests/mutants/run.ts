// SPDX-License-Identifier: EUPL-1.2
/** `npm run mutants`: breaks each rule once, in a copy of the project, and tells which test notices. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { broken, type Mutant, mutants } from "./mutants.ts";
import { runWire } from "./run-wire.ts";

const usage = `Usage: npm run mutants -- [WORD ...] [--laws] [--wire]

Breaks each rule of src/core once, in a copy of the project, and tells which test notices; some five seconds a rule. Ends with
1 when nobody notices one.

  WORD    only rules whose file or description holds one of the words: take-ticks A24
  --laws  asks the laws also where a story has noticed
  --wire  breaks one rule of each invariant on the real wire instead, and asks the simulation; a minute or more a rule
  --help  this text`;

const project = join(import.meta.dirname, "../..");
const copied = ["src", "config", "scripts", "tests", "docs", "package.json", "vitest.config.ts"];
const core = "tests/unit/core";
/** Enough for a law to meet what is broken, if it ever does; those that need more are said to slip through. */
const HISTORIES = "600";
/** In milliseconds; the slowest stage takes a fifth of it. What is broken may never come to an end. */
const PATIENCE_MS = 10 * 60_000;
/** Stories and tables of the judges first, then the laws, then what takes its time. Each is asked if nobody noticed before. */
const judges = [
  "look",
  "gate",
  "judge-move",
  "judge-tick",
  "judge-guarded",
  "judge-arrival",
  "plan",
  "broken-off",
  "after-write",
];
const laws = ["laws-first"];
const stages = [judges, laws, ["policy", "explain", "lost-ledger", "requirements", "privacy"]];
/** What reminders are made of is asked of their own tests: days and stories, then the laws. */
const reminderStages = [["reminder-days", "reminders", "effect-dates"], ["reminder-life"], ["reminder-laws"]];
const isOfReminders = (file: string) => file.startsWith("reminders/") || file === "calendar.ts";

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

type Noticed = Readonly<{ test: string; said: string }>;

/** The first failed test of the files, if one fails; a file that cannot even be read has noticed too. */
function firstFailure(folder: string, names: readonly string[]): Noticed | null {
  const output = join(folder, "report.json");
  rmSync(output, { force: true });
  const command = [
    ...["run", "--project", "unit", "--bail", "1", "--no-isolate", "--maxWorkers", "1"],
    ...["--reporter", "json", "--outputFile", output],
    ...names.map((name) => `${core}/${name}.test.ts`),
  ];
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, FC_RUNS: HISTORIES };
  const { error } = spawnSync(join(folder, "node_modules/.bin/vitest"), command, {
    cwd: folder,
    env: environment,
    timeout: PATIENCE_MS,
    killSignal: "SIGKILL",
  });
  if (error) return { test: `${names.join(", ")}: does not come to its end`, said: "" };
  for (const file of report.parse(JSON.parse(readFileSync(output, "utf8"))).testResults) {
    if (file.message !== "") return { test: basename(file.name), said: file.message };
    const failed = file.assertionResults.find(({ status }) => status === "failed");
    if (failed) return { test: `${basename(file.name)}: ${failed.fullName}`, said: failed.failureMessages.join("\n") };
  }
  return null;
}

/** Who notices the mutant; with `lawsToo`, which law does also when a story has. */
function noticed(folder: string, file: string, mutant: Mutant, lawsToo: boolean): readonly string[] {
  const path = join(folder, "src/core", file);
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, broken(whole, mutant));
  try {
    const first = (isOfReminders(file) ? reminderStages : stages)
      .values()
      .map((stage) => firstFailure(folder, stage))
      .find((it) => it !== null);
    if (!first) return [];
    return [first, ...(lawsToo ? [firstFailure(folder, laws)] : [])].flatMap((it) => (it ? [words(it)] : []));
  } finally {
    writeFileSync(path, whole);
  }
}

/** A story by its name; a law by what it says, for all laws are one test. */
function words({ test, said }: Noticed): string {
  return /(?:^|Error: )((?:I\d|A24|DOMAIN)[^\n]*)/u.exec(said)?.[1] ?? test;
}

async function main(): Promise<number> {
  const flag = { type: "boolean", default: false } as const;
  const options = { laws: flag, wire: flag, help: flag };
  const { values, positionals: parts } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), "faseport-mutants-"));
  for (const name of copied) cpSync(join(project, name), join(folder, name), { recursive: true });
  // A Redis that was fetched once is not fetched again.
  for (const name of ["node_modules", ".cache"])
    if (existsSync(join(project, name))) symlinkSync(join(project, name), join(folder, name));
  try {
    if (values.wire) return await runWire(folder, parts);
    const asked = chosen(parts);
    const survivors = asked.filter(
      ({ file, mutant }) => !told(file, mutant, noticed(folder, file, mutant, values.laws)),
    );
    console.log(`${asked.length} rules broken, ${survivors.length} unnoticed`);
    return survivors.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Prints who noticed; true if somebody did. */
function told(file: string, [breaks]: Mutant, by: readonly string[]): boolean {
  console.log(`${by.length > 0 ? "noticed " : "SURVIVED"}  ${file}: ${breaks}`);
  for (const it of new Set(by)) console.log(`            ${it}`);
  return by.length > 0;
}

function chosen(parts: readonly string[]): readonly Readonly<{ file: string; mutant: Mutant }>[] {
  const all = Object.entries(mutants).flatMap(([file, them]) => them.map((mutant) => ({ file, mutant })));
  return all.filter(
    ({ file, mutant }) => parts.length === 0 || parts.some((part) => `${file} ${mutant[0]}`.includes(part)),
  );
}

process.exitCode = await main();
