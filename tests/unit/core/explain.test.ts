// SPDX-License-Identifier: EUPL-1.2
/** An explanation says what is so, and its predictions are what the judge would answer. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Accepted, Decision, LogLine } from "../../../src/core/accepted.ts";
import type { CardSeen } from "../../../src/core/card.ts";
import { type Explanation, explain } from "../../../src/core/explain.ts";
import { type DragExplained, explainDrags } from "../../../src/core/explain-drags.ts";
import { explanationText } from "../../../src/core/explain-text.ts";
import { judge } from "../../../src/core/judge.ts";
import { inLanguage, render } from "../../../src/core/messages.ts";
import { gateOutOf, type Model, STOP } from "../../../src/model/model.ts";
import { type StateKey, stateKeys } from "../../../src/model/rules.ts";
import { runs } from "../../properties.ts";
import {
  accepted,
  anders,
  bodil,
  COUNCIL,
  card,
  decision,
  ELDERLY,
  fullFields,
  karin,
  mette,
  minutes,
  model,
  now,
  observation,
  registration,
  row,
  UDI,
  withApprovals,
} from "./fixtures.ts";
import { history, Life } from "./history.ts";

/** A card that agrees with what is accepted of it, as after every look. */
function explained(state: Partial<Accepted>, fields: CardSeen["fields"] = {}, rules: Model = model): Explanation {
  const it = accepted(state);
  const without = (name: string) => (it.bodies.length === 0 && name === "Udvalg" ? { Udvalg: [] } : {});
  return explain(
    rules,
    it,
    card({ bodies: it.bodies, fields: { ...fullFields, ...without("Udvalg"), ...fields } }),
    now,
  );
}

/** «2. Nytænk: put-back T3 A01»: each drag in a line. */
const answers = ({ drags }: Explanation) =>
  drags.map(({ option, outcome, rules, said }) =>
    [`${option}:`, outcome, ...rules, ...said.map(({ id }) => id)].join(" "),
  );

const yes = (body: string, gate: string, by: string, change: Partial<Decision> = {}) =>
  decision({ body, gate, row: `${gate}-${body}`, registration: registration({ by: [by] }), ...change });
const open = (body: string, gate: string) => decision({ body, gate, row: `${gate}-${body}` });

type Story = readonly [
  what: string,
  explanation: () => Explanation,
  requires: readonly string[],
  decisions: readonly string[],
  drags: readonly string[],
];

