// SPDX-License-Identifier: EUPL-1.2
/** DOMAIN 5.3, 5.4 and 6 as tables: who touched the box, what the event says of it, and what follows. */
import { describe, expect, it } from "vitest";
import type { Decision } from "../../../src/core/accepted.ts";
import type { Author, Hint } from "../../../src/core/card.ts";
import type { DecisionSeen } from "../../../src/core/decision.ts";
import { judgeTick, type TickFacts, type TickVerdict } from "../../../src/core/judge-tick.ts";
import {
  agent,
  anders,
  bodil,
  bot,
  card,
  decision,
  ELDERLY,
  hint,
  karin,
  lise,
  mette,
  minutes,
  model,
  now,
  ole,
  person,
  registration,
  row,
  sanne,
  self,
  stranger,
} from "./fixtures.ts";

type Case = Readonly<{ decision?: Partial<Decision>; row?: Partial<DecisionSeen> }> &
  Partial<Pick<TickFacts, "hints" | "owners" | "now" | "waitingSince">>;

function judged(given: Case): TickVerdict {
  return judgeTick(model, {
    decision: decision(given.decision),
    row: row(given.row),
    hints: given.hints ?? [],
    owners: given.owners ?? [anders],
    self,
    now: given.now ?? now,
    waitingSince: given.waitingSince ?? null,
  });
}

/** A verdict in one word: the message for a cleared box, else its kind. */
const word = (verdict: TickVerdict) => (verdict.kind === "clear" ? verdict.refusal.id : verdict.kind);

const people: Readonly<Record<string, readonly Author[]>> = {
  chair: [person(mette)],
  "vice-chair": [person(ole)],
  "both of the body's approvers": [person(mette), person(ole)],
  "another body's chair": [person(karin)],
  "the mayor": [person(bodil)],
  staff: [person(lise)],
  "the owner": [person(anders)],
  secretary: [person(sanne)],
  "somebody unknown": [person(stranger)],
  "an integration": [bot(stranger)],
  "an agent": [agent(stranger)],
  "an agent with the chair's id": [agent(mette)],
  "the service itself": [bot(self)],
  "chair and an agent in their name": [person(mette), agent(mette)],
  "an agent and the chair whose name it bears": [agent(mette), person(mette)],
  "chair and staff": [person(mette), person(lise)],
  "chair and another body's chair": [person(mette), person(karin)],
  "chair and an integration": [person(mette), bot(stranger)],
  "two of staff": [person(lise), person(anders)],
  nobody: [],
};

/** Who ticked or unticked, and what becomes of it. Every person above has a row. */
const verdicts: readonly (readonly [who: keyof typeof people, ticked: string, unticked: string])[] = [
  ["chair", "register", "withdraw"],
  ["vice-chair", "register", "withdraw"],
  ["both of the body's approvers", "register", "withdraw"],
  ["another body's chair", "A05", "tick-again"],
  ["the mayor", "A05", "tick-again"],
  ["staff", "A05", "tick-again"],
  ["the owner", "A05", "tick-again"],
  ["secretary", "A05", "tick-again"],
  ["somebody unknown", "A05", "tick-again"],
  ["an integration", "A05", "tick-again"],
  ["an agent", "A05", "tick-again"],
  ["an agent with the chair's id", "A05", "tick-again"],
  ["the service itself", "wait", "wait"],
  ["chair and staff", "A06", "withdraw"],
  ["chair and another body's chair", "A06", "withdraw"],
  ["chair and an integration", "A06", "withdraw"],
  ["chair and an agent in their name", "A06", "withdraw"],
  ["an agent and the chair whose name it bears", "A06", "withdraw"],
  ["two of staff", "A06", "tick-again"],
  ["nobody", "wait", "wait"],
];

const editorOf = (authors: readonly Author[]) => authors.at(-1)?.id ?? stranger;

