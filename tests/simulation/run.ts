// SPDX-License-Identifier: EUPL-1.2
/** `npm run simulate`: one house again, alone, with the stories of the cards that went wrong; or a night's worth of new ones. */
import { parseArgs } from "node:util";
import { ACTS, houses, type KindName, kindNames, replay, simulationOf, type Wish } from "./houses.ts";
import { tooLittle } from "./lively.ts";
import { type Outcome, simulate } from "./simulate.ts";

const usage = `Usage: npm run simulate -- [--kind stormy] [--seed stormy-1] [--cards 40] [--acts ${ACTS}] [--stories 3]
       npm run simulate -- --night [--houses 10] [--cards 40]

Lives one house: many cards' random histories on the stand-ins, over HTTP, with a real Redis and the real service, in bad
weather. Prints what does not hold at the end; ends with 1 when anything does not.

  --kind     ${kindNames.join(", ")}
  --seed     any text: the same seed draws the same histories and the same faults
  --cards    how many histories live side by side
  --acts     how many deeds each has
  --mishaps  how many calls in a hundred go wrong, if not as many as in every house of the kind
  --stories  of so many cards with a problem, everything that happened to them
  --json     prints one object instead: { problems, stories, tale }
  --night    so many houses of every kind, from new seeds
  --houses   how many of every kind a night has`;

const { values } = parseArgs({
  options: {
    kind: { type: "string", default: "stormy" },
    seed: { type: "string", default: "stormy-1" },
    cards: { type: "string", default: "40" },
    acts: { type: "string", default: String(ACTS) },
    mishaps: { type: "string" },
    stories: { type: "string", default: "0" },
    json: { type: "boolean", default: false },
    night: { type: "boolean", default: false },
    houses: { type: "string", default: "10" },
    help: { type: "boolean", default: false },
  },
});

const print = (text: string) => void process.stdout.write(`${text}\n`);

/** Ended from outside, a house still puts away its Redis and its services. */
const ended = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => ended.abort());

async function run(): Promise<void> {
  if (values.help) return print(usage);
  const cards = Number(values.cards);
  if (values.night) return liveNight(cards, Number(values.houses));
  const mishaps = values.mishaps === undefined ? {} : { mishaps: Number(values.mishaps) };
  const wish: Wish = { kind: kindCalled(values.kind), seed: values.seed, cards, acts: Number(values.acts), ...mishaps };
  const outcome = await simulate(simulationOf(wish), ended.signal);
  const { problems, tale } = outcome;
  if (values.json) return print(JSON.stringify({ problems, tale, stories: storiesIn(outcome) }));
  print(JSON.stringify(tale, null, 2));
  report(wish, problems);
  for (const story of storiesIn(outcome)) print(story);
}

/** Every house of a night must be lively too. */
async function liveNight(cards: number, count: number): Promise<void> {
  const tonight = Number(new Date().toISOString().slice(0, 10).replaceAll("-", "")) * 1_000;
  for (const wish of kindNames.flatMap((kind) => houses(kind, count, cards, tonight))) {
    const outcome = await simulate(simulationOf(wish), ended.signal);
    report(wish, [...outcome.problems, ...tooLittle(wish, outcome.tale)]);
    for (const story of storiesIn(outcome)) print(story);
  }
}

function kindCalled(name: string): KindName {
  const kind = kindNames.find((it) => it === name);
  if (!kind) throw new RangeError(`no kind of house is called ${name}`);
  return kind;
}

function report(wish: Wish, problems: readonly string[]): void {
  print([replay(wish), ...problems, `${problems.length} problems`].join("\n  "));
  if (problems.length > 0) process.exitCode = 1;
}

const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/u;

/** Of the first cards with a problem, everything that happened to them. */
function storiesIn({ problems, story }: Outcome): readonly string[] {
  const cards = [...new Set(problems.flatMap((it) => id.exec(it)?.[0] ?? []))];
  return cards.slice(0, Number(values.stories)).map((card) => ["", card, ...story(card)].join("\n"));
}

await run();
