// SPDX-License-Identifier: EUPL-1.2
/** Each reminder: when it comes, to whom, how it goes on, and what stops it (DOMAIN 8, cases 47 to 55). */
import { describe, expect, it } from "vitest";
import { instantOf, workingDaysAfter } from "../../../src/core/calendar.ts";
import { pendingOf, stillDue } from "../../../src/core/reminders/pending.ts";
import { reminderText } from "../../../src/core/reminders/reminder-text.ts";
import { sentBy } from "../../../src/core/reminders/round.ts";
import type { RemindedCard } from "../../../src/core/reminders/situation.ts";
import type { Model } from "../../../src/model/model.ts";
import {
  anders,
  decision,
  ELDERLY,
  karin,
  lise,
  mette,
  noticed as noticedAt,
  ole,
  registration,
  row,
  sanne,
  UDI,
} from "./fixtures.ts";
import { type Change, lines, model, noon, type Others, on, reminded, through } from "./reminder-fixtures.ts";

const names = {
  [anders]: "anders",
  [lise]: "lise",
  [sanne]: "sanne",
  [mette]: "mette",
  [ole]: "ole",
  [karin]: "karin",
};

const at = (state: "active" | "parked" | "closed" | "idea", phase: string | null, change: Change = {}): RemindedCard =>
  reminded({ ...change, accepted: { position: { state, phase }, track: "hverdag", bodies: [], ...change.accepted } });
const political = (phase: string, change: Change = {}) =>
  at("active", phase, { ...change, accepted: { track: "politisk", bodies: [UDI], ...change.accepted } });
const followed = (change: Change = {}) =>
  at("active", "foelg-op", {
    ...change,
    fields: { Udfald: null, Effektansvarlig: [lise], Effektstatus: "Som forventet", ...change.fields },
  });
const lacking = { Innovationsspørgsmål: "" };
const open = (change = {}, shown = {}) => decision({ ...change, shown: row(shown) });
const yes = (date: string) => decision({ registration: registration({ at: noon(date) }) });

type Story = readonly [
  what: string,
  from: string,
  to: string,
  card: RemindedCard,
  expected: readonly string[],
  others?: Others,
];

