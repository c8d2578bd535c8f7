// SPDX-License-Identifier: EUPL-1.2
/** What GitHub counts: requests an hour, points a minute, and content created, a minute and an hour (its secondary limits). */
import type { Municipality } from "../../model/municipality.ts";
import type { Need, Window } from "../../rate/budget.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export function githubWindows({ budgets: { github } }: Municipality): readonly Window[] {
  return [
    { name: "requests", limit: github.perHour, ms: HOUR },
    { name: "points", limit: github.pointsPerMinute, ms: MINUTE },
    { name: "creations", limit: github.createPerMinute, ms: MINUTE },
    { name: "hourly creations", limit: github.createPerHour, ms: HOUR },
  ];
}

/** What a request takes: a read one point, a write five. An issue or a comment is content that people are told of; a token is not. */
export function needOf({ method, url }: Readonly<{ method: string; url: string }>): Need {
  const isRead = method === "GET" || method === "HEAD";
  const creations = method === "POST" && /\/(issues|comments)$/.test(url) ? 1 : 0;
  return { requests: 1, points: isRead ? 1 : 5, creations, "hourly creations": creations };
}
