// SPDX-License-Identifier: EUPL-1.2
/** The door's half: whose event it is, and which task it says to look at again. No network. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { Permanent } from "../../core/errors.ts";
import { labelTouched } from "../../core/task-phase.ts";
import type { TrackerEvent, TrackerInbound } from "../tracker.ts";

export type InboundSettings = Readonly<{
  secret: string;
  /** The repository's id: it stays when the name changes, and a name can come to mean another repository (case 46). */
  repository: () => number;
  /** The service's own login, known once the tracker has answered. */
  self: () => string;
}>;

const label = z.object({ name: z.string() });
/** What of an issue event the service reads: never a text. */
const issueEvent = z.object({
  action: z.string().min(1),
  issue: z.object({
    number: z.int().positive(),
    updated_at: z.iso.datetime({ offset: true }),
    labels: z.array(label).optional(),
    pull_request: z.unknown().optional(),
  }),
  label: label.optional(),
  repository: z.object({ id: z.int() }),
  sender: z.object({ login: z.string().min(1), type: z.string().optional() }),
});
type IssueEvent = z.infer<typeof issueEvent>;

/** What can concern a title, a block, a label, a state or an assignee, and what of the task it touches. Pins, milestones and types can't. */
const touches: Readonly<Record<string, (event: IssueEvent) => readonly string[]>> = {
  opened: ({ issue }) => (issue.labels ?? []).map(({ name }) => labelTouched(name)),
  edited: () => ["text"],
  closed: () => ["state"],
  reopened: () => ["state"],
  // A conversion to a discussion announces itself as a lock.
  locked: () => ["state"],
  labeled: ({ label }) => (label ? [labelTouched(label.name)] : []),
  unlabeled: ({ label }) => (label ? [labelTouched(label.name)] : []),
  assigned: () => ["assignees"],
  unassigned: () => ["assignees"],
  deleted: () => [],
  transferred: () => [],
};

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** Throws Permanent without a secret: everything would be let in. */
export function createGithubInbound(settings: InboundSettings): TrackerInbound {
  const { secret, self, repository } = settings;
  if (secret === "") throw new Permanent("GITHUB_WEBHOOK_SECRET is empty. Set it to the webhook's secret");
  return {
    async verify(body, signature) {
      const given = SIGNATURE.exec(signature ?? "")?.[1];
      if (given === undefined) return false;
      return timingSafeEqual(createHmac("sha256", secret).update(body).digest(), Buffer.from(given, "hex"));
    },
    parse(name, json) {
      if (name === undefined) return { kind: "malformed", why: "no event name" };
      if (name !== "issues") return ignored(`the event ${name} says nothing about a task`);
      const parsed = issueEvent.safeParse(json);
      if (parsed.success) return eventOf(parsed.data, repository(), self());
      return { kind: "malformed", why: parsed.error.issues.map((it) => `${it.path.join(".")}: ${it.code}`).join("; ") };
    },
  };
}

function eventOf(event: IssueEvent, ours: number, self: string): TrackerEvent {
  const { action, issue, repository, sender } = event;
  if (repository.id !== ours) return ignored("another repository");
  if (issue.pull_request !== undefined && issue.pull_request !== null) return ignored("a pull request");
  if (same(sender.login, self)) return ignored("own write");
  const touched = Object.hasOwn(touches, action) ? touches[action] : undefined;
  if (!touched) return ignored(`${action} changes nothing that is mirrored`);
  const author = { id: sender.login, kind: sender.type === "Bot" ? "bot" : "person" } as const;
  return {
    kind: "task",
    task: issue.number,
    hint: { at: issue.updated_at, kind: "changed", authors: [author], touched: touched(event) },
    labels: (issue.labels ?? []).map(({ name }) => name),
  };
}

function ignored(why: string): TrackerEvent {
  return { kind: "ignored", why };
}

/** Logins are compared without regard to case, as GitHub does. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
