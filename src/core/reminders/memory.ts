// SPDX-License-Identifier: EUPL-1.2
/** What of all that was sent is worth remembering, and what is assumed of it when the memory was lost. */
import { addMonths, workingDaysBefore } from "../calendar.ts";
import { chainOf, dueOf, indexSent } from "./due.ts";
import { reminderRules } from "./rules.ts";
import { type Facts, type Sent, situationOf } from "./situation.ts";

/** A reason that has been away for longer, in months, begins anew should it ever return. */
const REMEMBERED = 13;

/**
 * What can be forgotten: a step that another has followed, once its card may be spoken of again; and every step of a
 * reason that is long gone.
 */
export function outlived(facts: Facts): readonly Sent[] {
  const situation = situationOf(facts);
  const { model, today, sent } = situation;
  const index = indexSent(sent);
  const close = workingDaysBefore(model, today, model.rules.reminders.atMostOncePerCardAndPersonIn);
  const longAgo = addMonths(today, -REMEMBERED);
  const reasons = reminderRules.flatMap((rule) =>
    rule.reasons(situation).map(({ anchor }) => `${rule.name} ${anchor}`),
  );
  const lasting = new Set(reasons);
  return sent.filter(({ occurrence, on }) => {
    const [chain, step] = chainOf(occurrence);
    const isFollowed = step < (index.get(chain)?.step ?? step);
    return (isFollowed && on < close) || (on < longAgo && !lasting.has(chain));
  });
}

/**
 * What counts as sent when nobody remembers what was: all that is due by now, so that nobody is told again what they have
 * been told. Only a deadline that falls due on this very day cannot have been told before.
 */
export function assumedSent(facts: Facts): readonly Sent[] {
  const situation = situationOf(facts);
  const due = reminderRules.flatMap((rule) => dueOf(situation, rule, indexSent([])));
  return due
    .filter(({ kind, since }) => kind !== "deadline" || since < situation.today)
    .map(({ occurrence, person, cards }) => ({ occurrence, person, cards, on: situation.today }));
}
