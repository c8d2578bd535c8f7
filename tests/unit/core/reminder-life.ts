// SPDX-License-Identifier: EUPL-1.2
/** Boards that people work on between the rounds of reminders: random, plain data, so that a failing one shrinks. */
import fc from "fast-check";
import { type Deed, Project } from "../../../scripts/reminders-year/project.ts";
import { addDays, instantOf, isSendingDay } from "../../../src/core/calendar.ts";
import type { CardSeen, FieldValue, Position, UserId } from "../../../src/core/card.ts";
import { type Reminder, round, rounds, sentBy } from "../../../src/core/reminders/round.ts";
import type { Facts, RemindedCard, Sent } from "../../../src/core/reminders/situation.ts";
import type { Model } from "../../../src/model/model.ts";
import { type StateKey, stateKeys } from "../../../src/model/rules.ts";
import { anders, card, fullFields, lise, mette, UDI } from "./fixtures.ts";
import { model } from "./reminder-fixtures.ts";

const first = "2026-11-24";
const phases = model.phases.map(({ key }) => key);
const day = fc.integer({ min: -40, max: 200 });
const someDate = fc.option(day, { freq: 4 });
const people = fc.constantFrom<readonly UserId[]>([], [anders], [lise], [anders, lise]);
const text = fc.constantFrom("", "Hvordan kan vi halvere madspildet, så alle kan være med til det?");

/** A field by its name, and what stands in it; a date as days from when it is written. */
const field = fc.oneof(
  fc.tuple(fc.constantFrom("I drift fra", "Seneste måling", "Parkeret til", "Udsæt påmindelser til"), someDate),
  fc.tuple(
    fc.constant("Effektstatus"),
    fc.constantFrom("Ikke målt", "Som forventet", "Mindre end forventet", "Udeblevet"),
  ),
  fc.tuple(fc.constant("Udfald"), fc.constantFrom(null, "Effekt", "Ingen effekt")),
  fc.tuple(fc.constantFrom("Læring", "Innovationsspørgsmål", "Indsigter"), text),
  fc.tuple(fc.constant("Testrunder"), fc.integer({ min: 0, max: 4 })),
  fc.tuple(fc.constantFrom("Leder", "Effektansvarlig"), people),
);

const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("field"), field }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("owners"), to: people }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("place"),
      state: fc.constantFrom(...stateKeys),
      phase: fc.constantFrom(...phases),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("bin"), trashed: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("row"), meeting: someDate }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("answer"), outcome: fc.constantFrom(null, "Udsat", "Ikke godkendt") }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("meetings"), entered: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("gone"), who: fc.constantFrom([], [anders], [lise]) }) },
);
type Act = typeof act extends fc.Arbitrary<infer Kind> ? Kind : never;

/** So many days pass, in which the service is there or not; then somebody does something to one of the cards. */
const chapter = fc.record({
  days: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) },
    { weight: 1, arbitrary: fc.integer({ min: 31, max: 120 }) },
  ),
  stopped: fc.integer({ min: 0, max: 5 }).map((it) => it === 0),
  card: fc.nat(3),
  act,
});

const start = fc.record({
  state: fc.constantFrom<StateKey>(...stateKeys, "active", "active", "active"),
  phase: fc.constantFrom(...phases),
  track: fc.constantFrom("politisk", "politisk", "hverdag"),
  owners: people,
  fields: fc.array(field, { maxLength: 5 }),
});

export const story = fc.record({
  board: fc.array(start, { minLength: 1, maxLength: 4 }),
  chapters: fc.array(chapter, { maxLength: 16, size: "max" }),
});
export type Story = typeof story extends fc.Arbitrary<infer Kind> ? Kind : never;

/** What was sent, and what things were like just then. */
export type Round = Readonly<{ facts: Facts; reminders: readonly Reminder[] }>;

/** How time passes: every day a round, or all days of a chapter in one step. */
type Passing = (facts: Omit<Facts, "now">, from: string, to: string) => readonly Round[];

export const dayByDay: Passing = (facts, from, to) => {
  const sent = [...facts.sent];
  const held: Round[] = [];
  for (let today = from; today <= to; today = addDays(today, 1)) {
    if (!isSendingDay(facts.model, today)) continue;
    const now = instantOf(facts.model, today, facts.model.rules.reminders.sendAt);
    const then: Facts = { ...facts, sent: [...sent], now };
    const reminders = round(then);
    held.push({ facts: then, reminders });
    sent.push(...reminders.flatMap(sentBy));
  }
  return held;
};

