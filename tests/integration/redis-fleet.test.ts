// SPDX-License-Identifier: EUPL-1.2
/**
 * A Redis of several servers, with sentinels or as a cluster: the service finds the present primary by itself. It is killed,
 * it hangs, it hands over, and each time people act at that moment: nothing is lost, and nothing is said twice.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jobNames } from "../../src/jobs/registry.ts";
import { keysLike, prefixOf } from "../../src/redis/client.ts";
import { openWorkRedis } from "../../src/redis/connect.ts";
import { askInfo } from "../../src/redis/info.ts";
import { unsafeSettings } from "../../src/redis/remote.ts";
import { type Fleet, type Node, openCluster, openSentinels } from "../redis-fleet.ts";
import { startRedis } from "../redis-server.ts";
import { board, type House, openHouse, people } from "./house.ts";

const run = promisify(execFile);
const UDI = "Digitalisering og Innovation";
/** A machine that hangs is only known by its silence. */
const patiently = { timeout: 60_000, interval: 50 };

describe.each([
  ["sentinels", openSentinels],
  ["a cluster", openCluster],
] as const)("with %s", (_name, openFleet) => {
  let fleet: Fleet;
  let house: House;
  let on: ReturnType<typeof board>;
  beforeAll(async () => {
    fleet = await openFleet();
    house = await openHouse({ redis: fleet, roles: ["web", "worker"], quietWithinMs: 60_000 });
    on = board(house);
  }, 120_000);
  afterAll(async () => {
    await house?.close();
    await fleet?.close();
  }, 60_000);

  /** The primary goes, somebody acts, and it comes back when the answer is there. */
  async function acrossAnother(go: (primary: Node) => unknown, act: () => void, isAnswered: () => boolean) {
    const former = await fleet.primary();
    await go(former);
    act();
    await expect.poll(isAnswered, patiently).toBe(true);
    await fleet.replaced(former);
    return former;
  }

  async function isWellAgain() {
    await fleet.whole();
    await house.quiet();
    for (const url of house.addresses()) expect((await fetch(`${url}/readyz`)).status).toBe(200);
  }

  it("its primary is killed: a drag of that moment is put back, and told of once", async () => {
    const former = await acrossAnother(
      async (primary) => {
        await primary.kill();
        // Whether it answers or not, who asks just then is told.
        const asked = Array.from({ length: 30 }, () => askInfo(fleet.connection, 1_000));
        expect(await Promise.allSettled(asked)).toHaveLength(30);
      },
      () => on.drag(people.anders, "INNO-3", "2. Nytænk"),
      () => on.field("INNO-3", "Fase") === "1. Udforsk" && on.said("INNO-3").length > 0,
    );
    await former.start();
    await isWellAgain();
    expect(on.said("INNO-3")).toEqual(["A01"]);
  }, 180_000);

  it("its primary hangs: a tick of that moment counts, once", async () => {
    const former = await acrossAnother(
      (primary) => primary.freeze(),
      () => on.tick(people.mette, "INNO-3", UDI),
      () => on.said("INNO-3").length > 1,
    );
    former.thaw();
    await isWellAgain();
    expect(on.said("INNO-3")).toEqual(["A01", "B01"]);
    expect(on.field("INNO-3", "Godkendelser")).toBe("Udforsk → Nytænk: 1 af 1");
  }, 180_000);

  it("its primary hands over: the approved move of that moment stands, and its issue follows", async () => {
    await acrossAnother(
      () => fleet.handOver(),
      () => on.drag(people.anders, "INNO-3", "2. Nytænk"),
      () => on.phaseLabels("INNO-3").includes("fase:2-nytaenk"),
    );
    await isWellAgain();
    expect(on.field("INNO-3", "Fase")).toBe("2. Nytænk");
    expect(on.phaseLabels("INNO-3")).toEqual(["fase:2-nytaenk"]);
  }, 180_000);

  it("the doctor's questions are answered by the primary", async () => {
    const port = String((await fleet.primary()).port);
    const info = await askInfo(fleet.connection, 5_000);
    expect(info).toMatchObject({ tcp_port: port, role: "master", aof_enabled: "1" });
    expect(unsafeSettings(info, fleet.connection)).toEqual([]);
  });

  it("a backup of it is whole, and can be put into a Redis of another kind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "faseport-fleet-copy-"));
    const single = await startRedis();
    try {
      const copy = join(folder, "copy.gz");
      const backup = (url: string, ...args: string[]) =>
        run(process.execPath, ["scripts/backup.ts", ...args], { env: { ...house.environment, REDIS_URL: url } });
      const taken = await backup(fleet.url, "--out", copy);
      expect(taken.stdout).toMatch(/The decision log of \d+ lines is what was written/u);
      await backup(`unix://${(single.connection as { path: string }).path}`, "--restore", copy);
      const client = await openWorkRedis(single.connection);
      const keys = (await client.keys("*")).sort();
      client.disconnect();
      const kept = await openWorkRedis(fleet.connection);
      const passing = new RegExp(`^(?:rate|listed|${jobNames.join("|")}):`, "u");
      const own = new Set<string>();
      for await (const page of keysLike(kept, `${prefixOf(kept)}:*`))
        for (const key of page.map((it) => it.slice(prefixOf(kept).length + 1)))
          if (!passing.test(key)) own.add(`faseport:${key}`);
      kept.disconnect();
      expect(keys).toEqual([...own].sort());
    } finally {
      await single.close();
      await rm(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