const stories: Readonly<Record<string, readonly Story[]>> = {
  "P01–P03: no edit by a person": [
    [
      "the owner, ten working days on the leader, then the secretariat every month",
      "2026-11-24",
      "2027-04-15",
      at("active", "nytaenk", { since: "2026-11-23" }),
      [
        "2026-12-21 P01 anders", // 20 working days after 23 November
        "2027-01-08 P02 lise", // ten working days, Christmas left out
        "2027-01-22 P03 sanne",
        "2027-02-22 P03 sanne",
        "2027-03-22 P03 sanne",
      ],
    ],
    [
      "in another phase, another patience",
      "2027-01-05",
      "2027-01-12",
      at("active", "udforsk", { since: "2026-11-23" }),
      ["2027-01-08 P01 anders"],
    ],
    [
      "the card's own leader",
      "2027-01-08",
      "2027-01-08",
      at("active", "nytaenk", { fields: { Leder: [karin] } }),
      ["2027-01-08 P02 karin"],
      { sent: [{ occurrence: "quiet card-1 2026-11-23 #0", person: anders, cards: ["card-1"], on: "2026-12-21" }] },
    ],
    [
      "due in the pause: the first day after",
      "2027-06-24",
      "2027-08-10",
      at("active", "nytaenk", { since: "2027-06-10" }),
      ["2027-08-09 P01 anders"],
    ],
    [
      "due at Christmas: after it",
      "2026-12-20",
      "2027-01-05",
      at("active", "nytaenk", { since: "2026-11-25" }),
      ["2027-01-04 P01 anders"],
    ],
    ["never in the last phase", "2026-12-01", "2027-06-30", followed({ fields: { "I drift fra": null } }), []],
    [
      "never an idea that somebody has asked a committee about",
      "2026-12-01",
      "2027-06-30",
      at("idea", null, { accepted: { decisions: [open()] } }),
      [],
    ],
  ],
  "P04, P05: before a deadline": [
    [
      "something is missing: 15 working days before",
      "2026-11-24",
      "2026-12-21",
      political("udforsk", { fields: lacking, since: "2026-11-20" }),
      ["2026-11-30 P04 anders"],
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "ready: 5 working days before",
      "2026-11-24",
      "2026-12-21",
      political("udforsk", { since: "2026-11-20" }),
      ["2026-12-14 P05 anders"],
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "in the pause: the last working day before it",
      "2027-06-28",
      "2027-08-06",
      political("udforsk", { since: "2027-06-24" }),
      ["2027-07-02 P05 anders"],
      { model: onlyMeeting("2027-08-18") },
    ],
    [
      "before Easter",
      "2027-03-01",
      "2027-03-16",
      political("udforsk", { since: "2027-02-26" }),
      ["2027-03-09 P05 anders"],
      { model: onlyMeeting("2027-03-31") },
    ],
    [
      "came too late for it: not this meeting",
      "2026-12-15",
      "2026-12-21",
      political("udforsk", { since: "2026-12-15" }),
      [],
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "on the agenda already",
      "2026-12-01",
      "2026-12-21",
      political("udforsk", { accepted: { decisions: [open({}, { meeting: "2027-01-06" })] }, since: "2026-11-30" }),
      [],
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "the body has said no",
      "2026-12-01",
      "2026-12-21",
      political("udforsk", { accepted: { decisions: [open({}, { outcome: "Ikke godkendt" })] }, since: "2026-11-30" }),
      [],
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "no gates on its track",
      "2026-12-01",
      "2026-12-21",
      at("active", "udforsk", { since: "2026-11-30" }),
      [],
      { model: onlyMeeting("2027-01-06") },
    ],
  ],
  "P06, P07: a meeting": [
    [
      "its agenda is out: each approver, once",
      "2027-01-04",
      "2027-01-06",
      political("udforsk", { accepted: { decisions: [open()] }, since: "2027-01-03" }),
      ["2027-01-04 P06 mette", "2027-01-04 P06 ole"],
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "a card that is on another meeting's agenda is not on this one",
      "2027-01-04",
      "2027-01-06",
      political("udforsk", { accepted: { decisions: [open({}, { meeting: "2027-02-10" })] }, since: "2027-01-03" }),
      [],
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "it is over and a row is open: weekly, then the secretariat",
      "2027-01-07",
      "2027-02-20",
      political("implementer", {
        accepted: { decisions: [open({ gate: "G4" }, { meeting: "2027-01-06" })] },
        since: "2027-01-06",
      }),
      ["2027-01-08", "2027-01-15", "2027-01-22", "2027-01-29"]
        .flatMap((day) => [`${day} P07 mette`, `${day} P07 ole`])
        .concat("2027-02-05 P07 sanne"),
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "asked for at once after it: the day after, not on the morning of it",
      "2027-01-05",
      "2027-01-08",
      political("implementer", {
        accepted: { decisions: [open({ gate: "G4" }, { meeting: "2027-01-06" })] },
        since: "2027-01-05",
      }),
      ["2027-01-07 P07 mette", "2027-01-07 P07 ole"],
      { model: askedAtOnce("2027-01-06"), sent: agendaKnown("2027-01-06") },
    ],
    [
      "postponed is an answer",
      "2027-01-07",
      "2027-01-20",
      political("implementer", {
        accepted: { decisions: [open({ gate: "G4" }, { meeting: "2027-01-06", outcome: "Udsat" })] },
        since: "2027-01-06",
      }),
      [],
      { model: onlyMeeting("2027-01-06") },
    ],
    [
      "of what was never on its agenda nobody is asked",
      "2027-01-07",
      "2027-01-20",
      political("implementer", { accepted: { decisions: [open({ gate: "G4" })] }, since: "2027-01-06" }),
      [],
      { model: onlyMeeting("2027-01-06") },
    ],
  ],
  "P09, P18: approved": [
    [
      "and not moved: 10 and 20 working days",
      "2027-01-07",
      "2027-03-01",
      political("udforsk", { accepted: { decisions: [yes("2027-01-06")] }, since: "2027-01-25" }),
      ["2027-01-20 P09 anders", "2027-02-03 P09 anders"],
    ],
    [
      "ten working days that end in the pause: the first day after it",
      "2027-06-28",
      "2027-08-30",
      political("udforsk", { accepted: { decisions: [yes("2027-06-25")] }, since: "2027-08-02" }),
      ["2027-08-09 P09 anders", "2027-08-23 P09 anders"],
    ],
    [
      "by one of two committees only: it cannot be moved yet, and the other one's meeting is missing",
      "2027-01-20",
      "2027-02-05",
      political("udforsk", {
        accepted: { bodies: [UDI, ELDERLY], decisions: [yes("2027-01-06"), open({ body: ELDERLY })] },
        since: "2027-01-25",
      }),
      ["2027-01-20 P20 sanne"],
    ],
    [
      "30 working days before it expires",
      "2027-11-15",
      "2027-12-10",
      political("udforsk", { accepted: { decisions: [yes("2027-01-06")] }, since: "2027-11-15" }),
      ["2027-11-23 P18 anders"],
      { sent: approvedTwice("2027-01-06") },
    ],
  ],
  "P10–P12: the effect": [
    [
      "after 1, 3, 6 and 12 months, to whoever follows it up",
      "2026-11-30",
      "2028-01-10",
      followed({ fields: { "I drift fra": "2026-11-30" }, since: "2026-11-30" }),
      ["2027-01-04 P10 lise", "2027-03-01 P10 lise", "2027-05-31 P10 lise", "2027-11-30 P10 lise"],
      { model: patient() },
    ],
    [
      "not measured: the leader after 10, the secretariat after 30",
      "2027-01-20",
      "2027-04-20",
      followed({ fields: { "I drift fra": "2027-01-31" }, since: "2027-01-31" }),
      ["2027-03-01 P10 lise", "2027-03-15 P11 lise", "2027-04-15 P12u sanne"],
    ],
    [
      "the owner, where nobody else follows it up",
      "2027-03-01",
      "2027-03-01",
      followed({ fields: { "I drift fra": "2027-01-31", Effektansvarlig: [] }, since: "2027-01-31" }),
      ["2027-03-01 P10 anders"],
    ],
    [
      "measured in good time (case 51)",
      "2027-03-01",
      "2027-03-01",
      followed({ fields: { "I drift fra": "2027-01-31", "Seneste måling": "2027-02-14" }, since: "2027-01-31" }),
      [],
    ],
    [
      "measured too early to be this one",
      "2027-03-01",
      "2027-03-01",
      followed({ fields: { "I drift fra": "2027-01-31", "Seneste måling": "2027-02-13" }, since: "2027-01-31" }),
      ["2027-03-01 P10 lise"],
    ],
    [
      "due in summer (case 50)",
      "2027-07-01",
      "2027-08-10",
      followed({ fields: { "I drift fra": "2027-01-31", "Seneste måling": "2027-05-01" }, since: "2027-01-31" }),
      ["2027-08-09 P10 lise"],
    ],
    [
      "entered afterwards: only what is still to come (case 52)",
      "2027-06-01",
      "2027-06-25",
      followed({ fields: { "I drift fra": "2026-12-15" }, since: "2027-06-01" }),
      ["2027-06-15 P10 lise"],
    ],
    [
      "a leap day and the year after",
      "2029-02-20",
      "2029-03-05",
      followed({ fields: { "I drift fra": "2028-02-29", "Seneste måling": "2028-09-01" }, since: "2028-02-29" }),
      ["2029-02-28 P10 lise"],
    ],
    [
      "not before the last phase, and not after leaving it",
      "2027-01-20",
      "2027-04-20",
      at("active", "implementer", { fields: { "I drift fra": "2027-01-31" }, since: "2027-04-01" }),
      [],
    ],
  ],
  "P13, P14: what came of it": [
    [
      "absent: twice, then the leader",
      "2027-01-04",
      "2027-03-20",
      followed({ fields: { Effektstatus: "Udeblevet", "I drift fra": null }, since: "2027-01-04" }),
      [
        "2027-01-04 P13 lise",
        "2027-01-04 P13 anders",
        "2027-01-25 P13 lise",
        "2027-01-25 P13 anders",
        "2027-02-15 P13 lise",
      ],
    ],
    [
      "as expected: nothing",
      "2027-01-04",
      "2027-03-20",
      followed({ fields: { "I drift fra": null }, since: "2027-01-04" }),
      [],
    ],
    [
      "closed without learning (case 55): the owner twice, the leader, the secretariat",
      "2027-01-04",
      "2027-03-20",
      at("closed", "foelg-op", { fields: { Læring: "" }, since: "2027-01-04" }),
      ["2027-01-11 P14 anders", "2027-01-18 P14 anders", "2027-01-25 P14 lise", "2027-02-01 P14 sanne"],
    ],
    [
      "and its owner has left: the leader, when it is their turn",
      "2027-01-04",
      "2027-03-20",
      at("closed", "foelg-op", { fields: { Læring: "" }, since: "2027-01-04" }),
      ["2027-01-25 P14 lise", "2027-02-01 P14 sanne"],
      { gone: [anders] },
    ],
    [
      "closed with learning: nothing",
      "2027-01-04",
      "2027-03-20",
      at("closed", "foelg-op", { since: "2027-01-04" }),
      [],
    ],
  ],
  "P15: parked": [
    [
      "10 working days before, and on the day",
      "2027-01-04",
      "2027-06-20",
      at("parked", "test", { fields: { "Parkeret til": "2027-02-01" }, since: "2027-01-04" }),
      ["2027-01-18 P15 anders", "2027-01-18 P15 lise", "2027-02-01 P15 anders", "2027-02-01 P15 lise"],
    ],
    [
      "on a Sunday: the Monday",
      "2027-01-25",
      "2027-02-20",
      at("parked", "test", { fields: { "Parkeret til": "2027-01-31" }, since: "2027-01-24" }),
      ["2027-02-01 P15 anders", "2027-02-01 P15 lise"],
    ],
    [
      "till a day that was past already: nothing",
      "2027-02-02",
      "2027-06-20",
      at("parked", "test", { fields: { "Parkeret til": "2027-02-01" }, since: "2027-02-02" }),
      [],
    ],
    ["for no time: nothing", "2027-01-04", "2027-06-20", at("parked", "test", { since: "2027-01-04" }), []],
  ],
  "P16: without an owner": [
    [
      "the leader, weekly",
      "2027-01-04",
      "2027-01-19",
      at("active", "implementer", { seen: { owners: [] }, since: "2027-01-04" }),
      ["2027-01-04 P16 lise", "2027-01-11 P16 lise", "2027-01-18 P16 lise"],
    ],
    [
      "an owner who has left (case 47)",
      "2027-01-04",
      "2027-01-05",
      at("active", "implementer", { since: "2027-01-04" }),
      ["2027-01-04 P16 lise"],
      { gone: [anders] },
    ],
    [
      "and a leader who has left: the secretariat",
      "2027-01-04",
      "2027-01-05",
      at("active", "implementer", { since: "2027-01-04" }),
      ["2027-01-04 P16 sanne"],
      { gone: [anders, lise] },
    ],
  ],
  "P17, P20: the secretariat": [
    [
      "an idea without an answer, weekly",
      "2027-01-04",
      "2027-02-10",
      at("idea", null, { since: "2027-01-04" }),
      ["2027-01-25 P17 sanne", "2027-02-01 P17 sanne", "2027-02-08 P17 sanne"],
    ],
    [
      "a year without meetings (case 53), monthly",
      "2027-01-04",
      "2027-02-05",
      political("udforsk", { since: "2027-01-04" }),
      ["2027-01-04 P20 sanne", "2027-02-04 P20 sanne"],
      { model: onlyMeeting("2026-12-16", []) },
    ],
  ],
  "P19: long in test": [
    [
      "three rounds, then monthly",
      "2027-01-04",
      "2027-02-10",
      at("active", "test", { fields: { Testrunder: 3 }, since: "2027-01-04" }),
      ["2027-01-04 P19 anders", "2027-02-04 P19 anders"],
    ],
    [
      "45 working days, beside the quiet of 30",
      "2027-01-04",
      "2027-03-12",
      at("active", "test", { since: "2027-01-04" }),
      ["2027-02-15 P01 anders", "2027-03-01 P02 lise", "2027-03-08 P19 anders"],
    ],
  ],
};

