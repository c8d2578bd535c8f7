// SPDX-License-Identifier: EUPL-1.2
/** A task that asks for a card: what a developer's idea becomes in the idea bank (DOMAIN 2, 7; case 45). */
import type { Model } from "../model/model.ts";
import type { CardSeen, NewCard } from "./card.ts";
import { agreedOn } from "./judge-task.ts";
import { message } from "./messages.ts";
import { plainLine, plainLines } from "./plain-text.ts";
import { hasCpr } from "./privacy.ts";
import { cardName } from "./shown.ts";
import type { Login, TaskSeen } from "./task.ts";
import { loginsOf } from "./task.ts";
import { noTask, type TaskLink } from "./task-link.ts";
import { ownersAmong } from "./task-owners.ts";
import { noteOf, type Saying } from "./task-said.ts";
import { numberIn } from "./task-title.ts";

/** UTF-16 units that a card takes over. Who wants to read more follows the link. */
const TITLE = 500;
const TEXT = 8_000;

/** Whether a task with these labels asks for a card. */
export function asksForCard(model: Model, labels: readonly string[]): boolean {
  const wanted = model.rules.labels.intake.toLowerCase();
  return labels.some((label) => label.toLowerCase() === wanted);
}

/** Whether a task becomes a card: an open one that asks for it, and that a person has made. */
export function isIdea(model: Model, task: TaskSeen, self: Login): boolean {
  const isOwn = task.author.login.toLowerCase() === self.toLowerCase();
  return task.closed === null && task.author.isPerson && !isOwn && asksForCard(model, task.labels);
}

/** The card for an idea: its title and text as plain text, without what must not be passed on. */
export function ideaFrom(model: Model, task: TaskSeen): NewCard {
  return {
    title: kept(plainLine(task.title, TITLE)),
    challenge: kept(plainLines(task.body, TEXT)),
    owners: ownersAmong(model, task.assignees),
    task: task.url,
  };
}

/** The idea's task from now on, with what is to be said on it: where its card is (B25), and what was not passed on (A31). */
export function linkedIdea(model: Model, task: TaskSeen, card: CardSeen): TaskLink {
  const sayings: readonly Saying[] = [
    () => message("B25", { link: card.url }),
    ...(hasCpr(task.title) ? [numberIn("W75")] : []),
    ...(hasCpr(task.body) ? [numberIn("W76")] : []),
  ];
  const { id, number, url } = task;
  const owners = loginsOf(model, card.owners);
  const agreed = agreedOn(model, { title: cardName(model, card), assignees: owners }, task);
  const outbox = sayings.map((saying) => noteOf(model, saying, card.id).note);
  return { ...noTask, ref: { id, number, url }, synced: agreed, outbox };
}

function kept(text: string): string {
  return hasCpr(text) ? "" : text;
}
