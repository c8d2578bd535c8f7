// SPDX-License-Identifier: EUPL-1.2
/** Every metric of the service: its name, what it says, and of whom. docs/metrics.md is written from this table. */

/**
 * `of`: a `process` counts what it did itself, so the processes are added up; the `service` reads what all share, so each
 * process says the same and one of them is enough.
 */
export type Definition = Readonly<{
  name: `faseport_${string}`;
  type: "counter" | "gauge" | "histogram";
  of: "process" | "service";
  help: string;
  /**
   * Each label, and the values it can have, in words. Never `job` or `instance`: these are Prometheus's own, and it would
   * write ours aside as `exported_job`.
   */
  labels: Readonly<Record<string, string>>;
  /** Upper bounds of a histogram's buckets, in seconds. */
  buckets?: readonly number[];
}>;

const side = "board (Notion) or tracker (GitHub)";
const kind = "the kind of job (src/jobs/registry.ts)";

export const definitions = {
  build: {
    name: "faseport_build_info",
    type: "gauge",
    of: "process",
    help: "Always 1; says which version runs, and in which role.",
    labels: { version: "of package.json", node: "of Node", role: "all, web or worker" },
  },
  events: {
    name: "faseport_events_total",
    type: "counter",
    of: "process",
    help: "Requests at the webhook doors, by what became of them.",
    labels: {
      side,
      outcome:
        "taken, ignored (none of ours, or our own echo), malformed, unsigned, not-json, too-large, unavailable (Redis away: 503), broken (500)",
    },
  },
  lastEvent: {
    name: "faseport_last_event_timestamp_seconds",
    type: "gauge",
    of: "service",
    help: "When a signed event last came, to half a minute; absent until one has.",
    labels: { side },
  },
  doorSeconds: {
    name: "faseport_door_duration_seconds",
    type: "histogram",
    of: "process",
    help: "From a webhook's request to its answer.",
    labels: { side },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  verdicts: {
    name: "faseport_verdicts_total",
    type: "counter",
    of: "process",
    help: "Rules that were applied, as they are written to the decision log: of a refusal the rule and its reason both.",
    labels: { rule: "the rule's number, as in docs/policy.md (T1, A05, registered …)" },
  },
  verdictSeconds: {
    name: "faseport_event_to_verdict_seconds",
    type: "histogram",
    of: "process",
    help: "From when somebody changed a card, as the oldest event says that was judged, to the verdict.",
    labels: {},
    buckets: [0.5, 1, 2, 3, 5, 8, 15, 30, 60, 300, 900, 3600],
  },
  calls: {
    name: "faseport_api_calls_total",
    type: "counter",
    of: "process",
    help: "Requests to Notion and GitHub, by how they were answered.",
    labels: { side, outcome: "ok, limited (429, 529, a spent limit), refused (4xx), failed (5xx), unanswered" },
  },
  callSeconds: {
    name: "faseport_api_duration_seconds",
    type: "histogram",
    of: "process",
    help: "From a request to Notion or GitHub to its answer, without waiting for the budget.",
    labels: { side },
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  },
  budgetLeft: {
    name: "faseport_api_budget_left",
    type: "gauge",
    of: "service",
    help: "What may still be asked within the window that is running; 0 while the side says that its limit is spent.",
    labels: { side, window: "what is counted (limits.ts of each adapter)" },
  },
  budgetLimit: {
    name: "faseport_api_budget_limit",
    type: "gauge",
    of: "service",
    help: "What may be asked within one window (budgets in config/kommune.yaml).",
    labels: { side, window: "what is counted" },
  },
  queue: {
    name: "faseport_queue_jobs",
    type: "gauge",
    of: "service",
    help: "Jobs that are kept, by state. Failed ones have given up and wait for npm run doctor -- --replay.",
    labels: { kind, state: "waiting, active, delayed or failed" },
  },
  oldest: {
    name: "faseport_queue_oldest_seconds",
    type: "gauge",
    of: "service",
    help: "How long the oldest job that could run has waited; 0 when none waits.",
    labels: { kind },
  },
  jobSeconds: {
    name: "faseport_job_duration_seconds",
    type: "histogram",
    of: "process",
    help: "How long a try at a job took, whether it succeeded or not; with waiting for the budget.",
    labels: { kind },
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  },
  failures: {
    name: "faseport_job_failures_total",
    type: "counter",
    of: "process",
    help: "Tries that failed.",
    labels: { kind, last: "true: the job gave up and is kept among the failed; false: it is tried again" },
  },
  reminders: {
    name: "faseport_reminders_sent_total",
    type: "counter",
    of: "process",
    help: "Reminders that were delivered.",
    labels: { channel: "where to" },
  },
  drift: {
    name: "faseport_reconcile_drift_total",
    type: "counter",
    of: "process",
    help: "What a look at everything found that no event had told, or not yet.",
    labels: {
      found:
        "card, row, gone, gone-row: changed or gone on the board; due: time has passed; task, idea: changed or new on the tracker",
    },
  },
  reconciled: {
    name: "faseport_reconciled_timestamp_seconds",
    type: "gauge",
    of: "service",
    help: "Until when everything that happened on the board is known to have been looked at; absent before the first look.",
    labels: {},
  },
  notices: {
    name: "faseport_notices_standing",
    type: "gauge",
    of: "service",
    help: "What the administrator has been told and still stands (npm run doctor).",
    labels: { topic: "access, schema, phases, unseen or channels; as in src/core/notice.ts" },
  },
  redis: {
    name: "faseport_redis_up",
    type: "gauge",
    of: "process",
    help: "1 when this process reaches Redis; 0 otherwise, and then everything that the service shares is absent.",
    labels: {},
  },
} as const satisfies Readonly<Record<string, Definition>>;
