// SPDX-License-Identifier: EUPL-1.2
/** I1 to I8 and I10 on the real wire: the houses of every test run, each in a process of its own. */
import assert from "node:assert/strict";
import { describe, expect, it } from "vitest";
import { type Lived, liveApart } from "./apart.ts";
import { ACTS, everyRun, kindNames, replay, type Wish } from "./houses.ts";
import { neverMet, tooLittle } from "./lively.ts";

/** A house takes about a minute of one core; on a busy machine several. */
const timeout = 900_000;
const lived: { wish: Wish; tale: Lived["tale"] }[] = [];
const sum = (of: (tale: Lived["tale"]) => number) => lived.reduce((total, { tale }) => total + of(tale), 0);

describe.concurrent("everything holds in the end", () => {
  it.for(everyRun)(
    "in a house of the kind $kind: $cards histories of $acts deeds",
    { timeout },
    async (wish, context) => {
      const { problems, stories, tale } = await liveApart(wish, context.signal);
      const wrong = [...problems, ...tooLittle(wish, tale)];
      assert.equal(wrong.length, 0, [replay(wish), ...wrong, ...stories].join("\n"));
      lived.push({ wish, tale });
    },
  );
});

it("at least 500 histories of 60 deeds were lived, in every kind of house, and every fault was met", () => {
  const histories = lived.reduce((total, { wish }) => total + wish.cards, 0);
  console.log(
    `${histories} histories, ${sum(({ deeds }) => deeds)} deeds, ${sum(({ passages }) => passages)} gates passed, ` +
      `${sum(({ registered }) => registered)} decisions registered, ${sum(({ killings }) => killings)} killings and freezings`,
  );
  expect(histories).toBeGreaterThanOrEqual(500);
  expect(everyRun.every(({ acts }) => acts === ACTS && acts >= 60)).toBe(true);
  expect(sum(({ deeds }) => deeds)).toBeGreaterThanOrEqual(histories * ACTS);
  expect([...new Set(lived.map(({ wish }) => wish.kind))].sort()).toEqual([...kindNames].sort());
  expect(neverMet(lived)).toEqual([]);
});
