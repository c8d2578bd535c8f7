// SPDX-License-Identifier: EUPL-1.2
/** `npm run bench`: one ratio and a table of calls, from one run on this machine. */
import { writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { type CallCount, countCalls } from "./calls.ts";
import { countFill, type Fill } from "./fill.ts";
import { type Intake, measureIntake } from "./intake.ts";
import { type Carried, measureLarge, type Work } from "./large.ts";

const usage = `Usage: npm run bench [-- --rounds 7] [--cards 250] [--large 10000] [--out docs/bench.md] [--json]

Measures webhook intake through the service against a bare Hono + HMAC + queue.add with the same job options on the
same Redis, in turns, and counts the calls to Notion and GitHub that a change costs and that a whole board costs.

  --rounds N  pairs of rounds (default 7); 0 leaves the intake out
  --cards N   how large the board is of which the calls are counted (default 250)
  --large N   also measures a board of N cards, every process on its own: its memory, its ledger, a look at everything;
              10000 takes minutes on two quiet cores
  --out FILE  writes the same as a page
  --json      the figures as JSON
  --help      this text`;

/** Two open-source syncs that keep a page and an issue together, measured on such stand-ins with 250 cards. */
const peers = [
  { name: "cookbook", first: "252 / 3", again: "504" },
  { name: "mirror", first: "520 / 505", again: "8 / 505" },
] as const;

type Figures = Readonly<{
  intake: Intake | null;
  calls: readonly CallCount[];
  fill: Fill;
  large: Carried | null;
}>;

const row = (what: string, one: string, other: string) => `  ${what.padEnd(44)}${one.padEnd(24)}${other}`;
const both = ({ notion, github }: Readonly<{ notion: number; github: number }>) => `${notion} / ${github}`;

function intakeLines({ ratio, service, bare, rounds, requests, connections }: Intake): readonly string[] {
  return [
    `intake: service ÷ bare = ${ratio.toFixed(2)} (target ≥ 0.80)`,
    `  medians ${service.toFixed(0)}/s and ${bare.toFixed(0)}/s; ${rounds} pairs of ${requests} events over ${connections} connections`,
    "",
  ];
}

function fillLines({ cards, first, again }: Fill): readonly string[] {
  const lists = Math.ceil(cards / 100);
  return [
    row(`${cards} cards, calls to Notion / GitHub`, "first fill", "nothing changed"),
    row("Faseport", both(first), both(again)),
    row("budget", `${lists + cards} / ${lists + cards}`, cards === 250 ? "4 / 4" : `${lists + 1} / ${lists + 1}`),
    ...peers.map((peer) => row(peer.name, peer.first, peer.again)),
    "",
  ];
}

function largeLines({ cards, takingOver, looking, dryRun, doctor, ledgerBytesPerCard }: Carried): readonly string[] {
  const lists = Math.ceil(cards / 100);
  const work = (what: string, it: Work, calls = both(it)) =>
    row(what, calls, `${it.peakMegabytes.toFixed(0)} MB, ${Math.round(it.seconds)} s`);
  return [
    row(`${cards} cards, every process on its own`, "Notion / GitHub", "most memory held (target < 250 MB), time"),
    work("npm start takes over the board", takingOver, "–"),
    work("npm start looks at everything", looking),
    work("npm run reconcile -- --full --dry-run", dryRun),
    work("npm run doctor", doctor),
    row("budget of a look at everything", `${lists} + 1 / ${lists}`, ""),
    `  the ledger: ${(ledgerBytesPerCard / 1024).toFixed(1)} KB a card (target < 20)`,
    "",
  ];
}

function inWords({ intake, calls, fill, large }: Figures): string {
  const lines = [
    ...(intake ? intakeLines(intake) : []),
    row("calls to Notion / GitHub", "counted", "budget"),
    ...calls.map((it) => row(it.what, both(it), it.budget)),
    "",
    ...fillLines(fill),
    ...(large ? largeLines(large) : []),
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GB`,
  ];
  return lines.join("\n");
}

function pageOf(figures: Figures): string {
  return `<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Written by npm run bench -- --out docs/bench.md; do not edit by hand. -->
# Figures

Calls are counted by the stand-ins and are the same in every run; \`tests/integration/budget.test.ts\` holds them. Memory is
what the system says that a process has held at most; times are this machine's, with whatever else ran on it.

\`\`\`text
${inWords(figures)}
\`\`\`
`;
}

function numberFrom(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`--${name} takes a whole number from ${least}, not «${text}»`);
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "7" },
      cards: { type: "string", default: "250" },
      large: { type: "string" },
      out: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const rounds = numberFrom("rounds", values.rounds, 0);
  const cards = numberFrom("cards", values.cards, 1);
  const many = values.large === undefined ? null : numberFrom("large", values.large, 1);
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const figures: Figures = {
    intake: rounds > 0 ? await measureIntake(rounds, tell) : null,
    calls: await countCalls(),
    fill: await countFill(cards),
    large: many === null ? null : await measureLarge(many, tell),
  };
  if (values.out) await writeFile(values.out, pageOf(figures));
  process.stdout.write(`${values.json ? JSON.stringify(figures, null, 2) : inWords(figures)}\n`);
}

if (import.meta.main) {
  bench().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
