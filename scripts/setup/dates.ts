// SPDX-License-Identifier: EUPL-1.2
/** Meeting dates as people write them: 16.12.2026, 13. januar 2027, 13 January 2027, 2027-02-10. A mistake is explained, never guessed away. */

export type DatesRead = Readonly<{
  /** ISO, each once, the earliest first. */
  dates: readonly string[];
  /** What could not be read, each with what to write instead. */
  mistakes: readonly string[];
}>;

const months: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ["januar", "january", "jan"],
    ["februar", "february", "feb"],
    ["marts", "march", "mar"],
    ["april", "apr"],
    ["maj", "may"],
    ["juni", "june", "jun"],
    ["juli", "july", "jul"],
    ["august", "aug"],
    ["september", "sept", "sep"],
    ["oktober", "october", "okt", "oct"],
    ["november", "nov"],
    ["december", "dec"],
  ].flatMap((names, index) => names.map((name) => [name, index + 1])),
);

/** `today` (ISO) is for the example in an explanation. */
export function readDates(text: string, today: string): DatesRead {
  const parts = text
    .split(/[,;\n]|\s(?:og|and)\s/iu)
    .map((part) => part.trim().replace(/\.$/u, ""))
    .filter((part) => part !== "");
  const read = parts.map((part) => readDate(part, today));
  const dates = read.flatMap((it) => ("date" in it ? [it.date] : []));
  return {
    dates: [...new Set(dates)].sort(),
    mistakes: read.flatMap((it) => ("mistake" in it ? [it.mistake] : [])),
  };
}

type Read = Readonly<{ date: string } | { mistake: string }>;

function readDate(part: string, today: string): Read {
  const parts = inParts(part.toLowerCase());
  const example = `write it as ${today} or as ${shown(today)}`;
  if (parts === null) return { mistake: `«${part}» is no date: ${example}` };
  const { day, month, year } = parts;
  if (year === null) return { mistake: `«${part}» has no year: ${example}` };
  const date = `${year}-${two(month)}-${two(day)}`;
  const isReal = new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) ?? false;
  return isReal ? { date } : { mistake: `«${part}» is a day that there is not: ${example}` };
}

type Parts = Readonly<{ day: number; month: number; year: number | null }>;

function inParts(part: string): Parts | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(part);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const numbers = /^(\d{1,2})\s*[./-]\s*(\d{1,2})(?:\s*[./-]?\s*(\d{4}|\d{2}))?$/u.exec(part);
  if (numbers) return { day: Number(numbers[1]), month: Number(numbers[2]), year: yearOf(numbers[3]) };
  const words = /^(?:den\s+)?(\d{1,2})\.?\s+(\p{L}+)\.?(?:\s+(\d{4}))?$/u.exec(part);
  const month = words?.[2] && months[words[2]];
  if (!words || !month) return null;
  return { day: Number(words[1]), month, year: yearOf(words[3]) };
}

/** A year of two digits is one of this century. */
function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

const two = (number: number) => String(number).padStart(2, "0");

function shown(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  return `${day}.${month}.${year}`;
}
