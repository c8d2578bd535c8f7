// SPDX-License-Identifier: EUPL-1.2
/** Webhook payloads: what GitHub sends about a change, as things stand right after it. */
import type { HookRecord, News } from "./records.ts";
import { type Place, showComment, showIssue, showLabel } from "./show-issue.ts";
import { showUser } from "./show-people.ts";
import { showRepository } from "./show-repository.ts";

export type Payload = Readonly<{ event: string; body: Readonly<Record<string, unknown>> }>;

/** `elsewhere` gives the surroundings of another repository, for a transferred issue. */
export type Surroundings = Readonly<{
  place: Place;
  openIssues: number;
  elsewhere: (repository: Place["repository"]) => Place;
  installationId: number | null;
}>;

export function payloadOf(news: News, around: Surroundings): Payload {
  const { place, openIssues, installationId } = around;
  const body = {
    action: news.action,
    issue: showIssue(place, news.issue),
    ...details(news, around),
    repository: showRepository(place, openIssues),
    sender: showUser(place.sites, news.by.login),
    ...(installationId === null ? {} : { installation: { id: installationId, node_id: btoa(String(installationId)) } }),
  };
  return { event: news.event, body };
}

function details(news: News, { place, openIssues, elsewhere }: Surroundings): Record<string, unknown> {
  if (news.event === "issue_comment") return { comment: showComment(place, news.issue, news.comment) };
  switch (news.action) {
    case "edited":
      return {
        changes: Object.fromEntries(Object.entries(news.from).map(([name, from]) => [name, { from: from ?? "" }])),
      };
    case "labeled":
    case "unlabeled":
      return { label: showLabel(place, news.label) };
    case "assigned":
    case "unassigned":
      return { assignee: showUser(place.sites, news.assignee) };
    case "transferred": {
      const there = elsewhere(news.to.repository);
      const repository = showRepository(there, openIssues);
      return { changes: { new_issue: showIssue(there, news.to.issue), new_repository: repository } };
    }
    default:
      return {};
  }
}

/** Sent once when a webhook is made, to see whether anybody listens. */
export function pingOf(hook: HookRecord, place: Place): Payload {
  const body = {
    zen: "Keep it logically awesome.",
    hook_id: hook.id,
    hook: {
      type: "Repository",
      id: hook.id,
      name: "web",
      active: hook.active,
      events: [...hook.events],
      config: { content_type: hook.contentType, insecure_ssl: "0", secret: "********", url: hook.url },
      created_at: hook.createdAt,
      updated_at: hook.createdAt,
    },
    repository: showRepository(place, 0),
    sender: showUser(place.sites, hook.by),
  };
  return { event: "ping", body };
}
