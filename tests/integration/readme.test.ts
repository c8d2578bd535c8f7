// SPDX-License-Identifier: EUPL-1.2
/** README's «Run it for real», followed word for word in a copy of the project, against `npm run sandbox` as the other side. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readText, readValues } from "../../scripts/setup/env-file.ts";
import { freePort } from "../free-port.ts";

let folder: string;
let ports: Readonly<{ page: number; service: number }>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faseport-readme-"));
  for (const part of ["src", "scripts", "config", "package.json", "tsconfig.json"])
    await cp(part, join(folder, part), { recursive: true });
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  // The Redis program, if it was fetched before: no second copy.
  await symlink(resolve(".cache"), join(folder, ".cache")).catch(() => {});
  ports = { page: await freePort(), service: await freePort() };
});
afterAll(async () => {
  for (const child of children.reverse()) {
    if (child.exitCode !== null || child.pid === undefined) continue;
    const ended = once(child, "exit");
    process.kill(-child.pid, "SIGTERM");
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

/** README's commands; only the two ports are others, for somebody may use those. */
async function commands(): Promise<readonly string[]> {
  const readme = await readFile("README.md", "utf8");
  const [, block = ""] = /<!-- followed word for word[^>]*-->\n```sh\n(.*?)```/su.exec(readme) ?? [];
  return block
    .trim()
    .split("\n")
    .map((line) => line.replace("sandbox -- --empty", `sandbox -- --empty --port ${ports.page}`))
    .map((line) => line.replaceAll(":3000", `:${ports.service}`));
}

function begin(command: string) {
  const child = spawn("sh", ["-c", command.replace(/ &$/u, "")], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: `${resolve("node_modules/.bin")}:/usr/local/bin:/usr/bin:/bin`,
      HOME: folder,
      PORT: String(ports.service),
    },
  });
  children.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const until = async (words: RegExp) => {
    while (!words.test(said)) {
      if (child.exitCode !== null) throw new Error(`«${command}» ended with ${child.exitCode}: ${said}`);
      await pause(50);
    }
  };
  return { child, until, said: () => said, ended: once(child, "exit").then(([code]) => code as number) };
}

async function run(command: string): Promise<string> {
  const { ended, said } = begin(command);
  const code = await ended;
  expect(code, said()).toBe(0);
  return said();
}

/** What a person does in a browser. */
const page = (path: string, form?: Record<string, string>) =>
  fetch(`http://127.0.0.1:${ports.page}${path}`, form && { method: "POST", body: new URLSearchParams(form) });
const act = async (command: object) => {
  const answer = await fetch(`http://127.0.0.1:${ports.page}/commands`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(command),
  });
  expect(answer.status, await answer.clone().text()).toBeLessThan(300);
};

const env = () => readText(join(folder, ".env"));

it("setup, a doctor who finds nothing, a start, and a drag that is refused; a second setup changes nothing", async () => {
  const [sandbox = "", setup = "", doctor = "", start = "", ...rest] = await commands();
  expect(rest).toEqual([]);
  begin(sandbox);
  while (!env().includes("HOST=")) await pause(50);

  const setting = begin(setup);
  await setting.until(/Waiting at/u);
  const hook = `http://127.0.0.1:${ports.service}/webhooks/notion`;
  expect(await (await page("/connection/webhooks", { url: hook })).text()).toContain("the answer was 200");
  expect(await setting.ended, setting.said()).toBe(0);
  const token = readValues(env()).NOTION_WEBHOOK_SECRET ?? "";
  expect((await page("/connection/webhooks/verify", { token })).status).toBe(200);

  expect(await run(doctor)).not.toMatch(/to look at/u);
  const before = env();
  const again = await run(setup);
  expect(again).toContain("nothing to do");
  expect(env()).toBe(before);

  const service = begin(start);
  await service.until(/Faseport is running/u);
  await refusedDrag();
  expect(await run(doctor)).not.toMatch(/to look at/u);
}, 300_000);

type State = { cards: { id: string; phase: string; comments: { parts: { text: string }[] }[] }[] };
const state = async () => (await (await page("/state")).json()) as State;

/** An idea that nobody has decided on is dragged into the second phase: it goes back, and is told why. */
async function refusedDrag(): Promise<void> {
  const by = "00000000-0000-4000-8000-000000000006";
  await act({ do: "create", by, title: "Bænke der samler regnvand", phase: null, track: "2 Politisk projekt" });
  const id = (await state()).cards[0]?.id ?? "";
  await act({ do: "move", by, card: id, phase: "2. Nytænk" });
  for (;;) {
    const [card] = (await state()).cards;
    const said = card?.comments.flatMap(({ parts }) => parts.map(({ text }) => text)).join("") ?? "";
    if (said !== "" && card?.phase === "") return;
    await pause(100);
  }
}
