// SPDX-License-Identifier: EUPL-1.2
/** How many calls to each API a change costs, counted by the stand-ins. */
import { board, type House, openHouse, people } from "../integration/house.ts";

export type CallCount = Readonly<{ what: string; notion: number; github: number; budget: string }>;

const UDI = "Digitalisering og Innovation";

/** Counts the calls of each kind of change, beside the design's budget. */
export async function countCalls(): Promise<readonly CallCount[]> {
  const house = await openHouse();
  try {
    const on = board(house);
    const refused = await counted(house, () => on.drag(people.anders, "INNO-3", "2. Nytænk"));
    const ticked = await counted(house, () => on.tick(people.mette, "INNO-3", UDI));
    // First, for a phase over its limit would cost the label of the card that is let in.
    const free = await counted(house, () => on.drag(people.anders, "INNO-6", "3. Test"));
    const accepted = await counted(house, () => on.drag(people.anders, "INNO-3", "2. Nytænk"));
    const { number = 0 } = on.issue("INNO-7") ?? {};
    const label = await counted(house, () => house.sandbox.github.moveLabel("anders-dev", number, "fase:3-test"));
    const foreign = await counted(house, () => on.edit(people.anders, "INNO-7", { "Antal idéer": { number: 4 } }));
    const { bot } = house.sandbox.notion;
    const echo = await counted(house, () => on.edit(bot.id, "INNO-7", { "Antal idéer": { number: 5 } }));
    return [
      { what: "refused move", ...refused, budget: "3 / 0–1" },
      { what: "tick registered", ...ticked, budget: "4 / 0–1" },
      { what: "accepted move through a gate, one body", ...accepted, budget: "3 + 2 / 1" },
      { what: "accepted move without gates", ...free, budget: "3 / 1" },
      { what: "label moved by a developer, gate closed", ...label, budget: "0 / 3" },
      { what: "a field that changes nothing else", ...foreign, budget: "1 / 0" },
      { what: "own echo", ...echo, budget: "0 / 0" },
    ];
  } finally {
    await house.close();
  }
}

async function counted(house: House, act: () => void): Promise<{ notion: number; github: number }> {
  const { notion, github } = house.sandbox;
  const before = [notion.calls.length, github.calls.length] as const;
  act();
  await house.quiet();
  return { notion: notion.calls.length - before[0], github: github.calls.length - before[1] };
}
