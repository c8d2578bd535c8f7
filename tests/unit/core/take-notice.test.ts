// SPDX-License-Identifier: EUPL-1.2
/** What reminders count from: the last edit by a person, and since when a date or choice stands as it does. */
import { describe, expect, it } from "vitest";
import type { Accepted } from "../../../src/core/accepted.ts";
import type { Observation } from "../../../src/core/course.ts";
import { judge } from "../../../src/core/judge.ts";
import {
  accepted,
  agent,
  anders,
  bot,
  card,
  fullFields,
  hint,
  minutes,
  model,
  now,
  observation,
  self,
  stranger,
} from "./fixtures.ts";

const later = minutes(60);
const look = (state: Accepted, change: Partial<Observation> = {}) =>
  judge(model, state, observation({ now: later, ...change })).next;

describe("the last edit by a person", () => {
  const edited = minutes(30).toISOString();
  const edit = (authors: Parameters<typeof hint>[0]) => hint(authors, ["question"], { at: edited });

  it.each([
    ["a person's edit", { cardHints: [edit([anders])] }, edited],
    ["somebody's who stands in no list", { cardHints: [edit([stranger])] }, edited],
    ["a person's and a bot's at once", { cardHints: [edit([bot("b"), anders])] }, edited],
    ["a bot's", { cardHints: [edit([bot("b")])] }, now.toISOString()],
    ["an agent's in a person's name", { cardHints: [edit([agent(anders)])] }, now.toISOString()],
    ["the service's own", { cardHints: [edit([self])] }, now.toISOString()],
    [
      "a lost event of one of the municipality's people",
      { card: card({ lastEditedBy: anders, lastEditedAt: edited }) },
      edited,
    ],
    ["another integration's", { card: card({ lastEditedBy: stranger, lastEditedAt: edited }) }, now.toISOString()],
    ["an event of before", { cardHints: [hint([anders], [], { at: minutes(-30).toISOString() })] }, now.toISOString()],
  ] as const)("%s", (_what, change, touchedAt) => expect(look(accepted(), change).touchedAt).toBe(touchedAt));

  it("a card that was there before the service counts from its first look, not from years ago (case 32)", () => {
    const old = card({ lastEditedBy: anders, lastEditedAt: "2024-01-01T08:00:00.000Z" });
    const { next } = judge(model, null, observation({ card: old, beforeService: true, now: later }));
    expect(next.touchedAt).toBe(later.toISOString());
    expect(Object.values(next.noticed).map(({ at }) => at)).toEqual(Array(5).fill(later.toISOString()));
  });
});

describe("since when a value is known", () => {
  it("a look that finds the same changes nothing", () => {
    const before = accepted();
    const { touchedAt, noticed } = look(before);
    expect({ touchedAt, noticed }).toEqual({ touchedAt: before.touchedAt, noticed: before.noticed });
  });

  it.each([
    ["inOperationFrom", "I drift fra", "2026-06-01"],
    ["parkedUntil", "Parkeret til", "2027-02-01"],
    ["effectStatus", "Effektstatus", "Udeblevet"],
    ["outcome", "Udfald", "Ingen effekt"],
  ] as const)("%s, from the look that finds it changed", (key, name, value) => {
    const before = accepted();
    const next = look(before, { card: card({ fields: { ...fullFields, [name]: value } }) });
    expect(next.noticed).toEqual({ ...before.noticed, [key]: { value, at: later.toISOString() } });
  });

  it("where the card stands, not where it was dragged to and put back from", () => {
    const refused = look(accepted(), { card: card({ phase: "test" }) });
    expect(refused.noticed).toEqual(accepted().noticed);
    const parked = look(accepted(), { card: card({ state: "parked" }) });
    expect(parked.noticed.position).toEqual({ value: "parked udforsk", at: later.toISOString() });
  });

  it("in the bin, and from the day it is back", () => {
    const binned = look(accepted(), { card: card({ inTrash: true }) });
    expect(binned.noticed.position.value).toBe("active udforsk away");
    expect(look(binned).noticed.position).toEqual({ value: "active udforsk", at: later.toISOString() });
  });
});
