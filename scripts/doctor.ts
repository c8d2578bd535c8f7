// SPDX-License-Identifier: EUPL-1.2
/** `npm run doctor`: what is wrong, and what to do about it; on request it puts right what it can. */
import { parseArgs } from "node:util";
import { type Environment, processEnvironment, SettingsError } from "../src/config.ts";
import { ModelError } from "../src/model/problems.ts";
import { checks, type Finding } from "./doctor/checks.ts";
import { dismiss, repair, replay } from "./doctor/treatments.ts";
import { examine, type Patient } from "./doctor/world.ts";
import { problemText } from "./problem.ts";

const usage = `Usage: npm run doctor [-- --repair | --replay | --dismiss ID] [--dry-run] [--json]

Examines the service and the board, and tells what is wrong and what to do:
${checks.map(({ id, looksAt }) => `  ${id.padEnd(12)}${looksAt}`).join("\n")}

  --repair       show lost phases on their cards again, as they were accepted; a phase that was deleted is made again
  --replay       do again what was given up
  --dismiss ID   take away a notice that was dealt with
  --dry-run      with one of these: tell what would be done, and do nothing
  --json         the findings as data (with npm run --silent, nothing else is printed)
  --help         this text

Ends with 0 when nothing is wrong, else with 1. Reads the service's settings from the environment and .env. It may run beside the service, and costs as many calls as one look at all cards.`;

export type Asked = Readonly<{
  repair: boolean;
  replay: boolean;
  dismiss: string | undefined;
  dryRun: boolean;
  json: boolean;
}>;

/** What was asked for; null for help. Throws when it cannot be understood. */
function asked(): Asked | null {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    options: {
      repair: flag,
      replay: flag,
      dismiss: { type: "string" },
      "dry-run": flag,
      json: flag,
      help: flag,
    },
  });
  const { help, "dry-run": dryRun, ...rest } = values;
  return help ? null : { ...rest, dismiss: values.dismiss, dryRun };
}

type Report = Readonly<{ done: readonly string[]; findings: readonly (Finding & Readonly<{ check: string }>)[] }>;

/** Everything that is wrong with this environment. Without settings or rules, that is all there is to say. */
export async function diagnosis(environment: Environment, wish: Asked): Promise<Report> {
  try {
    return await examine(environment, (patient) => examined(patient, wish));
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof ModelError)) throw error;
    const todo = "Put it right and ask again: nothing else can be examined until then. npm run setup helps.";
    return { done: [], findings: [{ check: "settings", what: error.message, todo }] };
  }
}

async function examined(patient: Patient, wish: Asked): Promise<Report> {
  const done: string[] = [];
  if (wish.repair) for await (const line of repair(patient, wish.dryRun)) done.push(line);
  if (wish.replay) for await (const line of replay(patient, wish.dryRun)) done.push(line);
  if (wish.dismiss !== undefined) for await (const line of dismiss(patient, wish.dismiss, wish.dryRun)) done.push(line);
  const findings: Report["findings"][number][] = [];
  for (const { id, find } of checks)
    for await (const finding of find(patient)) findings.push({ check: id, ...finding });
  return { done, findings };
}

function inWords({ done, findings }: Report): string {
  const before = findings.filter(({ check }) => !checks.some(({ id }) => id === check));
  const lines = checks.flatMap(({ id, looksAt }) => {
    const found = findings.filter(({ check }) => check === id);
    const verdict = found.length === 0 ? "nothing wrong" : `${found.length} to look at`;
    return [`${id} (${looksAt}): ${verdict}`, ...found.flatMap(({ what, todo }) => [`  - ${what}`, `    ${todo}`])];
  });
  if (before.length > 0) return before.flatMap(({ what, todo }) => [what, todo]).join("\n");
  return [...done, ...(done.length > 0 ? [""] : []), ...lines].join("\n");
}

async function main(): Promise<number> {
  const wish = asked();
  if (!wish) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const report = await diagnosis(processEnvironment(), wish);
  const ok = report.findings.length === 0;
  process.stdout.write(`${wish.json ? JSON.stringify({ ok, ...report }, null, 2) : inWords(report)}\n`);
  return ok ? 0 : 1;
}

if (import.meta.main) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${problemText(error)}\n`);
      process.exit(1);
    },
  );
}
