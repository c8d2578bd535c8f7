// SPDX-License-Identifier: EUPL-1.2
/** Who would be reminded of what, asked on the command line while the service runs. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.quiet();
}, 60_000);
afterAll(() => house.close());

/** Not run synchronously: the clock that it asks lives in this process. */
async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, ["scripts/remind.ts", ...args], {
    env: house.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("exit", resolve);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), promise]);
  return { code, stdout, stderr };
}

describe("npm run remind", () => {
  it("says who would get what on a day ahead, by which rule and since when, and how it is made to stop", async () => {
    board(house).edit(people.anders, "INNO-3", { "Udsæt påmindelser til": { date: { start: "2026-12-01" } } });
    await house.quiet();
    const { code, stdout, stderr } = await run("--dry-run", "--date", "2027-01-08", "--card", "INNO-3");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      "Påmindelser 8. januar 2027\n\nAnders Projektejer · comment\n  P01 · INNO-3 · 2027-01-08\n",
    );
    expect(stdout).toContain("har ligget stille i Udforsk i 30 arbejdsdage.");
    expect(stdout).toContain("    Du får beskeden som ejer.");
  });

  it("as data, of the whole board", async () => {
    const { stdout } = await run("--dry-run", "--date", "2027-01-04", "--json");
    const { date, reminders } = JSON.parse(stdout) as { date: string; reminders: { name: string; on: string }[] };
    expect(date).toBe("2027-01-04");
    expect(reminders.map(({ name }) => name)).toContain("Sanne Sekretær");
    expect(new Set(reminders.map(({ on }) => on))).toEqual(new Set(["2027-01-04"]));
  });

  it.each([
    [
      ["--dry-run", "--date", "2026-12-24"],
      0,
      "24. december 2026 sendes der ingenting: det er en lukket dag eller en stille periode.",
    ],
    [[], 1, "sending is the service's work: ask with --dry-run"],
    [["--dry-run", "--date", "2026-02-30"], 1, "--date takes a date such as 2027-08-06, not «2026-02-30»"],
    [["--dry-run", "--date", "2020-01-01"], 1, "--date takes today or a later day"],
    [["--dry-run", "--card", "INNO-999"], 1, "Faseport knows no card «INNO-999»"],
    [["--help"], 0, "Usage: npm run remind"],
  ] as const)("%j ends with %i: %s", async (args, ended, says) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(ended);
    expect(stdout + stderr).toContain(says);
  });
});
