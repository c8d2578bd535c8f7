// SPDX-License-Identifier: EUPL-1.2
/** Danish dates and times as the page writes them. */

/** «mandag den 23. november 2026» */
export function longDate(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("da-DK", { dateStyle: "full", timeZone }).format(at);
}

/** «14.05» */
export function timeOfDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("da-DK", { timeStyle: "short", timeZone }).format(at);
}

/** «23. nov. 14.05» */
export function shortTime(at: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat("da-DK", { day: "numeric", month: "short", timeZone }).format(at);
  return `${day} ${timeOfDay(at, timeZone)}`;
}

/** «23. november 2026», from an ISO date or instant. */
export function plainDate(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat("da-DK", { dateStyle: "long", timeZone }).format(new Date(iso));
}