describe.each(Object.entries(stories))("%s", (_rule, table) => {
  it.for(table)("%s", ([, from, to, card, expected, others]) => {
    expect(lines(through(from, to, [card], others), names)).toEqual(expected);
  });
});

/** A municipality in which UDI meets once, and then not for long. */
function onlyMeeting(date: string, later = ["2028-06-14"]) {
  const bodies = model.municipality.bodies.map((it) => ({ ...it, meetings: it.key === UDI ? [date, ...later] : [] }));
  return { ...model, municipality: { ...model.municipality, bodies } };
}

/** A municipality that escalates nothing. */
/** P07 on the first day on which the meeting is over. */
function askedAtOnce(meeting: string): Model {
  const only = onlyMeeting(meeting);
  const { reminders } = only.rules;
  const afterMeeting = { ...reminders.afterMeeting, first: 0 };
  return { ...only, rules: { ...only.rules, reminders: { ...reminders, afterMeeting } } };
}

/** The agenda's message, sent on the day on which it was out. */
function agendaKnown(meeting: string) {
  const told = { occurrence: `agenda ${UDI} ${meeting} #0`, cards: [], on: "2027-01-04" };
  return [mette, ole].map((person) => ({ ...told, person }));
}

function patient() {
  const reminders = { ...model.rules.reminders, effectOverdue: { leader: 900, secretariat: 1000 } };
  return { ...model, rules: { ...model.rules, reminders } };
}

