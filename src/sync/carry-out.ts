// SPDX-License-Identifier: EUPL-1.2
/** Carries out a plan step by step, and keeps in the record what each step has changed. */
import type { Decision, Tell } from "../core/accepted.ts";
import { cardAfterWrite, rowAfterWrite } from "../core/after-write.ts";
import type { CardId, UserId } from "../core/card.ts";
import type { DecisionSeen } from "../core/decision.ts";
import { Refused, RetryLater } from "../core/errors.ts";
import type { Step } from "../core/plan.ts";
import { tellText } from "../core/tell.ts";
import type { CardRecord, Kept } from "../ledger/ledger.ts";
import { lookAgain } from "./look-again.ts";
import type { SyncWorld } from "./world.ts";

type Options = Readonly<{
  /** An earlier try was broken off: look whether a message was already said before saying it. */
  lookFirst: boolean;
}>;

type Carry<Do extends Step["do"]> = (
  world: SyncWorld,
  kept: Kept,
  step: Extract<Step, { do: Do }>,
  options: Options,
) => Promise<Kept>;

/** Every kind of step has its way of being carried out. */
const carriers: { readonly [Do in Step["do"]]: Carry<Do> } = {
  "write-card": async ({ board, model }, kept, { card, patch }) => {
    const { seen } = kept.record;
    return withRecord(kept, { seen: cardAfterWrite(model, seen, patch, await board.writeCard(card, patch, seen)) });
  },
  "write-row": async ({ board }, kept, { row, patch }) => {
    const answer = await board.writeDecision(row, patch);
    const known = kept.record.accepted.decisions.find((it) => it.row === row)?.shown;
    return withRow(kept, known ? rowAfterWrite(known, patch, answer) : answer, (it, { id }) => it.row === id);
  },
  "create-row": async (world, kept, { row }) =>
    remembered(world, withRow(kept, await world.board.createDecision(row), isToGet)),
  tell: async (world, kept, { tell }, { lookFirst }) => {
    const { card } = kept.record.accepted;
    const wasSaid = lookFirst && (await world.board.hasComment(card, tell.marker));
    const mentions = wasSaid ? null : await toBeTold(world, tell);
    if (mentions) {
      const { marker } = tell;
      await world.board.comment(card, { mentions, text: tellText(world.model, tell), marker });
    }
    return remembered(
      world,
      withRecord(kept, { outbox: kept.record.outbox.filter(({ marker }) => marker !== tell.marker) }),
    );
  },
};

/** Whom to tell; null when all of them have just been told the same of another card that was moved at once (case 6). */
async function toBeTold({ ledger, model }: SyncWorld, tell: Tell): Promise<readonly UserId[] | null> {
  if (tell.movedAt === null || tell.mentions.length === 0) return tell.mentions;
  const { mentions, marker, movedAt, message } = tell;
  const first = await ledger.firstToldOf(mentions, { topic: message.id, marker, movedAt }, model.rules.approvals);
  return first.length > 0 ? first : null;
}

/** Carries out the steps in order. Before each write the card must still be this worker's (I8). */
export async function carryOut(world: SyncWorld, kept: Kept, steps: readonly Step[], options: Options): Promise<Kept> {
  let held = kept;
  for (const step of steps) {
    await world.ledger.mustHold(held.record.accepted.card, held.revision);
    held = await carry(world, held, step, options).catch(async (error) => {
      await unlessBinned(world, held.record.accepted.card, step, error);
      return carry(world, held, step, { lookFirst: true });
    });
  }
  return held;
}

/**
 * What lies in the bin cannot be written. One who put it there meanwhile is answered by the next look; where nothing
 * lies there any more, what was refused may have been taken out again in between, and is tried once more.
 */
async function unlessBinned(world: SyncWorld, card: CardId, step: Step, cause: unknown): Promise<void> {
  if (!(cause instanceof Refused)) throw cause;
  const { board, ledger, now } = world;
  const page = step.do === "write-row" ? await board.readDecision(step.row) : await board.readCard(card);
  const isThere = page !== null && page !== "elsewhere" && !page.inTrash;
  if (isThere) return;
  // The event that tells of it may never come.
  if (step.do === "write-row") await ledger.hints.keep(step.row, lookAgain(step.row, await now(), "binned"));
  throw new RetryLater(`something of card ${card} was put in the bin while it was written`, { cause });
}

function carry<Do extends Step["do"]>(
  world: SyncWorld,
  kept: Kept,
  step: Extract<Step, { do: Do }>,
  options: Options,
): Promise<Kept> {
  const kind: Do = step.do as Do;
  return carriers[kind](world, kept, step, options);
}

/** What is not safe to repeat is remembered as soon as it has happened. */
async function remembered({ ledger }: SyncWorld, { revision, record }: Kept): Promise<Kept> {
  return { revision: await ledger.commit(revision, record), record };
}

function withRecord(kept: Kept, change: Partial<CardRecord>): Kept {
  return { ...kept, record: { ...kept.record, ...change } };
}

/**
 * Keeps the row as it is now with its decision. A stray row has none and is not kept: only a row that the service has
 * just made can become a decision's row, for a copy by hand says the same of itself.
 */
function withRow(kept: Kept, row: DecisionSeen, belongs: (it: Decision, row: DecisionSeen) => boolean): Kept {
  const { accepted } = kept.record;
  const index = accepted.decisions.findIndex((it) => belongs(it, row));
  const decision = accepted.decisions[index];
  if (!decision) return kept;
  const decisions = accepted.decisions.with(index, { ...decision, row: row.id, shown: row });
  return withRecord(kept, { accepted: { ...accepted, decisions } });
}

/** Whether a decision without a row is the one that this new row was made for. */
function isToGet(it: Decision, row: DecisionSeen): boolean {
  return (
    it.row === null && it.ended === null && it.gate === row.gate && it.body === row.body && it.passage === row.passage
  );
}
