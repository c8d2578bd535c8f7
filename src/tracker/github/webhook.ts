// SPDX-License-Identifier: EUPL-1.2
/** The door's half: whose event it is, and which task it says to look at again. No network. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { Permanent } from "../../core/errors.ts";
import type { TrackerEvent, TrackerInbound } from "../tracker.ts";

export type InboundSettings = Readonly<{
  secret: string;
  owner: string;
  repo: string;
  /** owner/name as the repository is called now, where the tracker knows; the configured name where it doesn't. */
  repository?: () => string;
  /** The service's own login, known once the tracker has answered. */
  self: () => string;
}>;

/** What of an issue event the service reads: never a text, never a label. */
const issueEvent = z.object({
  action: z.string().min(1),
  issue: z.object({
    number: z.int().positive(),
    updated_at: z.iso.datetime({ offset: true }),
    pull_request: z.unknown().optional(),
  }),
  repository: z.object({ full_name: z.string() }),
  sender: z.object({ login: z.string().min(1) }),
});
type IssueEvent = z.infer<typeof issueEvent>;

/** What can concern a title, a block, a label, a state or an assignee. Pins, locks, milestones and types can't. */
const relevant: ReadonlySet<string> = new Set([
  "opened",
  "edited",
  "closed",
  "reopened",
  "labeled",
  "unlabeled",
  "assigned",
  "unassigned",
  "deleted",
  "transferred",
]);

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/** Throws Permanent without a secret: everything would be let in. */
export function createGithubInbound(settings: InboundSettings): TrackerInbound {
  const { secret, self } = settings;
  const repository = settings.repository ?? (() => `${settings.owner}/${settings.repo}`);
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

function eventOf({ action, issue, repository, sender }: IssueEvent, ours: string, self: string): TrackerEvent {
  if (!same(repository.full_name, ours)) return ignored("another repository");
  if (issue.pull_request !== undefined && issue.pull_request !== null) return ignored("a pull request");
  if (same(sender.login, self)) return ignored("own write");
  if (!relevant.has(action)) return ignored(`${action} changes nothing that is mirrored`);
  return { kind: "task", task: issue.number, at: issue.updated_at, by: sender.login, action };
}

function ignored(why: string): TrackerEvent {
  return { kind: "ignored", why };
}

/** Logins and repository names are compared without regard to case, as GitHub does. */
function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
