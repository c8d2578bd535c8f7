// SPDX-License-Identifier: EUPL-1.2
/** What this process counts, and what all share as it is read when somebody asks; told in Prometheus's words. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { CallOutcome } from "./counted-fetch.ts";
import { type Definition, definitions } from "./definitions.ts";

export type Side = "board" | "tracker";

/** What the processes share, read from Redis. */
export type Standing = Readonly<{
  budgets: readonly Readonly<{ side: Side; window: string; limit: number; left: number }>[];
  /** `oldestMs`: how long the oldest job that could run has waited, in milliseconds. */
  queues: readonly Readonly<{ job: string; states: Readonly<Record<string, number>>; oldestMs: number }>[];
  /** How many notices stand, by topic. */
  notices: Readonly<Record<string, number>>;
  /** When a signed event last came; null: never. */
  heard: Readonly<Record<Side, Date | null>>;
  /** Until when the board is known to have been looked at; null: not yet. */
  reconciledUntil: Date | null;
}>;

export type MetricsWish = Readonly<{
  version: string;
  role: string;
  /** Kinds of job, rules that can be applied, and channels that are chosen: each is there from the start with a zero. */
  jobs: readonly string[];
  rules: readonly string[];
  channels: readonly string[];
  /** Throws while Redis is away. */
  standing: () => Promise<Standing>;
}>;

const sides: readonly Side[] = ["board", "tracker"];
const eventOutcomes = [
  "taken",
  "ignored",
  "malformed",
  "unsigned",
  "not-json",
  "too-large",
  "unavailable",
  "broken",
] as const;
const callOutcomes = ["ok", "limited", "refused", "failed", "unanswered"] as const satisfies readonly CallOutcome[];
const drifts = ["card", "row", "gone", "gone row", "due", "task", "idea"] as const;

