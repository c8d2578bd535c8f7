// SPDX-License-Identifier: EUPL-1.2
/** `npm run metrics`: writes docs/metrics.md, every metric as a page to read; with `--check`, says whether it is as it should be. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Definition, definitions } from "../src/telemetry/definitions.ts";
import { differences } from "./policy/differences.ts";
import { table } from "./policy/markdown.ts";

const usage = `Usage: npm run metrics [-- --check]

Writes docs/metrics.md: what GET /metrics says, from the table in src/telemetry/definitions.ts.

  --check  write nothing; end with 1 and say what differs when the page is not as it would be written
  --help   this text`;

const path = "docs/metrics.md";
const file = join(import.meta.dirname, "..", path);

const opening = `<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Written by npm run metrics from src/telemetry/definitions.ts; changes by hand are noticed in CI. -->
# Metrics

\`GET /metrics\` answers in Prometheus's text format: to this machine without more, to others with
\`Authorization: Bearer …\` and the value of \`FASEPORT_ADMIN_TOKEN\`. What a proxy passes on counts as another machine's. A
worker alone answers it on \`FASEPORT_WORKER_PORT\`. No name of a person, card or case is in it.
[Operations](operations.md#seeing-it) says how to set up Prometheus, the dashboard and the alerts.

**Of a process**: each counts what it did itself, since it was started; add them up. **Of the service**: read from Redis,
so that every process says the same; take the largest. Beside these are Node's own (\`process_…\`, \`nodejs_…\`).

What is counted is there from the process's start with 0, so that the first of anything is seen as a rise.
`;

function metricsPage(): string {
  const ofEach = Object.values<Definition>(definitions).map(section);
  return [opening, ...ofEach].join("\n");
}

function section({ name, type, of, help, labels, buckets }: Definition): string {
  const within = buckets ? ` Buckets, in seconds: ${buckets.join(", ")}.` : "";
  const rows = Object.entries(labels).map(([label, values]) => [`\`${label}\``, values]);
  const labelled = rows.length > 0 ? [table(["label", "values"], rows), ""] : [];
  return [`## \`${name}\``, "", `${help} A ${type} of the ${of}.${within}`, "", ...labelled].join("\n");
}

async function metrics(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean" } } });
  if (values.help) return say(usage);
  if (!values.check) {
    await writeFile(file, metricsPage());
    return say(`${path} is written`);
  }
  const found = differences(await readFile(file, "utf8").catch(() => ""), metricsPage());
  if (found.length === 0) return say(`${path} says what is counted`);
  process.stderr.write(`${[...found, "", `${path} differs from what is counted. Run npm run metrics.`].join("\n")}\n`);
  return 1;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

metrics().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
