// SPDX-License-Identifier: EUPL-1.2
/**
 * One look at one task: what is read on it, what both sides last agreed on, and what the card says, to what each side
 * gets and what is said on the task (DOMAIN 7). Pure; nothing of the board is read for it.
 */
import type { Model } from "../model/model.ts";
import type { Accepted } from "./accepted.ts";
import type { CardSeen, Hint } from "./card.ts";
import { message, placeName } from "./messages.ts";
import { plainLine } from "./plain-text.ts";
import type { TaskSeen, TaskWanted } from "./task.ts";
import type { TaskLink, TaskSynced } from "./task-link.ts";
import { areAssigned, judgeOwners, type OwnersVerdict } from "./task-owners.ts";
import { judgePhaseLabel, type PhaseVerdict, phaseLabels } from "./task-phase.ts";
import type { TaskRequest } from "./task-request.ts";
import { noteOf, type Said, type Saying } from "./task-said.ts";
import { judgeTitle, type TitleVerdict } from "./task-title.ts";

export type TaskFacts = Readonly<{
  accepted: Accepted;
  /** The card as the ledger has it. */
  card: CardSeen;
  /** The task as the card alone would have it. */
  wanted: TaskWanted;
  seen: TaskSeen;
  link: TaskLink;
  /** What the tracker has told of the task since it was last looked at. */
  hints: readonly Hint[];
  now: Date;
}>;

export type TaskVerdict = Readonly<{
  /** What the task must show now: the card's word, except where the card is asked first. */
  wanted: TaskWanted;
  requests: readonly TaskRequest[];
  /** The link with what is to be said in it, to be kept before anything is written. */
  link: TaskLink;
  /** What both sides agree on once `wanted` has been written and `task` has come back. */
  synced: (task: TaskSeen) => TaskSynced;
  /** The same, before it is written: as if everything of it were taken. */
  writing: TaskSynced;
}>;

type Parts = Readonly<{ title: TitleVerdict; owners: OwnersVerdict; phase: PhaseVerdict }>;

export function judgeTask(model: Model, read: TaskFacts): TaskVerdict {
  const facts = { ...read, link: { ...read.link, synced: agreedBefore(model, read.link, read.seen) } };
  const { accepted, card, wanted, seen, link } = facts;
  const parts: Parts = {
    title: judgeTitle(wanted, seen, link.synced),
    owners: judgeOwners(model, { card, wanted, seen, link }),
    phase: judgePhaseLabel(model, { ...facts, synced: link.synced }),
  };
  const sayings = [...parts.title.said, ...parts.owners.said, ...parts.phase.said, ...closedEarly(accepted, facts)];
  const settled = settle(model, facts, parts);
  const { title, labels, assignees } = settled;
  return {
    wanted: settled,
    writing: syncedWith(model, facts, parts, { ...seen, title, labels, assignees }),
    requests: requestsOf(card, parts),
    link: withSaid(model, { ...link, strangers: [...link.strangers, ...parts.owners.strangers] }, sayings, facts),
    synced: (task) => syncedWith(model, facts, parts, task),
  };
}

/** What both sides agree on after a task was made, or written without a question to the card. */
export function agreedOn(model: Model, wanted: Pick<TaskWanted, "title" | "assignees">, task: TaskSeen): TaskSynced {
  const taken = new Set(task.assignees.map((login) => login.toLowerCase()));
  const [phase, ...others] = phaseLabels(model, task.labels);
  return {
    title: { card: wanted.title, task: task.title },
    phase: others.length > 0 ? null : (phase ?? null),
    owners: wanted.assignees,
    refused: wanted.assignees.filter((login) => !taken.has(login.toLowerCase())),
  };
}

/**
 * What both sides agreed on before the task was read: an earlier write that was saved and not answered is recognised by
 * what the task shows of it, part by part.
 */
function agreedBefore(model: Model, { synced, writing }: TaskLink, seen: TaskSeen): TaskSynced | null {
  if (!synced || !writing) return synced;
  const [phase, ...others] = phaseLabels(model, seen.labels);
  const isPhaseWritten = phase === writing.phase && others.length === 0;
  const isTitleWritten = plainLine(seen.title) === plainLine(writing.title.task);
  const { owners, refused } = areAssigned(seen, synced.owners, writing.owners) ? writing : synced;
  return {
    title: isTitleWritten ? { card: writing.title.card, task: seen.title } : synced.title,
    phase: isPhaseWritten ? writing.phase : synced.phase,
    owners,
    refused,
  };
}

/** A26: the card is under way, and somebody has closed its task. */
function closedEarly({ position }: Accepted, { wanted, seen }: TaskFacts): readonly Saying[] {
  if (wanted.closed !== null || seen.closed === null) return [];
  return [(model) => message("A26", { fra: placeName(model, position) })];
}

/** Where the card is asked first, the task stays as the developers left it. */
function settle(model: Model, { wanted, seen }: TaskFacts, { title, owners, phase }: Parts): TaskWanted {
  const [asked] = phase.asked ? phaseLabels(model, seen.labels) : [];
  const labels = asked === undefined ? wanted.labels : [...wanted.labels.filter(notPhase(model)), asked];
  return {
    ...wanted,
    title: title.asked === null ? wanted.title : seen.title,
    labels,
    assignees: owners.assignees,
    formerAssignees: owners.formerAssignees,
  };
}

function notPhase(model: Model): (label: string) => boolean {
  return (label) => phaseLabels(model, [label]).length === 0;
}

function requestsOf(card: CardSeen, { title, owners, phase }: Parts): readonly TaskRequest[] {
  return [
    ...(title.asked === null ? [] : [{ kind: "title", from: card.title, to: title.asked } as const]),
    ...(owners.asked === null ? [] : [{ kind: "owners", from: card.owners, to: owners.asked } as const]),
    ...(phase.asked === null ? [] : [{ kind: "phase", ...phase.asked } as const]),
  ];
}

/** What is being asked is not agreed on yet: there the last agreement stands. */
function syncedWith(model: Model, { wanted, link }: TaskFacts, parts: Parts, task: TaskSeen): TaskSynced {
  const agreed = agreedOn(model, wanted, task);
  const before = link.synced;
  if (before === null) return agreed;
  const { owners, refused } = parts.owners.asked === null ? agreed : before;
  return {
    title: parts.title.asked === null ? agreed.title : before.title,
    phase: parts.phase.asked === null ? agreed.phase : before.phase,
    owners,
    refused,
  };
}

/** The same comment is not written again within `repeatMinutes`, nor while it waits to be written. */
function withSaid(model: Model, link: TaskLink, sayings: readonly Saying[], { wanted, now }: TaskFacts): TaskLink {
  const since = new Date(now.getTime() - model.rules.approvals.repeatMinutes * 60_000).toISOString();
  const recent = Object.fromEntries(Object.entries(link.told).filter(([, at]) => at >= since));
  const fresh = sayings
    .map((saying) => noteOf(model, saying, `${wanted.card} ${now.toISOString()}`))
    .filter(({ topic }) => !(topic in recent));
  if (fresh.length === 0) return link;
  const told = Object.fromEntries(fresh.map(({ topic }: Said) => [topic, now.toISOString()]));
  return { ...link, told: { ...recent, ...told }, outbox: [...link.outbox, ...fresh.map(({ note }) => note)] };
}