const stories: readonly Story[] = [
  [
    "an idea with nobody to decide",
    () => explained({ position: { state: "idea", phase: null }, bodies: [] }, { Udfordring: "" }),
    ["mangler Udfordring", "mangler Udvalg", "opfyldt Ejer"],
    [],
    [
      "1. Udforsk: put-back T3 A03",
      "2. Nytænk: put-back T4 A02",
      "3. Test: put-back T4 A02",
      "4. Implementer: put-back T4 A02",
      "5. Følg op: put-back T4 A02",
      "Aktiv: put-back T6 A13",
      "Parkeret: put-back T6 A12u",
      "Afsluttet: accepted T11 B23",
    ],
  ],
  [
    "a card whose only committee has said yes",
    () => explained({ decisions: [yes(UDI, "G1", mette)] }),
    [
      "opfyldt Innovationsspørgsmål (skal slutte med »?«)",
      "opfyldt Inddraget (mindst én af: Borgere, Medarbejdere, Andre brugere)",
    ],
    ["Digitalisering og Innovation Godkendt Mette Formand 2026-11-23 counts"],
    [
      "1. Udforsk: stays T18",
      "2. Nytænk: accepted T2 B03",
      "3. Test: put-back T4 A02",
      "4. Implementer: put-back T4 A02",
      "5. Følg op: put-back T4 A02",
      "Idébank: put-back T6 A13",
      "Parkeret: accepted T7",
      "Afsluttet: put-back T11 A17",
    ],
  ],
  [
    "two committees, of which one has said yes",
    () => explained({ bodies: [UDI, ELDERLY], decisions: [yes(UDI, "G1", mette), open(ELDERLY, "G1")] }),
    [
      "opfyldt Innovationsspørgsmål (skal slutte med »?«)",
      "opfyldt Inddraget (mindst én af: Borgere, Medarbejdere, Andre brugere)",
    ],
    [
      "Digitalisering og Innovation Godkendt Mette Formand 2026-11-23 counts",
      "Ældre og Sundhed Klar meets 2026-12-09 due 2026-11-27",
    ],
    [
      "1. Udforsk: stays T18",
      "2. Nytænk: put-back T3 A04",
      "3. Test: put-back T4 A02",
      "4. Implementer: put-back T4 A02",
      "5. Følg op: put-back T4 A02",
      "Idébank: put-back T6 A13",
      "Parkeret: accepted T7",
      "Afsluttet: put-back T11 A17",
    ],
  ],
  [
    "a tested idea that costs money which is not granted",
    () =>
      explained({
        position: { state: "active", phase: "test" },
        needsFunding: true,
        decisions: [yes(UDI, "G3", mette), open(COUNCIL, "G3")],
      }),
    [
      "opfyldt Testrunder (mindst 1)",
      "opfyldt Testkonklusion (skal være »Skaler«)",
      "opfyldt Forventet effekt",
      "opfyldt Indikator",
      "opfyldt Nulpunkt",
      "opfyldt Mål",
    ],
    [
      "Digitalisering og Innovation Godkendt Mette Formand 2026-11-23 counts",
      "Byråd Klar meets 2026-12-16 due 2026-12-04",
    ],
    [
      "1. Udforsk: accepted T5 B04",
      "2. Nytænk: accepted T5 B04",
      "3. Test: stays T18",
      "4. Implementer: put-back T3 A21",
      "5. Følg op: put-back T4 A02",
      "Idébank: put-back T6 A13",
      "Parkeret: accepted T7",
      "Afsluttet: put-back T11 A17",
    ],
  ],
  [
    "everyday innovation",
    () => explained({ track: "hverdag", position: { state: "active", phase: "nytaenk" } }, { "Idé til test": "" }),
    ["mangler Idé til test"],
    [],
    [
      "1. Udforsk: accepted T5 B04u",
      "2. Nytænk: stays T18",
      "3. Test: accepted T2 B03",
      "4. Implementer: put-back T4 A02u",
      "5. Følg op: put-back T4 A02u",
      "Idébank: put-back T6 A13",
      "Parkeret: accepted T7",
      "Afsluttet: accepted T11 B23",
    ],
  ],
  [
    "a parked project",
    () => explained({ position: { state: "parked", phase: "udforsk" } }, { "Parkeret til": "2027-01-04" }),
    [
      "opfyldt Innovationsspørgsmål (skal slutte med »?«)",
      "opfyldt Inddraget (mindst én af: Borgere, Medarbejdere, Andre brugere)",
    ],
    ["Digitalisering og Innovation Klar meets 2026-12-16 due 2026-12-04"],
    [
      "1. Udforsk: stays T18",
      "2. Nytænk: put-back T9 A14",
      "3. Test: put-back T9 A14",
      "4. Implementer: put-back T9 A14",
      "5. Følg op: put-back T9 A14",
      "Idébank: put-back T9 A14",
      "Aktiv: accepted T8",
      "Afsluttet: put-back T11 A17",
    ],
  ],
  [
    "a project in its last phase whose effect is not measured",
    () => explained({ position: { state: "active", phase: "foelg-op" } }, { Effektstatus: "Ikke målt" }),
    ["opfyldt Udfald", "opfyldt Læring (mindst 40 tegn)", "mangler Effektstatus (må ikke være »Ikke målt«)"],
    [],
    [
      "1. Udforsk: accepted T5 B04u",
      "2. Nytænk: accepted T5 B04u",
      "3. Test: accepted T5 B04u",
      "4. Implementer: accepted T5 B04u",
      "5. Følg op: stays T18",
      "Idébank: put-back T6 A13",
      "Parkeret: accepted T7",
      "Afsluttet: put-back T10 A16",
    ],
  ],
  [
    "a closed project",
    () => explained({ position: { state: "closed", phase: "foelg-op" } }),
    [],
    [],
    [
      "1. Udforsk: put-back T12 A15",
      "2. Nytænk: put-back T12 A15",
      "3. Test: put-back T12 A15",
      "4. Implementer: put-back T12 A15",
      "5. Følg op: stays T18",
      "Idébank: put-back T12 A15",
      "Aktiv: put-back T12 A15",
      "Parkeret: put-back T12 A15",
    ],
  ],
];

