// SPDX-License-Identifier: EUPL-1.2
/** The difference between what must be shown and what is shown, as steps. Carried out, it leaves an empty plan (I3, I4). */
import type { Model } from "../model/model.ts";
import type { Accepted, Decision, Tell } from "./accepted.ts";
import { type CardId, type CardPatch, type CardSeen, isAway, type RowId } from "./card.ts";
import type { DecisionPatch, DecisionSeen, NewDecision } from "./decision.ts";
import { type CardShown, cardShown, type RowShown, rowShown } from "./shown.ts";
import { afterFollowing } from "./task-request.ts";

export type Step =
  | Readonly<{ do: "write-card"; card: CardId; patch: CardPatch }>
  | Readonly<{ do: "write-row"; row: RowId; patch: DecisionPatch }>
  | Readonly<{ do: "create-row"; row: NewDecision }>
  | Readonly<{ do: "tell"; tell: Tell }>;

export type PlanFacts = Readonly<{
  next: Accepted;
  card: CardSeen;
  strays: readonly DecisionSeen[];
  /** Messages that were decided but not said yet. */
  tells: readonly Tell[];
  /** Where the card's task is, once there is one. */
  task: string | null;
  /** What the card takes over from its task, of the fields that are people's own. */
  followed?: CardPatch;
  now: Date;
}>;

/** Puts back first, then writes the rows, then tells: whatever stops it, no gate stands open that should be closed (I1). */
export function plan(model: Model, facts: PlanFacts): readonly Step[] {
  const { next, card, tells } = facts;
  if (isAway(card)) return tells.map((tell) => ({ do: "tell", tell }) as const);
  const patch = cardPatch(model, facts);
  const after = facts.followed ? afterFollowing(model, card, facts.followed) : card;
  return [
    ...(Object.keys(patch).length > 0 ? [{ do: "write-card", card: card.id, patch } as const] : []),
    ...facts.strays.flatMap(voidStray),
    ...next.decisions.flatMap((decision) => rowStep(model, decision, next, after)),
    ...tells.map((tell) => ({ do: "tell", tell }) as const),
  ];
}

function cardPatch(model: Model, { next, card, task, followed = {}, now }: PlanFacts): CardPatch {
  const all = cardShown(model, next, afterFollowing(model, card, followed), task, now);
  // A change that waits for its event is neither accepted nor put back yet.
  const wanted = Object.fromEntries(Object.entries(all).filter(([key]) => !(key in next.waiting))) as CardPatch;
  const shown: CardShown = {
    ...card.shown,
    // An empty or unknown option is never what is wanted, so it is written over.
    state: card.state as CardShown["state"],
    phase: card.phase as CardShown["phase"],
    track: card.track,
    bodies: card.bodies,
    needsFunding: card.fields[model.rules.card.needsFunding.name] === true,
  };
  const kept = difference<CardPatch>(
    shown,
    sameSet(card.bodies, all.bodies) ? { ...wanted, bodies: card.bodies } : wanted,
  );
  return { ...kept, ...difference<CardPatch>({ title: card.title, owners: card.owners }, followed) };
}

function rowStep(model: Model, decision: Decision, next: Accepted, card: CardSeen): readonly Step[] {
  const wanted = rowShown(model, decision, next, card);
  if (decision.row === null) {
    // An ended decision without a row has nothing left to show.
    return decision.ended ? [] : [{ do: "create-row", row: { ...wanted, card: card.id } }];
  }
  // A row whose tick waits for its event is left alone: a write would hide who edited it last.
  if (decision.shown === null || decision.row in next.waiting) return [];
  const patch = rowPatch(decision.shown, wanted, card.id);
  return Object.keys(patch).length > 0 ? [{ do: "write-row", row: decision.row, patch }] : [];
}

function rowPatch(seen: DecisionSeen, wanted: RowShown, card: CardId): DecisionPatch {
  const shown = { ...seen, registeredAt: seen.registeredAt?.slice(0, 10) ?? null };
  return difference<DecisionPatch>(shown as DecisionPatch, { ...wanted, cards: [card] });
}

function voidStray(row: DecisionSeen): readonly Step[] {
  const patch = difference<DecisionPatch>(
    { status: row.status ?? "waiting", box: row.box },
    { status: "void", box: false },
  );
  return Object.keys(patch).length > 0 ? [{ do: "write-row", row: row.id, patch }] : [];
}

/** The wanted values that are not the shown ones. Values are plain data; lists compare in order. */
function difference<Shape extends object>(shown: Shape, wanted: Shape): Partial<Shape> {
  const entries = Object.entries(wanted) as [keyof Shape, unknown][];
  const changed = entries.filter(([key, value]) => JSON.stringify(shown[key]) !== JSON.stringify(value));
  return Object.fromEntries(changed) as Partial<Shape>;
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}
