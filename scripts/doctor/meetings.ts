// SPDX-License-Identifier: EUPL-1.2
/** Whether the bodies' meetings are entered far enough ahead: without one no deadline can be told, and no reminder is due. */
import { localDate } from "../../src/core/calendar.ts";
import type { Municipality } from "../../src/model/municipality.ts";
import type { Finding } from "./finding.ts";
import type { Patient } from "./world.ts";

/** From this day on, month and day, next year's meetings should be known: committees decide on them in the autumn. */
const NEXT_YEAR_FROM = "11-01";

export async function* meetingFaults({ model, now }: Patient): AsyncIterable<Finding> {
  const today = localDate(model, await now());
  for (const body of model.municipality.bodies) {
    const missing = missingMeetings(body, today);
    if (missing !== null)
      yield {
        what: `«${body.name}» has ${missing}`,
        todo: `Enter its dates: npm run setup -- --meetings "${body.key}=…", or under meetings in the municipality's file; then start again.`,
      };
  }
}

/** What is missing of a body's meetings on a day (ISO); null: nothing. */
function missingMeetings({ meetings }: Pick<Municipality["bodies"][number], "meetings">, today: string): string | null {
  if (!meetings.some((date) => date >= today)) return "no meeting ahead";
  const next = String(Number(today.slice(0, 4)) + 1);
  if (today.slice(5) < NEXT_YEAR_FROM || meetings.some((date) => date.startsWith(next))) return null;
  return `no meeting in ${next} yet`;
}
