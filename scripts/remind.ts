// SPDX-License-Identifier: EUPL-1.2
/** `npm run remind`: who would be reminded of what, and why; and a test message. It never sends a reminder. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { readSome } from "../src/config.ts";
import { instantOf, localDate } from "../src/core/calendar.ts";
import { previewText } from "../src/core/reminders/preview-text.ts";
import { channelOfReminder } from "../src/core/reminders/reach.ts";
import { reminderText } from "../src/core/reminders/reminder-text.ts";
import { type Reminder, rounds } from "../src/core/reminders/round.ts";
import type { Facts, RemindedCard } from "../src/core/reminders/situation.ts";
import { userNames } from "../src/core/tell.ts";
import { readFacts } from "../src/delivery/facts.ts";
import { findCard, parseReference } from "../src/ledger/find-card.ts";
import { Ledger } from "../src/ledger/ledger.ts";
import { loadModel } from "../src/model/load.ts";
import type { Model } from "../src/model/model.ts";
import { attachRedis } from "../src/redis/attach.ts";
import { openWorkRedis } from "../src/redis/connect.ts";
import { clockOf } from "../src/service/clock.ts";
import { Problem, problemText } from "./problem.ts";
import { runTest, type TestWish } from "./remind-test.ts";

const usage = `Usage: npm run remind -- --dry-run [--date 2027-08-06] [--card INNO-3] [--json]
       npm run remind -- --test email --to anders

Tells who would be reminded of what on a day, by which channel, and why. Reads the ledger and changes nothing; nothing is
sent. With --test it sends one person a message that says that it is a test.

  --dry-run    sending reminders is the service's work, never this command's
  --date D     the day (default: today). For a day ahead, every day until then is gone through as if nobody touched the
               board: what is sent on one day changes what is due on the next
  --card C     only what is about this card: its number (INNO-3), its page id, or its address in Notion
  --test W     try a way out: email, teams:innovation, or comment (with --card); also one that no role has yet
  --to P       with --test: to whom, by the key in FASEPORT_KOMMUNE
  --json       the same as data (with npm run --silent, nothing else is printed)
  --help       this text

What was sent is left out; a message that is on its way at this moment is not. Whether an owner has left is for Notion to
say, which is not asked here.

Needs the service's settings for REDIS_URL or FASEPORT_DATA, FASEPORT_MODEL and FASEPORT_KOMMUNE; --test only the last two
and those of its channel (SMTP_URL and MAIL_FROM, TEAMS_WEBHOOKS, or Notion's). It may run beside the service. What it prints names politicians and staff: keep it as you keep the case.`;

type Asked = TestWish | Readonly<{ date: string | null; card: string | null; json: boolean }>;

/** What was asked for; null for help. Throws when it cannot be understood. */
function asked(): Asked | null {
  const { values } = parseArgs({
    options: {
      "dry-run": { type: "boolean", default: false },
      date: { type: "string" },
      card: { type: "string" },
      test: { type: "string" },
      to: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  if (values.help) return null;
  const { date = null, card = null, to = null, test, json } = values;
  if (test !== undefined) return { test, to, card };
  if (!values["dry-run"]) throw new Problem(`sending is the service's work: ask with --dry-run\n\n${usage}`);
  if (date !== null && !z.iso.date().safeParse(date).success)
    throw new Problem(`--date takes a date such as 2027-08-06, not «${date}»`);
  return { date, card, json };
}

async function main(): Promise<void> {
  const wish = asked();
  if (!wish) return void process.stdout.write(`${usage}\n`);
  if ("test" in wish) return void process.stdout.write(`${await runTest(wish)}\n`);
  const settings = readSome(["REDIS_URL", "FASEPORT_DATA", "FASEPORT_MODEL", "FASEPORT_KOMMUNE", "FASEPORT_CLOCK"]);
  const model = loadModel({ rulesPath: settings.FASEPORT_MODEL, municipalityPath: settings.FASEPORT_KOMMUNE });
  const now = await clockOf(settings.FASEPORT_CLOCK)();
  const date = wish.date ?? localDate(model, now);
  if (date < localDate(model, now)) throw new Problem(`--date takes today or a later day, not ${date}`);
  const store = await attachRedis({ url: settings.REDIS_URL ?? undefined, dataDir: settings.FASEPORT_DATA });
  try {
    const redis = await openWorkRedis(store.connection);
    const ledger = new Ledger(redis);
    const read = async () => ({
      facts: await readFacts(model, ledger, now),
      only: wish.card === null ? null : await idOf(ledger, wish.card),
    });
    const { facts, only } = await read().finally(() => redis.disconnect());
    const reminders = remindersOn(facts, date);
    process.stdout.write(textOf(model, facts.cards, date, about(reminders, only), wish.json));
  } finally {
    await store.close();
  }
}

async function idOf(ledger: Ledger, named: string): Promise<string> {
  const reference = parseReference(named);
  const record = reference && (await findCard(ledger, reference));
  if (!record) throw new Problem(`Faseport knows no card «${named}»: name it by its number (INNO-3) or its address`);
  return record.accepted.card;
}

/** What goes out on the date. Today's round counts whatever the hour is. */
function remindersOn({ model, now, ...facts }: Facts, date: string): readonly Reminder[] {
  const today = instantOf(model, localDate(model, now), "00:00");
  const from = new Date(today.getTime() - 1);
  const to = instantOf(model, date, model.rules.reminders.sendAt);
  return rounds({ ...facts, model }, from, to).filter(({ on }) => on === date);
}

function about(reminders: readonly Reminder[], card: string | null): readonly Reminder[] {
  if (card === null) return reminders;
  const kept = reminders.map((it) => ({ ...it, items: it.items.filter(({ cards }) => cards.includes(card)) }));
  return kept.filter(({ items }) => items.length > 0);
}

function textOf(
  model: Model,
  cards: readonly RemindedCard[],
  date: string,
  reminders: readonly Reminder[],
  json: boolean,
): string {
  if (json) {
    const told = reminders.map((it) => ({
      ...it,
      name: userNames(model, [it.person]),
      channel: channelOfReminder(model, it),
      text: reminderText(model, it),
    }));
    return `${JSON.stringify({ date, reminders: told }, null, 2)}\n`;
  }
  return previewText(model, cards, date, reminders);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${problemText(error)}\n`);
    process.exit(1);
  });
}