describe.each(stories)("%s", (_what, explanation, requires, decisions, drags) => {
  const { next } = explanation();
  it("what the next gate asks for, met or not", () => {
    expect((next?.requires ?? []).map(({ text, met }) => `${met ? "opfyldt" : "mangler"} ${text}`)).toEqual(requires);
  });
  it("each body's decision: status, who and when, or when it meets", () => {
    const said = (next?.decisions ?? []).map(({ body, statusName, registered, meeting, counts }) =>
      [
        body,
        statusName,
        ...(registered ? [registered.by, registered.date] : []),
        ...(meeting ? [`meets ${meeting.date} due ${meeting.deadline}`] : []),
        ...(counts ? ["counts"] : []),
      ].join(" "),
    );
    expect(said).toEqual(decisions);
  });
  it("what every move is answered with", () => expect(answers(explanation())).toEqual(drags));
});

describe("why a yes does not count", () => {
  const udi = (state: Partial<Accepted>, rules: Model = model) =>
    explained(state, {}, rules).next?.decisions.map(({ status, counts, doubt }) => [status, counts, doubt]);
  const year = registration({ at: "2025-11-20T08:00:00.000Z" });

  it.each<[string, Partial<Accepted>, Model, unknown]>([
    [
      "it is older than a year (A27)",
      { decisions: [yes(UDI, "G1", mette, { registration: year })] },
      model,
      ["approved", false, "expired"],
    ],
    [
      "nobody knows yet who changed its box",
      { decisions: [yes(UDI, "G1", mette)], waiting: { "G1-udi": { since: now.toISOString(), hints: [] } } },
      model,
      ["approved", false, "waiting"],
    ],
    [
      "an earlier one was taken back after the move (B06)",
      {
        position: { state: "active", phase: "nytaenk" },
        decisions: [yes(UDI, "G1", mette, { ended: "used", disputed: true }), yes(UDI, "G2", mette)],
      },
      model,
      ["approved", false, "taken-back"],
    ],
    [
      "its meeting and item are missing, and the model asks for them (A07)",
      { decisions: [yes(UDI, "G1", mette)] },
      withApprovals({ meetingRequired: true }),
      ["approved", false, "no-meeting"],
    ],
    [
      "the committee has postponed the case",
      { decisions: [decision({ shown: row({ outcome: "Udsat" }) })] },
      model,
      ["postponed", false, null],
    ],
  ])("%s", (_why, state, rules, expected) => expect(udi(state, rules)).toEqual([expected]));
});

describe("what waits", () => {
  const since = minutes(-2).toISOString();
  const at = (key: string, decisions: readonly Decision[]) =>
    explained({ waiting: { [key]: { since, hints: [] } }, decisions }).waiting;

  it("a tick, an untick and a guarded field, each until the wait is over", () => {
    const until = minutes(3).toISOString();
    expect(at("row-1", [decision({ shown: row({ box: true }) })])).toEqual([
      { field: "Godkendt", body: "Digitalisering og Innovation", kind: "ticked", since, until },
    ]);
    expect(at("row-1", [yes(UDI, "G1", mette, { row: "row-1" })])[0]).toMatchObject({ kind: "unticked", until });
    expect(at("needsFunding", [])[0]).toMatchObject({ field: "Kræver bevilling", body: null, kind: "changed", until });
  });

  it.each(["ticked", "unticked"] as const)("%s: what is said to happen at the end of the wait does happen", (kind) => {
    const shown = row({ box: kind === "ticked" });
    const held = accepted({
      waiting: { "row-1": { since, hints: [] } },
      decisions: [kind === "ticked" ? decision({ shown }) : yes(UDI, "G1", mette, { row: "row-1", shown })],
    });
    const until = new Date(explain(model, held, card(), now).waiting[0]?.until ?? "");
    const look = (instant: Date) => judge(model, held, observation({ rows: [shown], now: instant }));
    expect(look(minutes(-1, until)).log).toEqual([]);
    expect(look(until).log.map(({ rule }) => rule)).toEqual([kind === "ticked" ? "A30" : "B05"]);
    expect(look(until).next.decisions[0]?.registration).toBeNull();
  });
});

