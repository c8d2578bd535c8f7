// SPDX-License-Identifier: EUPL-1.2
/** The difference between what must be shown and what is, as steps in an order that keeps I1 wherever it is broken off. */
import { describe, expect, it } from "vitest";
import type { Accepted } from "../../../src/core/accepted.ts";
import type { CardSeen } from "../../../src/core/card.ts";
import { type PlanFacts, plan, type Step } from "../../../src/core/plan.ts";
import { cardShown, readConfirmed, rowShown } from "../../../src/core/shown.ts";
import type { DecisionStatus } from "../../../src/model/rules.ts";
import {
  accepted,
  card,
  decision,
  ELDERLY,
  fullFields,
  mette,
  model,
  now,
  registration,
  row,
  stranger,
  UDI,
} from "./fixtures.ts";

/** The card as the board shows it once everything is as it must be. */
function settled(next: Accepted, change: Partial<CardSeen> = {}): CardSeen {
  const seen = card(change);
  const { state, phase, track, bodies, needsFunding, ...shown } = cardShown(model, next, seen, seen.shown.task, now);
  const fields = { ...seen.fields, "Kræver bevilling": needsFunding };
  return { ...seen, state, phase, track, bodies, fields, shown };
}

function planned(next: Accepted, change: Partial<PlanFacts> = {}): readonly Step[] {
  const seen = change.card ?? settled(next);
  return plan(model, { next, card: seen, strays: [], tells: [], task: seen.shown.task, now, ...change });
}

const settledRow = row({ status: "ready" });
const settledDecision = decision({ shown: settledRow });
const told = {
  message: { id: "A24", params: {} },
  also: [],
  mentions: [mette],
  marker: "A24-1",
  movedAt: null,
} as const;

it("what is as it must be needs no step", () => {
  const next = accepted({ decisions: [settledDecision] });
  expect(planned(next)).toEqual([]);
});

describe("the card, in one write of what differs", () => {
  const next = accepted({ bodies: [UDI, ELDERLY] });
  it.each<readonly [string, Partial<CardSeen>, object]>([
    ["phase", { phase: "test" }, { phase: "udforsk" }],
    ["phase emptied", { phase: null }, { phase: "udforsk" }],
    ["phase unknown", { phase: { unknown: "6. Måske" } }, { phase: "udforsk" }],
    ["state", { state: "parked" }, { state: "active" }],
    ["state emptied", { state: null }, { state: "active" }],
    ["track", { track: "hverdag" }, { track: "politisk" }],
    ["a body short", { bodies: [UDI] }, { bodies: [UDI, ELDERLY] }],
    ["state and phase", { state: "closed", phase: "test" }, { state: "active", phase: "udforsk" }],
  ])("%s", (_name, change, patch) => {
    expect(planned(next, { card: { ...settled(next), ...change } })).toEqual([
      { do: "write-card", card: "card-1", patch },
    ]);
  });

  it("an empty track counts as the default one and is left empty", () => {
    expect(planned(next, { card: { ...settled(next), track: null } })).toEqual([]);
    const free = accepted({ track: "hverdag", bodies: [] });
    expect(planned(free, { card: { ...settled(free), track: null } })).toMatchObject([{ patch: { track: "hverdag" } }]);
  });

  it("bodies in another order are the same bodies", () => {
    expect(planned(next, { card: { ...settled(next), bodies: [ELDERLY, UDI] } })).toEqual([]);
  });

  it("funding that must stand is set again", () => {
    const funded = accepted({ needsFunding: true });
    expect(planned(funded, { card: { ...settled(funded), fields: fullFields } })).toMatchObject([
      { patch: { needsFunding: true } },
    ]);
  });

  it("every service field is restored, and the task's address written once there is one", () => {
    const blank = {
      confirmed: "",
      approvals: "x",
      missing: "x",
      wish: "x",
      lastMessage: "x",
      nextMeasurement: "2027-03-02",
      task: null,
    };
    const [step] = planned(accepted(), { card: { ...settled(accepted()), shown: blank }, task: "https://t.example/1" });
    expect(step).toEqual({
      do: "write-card",
      card: "card-1",
      patch: {
        confirmed: "Udforsk · Aktiv · 2 Politisk projekt · omgang 1 [udforsk active politisk 1]",
        approvals: "Udforsk → Nytænk: 0 af 1 (mangler Digitalisering og Innovation, møde 16. december 2026)",
        missing: "Intet",
        wish: "",
        lastMessage: "",
        nextMeasurement: null,
        task: "https://t.example/1",
      },
    });
  });

  it.each(["track", "bodies", "needsFunding"] as const)("what waits for its event is left alone: %s", (key) => {
    const waiting = { [key]: { since: now.toISOString(), hints: [] } };
    const held = accepted({ bodies: [UDI, ELDERLY], needsFunding: true, waiting });
    const seen = settled(held);
    const changed: Readonly<Record<typeof key, Partial<CardSeen>>> = {
      track: { track: "hverdag" },
      bodies: { bodies: [UDI] },
      needsFunding: { fields: { ...seen.fields, "Kræver bevilling": false } },
    };
    const patches = planned(held, { card: { ...seen, ...changed[key] } });
    expect(JSON.stringify(patches)).not.toContain(`"${key}":`);
  });
});

