// SPDX-License-Identifier: EUPL-1.2
/** What holds of reminders while people work on the board and the service is stopped now and then. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, isSendingTime, localDate, workingDaysFrom } from "../../../src/core/calendar.ts";
import type { CardSeen } from "../../../src/core/card.ts";
import { gateFacts } from "../../../src/core/gate.ts";
import type { Due } from "../../../src/core/reminders/due.ts";
import type { ReminderRole } from "../../../src/core/reminders/people.ts";
import type { ReminderId } from "../../../src/core/reminders/rule.ts";
import type { Facts, RemindedCard } from "../../../src/core/reminders/situation.ts";
import { bodyOf } from "../../../src/model/model.ts";
import { runs } from "../../properties.ts";
import { dayByDay, inOneStep, live, type Round, type Story, story } from "./reminder-life.ts";

const times = { numRuns: runs(120) };

/** An item of a message, with what things were like. */
type Item = Readonly<{ facts: Facts; today: string; person: string; item: Due; cards: readonly RemindedCard[] }>;

function itemsOf(held: readonly Round[]): readonly Item[] {
  return held.flatMap(({ facts, reminders }) =>
    reminders.flatMap(({ person, on: today, items }) =>
      items.map((item) => ({
        facts,
        today,
        person,
        item,
        cards: facts.cards.filter(({ seen }) => item.cards.includes(seen.id)),
      })),
    ),
  );
}

type Law = (items: readonly Item[], held: readonly Round[], told: Story) => void;

const field = ({ seen }: RemindedCard, name: string): CardSeen["fields"][string] => seen.fields[name] ?? null;
const isLast = ({ accepted: { position } }: RemindedCard) => position.phase === "foelg-op";
const gate = ({ model, now }: Facts, { accepted, seen }: RemindedCard) =>
  gateFacts(model, accepted, accepted.position.phase, seen.fields, now);

/** Why a text may be sent about a card, said again in other words than the rules'. */
const reasons: Readonly<Partial<Record<ReminderId, (card: RemindedCard, it: Item) => boolean>>> = {
  P01: isQuiet,
  P02: isQuiet,
  P03: isQuiet,
  P04: (card, { facts }) => (gate(facts, card)?.gaps.length ?? 0) > 0,
  P05: (card, { facts }) => gate(facts, card)?.gaps.length === 0 && (gate(facts, card)?.missing.length ?? 0) > 0,
  P06: (card) => card.accepted.decisions.some(({ ended, registration }) => ended === null && registration === null),
  P07: (card) =>
    card.accepted.decisions.some((it) => it.ended === null && it.registration === null && it.shown?.outcome == null),
  P09: (card, { facts }) => gate(facts, card)?.missing.length === 0,
  P10: isUnmeasured,
  P11: isUnmeasured,
  P12: isUnmeasured,
  P12u: isUnmeasured,
  P13: (card) => isLast(card) && ["Mindre end forventet", "Udeblevet"].includes(String(field(card, "Effektstatus"))),
  P14: (card) => field(card, "Udfald") !== null && !field(card, "Læring"),
  P15: (card, { today }) => {
    const until = String(field(card, "Parkeret til"));
    return card.accepted.position.state === "parked" && until <= addDays(today, 60) && until !== "null";
  },
  P16: (card, { facts }) => card.seen.owners.every((user) => facts.gone.includes(user)),
  P17: (card) => card.accepted.position.state === "idea",
  P18: (card, { facts }) => (gate(facts, card)?.yes.length ?? 0) > 0,
  P19: (card) => card.accepted.position.phase === "test",
};

function isQuiet({ accepted }: RemindedCard, { facts: { model }, today }: Item): boolean {
  const patience = model.phases.find(({ key }) => key === accepted.position.phase)?.quietAfter ?? 9999;
  return workingDaysFrom(model, localDate(model, new Date(accepted.touchedAt)), today) >= patience;
}

function isUnmeasured(card: RemindedCard, { today }: Item): boolean {
  const [start, measured] = ["I drift fra", "Seneste måling"].map((name) => field(card, name));
  return isLast(card) && typeof start === "string" && start < today && (measured === null || String(measured) < today);
}

/** The levels that DOMAIN 8 names: to whom each text may go, one step after the other. */
const owner: readonly ReminderRole[] = ["owner"];
const effect: readonly ReminderRole[] = ["effectOwner", "owner"];
const leader: readonly ReminderRole[] = ["leader", "secretariat"]; // where there is no leader
const secretariat: readonly ReminderRole[] = ["secretariat"];
const approver: readonly ReminderRole[] = ["approver"];
const levels: Readonly<Partial<Record<ReminderId, readonly (readonly ReminderRole[])[]>>> = {
  P01: [owner],
  P02: [[], leader],
  P03: [[], [], secretariat],
  P04: [owner],
  P05: [owner],
  P06: [approver],
  P07: [approver, approver, approver, approver, secretariat],
  P09: [owner, owner],
  P10: [effect],
  P11: [[], leader],
  P12: [[], [], secretariat],
  P12u: [[], [], secretariat],
  P13: [effect, effect, leader],
  P14: [owner, owner, leader, secretariat],
  P15: [["owner", "leader", "secretariat"]],
  P16: [leader],
  P17: [secretariat],
  P18: [owner],
  P19: [owner],
  P20: [secretariat],
};
const endless: readonly ReminderId[] = ["P03", "P16", "P17", "P19", "P20"];