describe("since when", () => {
  const line = (rule: string, at: string): LogLine => ({
    at,
    card: "card-1",
    projectId: "INNO-1",
    rule,
    by: [],
    machines: [],
    events: [],
    from: "",
    to: "",
    gate: null,
    body: null,
    passage: null,
    modelVersion: 2,
  });
  const since = (...rules: readonly string[]) =>
    explain(
      model,
      accepted(),
      card(),
      now,
      rules.map((rule, index) => line(rule, `2026-11-0${index + 1}`)),
    ).accepted.since;

  it.each<[readonly string[], string | null]>([
    [[], null],
    [["T13", "T1", "registered", "T3 A01", "A05"], "2026-11-02"],
    [["T1", "T2", "T5", "T5u", "B06"], "2026-11-04"],
    [["adopted", "T3 A01"], null],
    [["adopted", "T7"], "2026-11-02"],
    [["T2", "restored"], null],
  ])("%j: %s", (rules, expected) => expect(since(...rules)).toBe(expected));
});

// Random cards: what is accepted and what is seen agree, as after every look.

const phases = model.phases.map(({ key }) => key);
const bodies = [UDI, ELDERLY, COUNCIL];
const chairs: Readonly<Record<string, string>> = { [UDI]: mette, [ELDERLY]: karin, [COUNCIL]: bodil };
const instant = fc.constantFrom("2025-10-01T08:00:00.000Z", "2026-11-20T08:00:00.000Z", now.toISOString());

const position = fc.oneof(
  fc.constant({ state: "idea" as const, phase: null }),
  fc.record({
    state: fc.constantFrom<StateKey>("active", "active", "active", "parked", "closed"),
    // Where most is asked.
    phase: fc.constantFrom(...phases, "test", "foelg-op"),
  }),
);

const decisions = fc.uniqueArray(
  fc.record({
    gate: fc.constantFrom(...model.gates.map(({ id }) => id), STOP),
    body: fc.constantFrom(...bodies),
    passage: fc.constantFrom(1, 2, 2, 2),
    ended: fc.constantFrom<Decision["ended"]>(null, null, null, "used", "void", "expired"),
    disputed: fc.constantFrom(false, false, false, true),
    given: fc.option(instant, { freq: 4 }),
    outcome: fc.constantFrom(null, null, null, "Godkendt", "Ikke godkendt", "Udsat", "Anbefalet videre"),
    meeting: fc.constantFrom(null, "2026-11-18"),
    item: fc.constantFrom("", "4"),
  }),
  { maxLength: 12, selector: ({ gate, body }) => `${gate} ${body}` },
);

const scene = fc.record({
  position,
  decisions,
  /** The card's bodies, or also the one that decides because of the cost, have said yes; random ones seldom have. */
  opened: fc.constantFrom("no", "by its bodies", "by all"),
  meeting: fc.constantFrom(null, "2026-11-18"),
  track: fc.constantFrom(...model.rules.tracks.map(({ key }) => key), "politisk", "politisk"),
  bodies: fc.subarray(bodies),
  needsFunding: fc.boolean(),
  empty: fc.option(fc.subarray(Object.keys(fullFields)), { freq: 2 }),
  conclusion: fc.constantFrom("Skaler", "Skaler", "Justér"),
  parkedUntil: fc.constantFrom(null, "2027-01-04"),
  wish: fc.option(fc.constantFrom(...phases)),
  undo: fc.option(fc.record({ phase: fc.constantFrom(...phases), minutes: fc.constantFrom(-1, 10) })),
  waits: fc.subarray(["G1-udi", "G2-udi", "G3-byraad", "stop-udi"]),
  stopAsked: fc.boolean(),
  language: fc.constantFrom("da" as const, "en" as const),
  rules: fc.record({ meetingRequired: fc.boolean(), onApproval: fc.constantFrom("tell" as const, "move" as const) }),
});
type Scene = typeof scene extends fc.Arbitrary<infer Kind> ? Kind : never;

function decisionIn({ given, outcome, meeting, item, ...it }: Scene["decisions"][number]): Decision {
  const id = `${it.gate}-${it.body}`;
  const shown = row({ id, gate: it.gate, body: it.body, outcome, meeting, item });
  const by = [chairs[it.body] ?? ""];
  return {
    ...it,
    row: id,
    registration: given === null ? null : registration({ by, at: given }),
    shown,
    settledAt: null,
  };
}

