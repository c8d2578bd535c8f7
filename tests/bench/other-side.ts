// SPDX-License-Identifier: EUPL-1.2
/** The sandbox in a process of its own, with a large board: so that what is measured of the service is the service's alone. */

import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { model } from "../integration/house.ts";
import { callsOf, fillBoard, minutesToFill } from "./fill.ts";
import { prepare, timeToPrepare } from "./prepare.ts";

/** What the parent may ask; each is answered by the calls so far. */
export type Asked = Readonly<{ ask: "connect"; url: string } | { ask: "prepare"; redis: string } | { ask: "calls" }>;

if (import.meta.main) {
  const cards = Number(process.argv[2]);
  // Filled and prepared by now: the service keeps the system's clock, as in operation.
  const start = new Date(Date.now() - minutesToFill(cards) * 60_000 - timeToPrepare(cards));
  const sandbox = await createSandbox({ ...model, start, aggregationMs: 40, seed: "large" });
  fillBoard(sandbox, cards);
  await sandbox.notion.delivered();
  process.on("message", async (asked: Asked) => {
    if (asked.ask === "connect") sandbox.connect(asked.url);
    if (asked.ask === "prepare") await prepare(sandbox, asked.redis);
    process.send?.(callsOf(sandbox));
  });
  process.once("disconnect", () => process.exit(0));
  const { FASEPORT_CLOCK: _clock, ...environment } = sandbox.environment();
  process.send?.(environment);
}
