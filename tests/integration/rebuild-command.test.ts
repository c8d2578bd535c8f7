// SPDX-License-Identifier: EUPL-1.2
/** `npm run rebuild` as an administrator runs it when Redis was lost (case 37). */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const script = join(import.meta.dirname, "../../scripts/rebuild.ts");

let house: House;
beforeEach(async () => {
  house = await openHouse();
}, 60_000);
afterEach(() => house.closeStopped());

async function rebuild(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const run = promisify(execFile)(process.execPath, [script, ...args], { env: house.environment });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}

const registered = async (number: string) =>
  (await house.ledger.card(board(house).card(number)))?.record.accepted.decisions.find(({ ended }) => ended === null)
    ?.registration?.by;

it("shows what it would take back and writes nothing, then takes it back; the service asks nobody again", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  const before = on.said("INNO-3");
  await house.stop();
  await house.forget();
  const dry = await rebuild("--dry-run");
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.err).toMatch(
    /INNO-3 +Udforsk, omgang 1, \d+ decisions, issue found\n +yes +G1 Digitalisering og Innovation: Mette Formand, 2026-11-23/u,
  );
  expect(dry.err).toMatch(/cards taken back; nothing was left out/u);
  expect(await house.ledger.adoption.isDone()).toBe(false);

  expect(await rebuild()).toMatchObject({ code: 0 });
  expect(await registered("INNO-3")).toEqual([people.mette]);
  await house.startAgain();
  await house.quiet();
  expect(on.said("INNO-3")).toEqual(before);
  await house.stop();
}, 120_000);

it("names what it does not believe", async () => {
  const on = board(house);
  await house.stop();
  await house.forget();
  house.sandbox.notion.edit(people.anders, on.openRow("INNO-3", UDI).id, {
    Godkendt: { checkbox: true },
    Status: { select: { name: "Godkendt" } },
    "Registreret af": { people: [{ id: people.mette }] },
    "Registreret den": { date: { start: "2026-11-20" } },
  });
  const { err } = await rebuild("--dry-run");
  expect(err).toMatch(
    /NOT +G1 Digitalisering og Innovation: somebody else edited the row last; it must be given again/u,
  );
  expect(err).toMatch(/1 things were not believed/u);
});

it("writes over nothing: a ledger that knows cards is left alone, and with --missing gets only those that it lacks", async () => {
  const on = board(house);
  on.tick(people.mette, "INNO-3", UDI);
  await house.quiet();
  await house.stop();
  expect(await rebuild()).toMatchObject({ code: 2, err: expect.stringMatching(/not empty: it knows \d+ cards/u) });

  const others = await house.ledger.card(on.card("INNO-4"));
  await house.forgetCard(on.card("INNO-3"));
  expect(await rebuild("--missing")).toMatchObject({ code: 0 });
  expect(await registered("INNO-3")).toEqual([people.mette]);
  expect(await house.ledger.card(on.card("INNO-4"))).toEqual(others);
}, 120_000);
