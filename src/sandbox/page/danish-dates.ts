// SPDX-License-Identifier: EUPL-1.2
/** Danish dates and times as the page writes them. */

type Style = "full" | "long" | "time" | "day";
const styles: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  full: { dateStyle: "full" },
  long: { dateStyle: "long" },
  time: { timeStyle: "short" },
  day: { day: "numeric", month: "short" },
};
const made = new Map<string, Intl.DateTimeFormat>();

/** A formatter is dear to make, and a view writes hundreds of times. */
function formatter(style: Style, timeZone: string): Intl.DateTimeFormat {
  const key = `${style} ${timeZone}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat("da-DK", { ...styles[style], timeZone });
  made.set(key, known);
  return known;
}

/** «mandag den 23. november 2026» */
export function longDate(at: Date, timeZone: string): string {
  return formatter("full", timeZone).format(at);
}

/** «14.05» */
export function timeOfDay(at: Date, timeZone: string): string {
  return formatter("time", timeZone).format(at);
}

/** «23. nov. 14.05» */
export function shortTime(at: Date, timeZone: string): string {
  return `${formatter("day", timeZone).format(at)} ${timeOfDay(at, timeZone)}`;
}

/** «23. november 2026», from an ISO date or instant. */
export function plainDate(iso: string, timeZone: string): string {
  return formatter("long", timeZone).format(new Date(iso));
}
