// SPDX-License-Identifier: EUPL-1.2
/** Every text of config/messages.json is said somewhere, or it is known here why it is not yet. */
import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type MessageId, messageIds } from "../../../src/model/messages.ts";
import { model } from "./fixtures.ts";

/** Texts whose occasion the service does not notice. A text that is said has no place here. */
const withoutOccasion: Readonly<Partial<Record<MessageId, string>>> = {
  B18: "the service was down",
};

const source = globSync(["src/core/**/*.ts", "src/ledger/*.ts"]).map((file) => readFileSync(file, "utf8"));
/** An id is said where it stands in quotes: in a call, or as the reason of a refusal. The model names some by itself. */
const quoted = new Set(
  source.flatMap((text) => [...text.matchAll(/"([ABDPW]\d\d\d?[a-z]?|L-\w+)"/gu)].map(([, id]) => id ?? "")),
);
const named = new Set<string>(
  model.gates.flatMap(({ requires, alsoDecidedBy }) => [
    ...requires.flatMap(({ otherwise }) => otherwise ?? []),
    ...alsoDecidedBy.flatMap(({ message }) => message ?? []),
  ]),
);

it("every text is said, or has no occasion yet", () => {
  const silent = messageIds.filter((id) => !quoted.has(id) && !named.has(id));
  expect(silent).toEqual(messageIds.filter((id) => id in withoutOccasion));
});
