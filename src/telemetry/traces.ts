// SPDX-License-Identifier: EUPL-1.2
/**
 * OpenTelemetry traces from the door through every job that follows, where whoever runs the service has registered an SDK
 * (docs/operations.md). Without one nothing is traced, and jobs carry nothing for it.
 */
import { isSpanContextValid, trace } from "@opentelemetry/api";
import { BullMQOtel } from "bullmq-otel";

const NAME = "faseport";

/** What carries a trace with a job; undefined where nobody takes traces. */
export function openTraces(): BullMQOtel | undefined {
  const probe = trace.getTracer(NAME).startSpan("start");
  probe.end();
  return isSpanContextValid(probe.spanContext()) ? new BullMQOtel({ tracerName: NAME }) : undefined;
}

/** Notes on the span under way which events it answers, so that a trace is found by the id that the log has too. */
export function markSpan(events: readonly string[]): void {
  trace.getActiveSpan()?.setAttribute("faseport.events", [...events]);
}
