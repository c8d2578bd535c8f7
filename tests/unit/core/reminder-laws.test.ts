// SPDX-License-Identifier: EUPL-1.2
/** What holds of reminders whatever the cards are: when they go out, how close they come, that time may pass in any steps, and who is left alone. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, instantOf, isSendingTime, workingDaysFrom } from "../../../src/core/calendar.ts";
import type { CardSeen } from "../../../src/core/card.ts";
import { pendingOf, stillDue } from "../../../src/core/reminders/pending.ts";
import { type Reminder, round, rounds, sentBy } from "../../../src/core/reminders/round.ts";
import type { RemindedCard } from "../../../src/core/reminders/situation.ts";
import { stateKeys } from "../../../src/model/rules.ts";
import { runs } from "../../properties.ts";
import { anders, decision, lise, noticed, registration, row, UDI } from "./fixtures.ts";
import { meetings, model, noon, reminded } from "./reminder-fixtures.ts";

const first = "2026-11-24";
const date = (from = -60, to = 400) => fc.integer({ min: from, max: to }).map((days) => addDays(first, days));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });

const fields = fc.record({
  "I drift fra": maybe(date()),
  "Seneste måling": maybe(date()),
  "Udsæt påmindelser til": fc.option(date(0, 120), { freq: 5 }),
  "Parkeret til": maybe(date(0, 200)),
  Effektstatus: fc.constantFrom("Ikke målt", "Som forventet", "Mindre end forventet", "Udeblevet"),
  Udfald: maybe(fc.constantFrom("Effekt", "Ingen effekt")),
  Læring: fc.constantFrom("", "Mindre tallerkener virker."),
  Innovationsspørgsmål: fc.constantFrom("", "Hvordan kan vi halvere madspildet?"),
  Testrunder: fc.integer({ min: 0, max: 4 }),
  Leder: fc.constantFrom([], [lise], [anders]),
  Effektansvarlig: fc.constantFrom([], [lise], [anders]),
}) as fc.Arbitrary<CardSeen["fields"]>;

const decisionOf = fc
  .record({ meeting: maybe(fc.constantFrom(...meetings)), given: maybe(date(-60, 0)) })
  .map(({ meeting, given }) => ({
    registration: given === null ? null : registration({ at: noon(given) }),
    shown: row({ meeting }),
  }));

/** Any card, from long ago or just now. */
const cardOf = fc
  .record({
    state: fc.constantFrom(...stateKeys),
    phase: fc.constantFrom(...model.phases.map(({ key }) => key)),
    track: fc.constantFrom("politisk", "hverdag"),
    owners: fc.constantFrom([], [anders], [lise], [anders, lise]),
    trashed: fc.integer({ min: 0, max: 7 }).map((it) => it === 0),
    since: date(-40, 0),
    position: date(-40, 0),
    fields,
    decision: decisionOf,
  })
  .map((it) => (id: string): RemindedCard => {
    const phase = it.state === "idea" ? null : it.phase;
    const card = reminded({ since: it.since, fields: it.fields, seen: { id, projectId: id, owners: it.owners } });
    const gate = model.gates.find(({ from }) => from === phase)?.id ?? "stop";
    const position = noticed(`${it.state} ${phase ?? "-"}`, new Date(noon(it.position)));
    const accepted = {
      ...card.accepted,
      card: id,
      position: { state: it.state, phase },
      track: it.track,
      bodies: [UDI],
      trashed: it.trashed,
      decisions: [decision({ gate, ...it.decision })],
      noticed: { ...card.accepted.noticed, position },
    };
    return { ...card, accepted };
  });
const boardOf = fc
  .array(cardOf, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((make, at) => make(`card-${at}`)));

const facts = (cards: readonly RemindedCard[]) => ({ model, cards, sent: [], gone: [] });
const beginning = instantOf(model, first, "00:00");
const after = (days: number, time = "23:59") => instantOf(model, addDays(first, days), time);
const times = { numRuns: runs(60) };

it("no message on a closed or quiet day or outside hours, whenever a round is asked for", () => {
  const instant = fc
    .integer({ min: 0, max: 400 * 24 * 4 })
    .map((quarters) => new Date(beginning.getTime() + quarters * 900_000));
  fc.assert(
    fc.property(boardOf, fc.array(instant, { maxLength: 40 }), (cards, instants) => {
      for (const now of instants) {
        if (!isSendingTime(model, now)) expect(round({ ...facts(cards), now })).toEqual([]);
      }
    }),
    times,
  );
});

