// SPDX-License-Identifier: EUPL-1.2
/** What a whole board costs: the first fill, and a look at everything when nothing has changed. Counted by the stand-ins. */
import { type House, openHouse, people } from "../integration/house.ts";
import { type Carried, measureLarge } from "./large.ts";

export type FillCount = Readonly<{ notion: number; github: number }>;
export type Fill = Readonly<{
  cards: number;
  first: FillCount;
  again: FillCount;
  issues: number;
  carried: Carried | null;
}>;

/** Everyday cards: one page and one issue each, so that the figures compare with those of syncs that know no decisions. */
export async function countFill(cards: number, { carry = false } = {}): Promise<Fill> {
  const house = await openHouse({ before: (sandbox) => fillBoard(sandbox, cards), quietWithinMs: 4 * 3_600_000 });
  try {
    const first = counted(house);
    await house.lookAtAll();
    await house.quiet();
    const all = counted(house);
    const again = { notion: all.notion - first.notion, github: all.github - first.github };
    const carried = carry ? await measureLarge(house, cards) : null;
    return { cards, first, again, issues: house.sandbox.github.issues().length, carried };
  } finally {
    await house.close();
  }
}

/** The calls so far, without those by which a process finds out who and where it is. */
function counted({ sandbox: { notion, github } }: House): FillCount {
  const opening = /^\/v1\/(users\/me|data_sources\/[^/]+)$|^\/user$|^\/repos\/[^/]+\/[^/]+$/;
  const count = (calls: readonly { path: string }[]) => calls.filter(({ path }) => !opening.test(path)).length;
  return { notion: count(notion.calls), github: count(github.calls) };
}

/** Replaces the seeded board by so many everyday cards. */
export function fillBoard({ notion }: House["sandbox"], cards: number): void {
  for (const page of notion.pages(notion.projects)) notion.trash(people.anders, page.id);
  for (let n = 1; n <= cards; n += 1)
    notion.create(people.anders, notion.projects, {
      Navn: { title: [{ text: { content: `Hverdagsidé ${n}` } }] },
      Spor: { select: { name: "3 Hverdagsinnovation" } },
      Fase: { select: { name: "1. Udforsk" } },
      Tilstand: { select: { name: "Aktiv" } },
      Ejer: { people: [{ id: people.anders }] },
    });
}
