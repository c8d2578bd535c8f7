// SPDX-License-Identifier: EUPL-1.2
/** A reminder rule in words: when it comes is said here, with the model's numbers; to whom and how it goes on is read off its steps. */
import type { ReminderRole } from "../../src/core/reminders/people.ts";
import type { Rule, Step, Wait } from "../../src/core/reminders/rule.ts";
import type { Model } from "../../src/model/model.ts";

const roles: Readonly<Record<ReminderRole, string>> = {
  owner: "the owner",
  effectOwner: "whoever follows the effect (else the owner)",
  leader: "the card's leader (else the municipality's)",
  secretariat: "the secretariat",
  approver: "those who may approve for the body",
  everyone: "everyone in the municipality's list",
};

/** When a rule has a reason. Throws for a rule that has no words yet. */
export function whenOf({ rules, phases }: Model, { name }: Rule): string {
  const { card, reminders } = rules;
  const patience = phases.flatMap(({ short, quietAfter }) => (quietAfter ? [`${short} ${quietAfter}`] : []));
  const lingers = phases.flatMap(({ short, lingersAfter: it }) =>
    it ? [`${it.rounds} rounds, or ${it.days} working days in ${short}`] : [],
  );
  const early = "at the latest";
  const words: Readonly<Record<string, string>> = {
    quiet: `no person has edited the card for so many working days: ${patience.join(", ")}`,
    missing: `${early} ${reminders.beforeDeadline.missing} working days before the next deadline of a body that must decide, while a requirement is missing`,
    ready: `${early} ${reminders.beforeDeadline.ready} working days before it, when nothing is missing and the case is on no agenda`,
    agenda: `the agenda of a body's meeting is out: ${reminders.agenda} weekdays before it, Saturday counted`,
    undecided: "a meeting is over, and a card that was on its agenda has no answer",
    approved: "every body has said yes, and the card has not been moved",
    expiring: `${early} ${reminders.approvalExpires} working days before a yes expires`,
    effect: `${reminders.effectFollowUpMonths.join(", ")} months after «${card.inOperationFrom.name}», in the last phase; done with a «${card.lastMeasured.name}» at most ${reminders.effectMeasuredEarly} days before the date`,
    disappointing: `«${card.effectStatus.name}» is «${rules.effectStatus.less}» or «${rules.effectStatus.absent}», in the last phase`,
    learning: `«${card.outcome.name}» is filled and «${card.learning.name}» is not, also on a closed card`,
    parked: `${reminders.parkedUntil} working days before «${card.parkedUntil.name}», and on the day`,
    ownerless: "nobody who can be reached owns the card",
    ideas: `ideas that nobody has answered for ${reminders.ideas.after} working days, in one list`,
    lingering: lingers.join("; "),
    meetingless: "cards wait for a body of which no meeting ahead has been entered, in one list for each body",
    weekly: "the week's first day: the cards that wait for the owner or for the politicians",
    "before-meeting": `${early} ${reminders.beforeMeeting} working day before a body's meeting: what it decides about and what else is its own`,
    monthly: `the month's first day: how the board stands; at most ${reminders.overviews.late} working days late`,
    quarterly: `a quarter's first day: what the projects taught that were closed in the one before; nothing of a confidential one`,
  };
  const said = words[name];
  if (said === undefined)
    throw new Error(`the page has no words for the reminder rule «${name}»: add them to ${import.meta.filename}`);
  return said;
}

/** The ids of a rule's texts, in the order of its steps. */
export function textsOf(model: Model, rule: Rule): readonly string[] {
  return [...new Set(rule.steps(model.rules).map(({ id }) => id))];
}

/** To whom, and how it goes on: its steps, those that are alike said once. */
export function courseOf(model: Model, rule: Rule): string {
  const steps = rule.steps(model.rules);
  const runs = runsOf(steps);
  return runs
    .map(({ step, times }, index) => {
      const isLast = index === runs.length - 1;
      const to = step.to.map((role) => roles[role]).join(" and ");
      if (index === 0 && times === 1) return `${to}${waited(step.wait) ? ` ${waitText(step.wait)} later` : ""}`;
      if (isLast && rule.endless) return `${to} again every ${waitText(step.wait)} for as long as it lasts`;
      return times > 1 ? `${to}, ${times} times every ${waitText(step.wait)}` : `${to} ${waitText(step.wait)} later`;
    })
    .join("; ");
}

type Run = Readonly<{ step: Step; times: number }>;

function runsOf(steps: readonly Step[]): readonly Run[] {
  const runs: Run[] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last && JSON.stringify(last.step) === JSON.stringify(step))
      runs[runs.length - 1] = { step, times: last.times + 1 };
    else runs.push({ step, times: 1 });
  }
  return runs;
}

function waited(wait: Wait): boolean {
  return !("workingDays" in wait) || wait.workingDays > 0;
}

function waitText(wait: Wait): string {
  if ("months" in wait) return wait.months === 1 ? "month" : `${wait.months} months`;
  return wait.workingDays === 1 ? "working day" : `${wait.workingDays} working days`;
}
