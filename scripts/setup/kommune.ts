// SPDX-License-Identifier: EUPL-1.2
/** The municipality's file: taken over as it is, or kept. */
import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { Permanent } from "../../src/core/errors.ts";
import { loadModel } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";
import { projectRoot } from "../../src/variables.ts";
import { modes, writePrivately } from "./env-file.ts";
import type { Basics } from "./known.ts";
import type { Wish } from "./wish.ts";

export type Kommune = Readonly<{ model: Model; changes: readonly string[]; write(): void }>;

/** Throws ModelError for a file that is not right, Permanent when there is none. */
export function adoptKommune({ FASEPORT_MODEL: rulesPath, FASEPORT_KOMMUNE: path }: Basics, wish: Wish): Kommune {
  const name = relative(projectRoot, path);
  const source = wish.kommune === undefined ? path : resolve(projectRoot, wish.kommune);
  if (!existsSync(source)) throw new Permanent(`there is no ${name} yet: take one over with --kommune FILE`);
  const model = loadModel({ rulesPath, municipalityPath: source });
  const text = readFileSync(source, "utf8");
  const isNew = !existsSync(path);
  if (source === path || (!isNew && readFileSync(path, "utf8") === text))
    return { model, changes: [], write: () => {} };
  return {
    model,
    changes: [`${name}: ${isNew ? "written" : "replaced"} by a copy of ${wish.kommune}`],
    write: () => void writePrivately(path, text, modes.personal, true, new Date()),
  };
}
