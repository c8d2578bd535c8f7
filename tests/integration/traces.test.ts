// SPDX-License-Identifier: EUPL-1.2
/** With an OpenTelemetry SDK registered, one trace leads from the door through every job that an event brings about. */
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { Queue } from "bullmq";
import { afterEach, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

let house: House | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
  trace.disable();
  context.disable();
  propagation.disable();
});

const events = ({ attributes }: ReadableSpan) => attributes["faseport.events"];
const jobOf = ({ attributes }: ReadableSpan) => `${attributes["bullmq.queue.name"]}`;

it("a drag: the door's job, the look and the mirroring are one trace, found by the event's id", async () => {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  house = await openHouse();
  exporter.reset();
  board(house).drag(people.anders, "INNO-6", "3. Test");
  await house.quiet();
  const line = house
    .said()
    .flat()
    .find(({ msg, rules }) => msg === "judged" && JSON.stringify(rules) === JSON.stringify(["T2"]));
  const event = (line?.events as readonly string[] | undefined)?.[0] ?? "";
  const spans = exporter.getFinishedSpans();
  const looks = spans.filter((it) => (events(it) as string[] | undefined)?.includes(event));
  expect(looks.map(jobOf)).toEqual(expect.arrayContaining(["sync", "mirror"]));
  expect(new Set(looks.map((it) => it.spanContext().traceId)).size).toBe(1);
  const ids = new Set(spans.map((it) => it.spanContext().spanId));
  for (const look of looks) expect(ids).toContain(look.parentSpanContext?.spanId);
});

it("without one a job carries nothing for it", async () => {
  house = await openHouse();
  board(house).drag(people.anders, "INNO-6", "3. Test");
  await house.quiet();
  const path = house.environment.REDIS_URL?.replace("unix://", "") ?? "";
  const queue = new Queue("sync", { connection: { path }, prefix: "faseport" });
  const jobs = await queue.getCompleted();
  await queue.close();
  expect(jobs.length).toBeGreaterThan(0);
  expect(jobs.flatMap(({ opts }) => opts.telemetry ?? [])).toEqual([]);
});
