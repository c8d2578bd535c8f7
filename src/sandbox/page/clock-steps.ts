// SPDX-License-Identifier: EUPL-1.2
/** How far the sandbox's clock can be moved in one step, and where one arrives. */
import type { Municipality } from "../../model/municipality.ts";
import { longDate, plainDate, timeOfDay } from "./danish-dates.ts";
import type { ClockStepView } from "./view.ts";

export const stepNames = ["hour", "day", "week", "month", "meeting", "year"] as const;
export type StepName = (typeof stepNames)[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Place = Readonly<{ municipality: Municipality; timeZone: string; now: Date }>;

/** The instant a step leads to; null when no meeting is ahead. */
export function arrivalOf(step: StepName, place: Place): Date | null {
  const { now } = place;
  switch (step) {
    case "hour":
      return new Date(now.getTime() + HOUR);
    case "day":
      return new Date(now.getTime() + DAY);
    case "week":
      return new Date(now.getTime() + 7 * DAY);
    case "month":
      return nextMonth(now);
    case "meeting":
      return dayAfter(nextMeeting(place)?.date, place);
    case "year":
      return new Date(now.getTime() + 366 * DAY);
  }
}

/** The steps as the page offers them: what, and where one arrives. */
export function clockSteps(place: Place): readonly ClockStepView[] {
  return stepNames.map((step) => {
    const arrival = arrivalOf(step, place);
    return { step, name: nameOf(step, place), arrival: arrival && arrivalText(arrival, place.timeZone) };
  });
}

const names: Readonly<Record<StepName, string>> = {
  hour: "En time frem",
  day: "En dag frem",
  week: "En uge frem",
  month: "En måned frem",
  meeting: "Til dagen efter næste møde",
  year: "Et år og en dag frem",
};

function nameOf(step: StepName, place: Place): string {
  const meeting = step === "meeting" && nextMeeting(place);
  if (!meeting) return names[step];
  return `${names[step]} (${meeting.bodies.join(" samt ")}, ${plainDate(meeting.date, place.timeZone)})`;
}

const arrivalText = (at: Date, timeZone: string) => `${longDate(at, timeZone)} kl. ${timeOfDay(at, timeZone)}`;

/** The first day from today on which a body meets, and which ones do. */
function nextMeeting({ municipality, timeZone, now }: Place) {
  const today = isoDay(now, timeZone);
  const dates = municipality.bodies.flatMap((body) => body.meetings).filter((date) => date >= today);
  const date = dates.toSorted()[0];
  if (date === undefined) return null;
  return { date, bodies: municipality.bodies.filter((body) => body.meetings.includes(date)).map((body) => body.name) };
}

/** The same day of the next month; of a shorter one its last. */
function nextMonth(now: Date): Date {
  const there = new Date(now);
  there.setUTCMonth(there.getUTCMonth() + 1);
  if (there.getUTCDate() !== now.getUTCDate()) there.setUTCDate(0);
  return there;
}

/** In steps of a day, so that the time of day stays what it is. */
function dayAfter(date: string | undefined, { timeZone, now }: Place): Date | null {
  if (date === undefined) return null;
  let at = now;
  while (isoDay(at, timeZone) <= date) at = new Date(at.getTime() + DAY);
  return at;
}

/** «2026-11-23»: Swedish dates are written as ISO dates. */
const isoDay = (at: Date, timeZone: string) => new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);
