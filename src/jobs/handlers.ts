// SPDX-License-Identifier: EUPL-1.2
/** What each kind of job does, and which job follows from it. */
import { withUrgency } from "../rate/urgency.ts";
import { findRow } from "../sync/find-row.ts";
import { settleLoss } from "../sync/mass-loss.ts";
import { mirrorTask } from "../sync/mirror-task.ts";
import { reconcile } from "../sync/reconcile.ts";
import { reconcileTasks } from "../sync/reconcile-tasks.ts";
import { syncCard } from "../sync/sync-card.ts";
import { takeIn } from "../sync/take-in.ts";
import { findUnseen } from "../sync/unseen.ts";
import { lookAtBoard, lookAtBoardIfLongAgo, mayWork } from "../sync/watch-board.ts";
import type { SyncWorld } from "../sync/world.ts";
import { followed } from "../telemetry/trail.ts";
import type { Tracker } from "../tracker/tracker.ts";
import { hold, isBoardsDoing, onBoard, takeUp } from "./held.ts";
import type { Producer } from "./queues.ts";
import type { Handlers } from "./registry.ts";

/** The handlers of a worker that looks at cards, bound to the world they work in. */
export function handlersFor(
  world: SyncWorld & Readonly<{ tracker: Tracker }>,
  producer: Producer,
): Omit<Handlers, "round" | "letter" | "notice"> {
  return {
    sync: ({ card }, urgency) =>
      onBoard(world, { name: "sync", payload: { card } }, async () => {
        const { mirror, recheckAt, held } = await syncCard(world, card, { inBulk: urgency === "background" });
        if (held) await hold(world, { name: "sync", payload: { card } });
        for (const each of mirror) await producer.add("mirror", { card: each, ...followed() }, { urgency });
        if (recheckAt) {
          const delayMs = Math.max(0, recheckAt.getTime() - (await world.now()).getTime());
          await producer.add("wake", { card }, { delayMs });
        }
      }),
    wake: ({ card }) => producer.add("sync", { card }),
    row: (payload) =>
      onBoard(world, { name: "row", payload }, async () => {
        const card = await findRow(world, payload.row);
        if (card) await producer.add("sync", { card });
      }),
    task: (payload, urgency) =>
      onBoard(world, { name: "task", payload }, async () => {
        const card = await takeIn(world, payload.task);
        if (card === null) return;
        if (!(await world.ledger.card(card))) await producer.add("sync", { card }, { urgency });
        await producer.add("mirror", { card }, { urgency });
      }),
    async mirror({ card }, urgency) {
      const { look } = await mirrorTask(world, card);
      if (look) await producer.add("sync", { card, ...followed() }, { urgency });
    },
    async schema() {
      if (await lookAtBoard(world)) await producer.add("reconcile", { full: true });
    },
    /** Nobody waits for what is found by looking at everything. */
    reconcile: ({ full }) =>
      withUrgency("background", async () => {
        await producer.add("tasks", { full }, { urgency: "background" });
        const wasAway = !(await mayWork(world));
        // While nothing can be done on the board, this is what looks whether it is back; then everything is looked at.
        if (wasAway && !(await lookAtBoard(world))) return;
        if (full && !(await lookAtBoardIfLongAgo(world))) return;
        try {
          if (await settleLoss(world)) await takeUp(world, producer);
          for await (const card of findUnseen(world)) await producer.add("sync", { card });
          for await (const card of reconcile(world, full || wasAway))
            await producer.add("sync", { card }, { urgency: "background" });
        } catch (error) {
          if (!(await isBoardsDoing(world, error))) throw error;
        }
      }),
    tasks: ({ full }) =>
      withUrgency("background", async () => {
        for await (const found of reconcileTasks(world, full)) {
          world.drifted("card" in found ? "task" : "idea");
          if ("card" in found) await producer.add("mirror", found, { urgency: "background" });
          else await producer.add("task", found, { urgency: "background" });
        }
      }),
  };
}
