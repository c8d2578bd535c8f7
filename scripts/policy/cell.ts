// SPDX-License-Identifier: EUPL-1.2
/** A judgement in the words of the policy page: «stays», «accepted T2 B03», «back T3 A01», «accepted T8, back T3 A01». */
import type { Judgement } from "../../src/core/judge.ts";
import { judge } from "../../src/core/judge.ts";
import type { Model } from "../../src/model/model.ts";
import type { Combination } from "./combinations.ts";
import { type Example, situation } from "./situation.ts";

/** What is said of a decision that has changed, whatever happens to the card: withdrawn, expired. */
export const saidOfDecisions: readonly string[] = ["B05", "A27"];

export function judgeCombination(model: Model, example: Example, combination: Combination): Judgement {
  const { requirements, ...circumstances } = combination;
  const lacks = requirements === "met" ? [] : [requirements];
  const { accepted, seen } = situation(model, example, { ...circumstances, lacks });
  return judge(model, accepted, seen);
}

/** The judgement of a move as a cell: what is accepted, with the message that says so; what is put back, with its own. */
export function cellText({ log, tells }: Judgement): string {
  const said = tells.map(({ message }) => message.id).filter((id) => !saidOfDecisions.includes(id));
  const moves = log.map(({ rule }) => rule.split(" ")).filter(([rule = ""]) => /^(?:T\d|A20)/u.test(rule));
  const accepted = moves.filter(([, refusal]) => refusal === undefined).flatMap(([rule = ""]) => rule);
  const refused = moves.filter(([, refusal]) => refusal !== undefined).flatMap(([rule = ""]) => rule);
  const parts = [
    sentence("accepted", accepted, said.filter(isNotice)),
    sentence(
      "back",
      refused,
      said.filter((id) => !isNotice(id)),
    ),
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "stays";
}

function isNotice(id: string): boolean {
  return id.startsWith("B");
}

/** A20 is rule and message at once, and named once. */
function sentence(verdict: string, rules: readonly string[], said: readonly string[]): string {
  return rules.length > 0 ? [verdict, ...new Set([...rules, ...said])].join(" ") : "";
}
