// SPDX-License-Identifier: EUPL-1.2
/** Every text of config/messages.json is said somewhere. */
import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { messageIds } from "../../../src/model/messages.ts";
import { model } from "./fixtures.ts";

const source = globSync(["src/core/**/*.ts", "src/ledger/*.ts"]).map((file) => readFileSync(file, "utf8"));
/** An id is said where it stands in quotes: in a call, or as the reason of a refusal. The model names some by itself. */
const quoted = new Set(
  source.flatMap((text) => [...text.matchAll(/"([ABDPW]\d\d\d?[a-z]?|[LE]-\w+)"/gu)].map(([, id]) => id ?? "")),
);
const named = new Set<string>(
  model.gates.flatMap(({ requires, alsoDecidedBy }) => [
    ...requires.flatMap(({ otherwise }) => otherwise ?? []),
    ...alsoDecidedBy.flatMap(({ message }) => message ?? []),
  ]),
);

it("every text is said", () => {
  expect(messageIds.filter((id) => !quoted.has(id) && !named.has(id))).toEqual([]);
});
