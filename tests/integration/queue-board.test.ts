// SPDX-License-Identifier: EUPL-1.2
/** The queue board: there for whoever has the token, in a browser too; to look at, and not to change anything. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type House, openHouse } from "./house.ts";

const token = "a long random text: with a colon";
let house: House;
beforeAll(async () => {
  house = await openHouse({ roles: ["web", "worker"], environment: { FASEPORT_ADMIN_TOKEN: token } });
});
afterAll(() => house.close());

const bearer = { authorization: `Bearer ${token}` };
const basic = (password: string) => ({ authorization: `Basic ${Buffer.from(`admin:${password}`).toString("base64")}` });
const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${house.service().url}/admin/queues${path}`, { method, headers, redirect: "manual" });

const paths = ["", "/", "/api/queues", "/static/favicon.ico", "/queue/sync"];
it.each(paths)("%s needs the token", async (path) => {
  for (const headers of [{}, basic("wrong"), basic(""), { authorization: "Bearer wrong" }]) {
    const answer = await ask(path, headers);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, expect.stringMatching(/^Basic /u)]);
  }
});

it("a browser that is given the token shows the page, with its styles and scripts", async () => {
  const page = await ask("", basic(token));
  const html = await page.text();
  expect([page.status, html]).toEqual([200, expect.stringContaining("<title>Faseport</title>")]);
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("x-frame-options")).toBe("DENY");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  const parts = [...html.matchAll(/(?:src|href)="(?:\/admin\/queues\/|\.?\/?)(static\/[^"]+\.(?:js|css))"/gu)].map(
    ([, part]) => part,
  );
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect((await ask(`/${part}`, basic(token))).status).toBe(200);
  expect((await ask("/", basic(token))).headers.get("location")).toBe("/admin/queues");
});

it("it shows every queue with what is in it", async () => {
  await house.lookAtAll();
  await house.quiet();
  const { queues } = (await (await ask("/api/queues", bearer)).json()) as {
    queues: { name: string; readOnlyMode: boolean; counts: Record<string, number> }[];
  };
  expect(queues.map(({ name }) => name)).toEqual(expect.arrayContaining(["sync", "mirror", "reconcile", "tasks"]));
  expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
  expect(queues.find(({ name }) => name === "sync")?.counts.completed).toBeGreaterThan(0);
});

const changes: readonly [method: string, path: string][] = [
  ["PUT", "/api/queues/sync/clean/completed"],
  ["PUT", "/api/queues/sync/retry/completed"],
  ["PUT", "/api/queues/sync/pause"],
  ["PUT", "/api/queues/sync/empty"],
  ["POST", "/api/queues/sync/add"],
];
it.each(changes)("%s %s changes nothing, also with the token", async (method, path) => {
  const before = await house.jobs("sync");
  expect((await ask(path, bearer, method)).status).toBeGreaterThanOrEqual(400);
  expect(await house.jobs("sync")).toEqual(before);
});
