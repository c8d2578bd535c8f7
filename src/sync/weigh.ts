// SPDX-License-Identifier: EUPL-1.2
/** What a look at a card leads to: judged and planned, and nothing written yet. */
import type { Accepted } from "../core/accepted.ts";
import type { Observation } from "../core/course.ts";
import { type Judgement, judge } from "../core/judge.ts";
import { plan, type Step } from "../core/plan.ts";
import type { CardRecord, Kept } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";

export type Weighed = Readonly<{
  judgement: Judgement;
  steps: readonly Step[];
  /** To be remembered before the steps are carried out. */
  record: CardRecord;
  /** Nothing to do, nothing to log, and nothing to remember that is not remembered already. */
  isNothing: boolean;
}>;

/** Judges what was observed from what was accepted, and lists what must be done about it. */
export function weigh(model: Model, kept: Kept | null, observation: Observation): Weighed {
  const { card, now, taskOwner } = observation;
  const judgement = judge(model, kept?.record.accepted ?? null, observation);
  const { next, strays, log } = judgement;
  const tells = [...(kept?.record.outbox ?? []), ...judgement.tells];
  const isCopy = taskOwner !== null;
  const task = isCopy ? null : (observation.task?.url ?? card.shown.task);
  const steps = plan(model, { next, card, strays, tells, task, followed: judgement.followed, now });
  const isDone = steps.length === 0;
  const record: CardRecord = {
    accepted: isDone ? withoutPending(next) : next,
    seen: card,
    outbox: tells,
    dirty: !isDone,
  };
  return { judgement, steps, record, isNothing: isDone && log.length === 0 && isSame(kept?.record, record) };
}

/** Once carried out, a refusal that comes again is a second one. */
export function withoutPending(accepted: Accepted): Accepted {
  return { ...accepted, pending: [] };
}

function isSame(kept: CardRecord | undefined, record: CardRecord): boolean {
  return kept !== undefined && JSON.stringify(kept) === JSON.stringify(record);
}
