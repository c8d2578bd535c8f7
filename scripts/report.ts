// SPDX-License-Identifier: EUPL-1.2
/** `npm run report`: the reports that people are sent, printed at any time. Reads the ledger and changes nothing. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { readSome } from "../src/config.ts";
import { inLanguage } from "../src/core/messages.ts";
import { meetingAhead } from "../src/core/reminders/body-rules.ts";
import {
  meetingSections,
  meetingTitle,
  monthSections,
  monthTitle,
  quarterSections,
  quarterTitle,
  reportOf,
} from "../src/core/reminders/reports.ts";
import { type Report, reportMarkdown, reportText } from "../src/core/reminders/section.ts";
import { type Situation, situationOf } from "../src/core/reminders/situation.ts";
import { readFacts } from "../src/delivery/facts.ts";
import { Ledger } from "../src/ledger/ledger.ts";
import { loadModel } from "../src/model/load.ts";
import { attachRedis } from "../src/redis/attach.ts";
import { openWorkRedis } from "../src/redis/connect.ts";
import { clockOf } from "../src/service/clock.ts";
import { Problem, problemText } from "./problem.ts";

const usage = `Usage: npm run report -- --body udi [--meeting 2027-01-13] | --month 2027-03 | --quarter 2027-1
                      [--lang en] [--format markdown|text] [--json] [--out file]

Prints a report at any time, as it would be sent on its day. Reads the ledger and changes nothing; nothing is sent.

  --body B     before a meeting: what the body decides, what else is its own, what is being followed up. B is its key in
               config/kommune.yaml
  --meeting D  which meeting (default: the body's next)
  --month M    how the board stands today, and what was closed in the month
  --quarter Q  what the projects taught that were closed in the quarter: 2027-1 is January to March
  --lang L     da or en (default: the language of config/furesoe.yaml); names stay as the municipality has them
  --format F   text (default) or markdown
  --json       the same as data
  --out FILE   into a file
  --help       this text

A confidential card is its number, and is not in a quarter's report at all. Needs the service's settings for REDIS_URL or
FASEPORT_DATA, FASEPORT_MODEL and FASEPORT_KOMMUNE. It may run beside the service.`;

const asked = z
  .object({
    body: z.string().optional(),
    meeting: z.iso.date("--meeting takes a date such as 2027-01-13").optional(),
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "--month takes a month such as 2027-03")
      .optional(),
    quarter: z
      .string()
      .regex(/^\d{4}-[1-4]$/, "--quarter takes a quarter such as 2027-1")
      .optional(),
    lang: z.enum(["da", "en"], "--lang takes da or en").optional(),
    format: z.enum(["markdown", "text"], "--format takes markdown or text").default("text"),
    json: z.boolean().default(false),
    out: z.string().optional(),
  })
  .refine(({ body, month, quarter }) => [body, month, quarter].filter((it) => it !== undefined).length === 1, {
    message: `ask for one report: --body, --month or --quarter\n\n${usage}`,
  })
  .refine(({ body, meeting }) => meeting === undefined || body !== undefined, {
    message: "--meeting goes with --body",
  });
type Asked = z.infer<typeof asked>;

function understood(): Asked | null {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      ...{ body: text, meeting: text, month: text, quarter: text, lang: text, format: text, out: text },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return null;
  const read = asked.safeParse(values);
  if (!read.success) throw new Problem(read.error.issues.map(({ message }) => message).join("\n"));
  return read.data;
}

async function main(): Promise<void> {
  const wish = understood();
  if (!wish) return void process.stdout.write(`${usage}\n`);
  const report = reportFor(await situationNow(wish), wish);
  const text = wish.json
    ? `${JSON.stringify(report, null, 2)}\n`
    : wish.format === "text"
      ? reportText(report)
      : reportMarkdown(report);
  if (wish.out === undefined) process.stdout.write(text);
  else await writeFile(wish.out, text);
}

async function situationNow({ lang }: Asked): Promise<Situation> {
  const settings = readSome(["REDIS_URL", "FASEPORT_DATA", "FASEPORT_MODEL", "FASEPORT_KOMMUNE", "FASEPORT_CLOCK"]);
  const read = loadModel({ rulesPath: settings.FASEPORT_MODEL, municipalityPath: settings.FASEPORT_KOMMUNE });
  const model = lang === undefined ? read : inLanguage(read, lang);
  const now = await clockOf(settings.FASEPORT_CLOCK)();
  const store = await attachRedis({ url: settings.REDIS_URL ?? undefined, dataDir: settings.FASEPORT_DATA });
  try {
    const redis = await openWorkRedis(store.connection);
    return situationOf(await readFacts(model, new Ledger(redis), now).finally(() => redis.disconnect()));
  } finally {
    await store.close();
  }
}

function reportFor(situation: Situation, { body, meeting, month, quarter }: Asked): Report {
  if (body !== undefined) return beforeMeeting(situation, body, meeting);
  if (month !== undefined) return reportOf(situation, monthTitle(situation, month), monthSections(situation, month));
  const [year, number] = (quarter ?? "").split("-").map(Number);
  const start = `${year}-${String(((number ?? 1) - 1) * 3 + 1).padStart(2, "0")}-01`;
  return reportOf(situation, quarterTitle(situation, start), quarterSections(situation, start));
}

function beforeMeeting(situation: Situation, key: string, named: string | undefined): Report {
  const { bodies } = situation.model.municipality;
  const body = bodies.find((it) => it.key === key);
  if (!body) throw new Problem(`no body «${key}» in the municipality: ${bodies.map((it) => it.key).join(", ")}`);
  const meeting = named ?? meetingAhead(situation, body);
  if (meeting === undefined)
    throw new Problem(`no meeting ahead of «${key}» has been entered: name one with --meeting`);
  return reportOf(situation, meetingTitle(situation, body, meeting), meetingSections(situation, body, meeting));
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${problemText(error)}\n`);
    process.exit(1);
  });
}
