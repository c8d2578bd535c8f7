// SPDX-License-Identifier: EUPL-1.2
/** Which step of a rule is due: the next one after what was sent, and never more than that one. */
import { addMonths, pulledForward, pushedBack, workingDaysAfter } from "../calendar.ts";
import type { CardId, UserId } from "../card.ts";
import type { Addressee, ReminderRole } from "./people.ts";
import { channelOf } from "./reach.ts";
import type { Reason, ReminderMessage, Rule, Step, Wait } from "./rule.ts";
import type { Section } from "./section.ts";
import { latest, type Sent, type Situation } from "./situation.ts";

/** Something that one person is to be sent. */
export type Due = Readonly<{
  /** The same reason and step always have the same key: what was sent once is not sent again. */
  occurrence: string;
  kind: Rule["kind"];
  person: UserId;
  as: ReminderRole;
  cards: readonly CardId[];
  /** The card that it speaks of first, also an overview; null: of none. */
  place: CardId | null;
  /** The local date on which it fell due. */
  since: string;
  message: ReminderMessage;
  /** What an overview says under its message. */
  sections: readonly Section[];
}>;

/** How far a chain of steps has come: its last step, when that was sent, and to whom. */
type Given = Readonly<{ step: number; on: string; to: readonly UserId[] }>;
export type SentIndex = ReadonlyMap<string, Given>;

/** What was sent, by chain. */
export function indexSent(sent: readonly Sent[]): SentIndex {
  const index = new Map<string, Given>();
  for (const { occurrence, person, on } of sent) {
    const [chain, step] = chainOf(occurrence);
    const known = index.get(chain);
    if (!known || step > known.step) index.set(chain, { step, on, to: [person] });
    else if (step === known.step) index.set(chain, { step, on: latest(on, known.on), to: [...known.to, person] });
  }
  return index;
}

/** What a rule wants sent today. */
export function dueOf(situation: Situation, rule: Rule, index: SentIndex): readonly Due[] {
  return rule.reasons(situation).flatMap((reason) => dueFor(situation, rule, reason, index));
}

function dueFor(situation: Situation, rule: Rule, reason: Reason, index: SentIndex): readonly Due[] {
  if (reason.until !== null && situation.today > reason.until) return [];
  const chain = `${rule.name} ${reason.anchor}`;
  const given = index.get(chain);
  const next = stepDue(situation, rule, reason, given);
  if (next) return occurrences(situation, rule, reason, chain, next, []);
  // Somebody was not reached when the others were: closely reminded of the card, or not in the role yet.
  const last = given && stepAt(situation, rule, given.step);
  return last
    ? occurrences(situation, rule, reason, chain, { step: last, number: given.step, since: given.on }, given.to)
    : [];
}

type DueStep = Readonly<{ step: Step; number: number; since: string }>;

/**
 * A step that reaches nobody is passed over on its day, and the next level is told all the same: the role is off, or nobody
 * who can be reached has it (a closed card whose owner has left).
 */
function stepDue(situation: Situation, rule: Rule, reason: Reason, given: Given | undefined): DueStep | null {
  const roll = rule.kind === "deadline" ? pulledForward : pushedBack;
  let since = given?.on ?? reason.from;
  for (let number = given ? given.step + 1 : 0; ; number += 1) {
    const step = stepAt(situation, rule, number);
    if (!step) return null;
    since = roll(situation.model, after(situation, since, step.wait));
    if (since > situation.today) return null;
    if (reached(situation, step.to.flatMap(reason.people)).length > 0) return { step, number, since };
  }
}

/** Those whose role is not off. */
function reached({ model }: Situation, people: readonly Addressee[]): readonly Addressee[] {
  return people.filter(({ as }) => channelOf(model, as) !== "off");
}

function stepAt({ model }: Situation, rule: Rule, number: number): Step | undefined {
  const steps = rule.steps(model.rules);
  return steps[rule.endless ? Math.min(number, steps.length - 1) : number];
}

function after({ model }: Situation, date: string, wait: Wait): string {
  return "months" in wait ? addMonths(date, wait.months) : workingDaysAfter(model, date, wait.workingDays);
}

function occurrences(
  situation: Situation,
  { kind }: Rule,
  reason: Reason,
  chain: string,
  { step, number, since }: DueStep,
  served: readonly UserId[],
): readonly Due[] {
  const named = reached(situation, step.to.flatMap(reason.people));
  // Each person once, as what they were named first.
  const people = named.filter(({ user }, index) => named.findIndex((it) => it.user === user) === index);
  const cards = kind === "overview" ? [] : reason.cards.map(({ seen }) => seen.id);
  const left = people.filter(({ user }) => !served.includes(user));
  if (left.length === 0) return [];
  const place = reason.cards[0]?.seen.id ?? null;
  const said = { message: reason.say(step.id), sections: reason.sections?.() ?? [] };
  return left.map(({ user: person, as }) => {
    return { occurrence: `${chain} #${number}`, kind, person, as, cards, place, since, ...said };
  });
}

/** A reason's own name, and which of its steps. */
export function chainOf(occurrence: string): readonly [chain: string, step: number] {
  const at = occurrence.lastIndexOf(" #");
  return [occurrence.slice(0, at), Number(occurrence.slice(at + 2))];
}
