// SPDX-License-Identifier: EUPL-1.2
/** What this process counts, and what all share as it is read when somebody asks; told in Prometheus's words. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type Definition, definitions } from "./definitions.ts";

export type Side = "board" | "tracker";

/** What the processes share, read from Redis. */
export type Standing = Readonly<{
  budgets: readonly Readonly<{ side: Side; window: string; limit: number; left: number }>[];
  /** `oldestMs`: how long the oldest job that could run has waited, in milliseconds. */
  queues: readonly Readonly<{ job: string; states: Readonly<Record<string, number>>; oldestMs: number }>[];
  /** How many notices stand, by topic. */
  notices: Readonly<Record<string, number>>;
  /** Until when the board is known to have been looked at; null: not yet. */
  reconciledUntil: Date | null;
}>;

export type MetricsWish = Readonly<{
  version: string;
  role: string;
  /** Kinds of job, so that each is there from the start with a zero. */
  jobs: readonly string[];
  /** Throws while Redis is away. */
  standing: () => Promise<Standing>;
}>;

const sides: readonly Side[] = ["board", "tracker"];

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

  constructor({ version, role, jobs, standing }: MetricsWish) {
    this.#standing = standing;
    collectDefaultMetrics({ register: this.#registry });
    this.#gauges.build.set({ version, node: process.version, role }, 1);
    // A rate can only be told of a series that was there before the first event.
    for (const side of sides) {
      this.#counters.events.inc({ side, outcome: "taken" }, 0);
      this.#counters.calls.inc({ side, outcome: "ok" }, 0);
    }
    for (const each of jobs) {
      for (const last of ["true", "false"]) this.#counters.failures.inc({ job: each, last }, 0);
    }
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
  event({ side, outcome, ms }: Readonly<{ side: Side; outcome: string; ms: number }>): void {
    this.#counters.events.inc({ side, outcome });
    this.#histograms.doorSeconds.observe({ side }, ms / 1_000);
    if (outcome === "taken" || outcome === "ignored") this.#gauges.lastEvent.setToCurrentTime({ side });
  }

  /** A card was judged; `waitedMs` since the oldest event that led to it, null when none did. */
  verdict({ rules, waitedMs }: Readonly<{ rules: readonly string[]; waitedMs: number | null }>): void {
    for (const rule of rules) this.#counters.verdicts.inc({ rule });
    if (waitedMs !== null) this.#histograms.verdictSeconds.observe(Math.max(0, waitedMs) / 1_000);
  }

  /** A remote side was asked, and answered after `ms` milliseconds. */
  call({ side, outcome, ms }: Readonly<{ side: Side; outcome: string; ms: number }>): void {
    this.#counters.calls.inc({ side, outcome });
    this.#histograms.callSeconds.observe({ side }, ms / 1_000);
  }

  /** A try at a job ended, after `ms` milliseconds. */
  tried({ job, ms }: Readonly<{ job: string; ms: number }>): void {
    this.#histograms.jobSeconds.observe({ job }, ms / 1_000);
  }

  failed({ job, isLast }: Readonly<{ job: string; isLast: boolean }>): void {
    this.#counters.failures.inc({ job, last: String(isLast) });
  }

  /** A look at everything found something that no event had told. */
  drifted(found: string): void {
    this.#counters.drift.inc({ found: found.replaceAll(" ", "-") });
  }

  reminded(channel: string): void {
    this.#counters.reminders.inc({ channel });
  }

  #show(standing: Standing | null): void {
    const { budgetLeft, budgetLimit, queue, oldest, notices, reconciled } = this.#gauges;
    for (const gauge of [budgetLeft, budgetLimit, queue, oldest, notices]) gauge.reset();
    // A gauge without labels is zero when it is reset, and zero is a time.
    reconciled.remove();
    if (standing === null) return;
    for (const { side, window, limit, left } of standing.budgets) {
      budgetLeft.set({ side, window }, left);
      budgetLimit.set({ side, window }, limit);
    }
    for (const { job, states, oldestMs } of standing.queues) {
      for (const [state, count] of Object.entries(states)) queue.set({ job, state }, count);
      oldest.set({ job }, oldestMs / 1_000);
    }
    for (const [topic, count] of Object.entries(standing.notices)) notices.set({ topic }, count);
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
