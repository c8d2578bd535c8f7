// SPDX-License-Identifier: EUPL-1.2
/** The service's log in words, for the demo's live line: what it did, and why. */
import { ruleInWords } from "../src/core/rule-words.ts";
import type { Model } from "../src/model/model.ts";

/** A judgement as the service logs it: the rules that applied and the steps that followed. */
export type Judged = Readonly<{ rules: readonly string[]; steps: readonly string[] }>;

const deeds: Readonly<Record<string, string>> = {
  "write-card": "kortet er rettet",
  "write-row": "en beslutning er rettet",
  "create-row": "en beslutning er oprettet",
  tell: "en besked er skrevet",
};

/** «Kortet er sat tilbage, for porten er ikke åben. Udvalget har ikke sagt ja endnu (T3, A01): kortet er rettet.» */
export function inWords(model: Model, { rules, steps }: Judged): string {
  const why =
    rules.length > 0 ? rules.map((rule) => reasonOf(model, rule)).join(". ") : "Kortets felter er bragt ajour";
  const did = [...new Set(steps)].map((step) => deeds[step] ?? step).join(", ");
  return did === "" ? `${why}.` : `${why}: ${did}.`;
}

/** A rule as it is logged, in words; followed by its number, where it has one that people can ask about. */
function reasonOf(model: Model, rule: string): string {
  const isNumbered = /^[A-Z]\d/u.test(rule);
  return `${ruleInWords(model, rule)}${isNumbered ? ` (${rule.replace(" ", ", ")})` : ""}`;
}