function approvedTwice(date: string) {
  return [0, 1].map((step) => ({
    occurrence: `approved card-1 G1 ${date} #${step}`,
    person: anders,
    cards: ["card-1"],
    on: "2027-02-03",
  }));
}

describe("silence", () => {
  const quiet = (change: Change) => at("active", "nytaenk", { since: "2026-11-23", ...change });
  it.each([
    ["rest is asked for", quiet({ fields: { "Udsæt påmindelser til": "2026-12-22" } })],
    ["in the bin", quiet({ accepted: { trashed: true } })],
    ["parked", at("parked", "nytaenk")],
    ["closed", at("closed", "nytaenk")],
    ["an idea", at("idea", null, { since: "2026-12-18" })],
  ] as const)("%s", (_what, card) => expect(lines(on("2026-12-21", [card]), names)).toEqual([]));

  it("ends on the day that was asked for", () => {
    const card = quiet({ fields: { "Udsæt påmindelser til": "2026-12-21" } });
    expect(lines(on("2026-12-21", [card]), names)).toEqual(["2026-12-21 P01 anders"]);
  });
});

it("a year without meetings is told of, however often its cards are spoken of", () => {
  // Every other working day one of these comes to the secretariat, so they have never all been left alone for five.
  const model = onlyMeeting("2026-12-16", []);
  const cards = Array.from({ length: 20 }, (_, number) =>
    political("udforsk", {
      accepted: { card: `card-${number}` },
      seen: { id: `card-${number}` },
      since: workingDaysAfter(model, "2026-10-12", number * 2),
    }),
  );
  const sent = cards.flatMap(({ seen: { id }, accepted: { touchedAt } }) =>
    [0, 1].map((step) => {
      const [since, on] = [touchedAt.slice(0, 10), workingDaysAfter(model, touchedAt.slice(0, 10), 30 + 10 * step)];
      return { occurrence: `quiet ${id} ${since} #${step}`, person: lise, cards: [id], on };
    }),
  );
  const told = lines(through("2027-01-04", "2027-03-10", cards, { model, sent }), names);
  expect(new Set(told.filter((line) => line.includes("P03"))).size).toBeGreaterThan(15);
  expect(told.filter((line) => line.includes("P20"))).toEqual(
    ["2027-01-04", "2027-02-04", "2027-03-04"].map((day) => `${day} P20 sanne`),
  );
});

