// SPDX-License-Identifier: EUPL-1.2
/** What became of a queue's jobs, in the order in which it happened, as the queue itself has put it down in Redis. */
import type { JobName } from "../../src/jobs/registry.ts";
import { prefixOf, type RedisClient } from "../../src/redis/client.ts";

/** A job and what became of it: added, active, completed, failed, delayed … `card` is what it was about, while that is kept. */
export type JobEvent = Readonly<{ event: string; job: string; card: string }>;

/** Every event of a queue, oldest first. */
export async function courseOf(client: RedisClient, queue: JobName): Promise<readonly JobEvent[]> {
  const key = `${prefixOf(client)}:${queue}`;
  const entries = await client.xrange(`${key}:events`, "-", "+");
  const named = (fields: readonly string[], name: string) => fields[fields.indexOf(name) + 1] ?? "";
  const cards = new Map<string, string>();
  for (const job of new Set(entries.map(([, fields]) => named(fields, "jobId")))) {
    const payload = await client.hget(`${key}:${job}`, "data");
    cards.set(job, payload === null ? "" : ((JSON.parse(payload) as { card?: string }).card ?? ""));
  }
  return entries.map(([, fields]) => {
    const job = named(fields, "jobId");
    return { event: named(fields, "event"), job, card: cards.get(job) ?? "" };
  });
}

const ENDS = new Set(["completed", "failed", "delayed", "waiting", "stalled"]);

/** Each time two jobs about one card were under way at once (I8). A job whose card is not kept any more is left out. */
export function overlapsIn(course: readonly JobEvent[]): readonly string[] {
  const underWay = new Map<string, string>();
  return course.flatMap(({ event, job, card }) => {
    if (card === "") return [];
    const other = underWay.get(card);
    if (ENDS.has(event) && other === job) underWay.delete(card);
    if (event !== "active") return [];
    underWay.set(card, job);
    return other === undefined ? [] : [`${card}: ${job} began while ${other} was under way`];
  });
}