it("one message a day to a person, and two about one card never within five working days, deadlines excepted", () => {
  fc.assert(
    fc.property(boardOf, (cards) => {
      const all = rounds(facts(cards), beginning, after(250));
      expect(new Set(all.map(({ on, person }) => `${on} ${person}`)).size).toBe(all.length);
      for (const { on, person, items } of all) {
        expect(isSendingTime(model, instantOf(model, on, model.rules.reminders.sendAt))).toBe(true);
        const nagged = items.filter(({ kind }) => kind === "nag").flatMap((it) => it.cards);
        const before = all.filter((it) => it.person === person && it.on < on && workingDaysFrom(model, it.on, on) < 5);
        const lately = before.flatMap((it) => it.items.flatMap((item) => item.cards));
        expect(nagged.filter((card) => lately.includes(card))).toEqual([]);
      }
    }),
    times,
  );
});

it("no occurrence reaches a person twice", () => {
  fc.assert(
    fc.property(boardOf, (cards) => {
      const sent = rounds(facts(cards), beginning, after(250)).flatMap(sentBy);
      const keys = sent.map(({ occurrence, person }) => `${occurrence} ${person}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    times,
  );
});

it("a message judged again, whatever was edited and sent meanwhile, is what the whole round has left of it", () => {
  const edited = fc.array(fc.option(cardOf, { freq: 3 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(boardOf, edited, fc.infiniteStream(fc.boolean()), (cards, edits, luck) => {
      const all = rounds(facts(cards), beginning, after(250));
      for (const [day, found] of Map.groupBy(all, ({ on }) => on)) {
        const now = instantOf(model, day, model.rules.reminders.sendAt);
        const sent = all.filter(({ on }) => on < day).flatMap(sentBy);
        const meanwhile = found.filter(() => luck.next().value).flatMap(sentBy);
        const edit = (card: RemindedCard, at: number) => (luck.next().value && edits[at]?.(card.seen.id)) || card;
        const then = { ...facts(cards.map(edit)), sent: [...sent, ...meanwhile], now };
        const whole = round(then);
        for (const reminder of found) {
          const pending = pendingOf(reminder);
          const left = whole.find(({ person }) => person === reminder.person)?.items ?? [];
          const still = left.filter(({ occurrence }) => pending.occurrences.includes(occurrence));
          expect(said(stillDue(pending, then)?.items ?? [])).toEqual(said(still));
          expect(said(stillDue(pending, { ...facts(cards), sent, now })?.items ?? [])).toEqual(said(reminder.items));
        }
      }
    }),
    times,
  );
});

const said = (items: Reminder["items"]) =>
  items.map(({ occurrence, message, sections, cards }) => ({ occurrence, message, sections, cards }));

it("the clock moved in one step or in many gives the same messages", () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom("00:00", "08:29", "08:30", "12:00", "23:59")),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(boardOf, steps, (cards, jumps) => {
      const stops: Date[] = [];
      let days = 0;
      for (const [jump, time] of jumps) {
        days += jump;
        stops.push(after(days, time));
      }
      const ordered = stops.sort((a, b) => a.getTime() - b.getTime());
      const end = after(days);
      let from = beginning;
      const inMany: Reminder[] = [];
      for (const to of [...ordered, end]) {
        inMany.push(...rounds({ ...facts(cards), sent: inMany.flatMap(sentBy) }, from, to));
        from = to;
      }
      expect(inMany).toEqual(rounds(facts(cards), beginning, end));
    }),
    times,
  );
});

it("a round that is asked for again, later the same day, has nothing more to say", () => {
  fc.assert(
    fc.property(boardOf, fc.integer({ min: 0, max: 250 }), (cards, days) => {
      const sent = round({ ...facts(cards), now: after(days, "08:30") }).flatMap(sentBy);
      expect(round({ ...facts(cards), sent, now: after(days, "12:00") })).toEqual([]);
    }),
    times,
  );
});

it("a card closed, parked, put to rest or in the bin is silent, but for what is said of the end of its pause and of its learning", () => {
  fc.assert(
    fc.property(boardOf, (cards) => {
      for (const { on, items } of rounds(facts(cards), beginning, after(250))) {
        for (const { message, cards: about } of items) {
          for (const { accepted, seen } of cards.filter(({ seen: { id } }) => about.includes(id))) {
            const { state } = accepted.position;
            const rest = String(seen.fields["Udsæt påmindelser til"] ?? "");
            expect([accepted.trashed, on < rest]).toEqual([false, false]);
            if (state === "parked") expect(message.id).toBe("P15");
            if (state === "closed") expect(message.id).toBe("P14");
            if (state === "idea") expect(message.id).toBe("P17");
          }
        }
      }
    }),
    times,
  );
});
