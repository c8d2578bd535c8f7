// SPDX-License-Identifier: EUPL-1.2
/** The jobs of messages to one person: a message's key does not name the person, but can be made from the person and the day. */
import type { Job } from "bullmq";
import { addDays, localDate } from "../core/calendar.ts";
import type { UserId } from "../core/card.ts";
import { markOf } from "../core/reminders/pending.ts";
import type { Model } from "../model/model.ts";
import type { Producer } from "./queues.ts";
import type { Payload } from "./registry.ts";

/** Those that are kept and not at work now: waiting, done, given up. */
export async function letterJobsOf(
  { queues }: Producer,
  model: Model,
  users: readonly UserId[],
): Promise<readonly Job[]> {
  const jobs = await queues.letter.getJobs(["waiting", "prioritized", "delayed", "completed", "failed"]);
  // One that ended while the list was made is listed as nothing.
  return jobs.filter((job) => job !== undefined && isTo(job, model, users));
}

/** A message belongs to the day on which its job was made; around midnight that may be the one before or after. */
function isTo({ data, timestamp }: Job, model: Model, users: readonly UserId[]): boolean {
  const { letter } = data as Payload<"letter">;
  const day = localDate(model, new Date(timestamp));
  return [-1, 0, 1].some((days) => users.some((user) => letter.endsWith(`-${markOf(user, addDays(day, days))}`)));
}