describe("the rows", () => {
  it("one without a row is made, with all of the service's part", () => {
    const next = accepted({ decisions: [decision({ row: null, shown: null })] });
    expect(planned(next)).toEqual([
      {
        do: "create-row",
        row: {
          card: "card-1",
          gate: "G1",
          body: UDI,
          passage: 1,
          title: "Madspild på plejehjem: Godkendt til Nytænk",
          question: "Er innovationsspørgsmålet det rigtige at gå videre med?",
          status: "ready",
          box: false,
          registeredBy: [],
          registeredAt: null,
        },
      },
    ]);
  });

  it("one that is made anew shows the yes and whose it is (20); one that has ended is not made anew", () => {
    const lost = decision({ row: null, shown: null, registration: registration() });
    expect(planned(accepted({ decisions: [lost] }))).toMatchObject([
      { row: { box: true, status: "approved", registeredBy: [mette], registeredAt: "2026-11-23" } },
    ]);
    expect(planned(accepted({ decisions: [{ ...lost, ended: "used" }] }))).toEqual([]);
  });

  it.each<readonly [string, Parameters<typeof row>[0], object]>([
    ["the box", { box: true }, { box: false }],
    ["the relation", { cards: [] }, { cards: ["card-1"] }],
    ["a second card in it", { cards: ["card-1", "card-2"] }, { cards: ["card-1"] }],
    ["the gate", { gate: "G4" }, { gate: "G1" }],
    ["the body", { body: null }, { body: UDI }],
    ["the passage", { passage: null }, { passage: 1 }],
    ["the status", { status: "approved" }, { status: "ready" }],
    ["who registered it", { registeredBy: [stranger] }, { registeredBy: [] }],
    ["the title", { title: "Noget andet" }, { title: "Madspild på plejehjem: Godkendt til Nytænk" }],
  ])("restored: %s", (_name, change, patch) => {
    const next = accepted({ decisions: [decision({ shown: row({ status: "ready", ...change }) })] });
    expect(planned(next)).toEqual([{ do: "write-row", row: "row-1", patch }]);
  });

  it("people's own fields are left alone (I10)", () => {
    const shown = {
      ...settledRow,
      outcome: "Godkendt",
      meeting: "2026-11-18",
      item: "7",
      remark: "Godt",
      minutes: "x",
    };
    expect(planned(accepted({ decisions: [decision({ shown })] }))).toEqual([]);
  });

  it("one that waits for its event is left alone: a write would hide who edited it last", () => {
    const waiting = { "row-1": { since: now.toISOString(), hints: [] } };
    const next = accepted({ decisions: [decision({ shown: row({ box: true, status: "waiting" }) })], waiting });
    expect(planned(next, { card: settled(next) })).toEqual([]);
  });

  it("the title of a decision that has ended stays as it was when it was read", () => {
    const shown = row({ title: "Gammelt navn: Godkendt til Nytænk", status: "void" });
    expect(planned(accepted({ decisions: [decision({ shown, ended: "void" })] }))).toEqual([]);
  });

  it.each<readonly [string, Parameters<typeof decision>[0], object, DecisionStatus]>([
    ["nothing yet, requirements met", {}, fullFields, "ready"],
    ["nothing yet, a requirement missing", {}, {}, "waiting"],
    ["a yes", { registration: registration() }, {}, "approved"],
    [
      "a yes, but «Ikke godkendt»",
      { registration: registration(), shown: row({ outcome: "Ikke godkendt" }) },
      fullFields,
      "declined",
    ],
    ["postponed", { shown: row({ outcome: "Udsat" }) }, fullFields, "postponed"],
    ["used", { registration: registration(), ended: "used" }, fullFields, "used"],
    ["void", { ended: "void" }, fullFields, "void"],
    ["expired", { registration: registration(), ended: "expired" }, fullFields, "expired"],
  ])("status: %s", (_name, change, fields, status) => {
    const decisions = [decision(change)];
    const seen = card({ fields: fields as CardSeen["fields"] });
    expect(rowShown(model, decision(change), accepted({ decisions }), seen).status).toBe(status);
  });

  it.each([
    ["registered", { registration: registration() }, true],
    ["used", { registration: registration(), ended: "used" }, true],
    ["taken back behind the gate", { registration: registration(), ended: "used", disputed: true }, false],
    ["never given", {}, false],
  ] as const)("box: %s", (_name, change, box) => {
    expect(rowShown(model, decision(change), accepted(), card()).box).toBe(box);
  });
});

