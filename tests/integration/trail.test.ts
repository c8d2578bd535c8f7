// SPDX-License-Identifier: EUPL-1.2
/** The service's own log: an event can be followed from the door to the last write, and no line tells of a person, a title or a secret. */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, model, openHouse, people } from "./house.ts";
import type { SaidLine } from "./process.ts";

const adminToken = "the administrator's own secret";
const title = "Hemmelig overtagelse af Villa Vest";

let house: House;
beforeAll(async () => {
  house = await openHouse({
    roles: ["web", "worker"],
    environment: { LOG_LEVEL: "trace", FASEPORT_ADMIN_TOKEN: adminToken },
  });
}, 60_000);
afterAll(() => house.close());

const lines = (): readonly SaidLine[] => house.said().flat();
const trailOf = (event: string) =>
  lines()
    .filter(({ events }) => Array.isArray(events) && events.includes(event))
    .map(({ job, msg, side, method }) => [job ?? "door", msg, side, method].filter(Boolean).join(" "));
const lastTaken = (side: string) => {
  const events = lines().findLast((line) => line.msg === "taken" && line.side === side)?.events;
  return (events as readonly string[] | undefined)?.[0] ?? "none";
};

it("a drag on the board: from the door over the verdict to the comment, and on to the issue", async () => {
  const on = board(house);
  on.edit(people.anders, "INNO-3", { Navn: { title: [{ text: { content: title } }] } });
  await house.quiet();
  const trail = trailOf(lastTaken("board"));
  expect(trail[0]).toBe("door taken board");
  expect(trail).toContain("sync judged");
  expect(trail).toContain("mirror written tracker PATCH");
});

it("a refused drag: what is written back and said", async () => {
  board(house).drag(people.anders, "INNO-3", "4. Implementer");
  await house.quiet();
  const trail = trailOf(lastTaken("board"));
  expect(trail.slice(0, 1)).toEqual(["door taken board"]);
  for (const step of ["sync judged", "sync written board PATCH", "sync written board POST"])
    expect(trail).toContain(step);
});

it("a label on the tracker: from its delivery to what is written there, and to the card's look", async () => {
  const number = board(house).issue("INNO-3")?.number ?? 0;
  house.sandbox.github.label("anders-dev", number, "fase:5-foelg-op");
  await house.quiet();
  const trail = trailOf(lastTaken("tracker"));
  expect(trail[0]).toBe("door taken tracker");
  expect(trail.some((step) => step.startsWith("mirror written tracker"))).toBe(true);
});

it("a job that fails is told with the event that led to it", async () => {
  house.sandbox.notion.faults(({ method }) => (method === "PATCH" ? { kind: "status", status: 503 } : null));
  board(house).drag(people.anders, "INNO-3", "5. Følg op");
  await expect
    .poll(() => lines().some(({ msg }) => msg === "a job failed and is tried again"), { timeout: 20_000 })
    .toBe(true);
  house.sandbox.notion.faults(null);
  await house.quiet();
  expect(trailOf(lastTaken("board"))).toContain("sync a job failed and is tried again");
});

/** What happens in a bad week. */
async function badWeek(): Promise<void> {
  const { notion, github, clock } = house.sandbox;
  const on = board(house);
  const url = house.service().url;
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });
  await post("/webhooks/notion", JSON.stringify({ title, who: "Mette Formand" }), {
    "x-notion-signature": "sha256=ab",
  });
  const odd = JSON.stringify({ name: "Bodil Borgmester", title });
  const secret = house.environment.NOTION_WEBHOOK_SECRET ?? "";
  await post("/webhooks/notion", odd, {
    "x-notion-signature": `sha256=${createHmac("sha256", secret).update(odd).digest("hex")}`,
  });
  await fetch(`${url}/cards/${encodeURIComponent(title)}/explain`, {
    headers: { authorization: `Bearer ${adminToken}` },
  });
  on.tick(people.anders, "INNO-3", "Digitalisering og Innovation");
  on.tick(people.mette, "INNO-3", "Digitalisering og Innovation");
  on.edit(people.lise, "INNO-6", { Fortrolighed: { select: { name: "Fortrolig" } } });
  await house.quiet();
  const statuses = [400, 409, 503];
  notion.faults(({ method }) => {
    const status = method === "PATCH" ? statuses.pop() : undefined;
    return status === undefined ? null : { kind: "status", status };
  });
  on.edit(people.lise, "INNO-4", { Navn: { title: [{ text: { content: `${title} 2` } }] } });
  on.drag(people.lise, "INNO-5", "3. Test");
  await house.quiet();
  notion.faults(null);
  github.faults(() => ({ kind: "status", status: 422 }));
  on.edit(people.anders, "INNO-3", { Navn: { title: [{ text: { content: `${title} 3` } }] } });
  await house.quiet();
  github.faults(null);
  clock.advance(40 * 86_400_000);
  await house.lookAtAll();
  await house.quiet();
}

it("no line holds a name, a title, a login or a secret, whatever happens", async () => {
  await badWeek();
  const { notion, github } = house.sandbox;
  const secrets = ["NOTION_TOKEN", "NOTION_WEBHOOK_SECRET", "GITHUB_TOKEN", "GITHUB_WEBHOOK_SECRET"];
  const forbidden = [
    ...model.municipality.people.flatMap(({ name, github: login }) => [name, ...(login ? [login] : [])]),
    ...notion
      .pages(notion.projects)
      .map((page) => JSON.stringify(page.properties.Navn))
      .flatMap((text) => [...text.matchAll(/"plain_text":"([^"]{4,})"/gu)].map(([, words]) => words ?? "")),
    ...github.issues().map((issue) => issue.title),
    ...secrets.map((name) => house.environment[name] ?? name),
    adminToken,
    title,
  ].filter((text) => text !== "");
  expect(forbidden.length).toBeGreaterThan(30);
  const texts = lines().map((line) => JSON.stringify(line));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((text) => /"level":50/u.test(text)).length).toBeGreaterThan(0);
  for (const secret of forbidden) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
});