function chainAndStep({ occurrence }: Due): readonly [chain: string, step: number] {
  const [chain = "", step = ""] = occurrence.split(" #");
  return [chain, Number(step)];
}

const laws: Readonly<Record<string, Law>> = {
  "nothing is sent on a closed or quiet day, or outside the hours": (_items, held) => {
    for (const { facts, reminders } of held)
      if (reminders.length > 0) expect(isSendingTime(facts.model, facts.now)).toBe(true);
  },

  "a person gets one message a day, and about one card none within five working days of another, deadlines excepted": (
    items,
    held,
  ) => {
    const messages = held.flatMap(({ reminders }) => reminders.map(({ on, person }) => `${on} ${person}`));
    expect(new Set(messages).size).toBe(messages.length);
    const last = new Map<string, string>();
    for (const [today, them] of Map.groupBy(items, (it) => it.today)) {
      const about = them.flatMap((it) => it.item.cards.map((card) => ({ ...it, key: `${it.person} ${card}` })));
      for (const { facts, item, key } of about) {
        const days = workingDaysFrom(facts.model, last.get(key) ?? "2020-01-01", today);
        if (item.kind === "nag") expect([key, item.message.id, days >= 5]).toEqual([key, item.message.id, true]);
      }
      for (const { key } of about) last.set(key, today);
    }
  },
  "a card closed, parked, put to rest or in the bin is silent, but for the end of its pause and for its learning": (
    items,
  ) => {
    for (const { cards, item, today } of items) {
      for (const card of cards) {
        const rest = String(field(card, "Udsæt påmindelser til") ?? "");
        expect([card.accepted.trashed, today < rest]).toEqual([false, false]);
        const only: Partial<Record<string, string>> = { parked: "P15", closed: "P14", idea: "P17" };
        const { state } = card.accepted.position;
        if (state !== "active") expect(item.message.id).toBe(only[state]);
      }
    }
  },

  "nothing is sent whose reason is gone, and nothing to whoever has left": (items) => {
    for (const it of items) {
      expect(it.facts.gone).not.toContain(it.person);
      const holds = reasons[it.item.message.id];
      for (const card of it.cards)
        expect([it.item.message.id, it.today, holds?.(card, it) ?? true]).toEqual([it.item.message.id, it.today, true]);
      if (it.item.message.id === "P20") {
        const body = bodyOf(it.facts.model, it.item.occurrence.split(" ")[1] ?? "");
        expect(body.meetings.filter((date) => date > addDays(it.today, 14))).toEqual([]);
      }
    }
  },

  "no level is skipped that reaches anybody, none comes before the one before it, and each goes to whom DOMAIN names": (
    items,
  ) => {
    const reached = new Map<string, number>();
    for (const { item, cards, facts } of items) {
      const [chain, step] = chainAndStep(item);
      const steps = levels[item.message.id];
      if (!steps) continue;
      const level = endless.includes(item.message.id) ? Math.min(step, steps.length - 1) : step;
      expect([item.message.id, step, steps[level]]).toEqual([item.message.id, step, expect.arrayContaining([item.as])]);
      const before = reached.get(chain) ?? -1;
      expect(step).toBeGreaterThanOrEqual(before);
      // Passed over are only the levels of an owner who is not there.
      if (step > before + 1)
        expect(cards.every(({ seen }) => seen.owners.every((it) => facts.gone.includes(it)))).toBe(true);
      reached.set(chain, step);
    }
  },

  "after a stop each chain goes on with one step, and nobody gets more than one message": (_items, held) => {
    for (const { reminders } of held) {
      const steps = reminders.flatMap(({ items }) => items.map((it) => chainAndStep(it)));
      const byChain = Map.groupBy(steps, ([chain]) => chain);
      for (const them of byChain.values()) expect(new Set(them.map(([, step]) => step)).size).toBe(1);
      expect(new Set(reminders.map(({ person }) => person)).size).toBe(reminders.length);
    }
  },

  "no occurrence reaches a person twice": (items) => {
    const keys = items.map(({ item, person }) => `${item.occurrence} ${person}`);
    expect(new Set(keys).size).toBe(keys.length);
  },

  "the clock moved in one step between what people do gives the same messages as day by day": (_items, held, told) => {
    const messages = (all: readonly Round[]) => all.flatMap(({ reminders }) => reminders);
    expect(messages(live(told, inOneStep))).toEqual(messages(held));
  },
};

it("each law holds in every story", () => {
  fc.assert(
    fc.property(story, (told) => {
      const held = live(told, dayByDay);
      const items = itemsOf(held);
      for (const [name, law] of Object.entries(laws)) {
        try {
          law(items, held, told);
        } catch (cause) {
          throw new Error(`${name}\n${cause instanceof Error ? cause.message : cause}`, { cause });
        }
      }
    }),
    times,
  );
});
