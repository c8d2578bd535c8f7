// SPDX-License-Identifier: EUPL-1.2
/** What a reconcile has found and will do, as text. */
import type { Foreseen } from "../src/sync/foresee.ts";
import type { TaskDeed, TaskForeseen } from "../src/sync/foresee-task.ts";

export type Plan = Readonly<{
  /** Cards that something will be done for. */
  cards: readonly Foreseen[];
  /** Cards of which nothing can be read: nothing is concluded from that. */
  unreadable: number;
  /** All cards on the board and in the ledger. */
  of: number;
  /** Tasks that something will be done for. */
  tasks: readonly TaskForeseen[];
  /** All cards that have a task. */
  ofTasks: number;
  /** Tasks that will become cards in the idea bank, by their numbers. */
  ideas: readonly number[];
}>;

/** Why the run must ask first, a sentence each: it would put back or close more than so many of each hundred. */
export function brakes(plan: Plan, percent: number): readonly string[] {
  const cards = plan.cards.filter(({ putsBack, closes }) => putsBack || closes).length;
  const issues = doing(plan, "close");
  return [
    ...(cards * 100 > plan.of * percent
      ? [`${cards} of ${plan.of} cards would be put back or closed, more than ${percent} %.`]
      : []),
    ...(issues * 100 > plan.ofTasks * percent
      ? [`${issues} of ${plan.ofTasks} issues would be closed, more than ${percent} %.`]
      : []),
  ];
}

function doing({ tasks }: Plan, deed: TaskDeed): number {
  return tasks.filter(({ deeds }) => deeds.includes(deed)).length;
}

/** One line a card with its issue, one a new idea, then the sums. */
export function planText(plan: Plan): string {
  const tasks = new Map(plan.tasks.map((task) => [task.card, task]));
  const onBoard = plan.cards.map((card) => {
    const task = tasks.get(card.card);
    tasks.delete(card.card);
    return [card.projectId, [...deeds(card), ...(task ? [taskDeeds(task)] : [])]] as const;
  });
  const onTracker = [...tasks.values()].map((task) => [task.projectId, [taskDeeds(task)]] as const);
  const ideas = plan.ideas.map((task) => [`#${task}`, ["make a card of it in the idea bank"]] as const);
  const named = [...onBoard, ...onTracker, ...ideas];
  const width = named.reduce((most, [name]) => Math.max(most, name.length), 8);
  const lines = named.map(([name, what]) => `  ${(name || "?").padEnd(width)}  ${what.join(" · ")}`);
  return [...lines, ...(lines.length > 0 ? [""] : []), sums(plan)].join("\n");
}

function sums(plan: Plan): string {
  const count = (holds: (card: Foreseen) => boolean) => plan.cards.filter(holds).length;
  const parts = [
    `${plan.cards.length} of ${plan.of} cards to look at`,
    `${count(({ putsBack }) => putsBack)} put back`,
    `${count(({ closes }) => closes)} closed`,
    ...(plan.unreadable > 0 ? [`${plan.unreadable} out of sight and left alone`] : []),
  ];
  const created = doing(plan, "create") + doing(plan, "replace");
  const tracked = [
    `${created} issues created`,
    `${plan.tasks.length - created} changed`,
    `${doing(plan, "close")} of them closed`,
    `${plan.ideas.length} ideas taken in`,
  ];
  return `${parts.join(", ")}.\n${tracked.join(", ")}.`;
}

const taskWords: Readonly<Record<TaskDeed, string>> = {
  create: "create",
  replace: "create again, for it is gone",
  title: "title",
  text: "text",
  labels: "labels",
  assignees: "assignees",
  close: "close",
  reopen: "reopen",
  ask: "ask the card for what was changed here",
  comment: "comment",
};

function taskDeeds({ task, deeds }: TaskForeseen): string {
  return `issue${task === null ? "" : ` #${task}`}: ${deeds.map((deed) => taskWords[deed]).join(", ")}`;
}

const stepWords: Readonly<Record<Foreseen["steps"][number], string>> = {
  "write-card": "write its fields",
  "write-row": "write a decision row",
  "create-row": "create a decision row",
  tell: "say",
};

function deeds({ putsBack, closes, steps, says, rules }: Foreseen): readonly string[] {
  const kinds = [...new Set(steps)].filter((step) => step !== "tell" && !(putsBack && step === "write-card"));
  const words = [
    ...(putsBack ? ["put back"] : []),
    ...(closes ? ["close"] : []),
    ...kinds.map((step) => times(stepWords[step], steps.filter((it) => it === step).length)),
    ...(says.length > 0 ? [`${stepWords.tell} ${says.join(", ")}`] : []),
    ...(rules.length > 0 ? [`log ${[...new Set(rules)].join(", ")}`] : []),
  ];
  return words.length > 0 ? words : ["remember what was edited"];
}

function times(what: string, count: number): string {
  return count > 1 ? `${what} (${count})` : what;
}
