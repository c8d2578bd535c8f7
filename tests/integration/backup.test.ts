// SPDX-License-Identifier: EUPL-1.2
/** A backup is taken beside the running service, Redis is wiped, the backup is put back: the log verifies, the verdicts are the same. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const run = promisify(execFile);
const UDI = "Digitalisering og Innovation";
const numbers = ["INNO-1", "INNO-2", "INNO-3", "INNO-4", "INNO-5"];
const token = "open";

let house: House;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faseport-backup-"));
  file = join(folder, "copy.ndjson.gz");
  house = await openHouse({ environment: { FASEPORT_ADMIN_TOKEN: token } });
}, 60_000);
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const script = (name: string, ...args: string[]) =>
  run(process.execPath, [`scripts/${name}.ts`, ...args], { env: { ...house.environment } }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
  );

/** What the service says of each card: where it stands, what it needs, and what would be answered to every move. */
async function verdicts(): Promise<readonly unknown[]> {
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  return Promise.all(
    numbers.map(async (number) => {
      const answer = await fetch(`${house.service().url}/cards/${number}/explain`, { headers });
      // When it was asked is no part of the answer.
      return { ...((await answer.json()) as object), at: null };
    }),
  );
}

const writes = () =>
  [...house.sandbox.notion.calls, ...house.sandbox.github.calls].filter(
    ({ method, path }) => method !== "GET" && !/query/u.test(path),
  ).length;

it("after the wipe and the restore everything is as it was, and nothing is said or written again", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  on.drag(people.anders, "INNO-3", "2. Nytænk");
  on.drag(people.lise, "INNO-5", "4. Implementer");
  await house.quiet();
  const before = { verdicts: await verdicts(), log: await house.ledger.log(), writes: writes() };
  expect(before.log.length).toBeGreaterThan(3);

  const taken = await script("backup", "--out", file);
  expect(taken).toMatchObject({ code: 0, said: expect.stringContaining("is what was written") });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await house.stop();
  await house.forget();
  expect(await house.ledger.log()).toEqual([]);
  const restored = await script("backup", "--restore", file);
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining("is what was written") });
  const head = / line \d+: ([0-9a-f]{64})/u.exec(taken.said)?.[1] ?? "none";
  expect(restored.said).toContain(head);
  expect((await script("export", "--verify", "--head", head)).code).toBe(0);

  await house.startAgain();
  await house.lookAtAll();
  await house.quiet();
  expect(await verdicts()).toEqual(before.verdicts);
  expect(await house.ledger.log()).toEqual(before.log);
  expect(writes()).toBe(before.writes);
});

it("what happened after the backup is judged when it has been put back: a gate stays closed", async () => {
  const older = join(folder, "older.gz");
  await script("backup", "--out", older);
  const on = board(house);
  on.drag(people.anders, "INNO-4", "2. Nytænk");
  await house.quiet();
  await house.stop();
  await house.forget();
  on.drag(people.anders, "INNO-2", "4. Implementer");
  await house.sandbox.notion.delivered();
  await script("backup", "--restore", older);
  await house.startAgain();
  await house.lookAtAll();
  await house.quiet();
  expect(on.field("INNO-2", "Fase")).not.toBe("4. Implementer");
});

it("a ledger that knows anything is left alone", async () => {
  const log = await house.ledger.log();
  expect(await script("backup", "--restore", file)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/not empty/u),
  });
  expect(await house.ledger.log()).toEqual(log);
});

it("a file that is there is never overwritten", async () => {
  const before = await readFile(file);
  expect((await script("backup", "--out", file)).code).toBe(1);
  expect(await readFile(file)).toEqual(before);
});

const damages: readonly [what: string, change: (lines: string[]) => string[]][] = [
  ["without its last line", (lines) => lines.slice(0, -1)],
  ["without a line in the middle", (lines) => lines.toSpliced(3, 1)],
  ["with a changed key", (lines) => lines.with(2, (lines[2] ?? "").replace('"key":"', '"key":"x'))],
  ["with something behind its end", (lines) => [...lines, lines[2] ?? ""]],
  ["of a newer ledger", (lines) => lines.with(0, (lines[0] ?? "").replace('"ledger":1', '"ledger":99'))],
  ["that is empty", () => []],
];
it.each(damages)("a copy %s is refused as a whole", async (_what, change) => {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split("\n");
  const damagedFile = join(folder, `${crypto.randomUUID()}.gz`);
  await writeFile(damagedFile, gzipSync(`${change(lines).join("\n")}\n`));
  expect((await script("backup", "--restore", damagedFile, "--dry-run")).code).toBe(1);
});

it("no queue and no budget is in a backup, and everything that the ledger keeps is", async () => {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split("\n");
  const keys = lines.slice(1, -1).map((line) => (JSON.parse(line) as { key: string }).key);
  expect(keys.filter((key) => /^(sync|mirror|reconcile|tasks|rate|listed):/u.test(key))).toEqual([]);
  const kinds = new Set(keys.map((key) => key.split(":")[0]));
  for (const kind of ["card", "log", "log-head", "notes", "rows", "tasks", "event"]) expect(kinds).toContain(kind);
});