export const inOneStep: Passing = (facts, from, to) => {
  const now = instantOf(facts.model, to, "23:59");
  return [{ facts: { ...facts, now }, reminders: rounds(facts, instantOf(facts.model, from, "00:00"), now) }];
};

/** Lives through a story; the service is there unless it is stopped. */
export function live({ board, chapters }: Story, pass: Passing): readonly Round[] {
  const town: Town = { model, gone: [] };
  const projects = board.map((it, index) => projectOf(it, `card-${index}`));
  const [held, sent]: [Round[], Sent[]] = [[], []];
  let today = first;
  for (const { days, stopped, card: at, act } of [...chapters, { days: 60, stopped: false, card: 0, act: null }]) {
    const last = addDays(today, days);
    const cards = projects.map(({ accepted, seen }): RemindedCard => ({ accepted, seen }));
    const passed = stopped || days === 0 ? [] : pass({ ...town, cards, sent }, today, addDays(last, -1));
    held.push(...passed);
    sent.push(...passed.flatMap(({ reminders }) => reminders.flatMap(sentBy)));
    today = last;
    const project = projects[at % projects.length];
    // Noon of the day before: what the next morning's round finds.
    if (act && project)
      perform(town, project, act, {
        model: town.model,
        now: instantOf(model, addDays(today, -1), "12:00"),
        by: anders,
      });
  }
  return held;
}

function projectOf({ state, phase, track, owners, fields }: Story["board"][number], id: string): Project {
  const deed: Deed = { model, now: instantOf(model, addDays(first, -1), "12:00"), by: anders };
  const own = Object.fromEntries(fields.map(([name, value]) => [name, written(name, value, deed)]));
  const seen = card({ id, projectId: id, state, phase: state === "idea" ? null : phase, track, bodies: [UDI], owners });
  return new Project({ ...seen, fields: { ...fullFields, Udfald: null, ...own } }, deed, true);
}

function written(name: string, value: FieldValue, { now }: Deed): FieldValue {
  const isDate = typeof value === "number" && name !== "Testrunder";
  return isDate ? addDays(now.toISOString().slice(0, 10), value) : value;
}

type Town = { model: Model; gone: readonly UserId[] };
type Performed = {
  [Kind in Act["do"]]: (act: Extract<Act, { do: Kind }>, project: Project, deed: Deed, town: Town) => void;
};

const performed: Performed = {
  field: ({ field: [name, value] }, project, deed) =>
    project.edit(deed, { fields: { [name]: written(name, value, deed) } }),
  owners: ({ to }, project, deed) => project.edit(deed, { owners: to }),
  place: ({ state, phase }, project, deed) => place(project, deed, { state, phase: state === "idea" ? null : phase }),
  bin: ({ trashed }, project) => project.settle({ trashed }),
  row: ({ meeting }, project, deed) => {
    const date = meeting === null ? null : addDays(deed.now.toISOString().slice(0, 10), meeting);
    for (const it of project.open) project.editRow(deed, it, { meeting: date });
  },
  answer: ({ outcome }, project, deed) => {
    for (const it of project.open)
      project.editRow({ ...deed, by: mette }, it, outcome === null ? { box: true } : { outcome });
  },
  meetings: ({ entered }, _project, _deed, town) => {
    town.model = entered ? model : { ...model, municipality: { ...model.municipality, bodies: withoutMeetings() } };
  },
  gone: ({ who }, _project, _deed, town) => {
    town.gone = who;
  },
};

function perform(town: Town, project: Project, act: Act, deed: Deed): void {
  (performed[act.do] as (act: Act, project: Project, deed: Deed, town: Town) => void)(act, project, deed, town);
}

/** Whoever had to agree to it first has: it is accepted, and noticed now. */
function place(project: Project, { now }: Deed, position: Position): void {
  const { noticed } = project.accepted;
  const value = `${position.state} ${position.phase ?? "-"}`;
  project.settle({ position, noticed: { ...noticed, position: { value, at: now.toISOString() } } });
  project.seen = { ...project.seen, ...position } satisfies CardSeen;
}

function withoutMeetings() {
  return model.municipality.bodies.map((it) => ({
    ...it,
    meetings: it.meetings.filter((date) => date < "2027-01-01"),
  }));
}
