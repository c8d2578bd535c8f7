// SPDX-License-Identifier: EUPL-1.2
/** The reports, asked for on the command line while the service runs. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, openHouse } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.quiet();
}, 60_000);
afterAll(() => house.close());

/** Not run synchronously: the clock that it asks lives in this process. */
async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, ["scripts/report.ts", ...args], {
    env: house.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("exit", resolve);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), promise]);
  return { code, stdout, stderr };
}

describe("npm run report", () => {
  it("before a body's next meeting, as text", async () => {
    const { code, stdout, stderr } = await run("--body", "udi");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Digitalisering og Innovation, møde 16\. december 2026\n\nTil beslutning\n• /u);
    expect(stdout).toContain("\n\nI drift og under opfølgning\n• ");
  });

  it("of a month, as Markdown into a file, in English", async () => {
    const folder = await mkdtemp(join(tmpdir(), "faseport-report-"));
    const file = join(folder, "report.md");
    const { stdout } = await run("--month", "2026-11", "--format", "markdown", "--lang", "en", "--out", file);
    const written = await readFile(file, "utf8").finally(() => rm(folder, { recursive: true }));
    expect(stdout).toBe("");
    expect(written).toMatch(/^# Status for November 2026\n\n## Under way on \d+ \w+ 2026\n\n- Udforsk\\: \d+\n/u);
  });

  it("of a quarter, as data", async () => {
    const { stdout } = await run("--quarter", "2026-4", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      title: "Det lærte vi i 4. kvartal 2026",
      sections: [{ heading: "Projekterne" }, { heading: "Udfald" }],
    });
  });

  it.each([
    [[], 1, "ask for one report: --body, --month or --quarter"],
    [["--body", "udi", "--month", "2027-01"], 1, "ask for one report"],
    [["--body", "kultur"], 1, "no body «kultur» in the municipality: udi, aeldre-og-sundhed, byraad"],
    [["--month", "2027-13"], 1, "--month takes a month such as 2027-03"],
    [["--quarter", "2027-5"], 1, "--quarter takes a quarter such as 2027-1"],
    [["--quarter", "2027-1", "--meeting", "2027-01-13"], 1, "--meeting goes with --body"],
    [["--month", "2027-01", "--lang", "sv"], 1, "--lang takes da or en"],
    [["--help"], 0, "Usage: npm run report"],
  ] as const)("%j ends with %i: %s", async (args, ended, says) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(ended);
    expect(stdout + stderr).toContain(says);
  });
});
