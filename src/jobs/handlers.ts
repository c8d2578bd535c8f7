// SPDX-License-Identifier: EUPL-1.2
/** What each kind of job does, and which job follows from it. */
import { withUrgency } from "../rate/urgency.ts";
import { findRow } from "../sync/find-row.ts";
import { mirrorTask } from "../sync/mirror-task.ts";
import { reconcile } from "../sync/reconcile.ts";
import { type SyncWorld, syncCard } from "../sync/sync-card.ts";
import { takeIn } from "../sync/take-in.ts";
import type { Tracker } from "../tracker/tracker.ts";
import type { Producer } from "./queues.ts";
import type { Handlers } from "./registry.ts";

/** The handlers of a worker, bound to the world they work in. */
export function handlersFor(world: SyncWorld & Readonly<{ tracker: Tracker }>, producer: Producer): Handlers {
  return {
    async sync({ card }, urgency) {
      const { mirror, recheckAt } = await syncCard(world, card, { inBulk: urgency === "background" });
      for (const each of mirror) await producer.add("mirror", { card: each }, { urgency });
      if (recheckAt) {
        const delayMs = Math.max(0, recheckAt.getTime() - (await world.now()).getTime());
        await producer.add("wake", { card }, { delayMs });
      }
    },
    wake: ({ card }) => producer.add("sync", { card }),
    async row({ row }) {
      const card = await findRow(world, row);
      if (card) await producer.add("sync", { card });
    },
    async task({ task }, urgency) {
      const card = await takeIn(world, task);
      if (card === null) return;
      if (!(await world.ledger.card(card))) await producer.add("sync", { card }, { urgency });
      await producer.add("mirror", { card }, { urgency });
    },
    async mirror({ card }, urgency) {
      const { look } = await mirrorTask(world, card);
      if (look) await producer.add("sync", { card }, { urgency });
    },
    /** Nobody waits for what is found by looking at everything. */
    reconcile: ({ full }) =>
      withUrgency("background", async () => {
        for await (const card of reconcile(world, full))
          await producer.add("sync", { card }, { urgency: "background" });
      }),
  };
}