export class Metrics {
  readonly #registry = new Registry();
  readonly #standing: MetricsWish["standing"];
  readonly #counters = this.#all("counter", ({ name, help, labels }) => {
    return new Counter({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] });
  });
  readonly #gauges = this.#all("gauge", ({ name, help, labels }) => {
    return new Gauge({ name, help, labelNames: Object.keys(labels), registers: [this.#registry] });
  });
  readonly #histograms = this.#all("histogram", ({ name, help, labels, buckets = [] }) => {
    const labelNames = Object.keys(labels);
    return new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [this.#registry] });
  });

  constructor(wish: MetricsWish) {
    const { version, role, standing } = wish;
    this.#standing = standing;
    collectDefaultMetrics({ register: this.#registry });
    this.#gauges.build.set({ version, node: process.version, role }, 1);
    this.#beginWithZero(wish);
  }

  readonly contentType = this.#registry.contentType;

  /** Everything, as Prometheus reads it. What all share is left out while Redis is away. */
  async text(): Promise<string> {
    const standing = await this.#standing().catch(() => null);
    this.#gauges.redis.set(standing === null ? 0 : 1);
    this.#show(standing);
    return this.#registry.metrics();
  }

  /** A request at a door was answered, after `ms` milliseconds. */
  event({ side, outcome, ms }: Readonly<{ side: Side; outcome: (typeof eventOutcomes)[number]; ms: number }>): void {
    this.#counters.events.inc({ side, outcome });
    this.#histograms.doorSeconds.observe({ side }, ms / 1_000);
  }

  /**
   * A card was judged by these rules, a refusal as it is logged: «T3 A01». `waitedMs` since the oldest event that led to it,
   * null when none did.
   */
  verdict({ rules, waitedMs }: Readonly<{ rules: readonly string[]; waitedMs: number | null }>): void {
    for (const rule of rules.flatMap((logged) => logged.split(" "))) this.#counters.verdicts.inc({ rule });
    if (waitedMs !== null) this.#histograms.verdictSeconds.observe(Math.max(0, waitedMs) / 1_000);
  }

  /** A remote side was asked, and answered after `ms` milliseconds. */
  call({ side, outcome, ms }: Readonly<{ side: Side; outcome: CallOutcome; ms: number }>): void {
    this.#counters.calls.inc({ side, outcome });
    this.#histograms.callSeconds.observe({ side }, ms / 1_000);
  }

  /** A try at a job ended, after `ms` milliseconds. */
  tried({ job, ms }: Readonly<{ job: string; ms: number }>): void {
    this.#histograms.jobSeconds.observe({ kind: job }, ms / 1_000);
  }

  failed({ job, isLast }: Readonly<{ job: string; isLast: boolean }>): void {
    this.#counters.failures.inc({ kind: job, last: String(isLast) });
  }

  /** A look at everything found something that no event had told. */
  drifted(found: (typeof drifts)[number]): void {
    this.#counters.drift.inc({ found: found.replace(" ", "-") });
  }

  reminded(channel: string): void {
    this.#counters.reminders.inc({ channel });
  }

  /** A rise can only be told of a series that was there before: the first refusal would be none, and so the first failure. */
  #beginWithZero({ jobs, rules, channels }: MetricsWish): void {
    const { events, calls, verdicts, failures, drift, reminders } = this.#counters;
    const { doorSeconds, callSeconds, jobSeconds } = this.#histograms;
    for (const side of sides) {
      for (const outcome of eventOutcomes) events.inc({ side, outcome }, 0);
      for (const outcome of callOutcomes) calls.inc({ side, outcome }, 0);
      for (const histogram of [doorSeconds, callSeconds]) histogram.zero({ side });
    }
    for (const kind of jobs) {
      for (const last of ["true", "false"]) failures.inc({ kind, last }, 0);
      jobSeconds.zero({ kind });
    }
    for (const rule of rules) verdicts.inc({ rule }, 0);
    for (const found of drifts) drift.inc({ found: found.replace(" ", "-") }, 0);
    for (const channel of channels) reminders.inc({ channel }, 0);
  }

  #show(standing: Standing | null): void {
    const { budgetLeft, budgetLimit, queue, oldest, notices, lastEvent, reconciled } = this.#gauges;
    for (const gauge of [budgetLeft, budgetLimit, queue, oldest, notices, lastEvent]) gauge.reset();
    // A gauge without labels is zero when it is reset, and zero is a time.
    reconciled.remove();
    if (standing === null) return;
    for (const { side, window, limit, left } of standing.budgets) {
      budgetLeft.set({ side, window }, left);
      budgetLimit.set({ side, window }, limit);
    }
    for (const { job, states, oldestMs } of standing.queues) {
      for (const [state, count] of Object.entries(states)) queue.set({ kind: job, state }, count);
      oldest.set({ kind: job }, oldestMs / 1_000);
    }
    for (const [topic, count] of Object.entries(standing.notices)) notices.set({ topic }, count);
    for (const side of sides) {
      const at = standing.heard[side];
      if (at !== null) lastEvent.set({ side }, at.getTime() / 1_000);
    }
    if (standing.reconciledUntil !== null) reconciled.set(standing.reconciledUntil.getTime() / 1_000);
  }

  /** The metrics of a type, each made once, under the key it has in the table. */
  #all<Type extends Definition["type"], Metric>(
    type: Type,
    make: (definition: Definition) => Metric,
  ): Readonly<Record<KeysOf<Type>, Metric>> {
    const ofType = Object.entries<Definition>(definitions).filter(([, definition]) => definition.type === type);
    return Object.fromEntries(ofType.map(([key, definition]) => [key, make(definition)])) as Record<
      KeysOf<Type>,
      Metric
    >;
  }
}

type KeysOf<Type extends Definition["type"]> = {
  [Key in keyof typeof definitions]: (typeof definitions)[Key]["type"] extends Type ? Key : never;
}[keyof typeof definitions];