describe("one message a day to one person", () => {
  const cards = [1, 2, 3, 4, 5].map((number) =>
    at("active", "nytaenk", {
      accepted: { card: `card-${number}` },
      seen: { id: `card-${number}`, title: `Projekt ${number}` },
    }),
  );

  it("whatever is due (case 54)", () => {
    const sent = on("2026-12-21", cards).filter(({ person }) => person === anders);
    expect(sent.map(({ items }) => items.length)).toEqual([5]);
    const text = reminderText(model, sent[0] ?? { person: "", on: "", items: [] });
    expect(text.split("\n")).toEqual([
      ...cards.map(({ seen }) => expect.stringContaining(`${seen.title} har ligget stille i Nytænk i 20 arbejdsdage.`)),
      "Du får beskeden som ejer. Den kommer ikke igen, når det er klaret. Skal det vente, så sæt en dato i »Udsæt påmindelser til« på kortet.",
    ]);
  });

  const numbered = (projectId: string, id: string) =>
    at("active", "nytaenk", { accepted: { card: id }, seen: { id, projectId, title: projectId } });
  const [three, twelve, other, unnumbered] = [
    numbered("INNO-3", "f"),
    numbered("INNO-12", "a"),
    numbered("INNO-12", "b"),
    numbered("", "z"),
  ] as const;

  it.each([
    ["by its number, whatever its page is called", [twelve, three], ["f", "a"]],
    ["in whatever order the cards are read", [three, twelve], ["f", "a"]],
    ["by its page where the number is the same", [other, three, twelve], ["f", "a", "b"]],
    ["without a number before all others", [three, unnumbered], ["z", "f"]],
  ] as const)("it stands on the first of its cards: %s", (_what, of, expected) => {
    const sent = on("2026-12-21", of).filter(({ person }) => person === anders);
    expect(sent.map(({ items }) => items.flatMap((it) => it.cards))).toEqual([expected]);
    // By this the comment is found again, on whichever card it stands.
    expect(sent.map((it) => pendingOf(it).key)).toEqual(["P01-asrbb88d"]);
  });

  it("what falls due in the course of the day waits for the next, a deadline too", () => {
    const later = political("udforsk", { accepted: { card: "card-9" }, seen: { id: "card-9" }, since: "2026-11-20" });
    const others = { model: onlyMeeting("2027-01-12") }; // P05 is due from 18 December
    const sent = on("2026-12-21", cards, others).flatMap(sentBy);
    expect(lines(on("2026-12-21", [...cards, later], { ...others, sent }), names)).toEqual([]);
    expect(lines(on("2026-12-22", [...cards, later], { ...others, sent }), names)).toEqual(["2026-12-22 P05 anders"]);
  });

  it("nor does the message that is on its way say it", () => {
    const [reminder] = on("2026-12-21", cards.slice(0, 2));
    if (!reminder) throw new Error("nothing is due");
    const now = instantOf(model, "2026-12-21", "08:35");
    const left = stillDue(pendingOf(reminder), { model, cards: cards.slice(1), sent: [], gone: [], now });
    expect(left?.items.flatMap((it) => it.cards)).toEqual(["card-2"]);
  });

  it("and no second one that day, nor the same one the next", () => {
    const sent = on("2026-12-21", cards).flatMap(sentBy);
    expect(on("2026-12-21", cards, { sent })).toEqual([]);
    expect(lines(on("2026-12-22", cards, { sent }), names)).toEqual([]);
  });
});

