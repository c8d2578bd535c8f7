// SPDX-License-Identifier: EUPL-1.2
/** What a reconcile has found and will do, as text. */
import type { Foreseen } from "../src/sync/foresee.ts";

export type Plan = Readonly<{
  /** Cards that something will be done for. */
  cards: readonly Foreseen[];
  /** Cards of which nothing can be read: nothing is concluded from that. */
  unreadable: number;
  /** All cards on the board and in the ledger. */
  of: number;
}>;

/** How many of the cards the run would put back or close. */
export function disturbed({ cards }: Plan): number {
  return cards.filter(({ putsBack, closes }) => putsBack || closes).length;
}

/** Whether the run must ask first: it would put back or close more than so many of each hundred cards. */
export function isBraked(plan: Plan, percent: number): boolean {
  return disturbed(plan) * 100 > plan.of * percent;
}

/** One line a card, then the sums. */
export function planText(plan: Plan): string {
  const width = Math.max(8, ...plan.cards.map(({ projectId }) => projectId.length));
  const lines = plan.cards.map((card) => `  ${(card.projectId || "?").padEnd(width)}  ${deeds(card).join(" · ")}`);
  return [...lines, ...(lines.length > 0 ? [""] : []), sums(plan)].join("\n");
}

function sums(plan: Plan): string {
  const count = (holds: (card: Foreseen) => boolean) => plan.cards.filter(holds).length;
  const parts = [
    `${plan.cards.length} of ${plan.of} cards to look at`,
    `${count(({ putsBack }) => putsBack)} put back`,
    `${count(({ closes }) => closes)} closed`,
    `${count(({ task }) => task === "create")} issues created`,
    `${count(({ task }) => task === "write")} issues written`,
    ...(plan.unreadable > 0 ? [`${plan.unreadable} out of sight and left alone`] : []),
  ];
  return `${parts.join(", ")}.`;
}

const stepWords: Readonly<Record<Foreseen["steps"][number], string>> = {
  "write-card": "write its fields",
  "write-row": "write a decision row",
  "create-row": "create a decision row",
  tell: "say",
};

function deeds({ putsBack, closes, steps, says, rules, task }: Foreseen): readonly string[] {
  const kinds = [...new Set(steps)].filter((step) => step !== "tell" && !(putsBack && step === "write-card"));
  const words = [
    ...(putsBack ? ["put back"] : []),
    ...(closes ? ["close"] : []),
    ...kinds.map((step) => times(stepWords[step], steps.filter((it) => it === step).length)),
    ...(says.length > 0 ? [`${stepWords.tell} ${says.join(", ")}`] : []),
    ...(task === null ? [] : [`${task} the issue`]),
    ...(rules.length > 0 ? [`log ${[...new Set(rules)].join(", ")}`] : []),
  ];
  return words.length > 0 ? words : ["remember what was edited"];
}

function times(what: string, count: number): string {
  return count > 1 ? `${what} (${count})` : what;
}
