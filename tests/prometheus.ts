// SPDX-License-Identifier: EUPL-1.2
/** A Prometheus of a test's own, set up as docs/monitoring/prometheus.yaml says but for the addresses and the haste. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { freePort } from "./free-port.ts";
import { findPromtool } from "./promtool.ts";

/** One series of an answer: its labels and its value now. */
export type Sample = Readonly<{ labels: Readonly<Record<string, string>>; value: number }>;
/** An alert, and whether it is inactive, pending or firing. */
export type Rule = Readonly<{ name: string; health: string; state: string }>;

export type Prometheus = Readonly<{
  /** Throws with what Prometheus says of an expression that is none. */
  ask(expr: string): Promise<readonly Sample[]>;
  rules(): Promise<readonly Rule[]>;
  close(): Promise<void>;
}>;

type Settings = { global: object; scrape_configs: [{ authorization: object; dns_sd_configs: unknown }] };

/** Asks the addresses each second with the token; null where there is no Prometheus to be had. */
export async function openPrometheus(addresses: readonly string[], token: string): Promise<Prometheus | null> {
  const promtool = await findPromtool();
  if (promtool === null) return null;
  const folder = await mkdtemp(join(tmpdir(), "faseport-prometheus-"));
  const { scrape_configs, ...settings } = parse(await readFile("docs/monitoring/prometheus.yaml", "utf8")) as Settings;
  const [{ dns_sd_configs: _byName, ...ours }] = scrape_configs;
  const asked = {
    ...settings,
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: [resolve("docs/monitoring/alerts.yaml")],
    scrape_configs: [
      { ...ours, authorization: { credentials_file: join(folder, "token") }, static_configs: [{ targets: addresses }] },
    ],
  };
  await writeFile(join(folder, "token"), token);
  await writeFile(join(folder, "prometheus.yaml"), stringify(asked));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    promtool.replace(/promtool$/u, "prometheus"),
    [
      `--config.file=${join(folder, "prometheus.yaml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${address}`,
    ],
    { stdio: "ignore" },
  );
  const ended = once(child, "exit");
  const isReady = () =>
    fetch(`http://${address}/-/ready`).then(
      (it) => it.ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`prometheus ended with ${child.exitCode}`);
    await pause(50);
  }
  return {
    async ask(expr) {
      type Found = { metric: Record<string, string>; value: [number, string] };
      const { result } = await get<{ result: Found[] }>(address, "query", { query: expr });
      return result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
    },
    async rules() {
      const { groups } = await get<{ groups: { rules: Rule[] }[] }>(address, "rules", {});
      return groups.flatMap(({ rules }) => rules);
    },
    async close() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function get<Data>(address: string, path: string, query: Record<string, string>): Promise<Data> {
  const answer = await fetch(`http://${address}/api/v1/${path}?${new URLSearchParams(query)}`);
  const said = (await answer.json()) as { status: string; error?: string; data: Data };
  if (said.status !== "success") throw new Error(said.error);
  return said.data;
}