it("a card that was taken over by the service brings no burst (case 32)", () => {
  const cards = Array.from({ length: 40 }, (_, number) =>
    at("active", "foelg-op", {
      since: "2027-01-04",
      accepted: { card: `card-${number}` },
      seen: { id: `card-${number}` },
      fields: { Udfald: null, Effektansvarlig: [], "I drift fra": "2026-01-15" },
    }),
  );
  expect(lines(on("2027-01-04", cards), names)).toEqual([]);
});

describe("overviews", () => {
  const said = (date: string, card: RemindedCard, others?: Others) =>
    on(date, [card], others).flatMap(({ person, items }) =>
      items.filter(({ kind }) => kind === "overview").map(({ message }) => `${message.id} ${names[person]}`),
    );

  it.each([
    [
      "D01 on a Monday, to who has something waiting",
      "2027-01-18",
      political("udforsk", { fields: lacking }),
      ["D01 anders"],
    ],
    ["not on another day", "2027-01-19", political("udforsk", { fields: lacking }), []],
    [
      "on the Tuesday after Easter Monday",
      "2027-03-30",
      political("udforsk", { fields: lacking }),
      ["D01 anders", "D02 mette", "D02 ole"],
    ],
    ["not without anything to say", "2027-01-18", at("active", "udforsk"), []],
    [
      "D02 the working day before a meeting, and a month's overview late after a stop",
      "2027-01-05",
      political("udforsk"),
      ["D02 mette", "D02 ole", "D03 sanne"],
    ],
    ["D03 on the month's first day, to the secretariat", "2027-02-01", at("active", "udforsk"), ["D03 sanne"]],
    ["D03 after the pause", "2027-08-09", at("active", "udforsk"), ["D03 sanne"]],
  ] as const)("%s", (_what, date, card, expected) => expect(said(date, card)).toEqual(expected));

  it("D04: what a quarter taught, to everybody, and nothing of what is confidential", () => {
    const position = noticedAt("closed foelg-op", new Date(noon("2027-02-10")));
    const closed = (fields = {}) =>
      at("closed", "foelg-op", { fields, accepted: { noticed: { ...reminded().accepted.noticed, position } } });
    const texts = on("2027-04-01", [closed()]).map((it) => reminderText(model, it));
    expect(texts).toHaveLength(model.municipality.people.length);
    expect(texts[0]).toContain(
      "Det lærte vi i 1. kvartal 2027\nProjekterne\n• Madspild på plejehjem: Mindre tallerkener",
    );
    const secret = on("2027-04-01", [closed({ Fortrolighed: "Fortrolig" })]);
    expect(secret.flatMap(({ items }) => items.map(({ message }) => message.id))).toEqual(["D03"]);
  });
});