describe.each(verdicts)("%s", (who, ticked, unticked) => {
  const authors = people[who] ?? [];
  const box = (on: boolean, hints: readonly Hint[], change: Case = {}): TickVerdict =>
    judged({
      decision: { registration: on ? null : registration() },
      row: { box: on, lastEditedBy: editorOf(authors) },
      hints,
      ...change,
    });

  it(`ticks: ${ticked}`, () => {
    const event = hint(authors, ["box"]);
    const verdict = box(true, [event]);
    expect(word(verdict)).toBe(ticked);
    if (verdict.kind === "register") {
      expect(verdict).toEqual({
        kind: "register",
        by: authors.map(({ id }) => id),
        at: event.at,
        events: [event.event],
      });
    }
  });

  it(`unticks what is registered: ${unticked}`, () => {
    expect(word(box(false, [hint(authors, ["box"])]))).toBe(unticked);
  });

  it("an event that names another property explains no tick", () => {
    expect(word(box(true, [hint(authors, ["item", "meeting"])]))).toBe("wait");
    expect(word(box(false, [hint(authors, ["item"])]))).toBe("wait");
  });

  it("an event that names no property explains no tick", () => {
    expect(word(box(true, [hint(authors, [])]))).toBe("wait");
  });

  it("no event: wait; none within attributionWaitMinutes: A30, or ticked again", () => {
    for (const [waited, tick, untick] of [
      [null, "wait", "wait"],
      [4.9, "wait", "wait"],
      [5, "A30", "withdraw"],
      [600, "A30", "withdraw"],
    ] as const) {
      const waitingSince = waited === null ? null : minutes(-waited).toISOString();
      expect(word(box(true, [], { waitingSince }))).toBe(tick);
      expect(word(box(false, [], { waitingSince }))).toBe(untick);
    }
  });

  it("a last editor whom no event names may have set or cleared it: wait", () => {
    const lastEditedBy = who === "staff" ? sanne : lise;
    if (authors.some(({ id }) => id === lastEditedBy)) return;
    expect(word(judged({ row: { box: true, lastEditedBy }, hints: [hint(authors, ["box"])] }))).toBe("wait");
  });

  it("once more, from a second event: the same", () => {
    const hints = [hint(authors, ["box"]), hint(authors, ["box"], { at: minutes(1).toISOString() })];
    expect(word(box(true, hints))).toBe(ticked);
    expect(word(box(true, [...hints].reverse()))).toBe(ticked);
  });
});

it("has a row for everybody", () => {
  expect(verdicts.map(([who]) => who).sort()).toEqual(Object.keys(people).sort());
});