function openGate({ position: { phase }, bodies: asked, needsFunding, meeting, opened }: Scene): readonly Decision[] {
  const gate = gateOutOf(model, phase)?.id ?? STOP;
  const all = bodies.filter(
    (body) => asked.includes(body) || (opened === "by all" && needsFunding && body === COUNCIL),
  );
  return all.map((body) => {
    const shown = row({ id: `${gate}-${body}`, gate, body, meeting, item: "4" });
    return yes(body, gate, chairs[body] ?? "", { passage: 2, shown });
  });
}

function standing(it: Scene): { held: Accepted; seen: CardSeen } {
  const names = it.bodies.map((key) => model.municipality.bodies.find((body) => body.key === key)?.name ?? key);
  const given = { Testkonklusion: it.conclusion, "Parkeret til": it.parkedUntil, Udvalg: names };
  const emptied = Object.fromEntries((it.empty ?? []).map((name) => [name, null]));
  const fields = { ...fullFields, ...given, ...emptied, "Kræver bevilling": it.needsFunding };
  const held = accepted({
    position: it.position,
    track: it.track,
    bodies: it.bodies,
    needsFunding: it.needsFunding,
    passage: 2,
    stopAsked: it.stopAsked,
    wish: it.wish === null ? null : { phase: it.wish, by: [anders] },
    waiting: Object.fromEntries(it.waits.map((key) => [key, { since: now.toISOString(), hints: [] }])),
    decisions: it.opened === "no" ? it.decisions.map(decisionIn) : openGate(it),
  });
  const undo = it.undo && {
    until: minutes(it.undo.minutes).toISOString(),
    since: null,
    position: { state: "active" as const, phase: it.undo.phase },
    passage: 1,
    decisions: held.decisions,
    fields: Object.fromEntries(Object.entries(fields).sort()),
  };
  const seen = card({ ...it.position, track: it.track, bodies: it.bodies, fields });
  return { held: { ...held, undo }, seen };
}

/** Said of the decisions, whatever becomes of the move. */
const beside = ["A27", "B11", "B13"];

describe("an explanation never lies", () => {
  /** What would be said of a move stands in the explanation also when it was said a moment ago. */
  function mustAgree(rules: Model, held: Accepted, seen: CardSeen, at: Date) {
    for (const drag of explain(rules, held, seen, at).drags) {
      const moved = observation({ card: { ...seen, ...drag.to }, previous: seen, now: at });
      const judged = judge(rules, { ...held, told: {} }, moved);
      expect(judged.next.position).toEqual(drag.settled);
      expect(judged.log.map(({ rule }) => rule).filter(isOfMove)).toEqual(loggedFor(drag));
      const said = judged.tells.map(({ message }) => ({ id: message.id, text: render(rules, message) }));
      expect(said.filter(({ id }) => !beside.includes(id))).toEqual(drag.said);
    }
  }

  it("every predicted answer is the judge's", () => {
    const agrees = fc.property(scene, (it) => {
      const { held, seen } = standing(it);
      mustAgree(inLanguage(withApprovals(it.rules), it.language), held, seen, now);
    });
    fc.assert(agrees, { numRuns: runs(500) });
  });

  it("also of cards that people have had in their hands, whatever became of the events", () => {
    const agrees = fc.property(history, (it) => {
      const life = new Life(model, it);
      for (const action of it.actions) life.act(action);
      life.settle();
      const { service, board } = life;
      if (service.accepted) mustAgree(model, service.accepted, board.card, board.now);
    });
    fc.assert(agrees, { numRuns: runs(300) });
  });

  it("and such cards meet every rule and every refusal", () => {
    const drags = fc.sample(scene, { seed: 3, numRuns: 500 }).flatMap((it) => {
      const { held, seen } = standing(it);
      return explainDrags(withApprovals(it.rules), held, seen, now);
    });
    const met = new Set(drags.map(({ rules, refusal }) => [...rules, ...(refusal ? [refusal] : [])].join(" ")));
    expect([...met].sort()).toEqual(answered);
  });
});

/** Every answer a move can have that changes one property; A20 needs an option that the model lacks. */
const answered = [
  "T1",
  "T10",
  "T10 A16",
  "T11",
  "T11 A16",
  "T11 A17",
  "T12 A15",
  "T14",
  "T18",
  "T2",
  "T3 A01",
  "T3 A03",
  "T3 A04",
  "T3 A07",
  "T3 A21",
  "T3 A22",
  "T4 A02",
  "T5",
  "T5u",
  "T6 A12",
  "T6 A13",
  "T7",
  "T8",
  "T9 A14",
];

