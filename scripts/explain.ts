// SPDX-License-Identifier: EUPL-1.2
/** `npm run explain -- <card>`: why a card stands where it stands, and what each move would be answered with. Changes nothing. */
import { parseArgs } from "node:util";
import { readSome } from "../src/config.ts";
import { explanationText } from "../src/core/explain-text.ts";
import { inLanguage } from "../src/core/messages.ts";
import { Ledger } from "../src/ledger/ledger.ts";
import { loadModel } from "../src/model/load.ts";
import type { Model } from "../src/model/model.ts";
import { attachRedis } from "../src/redis/attach.ts";
import { openWorkRedis } from "../src/redis/connect.ts";
import { clockOf } from "../src/service/clock.ts";
import { type Explained, explainCard } from "../src/web/explain.ts";
import { Problem, problemText } from "./problem.ts";

const usage = `Usage: npm run explain -- <card> [--lang da|en] [--json]

Tells why a card stands where it stands: the accepted state, what the next gate needs, each committee's decision with
who and when, what waits, and what a move to each phase would be answered with. Reads the ledger and changes nothing.

  <card>     its number (INNO-3), its page id, or its address in Notion
  --lang L   da or en (default: the language in the rules' file)
  --json     the same as data (with npm run --silent, nothing else is printed)
  --help     this text

Needs the service's settings for REDIS_URL or FASEPORT_DATA, FASEPORT_MODEL and FASEPORT_KOMMUNE. It may run beside the
service. What it prints names politicians and staff: keep it as you keep the case.`;

type Asked = Readonly<{ named: string; language: string | undefined; json: boolean }>;

/** What was asked for; null for help. Throws when it cannot be understood. */
function asked(): Asked | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { lang: { type: "string" }, json: { type: "boolean", default: false }, help: { type: "boolean" } },
  });
  if (values.help) return null;
  const [named, ...others] = positionals;
  if (named === undefined || others.length > 0) throw new Problem(`name one card\n\n${usage}`);
  return { named, language: values.lang, json: values.json };
}

async function main(): Promise<void> {
  const wish = asked();
  if (!wish) return void process.stdout.write(`${usage}\n`);
  const settings = readSome(["REDIS_URL", "FASEPORT_DATA", "FASEPORT_MODEL", "FASEPORT_KOMMUNE", "FASEPORT_CLOCK"]);
  const rules = loadModel({ rulesPath: settings.FASEPORT_MODEL, municipalityPath: settings.FASEPORT_KOMMUNE });
  const model = inLanguage(rules, languageIn(wish.language ?? rules.rules.language));
  const store = await attachRedis({ url: settings.REDIS_URL ?? undefined, dataDir: settings.FASEPORT_DATA });
  try {
    const redis = await openWorkRedis(store.connection);
    const world = { model, ledger: new Ledger(redis), now: clockOf(settings.FASEPORT_CLOCK) };
    const explained = await explainCard(world, wish.named).finally(() => redis.disconnect());
    process.stdout.write(textOf(model, explained, wish.json));
  } finally {
    await store.close();
  }
}

function languageIn(text: string): "da" | "en" {
  if (text !== "da" && text !== "en") throw new Problem(`--lang takes da or en, not «${text}»`);
  return text;
}

function textOf(model: Model, explained: Explained, json: boolean): string {
  if (explained.kind !== "explained") throw new Problem(explained.said);
  const { explanation } = explained;
  return json ? `${JSON.stringify(explanation, null, 2)}\n` : explanationText(model, explanation);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${problemText(error)}\n`);
    process.exit(1);
  });
}