describe("what is and what was", () => {
  it.each<readonly [string, Case, string]>([
    ["registered and ticked", { decision: { registration: registration() }, row: { box: true } }, "settled"],
    ["neither", { row: { box: false } }, "settled"],
    [
      "registered and ticked, whoever touched it since (18: the final state counts)",
      { decision: { registration: registration() }, row: { box: true }, hints: [hint([lise], ["box"])] },
      "settled",
    ],
    [
      "registered and ticked, touched by an approver alone (18)",
      { decision: { registration: registration() }, row: { box: true }, hints: [hint([mette], ["box"])] },
      "settled",
    ],
    ...([null, "used"] as const).map(
      (ended) =>
        [
          `registered (${ended}) and ticked, but touched by an approver and by somebody else: who set it last?`,
          {
            decision: { registration: registration(), ended },
            row: { box: true },
            hints: [hint([mette], ["box"]), hint([lise], ["box"])],
          },
          "A06",
        ] as const,
    ),
    [
      "registered and ticked, touched by staff, and the events of the yes itself are heard again: no doubt",
      {
        decision: { registration: registration() },
        row: { box: true },
        hints: [hint([mette], ["box"], { event: "event-0" }), hint([lise], ["box"])],
      },
      "settled",
    ],
    [
      "registered and ticked, touched by staff, and an approver's event from before the yes comes late: no doubt",
      {
        decision: { registration: registration() },
        row: { box: true },
        hints: [hint([mette], ["box"], { at: minutes(-1).toISOString() }), hint([lise], ["box"])],
      },
      "settled",
    ],
    ["unticked again before it was judged (18)", { row: { box: false }, hints: [hint([mette], ["box"])] }, "settled"],
    [
      "an approver undoes what staff ticked: both touched it, so A06",
      { row: { box: true, lastEditedBy: mette }, hints: [hint([lise], ["box"]), hint([mette], ["box"])] },
      "A06",
    ],
    [
      "disputed and ticked again by an approver: settles the matter",
      {
        decision: { registration: registration(), ended: "used", disputed: true },
        row: { box: true, lastEditedBy: ole },
        hints: [hint([ole], ["box"])],
      },
      "register",
    ],
    [
      "disputed and ticked again by staff",
      {
        decision: { registration: registration(), ended: "used", disputed: true },
        row: { box: true, lastEditedBy: lise },
        hints: [hint([lise], ["box"])],
      },
      "A05",
    ],
    [
      "a used yes unticked by an approver (25: B06)",
      {
        decision: { registration: registration(), ended: "used" },
        row: { lastEditedBy: mette },
        hints: [hint([mette], ["box"])],
      },
      "withdraw",
    ],
    ...(["void", "expired"] as const).map(
      (ended) =>
        [
          `a yes that is ${ended} can be taken back too: it may yet be restored (T5u)`,
          {
            decision: { registration: registration(), ended },
            row: { lastEditedBy: mette },
            hints: [hint([mette], ["box"])],
          },
          "withdraw",
        ] as const,
    ),
    ...(["void", "used", "expired"] as const).map(
      (ended) =>
        [
          `a decision that is ${ended} takes no new yes`,
          { decision: { ended }, row: { box: true, lastEditedBy: mette }, hints: [hint([mette], ["box"])] },
          "A29",
        ] as const,
    ),
  ])("%s", (_name, given, expected) => {
    expect(word(judged(given))).toBe(expected);
  });
});

describe("old evidence", () => {
  const settledAt = minutes(-10).toISOString();
  it.each([
    [-12, "wait"],
    [-11.1, "wait"],
    [-10.5, "register"],
    [0, "register"],
  ] as const)("an event of %s minutes explains a tick first seen after −10: %s", (at, expected) => {
    const event = hint([mette], ["box"], { at: minutes(at).toISOString() });
    const row = { box: true, lastEditedBy: mette, lastEditedAt: minutes(-20).toISOString() };
    expect(word(judged({ decision: { settledAt }, row, hints: [event] }))).toBe(expected);
  });

  it.each([
    [0, "register"],
    [1, "register"], // within the window that one event may tell of
    [1.1, "wait"],
    [30, "wait"],
  ] as const)(
    "a last edit %s minutes after the newest event of its editor is one that nobody told of: %s",
    (later, expected) => {
      for (const lastEditedBy of [mette, lise]) {
        const row = { box: true, lastEditedBy, lastEditedAt: minutes(later).toISOString() };
        const hints = [hint([mette], ["box"]), hint([lise], ["remark"])];
        expect(word(judged({ row, hints, now: minutes(60) }))).toBe(expected);
      }
    },
  );

  it("the service's own later write explains itself", () => {
    const row = { box: true, lastEditedBy: self, lastEditedAt: minutes(30).toISOString() };
    expect(word(judged({ row, hints: [hint([mette], ["box"])] }))).toBe("register");
  });
});

