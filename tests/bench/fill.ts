// SPDX-License-Identifier: EUPL-1.2
/** What a whole board costs: the first fill, and a look at everything when nothing has changed. Counted by the stand-ins. */
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { openHouse, people } from "../integration/house.ts";

/** How many calls each side has answered, and how many issues there are. */
export type Calls = Readonly<{ notion: number; github: number; issues: number }>;
export type Fill = Readonly<{ cards: number; first: Calls; again: Calls }>;

/** Everyday cards: one page and one issue each, so that the figures compare with those of syncs that know no decisions. */
export async function countFill(cards: number): Promise<Fill> {
  const house = await openHouse({ before: (sandbox) => fillBoard(sandbox, cards), quietWithinMs: 4 * 3_600_000 });
  try {
    const first = callsOf(house.sandbox);
    await house.lookAtAll();
    await house.quiet();
    const { notion, github, issues } = callsOf(house.sandbox);
    return { cards, first, again: { notion: notion - first.notion, github: github - first.github, issues } };
  } finally {
    await house.close();
  }
}

const opening = /^\/v1\/(users\/me|data_sources\/[^/]+)$|^\/user$|^\/repos\/[^/]+\/[^/]+$/;

/** The calls so far, without those by which a process finds out who and where it is. */
export function callsOf({ notion, github }: Sandbox): Calls {
  const count = (calls: readonly { path: string }[]) => calls.filter(({ path }) => !opening.test(path)).length;
  return { notion: count(notion.calls), github: count(github.calls), issues: github.issues().length };
}

/** Cards are made by the hundred in a minute, not by the ten thousand: Notion's edit times are whole minutes. */
const A_MINUTE = 150;
/** Somebody has written half a page about each. */
const A_PAGE_OF_TEXT = "Borgerne venter for længe på svar, og ingen ved, hvor sagen ligger. ".repeat(20);

/** How far `fillBoard` moves the sandbox's clock. */
export function minutesToFill(cards: number): number {
  return Math.floor(cards / A_MINUTE);
}

/** Replaces the seeded board by so many everyday cards. */
export function fillBoard({ notion, clock }: Sandbox, cards: number): void {
  for (const page of notion.pages(notion.projects)) notion.trash(people.anders, page.id);
  for (let n = 1; n <= cards; n += 1) {
    if (n % A_MINUTE === 0) clock.advance(60_000);
    notion.create(people.anders, notion.projects, {
      Navn: { title: [{ text: { content: `Hverdagsidé ${n}` } }] },
      Spor: { select: { name: "3 Hverdagsinnovation" } },
      Fase: { select: { name: "1. Udforsk" } },
      Tilstand: { select: { name: "Aktiv" } },
      Ejer: { people: [{ id: people.anders }] },
      Udfordring: { rich_text: [{ text: { content: A_PAGE_OF_TEXT } }] },
    });
  }
}
