// SPDX-License-Identifier: EUPL-1.2
/** The example municipality with room in its budgets: a simulation must not wait for a remote side's minute to pass. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { loadModel } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";
import { municipalityPath } from "../integration/house.ts";

const rulesPath = "config/furesoe.yaml";
const budgets = {
  notion: { perMinute: 60_000 },
  github: { perHour: 60_000, pointsPerMinute: 600_000, createPerMinute: 60_000, createPerHour: 60_000 },
};

/** Writes it into the folder; a service that is a process of its own reads it there. */
export async function roomyModel(folder: string): Promise<Readonly<{ model: Model; path: string }>> {
  const path = join(folder, "kommune.yaml");
  await writeFile(path, stringify({ ...parse(await readFile(municipalityPath, "utf8")), budgets }));
  return { model: loadModel({ rulesPath, municipalityPath: path }), path };
}
