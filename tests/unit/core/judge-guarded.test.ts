// SPDX-License-Identifier: EUPL-1.2
/** Track, bodies and funding: anyone may open, only the secretariat may close (T15, T16, A18, A19, DOMAIN 6). */
import { describe, expect, it } from "vitest";
import type { LastEdit } from "../../../src/core/attribution.ts";
import type { Hint } from "../../../src/core/card.ts";
import { type Guarded, type GuardedKey, type GuardedVerdict, judgeGuarded } from "../../../src/core/judge-guarded.ts";
import {
  agent,
  anders,
  bot,
  COUNCIL,
  ELDERLY,
  hint,
  mette,
  minutes,
  model,
  now,
  sanne,
  self,
  UDI,
} from "./fixtures.ts";

const gated: Guarded = { track: "politisk", bodies: [UDI, ELDERLY], needsFunding: true };
const free: Guarded = { ...gated, track: "hverdag" };

function judged(
  accepted: Guarded,
  seen: Partial<Guarded>,
  hints: readonly Hint[] = [],
  waited?: number,
  lastEdit: LastEdit = { by: self, at: now.toISOString() },
) {
  const keys: readonly GuardedKey[] = ["track", "bodies", "needsFunding"];
  const since = waited === undefined ? [] : keys.map((key) => [key, minutes(-waited).toISOString()]);
  const waiting = Object.fromEntries(since);
  return judgeGuarded(model, { accepted, seen: { ...accepted, ...seen }, hints, lastEdit, self, now, waiting });
}

/** What became of one change: let through, waiting, or the message with which it was put back. */
function outcome(verdict: GuardedVerdict, key: GuardedKey): string {
  if (verdict.waiting.includes(key)) return "wait";
  return verdict.refusals.map(({ id }) => id).join(" ") || "let";
}

const closings: readonly (readonly [key: GuardedKey, seen: Partial<Guarded>, message: string])[] = [
  ["track", { track: "hverdag" }, "A18"],
  ["track", { track: "kultur" }, "A18"],
  ["bodies", { bodies: [UDI] }, "A19"],
  ["bodies", { bodies: [] }, "A19"],
  ["bodies", { bodies: [UDI, COUNCIL] }, "A19"],
  ["needsFunding", { needsFunding: false }, "A29"],
];

describe.each(closings)("closing %s: %o", (key, seen, message) => {
  const by = (...authors: Parameters<typeof hint>[0]) => [hint(authors, [key])];
  it.each<readonly [string, readonly Hint[], number | undefined, string]>([
    ["the secretary alone", by(sanne), undefined, "let"],
    ["the secretary, twice", [...by(sanne), ...by(sanne)], undefined, "let"],
    ["staff", by(anders), undefined, message],
    ["a politician", by(mette), undefined, message],
    ["secretary and staff in one event", by(sanne, anders), undefined, message],
    ["secretary and staff in two events", [...by(sanne), ...by(anders)], undefined, message],
    ["an integration", by(bot(anders)), undefined, message],
    ["an agent in the secretary's name", by(agent(sanne)), undefined, message],
    ["the secretary and an integration", by(sanne, bot(anders)), undefined, message],
    ["the secretary and an agent in their name", by(sanne, agent(sanne)), undefined, message],
    ["no event yet", [], undefined, "wait"],
    ["no event after 4.9 minutes", [], 4.9, "wait"],
    ["no event after 5 minutes", [], 5, message],
    ["an event about something else", [hint([sanne], ["item"])], undefined, "wait"],
    ["only the service's own event", by(bot(self)), undefined, "wait"],
  ])("%s: %s", (_who, hints, waited, expected) => {
    const verdict = judged(gated, seen, hints, waited);
    expect(outcome(verdict, key)).toBe(expected);
    const closed = expected === "let";
    expect(verdict.rules).toEqual(closed && key === "track" ? ["T16"] : []);
    if (closed) expect(verdict.settled[key]).toEqual(seen[key]);
    else if (key === "bodies") expect(verdict.settled.bodies).toEqual(expect.arrayContaining([...gated.bodies]));
    else expect(verdict.settled[key]).toEqual(gated[key]);
  });

  it("on a track without gates anyone may", () => {
    expect(judged(free, seen).settled).toEqual({ ...free, ...seen });
    expect(judged(free, seen)).toMatchObject({ refusals: [], waiting: [], rules: [] });
  });
});

describe("opening is free, and needs no event", () => {
  it.each<readonly [string, Guarded, Partial<Guarded>, readonly string[]]>([
    ["into the gated track (T15)", free, { track: "politisk" }, ["T15"]],
    ["between tracks without gates", free, { track: "kultur" }, []],
    ["a further body", gated, { bodies: [UDI, ELDERLY, COUNCIL] }, []],
    ["the bodies in another order", gated, { bodies: [ELDERLY, UDI] }, []],
    ["funding", { ...gated, needsFunding: false }, { needsFunding: true }, []],
  ])("%s", (_name, accepted, seen, rules) => {
    expect(judged(accepted, seen)).toEqual({ settled: { ...accepted, ...seen }, refusals: [], waiting: [], rules });
  });
});

it("the secretariat's event does not explain what somebody else changed since: that event is waited for (DOMAIN 6)", () => {
  const seen = { bodies: [UDI] };
  const bySecretariat = hint([sanne], ["bodies"]);
  const lastEdit = { by: anders, at: now.toISOString() };
  expect(judged(gated, seen, [bySecretariat], undefined, lastEdit)).toMatchObject({
    settled: gated,
    waiting: ["bodies"],
  });
  const both = [bySecretariat, hint([anders], ["bodies"])];
  expect(judged(gated, seen, both, undefined, lastEdit).refusals.map(({ id }) => id)).toEqual(["A19"]);
  const beside = [bySecretariat, hint([anders], ["title"])];
  expect(judged(gated, seen, beside, undefined, lastEdit).settled.bodies).toEqual([UDI]);
});

it("a body added while another is removed stays, whatever becomes of the other", () => {
  const verdict = judged(gated, { bodies: [COUNCIL, UDI] }, [hint([anders], ["bodies"])]);
  expect([...verdict.settled.bodies].sort()).toEqual([UDI, ELDERLY, COUNCIL].sort());
  expect(verdict.refusals).toEqual([{ id: "A19", users: [anders], bodies: [ELDERLY] }]);
});

it("leaving the track and a body at once is judged for each", () => {
  const hints = [hint([sanne], ["track"]), hint([anders], ["bodies"])];
  const verdict = judged(gated, { track: "hverdag", bodies: [UDI] }, hints);
  expect(verdict.rules).toEqual(["T16"]);
  expect(verdict.refusals.map(({ id }) => id)).toEqual(["A19"]);
});
