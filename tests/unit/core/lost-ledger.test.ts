// SPDX-License-Identifier: EUPL-1.2
/** The ledger is lost, the board is not: what the service confirmed last holds, wherever the card was dragged since (I1). */
import { describe, expect, it } from "vitest";
import { judge } from "../../../src/core/judge.ts";
import { plan } from "../../../src/core/plan.ts";
import { cardShown, readConfirmed } from "../../../src/core/shown.ts";
import { accepted, card, model, now, observation } from "./fixtures.ts";

const confirmedOf = (change: Parameters<typeof accepted>[0]) =>
  cardShown(model, accepted(change), card(), null, now).confirmed;

describe("what is confirmed can be read again", () => {
  it.each([
    { position: { state: "active", phase: "test" }, track: "politisk", passage: 3 },
    { position: { state: "parked", phase: "udforsk" }, track: "hverdag", passage: 1 },
    { position: { state: "idea", phase: null }, track: "politisk", passage: 1 },
    { position: { state: "closed", phase: "foelg-op" }, track: "kultur", passage: 2 },
  ] as const)("%j", (state) => expect(readConfirmed(model, confirmedOf(state))).toEqual(state));

  it.each([
    "",
    "Test · Aktiv",
    "x [nowhere active politisk 1]",
    "x [test asleep politisk 1]",
    "x [test active none 1]",
    "x [test active politisk one]",
  ])("«%s» is nothing that the service wrote", (text) => expect(readConfirmed(model, text)).toBeNull());
});

it("a card dragged on while the ledger was lost goes back to what was confirmed", () => {
  const confirmed = confirmedOf({ position: { state: "active", phase: "udforsk" }, passage: 2 });
  const seen = card({ state: "active", phase: "implementer", shown: { ...card().shown, confirmed } });
  const { next, strays, tells } = judge(model, null, observation({ card: seen, previous: null, beforeService: true }));
  expect([next.position, next.passage]).toEqual([{ state: "active", phase: "udforsk" }, 2]);
  const steps = plan(model, { next, card: seen, strays, tells, task: null, now });
  expect(steps[0]).toMatchObject({ do: "write-card", patch: { phase: "udforsk" } });
});

it("a new card that copies the text of another gains nothing by it", () => {
  const confirmed = confirmedOf({ position: { state: "active", phase: "implementer" } });
  const seen = card({ state: "active", phase: "implementer", shown: { ...card().shown, confirmed } });
  const { next } = judge(model, null, observation({ card: seen, previous: null, beforeService: false }));
  expect(next.position).toEqual({ state: "idea", phase: null });
});

it("nor does a copy that was on the board before the service first looked (A28)", () => {
  const confirmed = confirmedOf({ position: { state: "active", phase: "implementer" } });
  const seen = card({ state: "active", phase: "implementer", shown: { ...card().shown, confirmed } });
  const copied = observation({ card: seen, previous: null, beforeService: true, taskOwner: "card-0" });
  const { next, tells } = judge(model, null, copied);
  expect(next.position).toEqual({ state: "idea", phase: null });
  expect(tells.map(({ message }) => message.id)).toEqual(["A28"]);
});
