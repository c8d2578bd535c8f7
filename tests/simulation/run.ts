// SPDX-License-Identifier: EUPL-1.2
/** `npm run simulate`: one house again, alone, with the stories of the cards that went wrong; or a night's worth of new ones. */
import { parseArgs } from "node:util";
import { houses, type KindName, kindNames, replay, simulationOf, type Wish } from "./houses.ts";
import { type Outcome, simulate } from "./simulate.ts";

const usage = `Usage: npm run simulate -- [--kind stormy] [--seed stormy-1] [--cards 40] [--acts 60] [--stories 3]
       npm run simulate -- --night [--houses 10] [--cards 40]

Lives one house: many cards' random histories on the stand-ins, over HTTP, with a real Redis and the real service, in bad
weather. Prints what does not hold at the end; ends with 1 when anything does not.

  --kind     ${kindNames.join(", ")}
  --seed     any text: the same seed draws the same histories and the same faults
  --cards    how many histories live side by side
  --acts     how many deeds each has
  --stories  of so many cards with a problem, everything that happened to them
  --night    so many houses of every kind, from new seeds
  --houses   how many of every kind a night has`;

const { values } = parseArgs({
  options: {
    kind: { type: "string", default: "stormy" },
    seed: { type: "string", default: "stormy-1" },
    cards: { type: "string", default: "40" },
    acts: { type: "string", default: "60" },
    stories: { type: "string", default: "0" },
    night: { type: "boolean", default: false },
    houses: { type: "string", default: "10" },
    help: { type: "boolean", default: false },
  },
});

const print = (text: string) => void process.stdout.write(`${text}\n`);

async function run(): Promise<void> {
  if (values.help) return print(usage);
  if (!kindNames.some((kind) => kind === values.kind))
    throw new RangeError(`no kind of house is called ${values.kind}`);
  const kind = values.kind as KindName;
  const cards = Number(values.cards);
  const one: Wish = { kind, seed: values.seed, cards, acts: Number(values.acts) };
  const tonight = Number(new Date().toISOString().slice(0, 10).replaceAll("-", "")) * 1_000;
  const all = values.night ? kindNames.flatMap((it) => houses(it, Number(values.houses), cards, tonight)) : [one];
  for (const wish of all) {
    const outcome = await simulate(simulationOf(wish));
    if (!values.night) print(JSON.stringify(outcome.tale, null, 2));
    print([replay(wish), ...outcome.problems, `${outcome.problems.length} problems`].join("\n  "));
    if (outcome.problems.length > 0) process.exitCode = 1;
    tell(outcome, Number(values.stories));
  }
}

const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/u;

function tell({ problems, story }: Outcome, most: number): void {
  const cards = [...new Set(problems.flatMap((it) => id.exec(it)?.[0] ?? []))];
  for (const card of cards.slice(0, most)) print(["", card, ...story(card)].join("\n"));
}

await run();
