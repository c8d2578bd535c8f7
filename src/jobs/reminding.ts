// SPDX-License-Identifier: EUPL-1.2
/** The work of reminding people: the day's round, and each message that follows from it. */
import { deliver } from "../delivery/deliver.ts";
import { holdRound } from "../delivery/hold-round.ts";
import { publishQuarter } from "../delivery/publish-quarter.ts";
import type { DeliveryWorld } from "../delivery/world.ts";
import { withUrgency } from "../rate/urgency.ts";
import type { SyncWorld } from "../sync/world.ts";
import { onBoard } from "./held.ts";
import type { Producer } from "./queues.ts";
import type { Handlers } from "./registry.ts";

/** The handlers of a worker that reminds people: the service's alone, never a command's beside it. */
export function remindingHandlers(
  world: SyncWorld & DeliveryWorld,
  producer: Producer,
): Pick<Handlers, "round" | "letter"> {
  return {
    round: (payload) =>
      onBoard(world, { name: "round", payload }, () =>
        withUrgency("background", async () => {
          for (const letter of await holdRound(world)) await producer.add("letter", { letter });
          // After the letters: a page that cannot be written keeps nobody from theirs.
          await publishQuarter(world);
        }),
      ),
    letter: (payload) =>
      onBoard(world, { name: "letter", payload }, () =>
        withUrgency("background", () => deliver(world, payload.letter)),
      ),
  };
}
