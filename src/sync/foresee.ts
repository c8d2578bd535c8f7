// SPDX-License-Identifier: EUPL-1.2
/** What a look at a card would lead to, from what the lists have just shown: the same judgement, and nothing written. */
import type { CardId } from "../core/card.ts";
import type { Step } from "../core/plan.ts";
import type { CardRecord } from "../ledger/ledger.ts";
import type { MessageId } from "../model/messages.ts";
import { type Difference, pageOf } from "./differences.ts";
import { lookAgain } from "./look-again.ts";
import { mustMirror } from "./mirror-task.ts";
import { type ObservedWorld, observe } from "./observe.ts";
import { weigh } from "./weigh.ts";
import type { SyncWorld } from "./world.ts";

/** What will become of one card. */
export type Foreseen = Readonly<{
  card: CardId;
  /** INNO-12; "" while nothing can be read of it. */
  projectId: string;
  rules: readonly string[];
  says: readonly MessageId[];
  steps: readonly Step["do"][];
  /** A guarded field is written back. */
  putsBack: boolean;
  /** A card that was open is accepted as closed. */
  closes: boolean;
}>;

/** `record`: the card as its look will leave it. `mirrored`: its task will then no longer show what it says. */
export type ForeseenLook = Readonly<{ foreseen: Foreseen; record: CardRecord; mirrored: boolean }>;

/** The fields that people may change and the service may write back. */
const guarded = ["state", "phase", "track", "bodies", "needsFunding"] as const;

/** Foresees a card's next look. null: it cannot be read, and nothing will be concluded. */
export async function foresee(
  world: SyncWorld,
  card: CardId,
  found: readonly Difference[],
): Promise<ForeseenLook | null> {
  const kept = await world.ledger.card(card);
  const looked = await observe({ ...world, ledger: await withFound(world, found) }, card, kept);
  if (!looked) return null;
  const { judgement, steps, record } = weigh(world.model, kept, looked.observation);
  const foreseen: Foreseen = {
    card,
    projectId: record.seen.projectId,
    rules: judgement.log.map(({ rule }) => rule),
    says: judgement.tells.flatMap(({ message, also }) => [message, ...also].map(({ id }) => id)),
    steps: steps.map((step) => step.do),
    putsBack: steps.some((step) => step.do === "write-card" && guarded.some((key) => key in step.patch)),
    closes:
      kept !== null && kept.record.accepted.position.state !== "closed" && record.accepted.position.state === "closed",
  };
  return { foreseen, record, mirrored: await mustMirror(world, record) };
}

/** The ledger as it would be had the findings been left in it. A board that was never taken over is taken as it stands. */
async function withFound({ ledger, now }: SyncWorld, found: readonly Difference[]): Promise<ObservedWorld["ledger"]> {
  const at = await now();
  const pages = new Map(found.flatMap((it) => ("page" in it ? [[it.page.id, it.page] as const] : [])));
  const told = found.flatMap((it) => pageOf(it) ?? []);
  const isTakingOver = !(await ledger.adoption.isDone());
  return {
    hints: {
      unknownRows: async (card) => [
        ...new Set([
          ...(await ledger.hints.unknownRows(card)),
          ...found.flatMap((it) => (it.kind === "row" && it.isUnknown ? it.page.id : [])),
        ]),
      ],
      async about(of) {
        const hints = await ledger.hints.about(of);
        const added = told.filter((page) => of.includes(page)).map((page) => [page, lookAgain(page, at)] as const);
        return { ...hints, ...Object.fromEntries(added.map(([page, hint]) => [page, [...(hints[page] ?? []), hint]])) };
      },
    },
    tasks: ledger.tasks,
    adoption: {
      has: async (card) => isTakingOver || ledger.adoption.has(card),
      recalledPhase: (card) => ledger.adoption.recalledPhase(card),
    },
    inPhase: ledger.inPhase,
    listed: { page: async (id) => (pages.get(id) as never) ?? ledger.listed.page(id) },
  };
}
