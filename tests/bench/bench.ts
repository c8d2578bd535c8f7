// SPDX-License-Identifier: EUPL-1.2
/** `npm run bench`: one ratio and a table of calls, from one run on this machine. */
import { parseArgs } from "node:util";
import { countCalls } from "./calls.ts";
import { countFill, type Fill } from "./fill.ts";
import { measureIntake } from "./intake.ts";

const usage = `Usage: npm run bench [-- --rounds 7] [--cards 250] [--json]

Measures webhook intake through the service against a bare Hono + HMAC + queue.add with the same job options on the
same Redis, in turns, and counts the calls to Notion and GitHub that a change costs and that a whole board costs.

  --rounds N  pairs of rounds (default 7)
  --cards N   how large the board is (default 250; 10000 takes more than an hour)
  --json      the figures as JSON
  --help      this text`;

/** Two open-source syncs that keep a page and an issue together, measured on such stand-ins with 250 cards. */
const peers = [
  { name: "cookbook", first: "252 / 3", again: "504" },
  { name: "mirror", first: "520 / 505", again: "8 / 505" },
] as const;

function fillLines({ cards, first, again, carried }: Fill): readonly string[] {
  const lists = Math.ceil(cards / 100);
  const row = (what: string, one: string, other: string) => `  ${what.padEnd(42)}${one.padEnd(24)}${other}`;
  return [
    row(`${cards} cards, calls to Notion / GitHub`, "first fill", "nothing changed"),
    row("Faseport", `${first.notion} / ${first.github}`, `${again.notion} / ${again.github}`),
    row("budget", `${lists + cards} / ${lists + cards}`, `${lists + 1} / ${lists + 1}`),
    ...peers.map((peer) => row(peer.name, peer.first, peer.again)),
    "",
    `  a full look at ${cards} cards: ${carried?.peakMegabytes.toFixed(0)} MB at most (target < 250)`,
    `  the ledger: ${((carried?.ledgerBytesPerCard ?? 0) / 1024).toFixed(1)} KB a card (target < 20)`,
  ];
}

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "7" },
      cards: { type: "string", default: "250" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a whole number from 1, not «${values.rounds}»`);
  const cards = Number(values.cards);
  if (!Number.isInteger(cards) || cards < 1)
    throw new Error(`--cards takes a whole number from 1, not «${values.cards}»`);
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const intake = await measureIntake(rounds, tell);
  const calls = await countCalls();
  const fill = await countFill(cards, { carry: true });
  if (values.json) return void process.stdout.write(`${JSON.stringify({ intake, calls, fill }, null, 2)}\n`);
  const lines = [
    `intake: service ÷ bare = ${intake.ratio.toFixed(2)} (target ≥ 0.80)`,
    `  medians ${intake.service.toFixed(0)}/s and ${intake.bare.toFixed(0)}/s; ${intake.rounds} pairs of ${intake.requests} events over ${intake.connections} connections`,
    "",
    `${"calls to Notion / GitHub".padEnd(44)}${"counted".padEnd(10)}budget`,
    ...calls.map(
      ({ what, notion, github, budget }) => `  ${what.padEnd(42)}${`${notion} / ${github}`.padEnd(10)}${budget}`,
    ),
    "",
    ...fillLines(fill),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

if (import.meta.main) {
  bench().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