describe("the case against a tick, the person first", () => {
  const ticked = (change: Case): TickVerdict =>
    judged({
      hints: [hint([mette], ["box"])],
      ...change,
      row: { box: true, lastEditedBy: mette, ...change.row },
    });
  const everything: Partial<DecisionSeen> = { disqualified: [mette], meeting: "2026-12-16", outcome: "Udsat" };

  it.each<readonly [string, Case, string]>([
    ["A05 before all", { row: { ...everything, lastEditedBy: lise }, hints: [hint([lise], ["box"])] }, "A05"],
    ["A10 before A08 and A09", { row: everything }, "A10"],
    ["A08 before A09", { row: { ...everything, disqualified: [] } }, "A08"],
    ["A09", { row: { outcome: "Udsat" } }, "A09"],
    ["A10: the owner of the card", { owners: [mette] }, "A10"],
    ["A10: another approver is disqualified", { row: { disqualified: [ole] } }, "register"],
    ["A08: the meeting is tomorrow", { row: { meeting: "2026-11-24" } }, "A08"],
    ["A08: the meeting is today", { row: { meeting: "2026-11-23" } }, "register"],
    ["A08: the meeting was", { row: { meeting: "2026-11-18" } }, "register"],
    ["A08: a meeting with a time of day", { row: { meeting: "2026-11-23T17:00:00.000+01:00" } }, "register"],
    ["A09: an option that the model does not know", { row: { outcome: "Måske" } }, "A09"],
    ...(["Ikke godkendt", "Anbefalet videre", "Taget til efterretning"] as const).map(
      (outcome) => [`A09: ${outcome}`, { row: { outcome } }, "A09"] as const,
    ),
    ...(["Godkendt", "Godkendt med bemærkning"] as const).map(
      (outcome) => [`agrees: ${outcome}`, { row: { outcome } }, "register"] as const,
    ),
  ])("%s", (_name, change, expected) => {
    expect(word(ticked(change))).toBe(expected);
  });

  it("A10: who is disqualified as one user is so as every other of the same person's", () => {
    const people = model.municipality.people.map((it) =>
      it.notion.includes(mette) ? { ...it, notion: [...it.notion, stranger] } : it,
    );
    const rules = { ...model, municipality: { ...model.municipality, people } };
    const facts = (disqualified: readonly string[], owners: readonly string[]): TickFacts => ({
      decision: decision(),
      row: row({ box: true, lastEditedBy: mette, disqualified }),
      hints: [hint([mette], ["box"])],
      owners,
      self,
      now,
      waitingSince: null,
    });
    expect(word(judgeTick(rules, facts([stranger], [])))).toBe("A10");
    expect(word(judgeTick(rules, facts([], [stranger])))).toBe("A10");
    expect(word(judgeTick(model, facts([stranger], [])))).toBe("register");
  });

  it("the meeting's day is a day of the municipality, not of Greenwich", () => {
    const late = new Date("2026-12-15T23:30:00.000Z");
    const event = hint([mette], ["box"], { at: late.toISOString() });
    expect(word(ticked({ row: { meeting: "2026-12-16" }, now: late, hints: [event] }))).toBe("register");
  });
});

describe("terms of office (A11)", () => {
  it.each([
    ["2025-12-31T12:00:00.000Z", "A11"],
    ["2025-12-31T23:30:00.000Z", "register"], // New Year's Eve in Greenwich, New Year in Denmark
    ["2029-12-31T22:30:00.000Z", "register"],
    ["2029-12-31T23:30:00.000Z", "A11"],
  ] as const)("a tick at %s: %s", (at, expected) => {
    const verdict = judged({
      decision: { body: ELDERLY },
      row: { box: true, lastEditedBy: karin, lastEditedAt: at },
      hints: [hint([karin], ["box"], { at })],
      now: minutes(1, at),
    });
    expect(word(verdict)).toBe(expected);
  });

  it("it is the day of the event that counts, not the day it is judged", () => {
    const at = "2029-12-31T12:00:00.000Z";
    const verdict = judged({
      decision: { body: ELDERLY },
      row: { box: true, lastEditedBy: karin, lastEditedAt: at },
      hints: [hint([karin], ["box"], { at })],
      now: minutes(60 * 24, at),
    });
    expect(word(verdict)).toBe("register");
  });
});

it("the owners of the fixtures' card are not among the approvers, so that the tables above test what they say", () => {
  expect(card().owners).toEqual([anders]);
});