describe("the order", () => {
  const next = accepted({ decisions: [decision({ shown: row({ box: true, status: "ready" }) })] });
  const stray = row({ id: "row-9", box: true });

  it("puts back first, then the rows, then tells: wherever it stops, no gate stands open that should be closed", () => {
    const steps = planned(next, { card: { ...settled(next), phase: "test" }, strays: [stray], tells: [told] });
    expect(steps).toEqual([
      { do: "write-card", card: "card-1", patch: { phase: "udforsk" } },
      { do: "write-row", row: "row-9", patch: { status: "void", box: false } },
      { do: "write-row", row: "row-1", patch: { box: false } },
      { do: "tell", tell: told },
    ]);
  });

  it("a stray row that is set aside already needs no write", () => {
    const aside = row({ id: "row-9", status: "void" });
    expect(planned(accepted(), { strays: [aside] })).toEqual([]);
  });

  it.each([{ inTrash: true }, { elsewhere: true }])(
    "away (%o) nothing is written, but what was decided is said",
    (away) => {
      const seen = card({ ...away, phase: "test" });
      expect(planned(next, { card: seen, strays: [stray], tells: [told] })).toEqual([{ do: "tell", tell: told }]);
    },
  );
});

describe("«Fase (bekræftet)» is enough to begin again from", () => {
  it.each<Partial<Accepted>>([
    {},
    { position: { state: "idea", phase: null } },
    { position: { state: "closed", phase: "foelg-op" }, passage: 12 },
    { position: { state: "parked", phase: "test" }, track: "hverdag" },
  ])("%j", (change) => {
    const next = accepted(change);
    const { confirmed } = cardShown(model, next, card(), null, now);
    const { position, track, passage } = next;
    expect(readConfirmed(model, confirmed)).toEqual({ position, track, passage });
  });

  it.each([
    "",
    "Test",
    "[test active politisk]",
    "[test active ukendt 1]",
    "[ukendt active politisk 1]",
    "[test glad politisk 1]",
  ])("nothing is read out of «%s»", (text) => expect(readConfirmed(model, text)).toBeNull());
});

describe("«Mangler før næste fase» and «Godkendelser»", () => {
  const shown = (change: Partial<Accepted>, fields: CardSeen["fields"] = fullFields) => {
    const { missing, approvals } = cardShown(model, accepted(change), card({ fields }), null, now);
    return { missing, approvals };
  };
  it.each<readonly [string, Partial<Accepted>, CardSeen["fields"], object]>([
    ["a body is missing", { bodies: [] }, fullFields, { missing: "Udvalg", approvals: "" }],
    [
      "one of two has said yes",
      { bodies: [UDI, ELDERLY], decisions: [decision({ registration: registration() })] },
      fullFields,
      { approvals: "Udforsk → Nytænk: 1 af 2 (mangler Ældre og Sundhed, møde 9. december 2026)" },
    ],
    [
      "all have",
      { decisions: [decision({ registration: registration() })] },
      fullFields,
      { approvals: "Udforsk → Nytænk: 1 af 1" },
    ],
    ["no gates", { track: "hverdag" }, fullFields, { approvals: "Ingen politisk beslutning i dette spor" }],
    [
      "the last phase",
      { position: { state: "active", phase: "foelg-op" } },
      {},
      { missing: "Udfald, Læring (mindst 40 tegn) og Effektstatus (må ikke være »Ikke målt«)", approvals: "" },
    ],
    ["closed", { position: { state: "closed", phase: "foelg-op" } }, {}, { missing: "", approvals: "" }],
  ])("%s", (_name, change, fields, expected) => {
    expect(shown(change, fields)).toMatchObject(expected);
  });
});
