// SPDX-License-Identifier: EUPL-1.2
/** What the doctor looks at. Each check gives what is wrong, and what to do about it; a new one is a line in the list. */
import type { Finding } from "./finding.ts";
import { differences, failedJobs, standingNotices, strayCards } from "./kept.ts";
import { meetingFaults } from "./meetings.ts";
import { peopleFaults } from "./people.ts";
import { reportFaults } from "./reports.ts";
import { clockFaults, githubFaults, notionFaults, redisFaults } from "./sides.ts";
import { githubWebhookFaults, notionWebhookFaults } from "./webhooks.ts";
import type { Patient } from "./world.ts";

export type { Finding } from "./finding.ts";

export type Check = Readonly<{ id: string; looksAt: string; find(patient: Patient): AsyncIterable<Finding> }>;

export const checks: readonly Check[] = [
  { id: "notices", looksAt: "what the service has told and what still stands", find: standingNotices },
  { id: "notion", looksAt: "the Notion token and what the connection may do, and the plan's room", find: notionFaults },
  { id: "board", looksAt: "the board's fields and options", find: differences },
  { id: "people", looksAt: "whether those who decide and work are found on both sides", find: peopleFaults },
  { id: "meetings", looksAt: "whether the bodies' next meetings are entered", find: meetingFaults },
  { id: "reports", looksAt: "whether the page for reports is there, if one is named", find: reportFaults },
  { id: "github", looksAt: "the GitHub credentials, the repository and what may be written", find: githubFaults },
  { id: "hook", looksAt: "whether GitHub tells of changes", find: githubWebhookFaults },
  { id: "events", looksAt: "whether Notion tells of changes, signed", find: notionWebhookFaults },
  { id: "clock", looksAt: "whether the clock is right", find: clockFaults },
  { id: "redis", looksAt: "whether decisions are safe in Redis", find: redisFaults },
  { id: "jobs", looksAt: "work that was given up", find: failedJobs },
  { id: "cards", looksAt: "cards that show something else than what was accepted", find: strayCards },
];
