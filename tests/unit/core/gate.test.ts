// SPDX-License-Identifier: EUPL-1.2
/** What makes a body's yes count at a gate, one condition at a time. */
import { describe, expect, it } from "vitest";
import type { Accepted, Decision } from "../../../src/core/accepted.ts";
import { gateFacts, stopFacts } from "../../../src/core/gate.ts";
import { STOP } from "../../../src/model/model.ts";
import {
  accepted,
  COUNCIL,
  decision,
  ELDERLY,
  fullFields,
  minutes,
  model,
  now,
  registration,
  row,
  UDI,
  withApprovals,
} from "./fixtures.ts";

const yes = (change: Partial<Decision> = {}): Decision =>
  decision({ registration: registration(), shown: row({ box: true }), ...change });

function missing(held: Partial<Accepted>, at: Date = now): readonly string[] | undefined {
  return gateFacts(model, accepted(held), "udforsk", fullFields, at)?.missing;
}

describe("a yes", () => {
  it("counts", () => expect(missing({ decisions: [yes()] })).toEqual([]));

  it.each<readonly [string, Partial<Decision>]>([
    ["of another passage", { passage: 2 }],
    ["to another gate", { gate: "G2" }],
    ["of another body", { body: ELDERLY }],
    ["used up", { ended: "used" }],
    ["void", { ended: "void" }],
    ["expired", { ended: "expired" }],
    ["not registered", { registration: null }],
    ["beside «Ikke godkendt»", { shown: row({ box: true, outcome: "Ikke godkendt" }) }],
    ["beside «Udsat»", { shown: row({ box: true, outcome: "Udsat" }) }],
    ["from more than twelve months ago", { registration: registration({ at: minutes(-60 * 24 * 367).toISOString() }) }],
  ])("%s does not", (_which, change) => expect(missing({ decisions: [yes(change)] })).toEqual([UDI]));

  it("whose box waits for its event does not", () => {
    const waiting = { "row-1": { since: now.toISOString(), hints: [] } };
    expect(missing({ decisions: [yes()], waiting })).toEqual([UDI]);
  });
});

describe("behind a passed gate", () => {
  const before = yes({ gate: "G0", row: "row-0", ended: "used", body: COUNCIL });
  const waiting = { "row-0": { since: now.toISOString(), hints: [] } };

  it.each<readonly [string, Partial<Accepted>]>([
    ["a yes that was taken back", { decisions: [{ ...before, disputed: true }, yes()] }],
    ["one that waits for its event", { decisions: [before, yes()], waiting }],
  ])("%s keeps the next gate closed, also of a body that does not decide there (B06)", (_which, held) => {
    expect(missing(held)).toEqual([COUNCIL]);
    const stop = yes({ gate: STOP, row: "row-s" });
    const decisions = [...(held.decisions ?? []), stop];
    expect(stopFacts(model, accepted({ ...held, decisions }), now).missing).toEqual([]);
  });
});

describe("meeting data, where the model asks for it (A07)", () => {
  const asking = withApprovals({ meetingRequired: true });
  const facts = (meeting: string | null, item: string, rules = asking) => {
    const decisions = [yes({ shown: row({ box: true, meeting, item }) })];
    return gateFacts(rules, accepted({ decisions }), "udforsk", fullFields, now)?.withoutMeeting;
  };

  it.each([
    ["2026-11-18", "4", []],
    [null, "4", [UDI]],
    ["2026-11-18", " ", [UDI]],
    [null, "", [UDI]],
  ] as const)("date %s and item «%s»: %j", (meeting, item, expected) => {
    expect(facts(meeting, item)).toEqual(expected);
    expect(facts(meeting, item, model)).toEqual([]);
  });
});

it("the council is missing because of the cost (A21) only where it does not decide anyway", () => {
  const extra = (bodies: readonly string[]) =>
    gateFacts(model, accepted({ bodies, needsFunding: true }), "test", fullFields, now)?.extra?.body;
  expect(extra([UDI])).toBe(COUNCIL);
  expect(extra([UDI, COUNCIL])).toBeUndefined();
});
