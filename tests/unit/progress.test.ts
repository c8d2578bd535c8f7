// SPDX-License-Identifier: EUPL-1.2
/** How far work in bulk has come: on a terminal one line that is rewritten, elsewhere a line for each tenth. */
import { describe, expect, it } from "vitest";
import { progressLine, progressOn } from "../../scripts/progress.ts";

describe("the line", () => {
  it.each([
    [
      { done: 0, total: 250, elapsedMs: 900 },
      "[                              ] 0 of 250 cards · time left not known yet",
    ],
    [
      { done: 1, total: 250, elapsedMs: 900 },
      "[                              ] 1 of 250 cards · time left not known yet",
    ],
    [
      { done: 125, total: 250, elapsedMs: 30_000 },
      "[###############               ] 125 of 250 cards · about 30 s left",
    ],
    [
      { done: 50, total: 250, elapsedMs: 60_000 },
      "[######                        ] 50 of 250 cards · about 4 min left",
    ],
    [
      { done: 500, total: 10_000, elapsedMs: 3_600_000 },
      "[#                             ] 500 of 10000 cards · about 19.0 h left",
    ],
    [{ done: 250, total: 250, elapsedMs: 90_000 }, "[##############################] 250 of 250 cards · done"],
    [{ done: 0, total: 0, elapsedMs: 3 }, "[##############################] 0 of 0 cards · done"],
  ])("%o", (progress, line) => {
    expect(progressLine(progress)).toBe(line);
  });
});

/** What a stream gets while ten of a hundred are done between two looks, and the last look comes twice. */
function shown(isTTY: boolean): string {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => void written.push(text) } as unknown as NodeJS.WriteStream;
  const show = progressOn(stream);
  for (const done of [0, 3, 5, 50, 55, 100]) show({ done, total: 100, elapsedMs: done * 100 });
  return written.join("");
}

it("a terminal sees one line that is rewritten, and a new one when it is done", () => {
  const text = shown(true);
  expect(text.split("\r")).toHaveLength(7);
  expect(text.endsWith("100 of 100 cards · done\u001B[K\n")).toBe(true);
  expect(text.indexOf("\n")).toBe(text.length - 1);
});

it("a file gets a line for each tenth, and no control characters", () => {
  const lines = shown(false).trimEnd().split("\n");
  expect(lines.map((line) => /(\d+) of/u.exec(line)?.[1])).toEqual(["0", "50", "100"]);
  for (const control of ["\r", "\u001B"]) expect(shown(false)).not.toContain(control);
});
