// SPDX-License-Identifier: EUPL-1.2
/** A house in a process of its own: two live side by side on two cores, and one that never comes to rest can be ended. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { options, type Wish } from "./houses.ts";

const outcome = z.object({
  problems: z.array(z.string()),
  /** Of the first cards with a problem, everything that happened to them. */
  stories: z.array(z.string()),
  tale: z.object({
    deeds: z.number(),
    killings: z.number(),
    fates: z.record(z.string(), z.number()),
    faults: z.record(z.string(), z.number()),
    passages: z.number(),
    registered: z.number(),
  }),
});

export type Lived = z.infer<typeof outcome>;

const project = join(import.meta.dirname, "../..");

/**
 * Lives one house with the code of a folder (this project, unless given). Throws with what the house has said when it does
 * not live to its end; the signal ends it before.
 */
export async function liveApart(wish: Wish, signal?: AbortSignal, folder = project): Promise<Lived> {
  const command = ["tests/simulation/run.ts", "--json", "--stories", "2", ...options(wish)];
  const house = spawn(process.execPath, command, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const end = () => void house.kill("SIGTERM");
  signal?.addEventListener("abort", end);
  const [said, complained] = await Promise.all([text(house.stdout), text(house.stderr)]);
  signal?.removeEventListener("abort", end);
  const lived = said === "" ? null : outcome.parse(JSON.parse(said));
  if (!lived) throw new Error(`the house did not live to its end: ${complained}`);
  return lived;
}