function isOfMove(rule: string): boolean {
  return /^T/u.test(rule);
}

function loggedFor({ outcome, rules, refusal }: DragExplained): readonly string[] {
  if (outcome === "stays") return [];
  return outcome === "put-back" ? [`${rules.at(-1)} ${refusal}`] : rules;
}

describe("as text", () => {
  const held = accepted({
    bodies: [UDI, ELDERLY],
    decisions: [
      yes(UDI, "G0", mette, { ended: "used" }),
      yes(UDI, "G1", mette, { shown: row({ meeting: "2026-11-18", item: "4" }) }),
      open(ELDERLY, "G1"),
    ],
    waiting: { "G1-aeldre-og-sundhed": { since: now.toISOString(), hints: [] } },
    wish: { phase: "nytaenk", by: [anders] },
  });
  const textIn = (language: "da" | "en", it: Accepted = held, seen: Partial<CardSeen> = {}) => {
    const rules = inLanguage(model, language);
    return explanationText(rules, explain(rules, it, card({ bodies: it.bodies, ...seen }), now));
  };

  it("says in Danish who decided, who is waited for, and what a drag is answered with", () => {
    const text = textIn("da");
    expect(text).toContain("INNO-12 Madspild på plejehjem\n");
    expect(text).toContain(
      "Godkendt · registreret af Mette Formand den 23. november 2026 · Mødedato: 18. november 2026 · Punkt: 4",
    );
    expect(text).toContain("næste møde 9. december 2026, sagen afleveres senest 27. november 2026");
    expect(text).toContain("Anders Projektejer har ønsket kortet videre til Nytænk.");
    expect(text).toContain("Godkendt er fjernet for Ældre og Sundhed (23. november 2026 kl. 09.00)");
    expect(text).toContain(
      "  Fase → 2. Nytænk: kortet sættes tilbage til Udforsk (T3, A04)\n    Kortet er flyttet tilbage",
    );
    expect(text).toContain("Tidligere beslutninger\n  Udforsk, Digitalisering og Innovation: Brugt");
  });

  it("says in English the same things in the same order", () => {
    const text = textIn("en");
    expect(text).toContain("registered by Mette Formand on 23 November 2026");
    expect(text).toContain(
      "Fase → 2. Nytænk: the card is put back in Udforsk (T3, A04)\n    The card is back in Udforsk.",
    );
    expect(text.split("\n")).toHaveLength(textIn("da").split("\n").length);
  });

  it("in the bin and closed are said", () => {
    expect(textIn("da", accepted({ trashed: true }))).toContain(
      "Kortet ligger ikke på tavlen (det er i papirkurven eller flyttet væk) og bedømmes først",
    );
    expect(textIn("da", accepted({ trashed: true }))).not.toContain("Hvis kortet flyttes nu");
    expect(textIn("da", accepted({ position: { state: "closed", phase: "test" } }))).toContain(
      "Projektet er afsluttet",
    );
  });

  it("a field that the board does not show yet is named with what it becomes", () => {
    const shown = {
      confirmed: "",
      approvals: "",
      missing: "Alt",
      wish: "Nytænk",
      lastMessage: "",
      nextMeasurement: null,
      task: null,
    };
    const text = textIn("da", held, { shown });
    expect(text).toContain("Mangler før næste fase: Alt (bliver rettet til: Intet)");
    expect(text).toContain("Ønsker videre til: Nytænk\n");
  });

  it("a card's text neither begins a line of ours nor commands a terminal", () => {
    const text = textIn("da", held, { title: "Ja\nByråd: Godkendt\u001b[2J" });
    expect(text.split("\n")[0]).toBe("INNO-12 Ja Byråd: Godkendt [2J");
  });
});

it("every state is offered but the present one", () => {
  for (const state of stateKeys) {
    const offered = explained({ position: { state, phase: state === "idea" ? null : "test" } }).drags;
    expect(
      offered
        .map(({ to }) => to.state)
        .filter((it) => it !== state)
        .sort(),
    ).toEqual(stateKeys.filter((it) => it !== state).sort());
  }
});
