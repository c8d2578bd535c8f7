// SPDX-License-Identifier: EUPL-1.2
/** The GitHub adapter keeps the tracker's contract, over HTTP against the stand-in; each request is judged by GitHub's own document. */
import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Permanent, Refused, RetryLater } from "../../src/core/errors.ts";
import { createGithub, type GithubSettings, type GithubTracker } from "../../src/tracker/github/github.ts";
import type { TaskRef, TaskWanted } from "../../src/tracker/tracker.ts";
import { type Bench, bench, onPort, start, token } from "./github-bench.ts";

const card = "3f2b8a10-0000-4000-8000-000000000001";
const other = "3f2b8a10-0000-4000-8000-000000000002";
const since = start.toISOString();
const wanted: TaskWanted = {
  card,
  title: "Kortere ventetid",
  titleHeld: false,
  note: "Denne del skrives af Faseport.",
  lines: [
    { label: "Kortet", text: "INNO-12", href: "https://www.notion.so/kort-12" },
    { label: "Fase", text: "1. Udforsk" },
  ],
  labels: ["fase:1-udforsk", "spor:politisk"],
  ownLabels: ["fase:1-udforsk", "fase:2-nytaenk", "spor:politisk", "afventer:politik"],
  assignees: [],
  formerAssignees: [],
  closed: null,
};

let at: Bench;
let port: Awaited<ReturnType<typeof onPort>>;
let tracker: GithubTracker;

const settings = (more: Partial<GithubSettings> = {}): GithubSettings => ({
  apiUrl: port.url,
  auth: { kind: "token", token },
  owner: "furesoe",
  repo: "innovation",
  ...more,
});

async function open(options: Parameters<typeof bench>[0] = {}): Promise<void> {
  at = bench(options);
  port = await onPort(at);
}

/** Reads the task and writes what differs. */
async function write(ref: TaskRef, next: TaskWanted) {
  const seen = await tracker.read(ref);
  return seen && tracker.write(seen, next);
}

/** Requests since the last look, as "METHOD status". */
function asked(): string[] {
  const seen = at.world.calls.slice(looked).map(({ method, status }) => `${method} ${status}`);
  looked = at.world.calls.length;
  return seen;
}
let looked = 0;

beforeEach(async () => {
  await open();
  tracker = await createGithub(settings());
  looked = at.world.calls.length;
});

afterEach(async () => {
  at.world.close();
  await port.close();
  expect(at.problems, "requests or answers that GitHub's own document does not allow").toEqual([]);
});

describe("creating a task", () => {
  it("takes one request, labels and block included", async () => {
    const task = await tracker.create(wanted);
    expect(asked()).toEqual(["POST 201"]);
    expect(task).toMatchObject({ number: 1, title: "Kortere ventetid", labels: wanted.labels, closed: null });
    expect(at.world.issue(1)).toMatchObject({ id: task.id, html_url: task.url, user: { login: "faseport-bot" } });
    expect(task.body).toBe(
      [
        `<!-- faseport:begin ${card} -->`,
        "- **Kortet:** [INNO-12](<https://www.notion.so/kort-12>)",
        "- **Fase:** 1. Udforsk",
        "",
        "<sub>Denne del skrives af Faseport.</sub>",
        "<!-- faseport:end -->",
      ].join("\n"),
    );
  });

  it("keeps a title on one line and within GitHub's 256 characters", async () => {
    const title = `En titel\n  med\u202E linjeskift ${"🦆".repeat(200)}`;
    const task = await tracker.create({ ...wanted, title });
    expect(task.title).toMatch(/^En titel med linjeskift 🦆+…$/u);
    expect(task.title.length).toBeLessThanOrEqual(256);
    expect(await write(task, { ...wanted, title })).toMatchObject({ wrote: false });
  });

  it("when the answer is lost after saving, the task is found again, and there is one issue (I4)", async () => {
    at.world.faults(({ method }) => (method === "POST" ? { kind: "drop-connection", afterSaving: true } : null));
    await expect(tracker.create(wanted)).rejects.toThrow(RetryLater);
    at.world.faults(null);
    const found = await tracker.findOwn(card, since);
    expect(found).toMatchObject({ number: 1, title: "Kortere ventetid" });
    expect(await tracker.findOwn(other, since)).toBeNull();
    expect(at.world.issues()).toHaveLength(1);
  });
});

describe("finding the service's own task", () => {
  it("does not count a marker that somebody else copied (I7, case 44)", async () => {
    const { body } = await tracker.create({ ...wanted, card: other });
    at.world.create("anna", { title: "kopi", body: body.replace(other, card) });
    at.world.edit("bo", 1, { body: `${body}\n\n${body.replace(other, card)}` });
    at.world.openPullRequest("anna", "ændring");
    expect(await tracker.findOwn(card, since)).toBeNull();
    expect(await tracker.findOwn(other, since)).toMatchObject({ number: 1 });
  });

  it("asks for its own issues only, and does not trust the answer to hold no others", async () => {
    const { body } = await tracker.create(wanted);
    at.clock.advance(60_000);
    for (let n = 0; n < 101; n += 1) at.world.create("anna", { title: "kopi", body });
    asked();
    expect(await tracker.findOwn(card, since)).toMatchObject({ number: 1 });
    expect(asked()).toEqual(["GET 200"]);
    const unfiltered: typeof fetch = (url, init) => fetch(String(url).replace(/creator=[^&]*&?/, ""), init);
    const careful = await createGithub(settings({ fetch: unfiltered }));
    expect(await careful.findOwn(card, at.clock.now().toISOString())).toBeNull();
  });

  it("finds a closed one, the first of two, and none from before", async () => {
    await tracker.create(wanted);
    await tracker.create(wanted);
    at.world.closeIssue("anna", 1, "completed");
    expect(await tracker.findOwn(card, since)).toMatchObject({ number: 1, closed: "completed" });
    at.clock.advance(60_000);
    at.world.comment("anna", 1, "ændret senere, ikke oprettet senere");
    expect(await tracker.findOwn(card, at.clock.now().toISOString())).toBeNull();
  });

  it("counts an issue created in the second that `since` is in, because GitHub tells no milliseconds", async () => {
    at.clock.advance(1_999 - (at.clock.now().getTime() % 1000));
    const late = at.clock.now().toISOString();
    await tracker.create(wanted);
    expect(await tracker.findOwn(card, late)).toMatchObject({ number: 1 });
  });

  it("looks through all pages, and stops where issues are too old", async () => {
    for (let n = 0; n < 120; n += 1) await tracker.create({ ...wanted, card: `${other}-${n}` });
    at.clock.advance(3_600_000);
    const later = at.clock.now().toISOString();
    await tracker.create(wanted);
    for (let n = 0; n < 120; n += 1) await tracker.create({ ...wanted, card: `${other}-b${n}` });
    for (let n = 1; n <= 120; n += 1) at.world.comment("anna", n, "så den kommer med i since");
    asked();
    expect(await tracker.findOwn(card, later)).toMatchObject({ number: 121 });
    expect(asked()).toEqual(["GET 200", "GET 200"]);
  });
});

describe("writing a task", () => {
  it("that is as wanted reads it and writes nothing (I3, I5)", async () => {
    const task = await tracker.create(wanted);
    asked();
    expect(await write(task, wanted)).toEqual({ task, wrote: false });
    expect(asked()).toEqual(["GET 200"]);
  });

  it("changes everything that differs in one request", async () => {
    const task = await tracker.create(wanted);
    asked();
    const next: TaskWanted = {
      ...wanted,
      title: "Ny titel",
      lines: [{ label: "Fase", text: "2. Nytænk" }],
      labels: ["fase:2-nytaenk", "spor:politisk"],
      closed: "not_planned",
    };
    const written = await write(task, next);
    expect(asked()).toEqual(["GET 200", "PATCH 200"]);
    expect(written).toMatchObject({ wrote: true, task: { title: "Ny titel", closed: "not_planned" } });
    expect(written?.task.labels.toSorted()).toEqual(next.labels.toSorted());
    expect(await write(task, next)).toMatchObject({ wrote: false });
  });

  it("keeps labels, text and assignees that are not the service's (I10)", async () => {
    const task = await tracker.create(wanted);
    const { world } = at;
    world.label("anna", 1, "bug");
    world.label("anna", 1, "fase:2-nytaenk");
    world.assign("anna", 1, "bo");
    const outside = "\r\n\r\n## Vores noter\r\n* @anna #12  \r\n<!-- vores -->\t";
    world.edit("anna", 1, { body: `Først\n${task.body}${outside}` });
    const next = { ...wanted, lines: [{ label: "Fase", text: "2. Nytænk" }] };
    const written = await write(task, next);
    expect(written?.task.labels.toSorted()).toEqual(["bug", "fase:1-udforsk", "spor:politisk"]);
    expect(written?.task.body.startsWith("Først\n<!-- faseport:begin")).toBe(true);
    expect(written?.task.body.endsWith(`<!-- faseport:end -->${outside}`)).toBe(true);
    expect(world.issue(1).assignees?.map((it) => it.login)).toEqual(["bo"]);
  });

  it("leaves out of the request what does not differ", async () => {
    const task = await tracker.create(wanted);
    at.world.deliveries("hold");
    at.world.edit("anna", 1, { title: "Anden titel" });
    const before = at.world.issue(1);
    await write(task, wanted);
    expect(at.world.issue(1)).toMatchObject({ title: wanted.title, body: before.body, labels: before.labels });
  });

  it.each([
    ["removed", (body: string) => body.replace(/^[\s\S]*?<!-- faseport:end -->/, "tekst")],
    ["without its end", (body: string) => body.replace("<!-- faseport:end -->", "tekst")],
    ["without its beginning", (body: string) => body.replace(/^<!--.*-->/, "tekst")],
    ["of another card", (body: string) => `${body.replace(card, other)}\ntekst`],
  ])("a block that is %s is put back on top, and the rest is kept (case 43)", async (_, damage) => {
    const task = await tracker.create(wanted);
    const damaged = damage(task.body);
    at.world.edit("anna", 1, { body: damaged });
    const written = await write(task, wanted);
    expect(written?.task.body).toBe(`${task.body}\n\n${damaged}`);
    expect(await write(task, wanted)).toMatchObject({ wrote: false });
  });

  it("does not mind the line ends that GitHub's editor writes, nor the case of a label", async () => {
    at.world.create("anna", { title: "giver etiketten navn", labels: ["Fase:1-Udforsk"] });
    const task = await tracker.create(wanted);
    at.world.edit("anna", 2, { body: `${task.body.replaceAll("\n", "\r\n")}\r\nnote` });
    expect(await write(task, wanted)).toMatchObject({ wrote: false });
  });

  it.each([
    ["closed early", null, "completed", null],
    ["closed for another reason", "not_planned", "completed", "not_planned"],
    ["closed as wanted", "completed", "completed", "completed"],
  ] as const)("%s: wanted %s, found %s, becomes %s (case 42)", async (_, closed, found, expected) => {
    const task = await tracker.create(wanted);
    at.world.closeIssue("anna", 1, found);
    const written = await write(task, { ...wanted, closed });
    expect(written).toMatchObject({ task: { closed: expected }, wrote: closed !== found });
  });
});

describe("a task that is gone", () => {
  it.each([
    ["deleted", () => at.world.deleteIssue("anna", 1)],
    ["transferred", () => at.world.transferIssue("anna", 1, "furesoe/other")],
  ])("%s: read and write say so, nothing is written, a comment is refused", async (_, lose) => {
    const task = await tracker.create(wanted);
    lose();
    asked();
    expect(await tracker.read(task)).toBeNull();
    expect(await write(task, { ...wanted, title: "Ny" })).toBeNull();
    await expect(tracker.comment(task, note("hej"))).rejects.toThrow(Refused);
    expect(asked().filter((it) => it.startsWith("PATCH") || it === "POST 201")).toEqual([]);
  });

  it("a number that came to mean another issue is not the task", async () => {
    const task = await tracker.create(wanted);
    expect(await tracker.read({ ...task, id: task.id + 1 })).toBeNull();
  });
});

describe("the repository", () => {
  it("may be renamed while the service runs (case 46)", async () => {
    const task = await tracker.create(wanted);
    at.world.renameRepository("furesoe/fremtid");
    expect(await tracker.read(task)).toMatchObject({ id: task.id });
    expect(tracker.repository).toBe("furesoe/fremtid");
    expect(await tracker.create({ ...wanted, card: other })).toMatchObject({ number: 2 });
    at.world.renameRepository("furesoe/fremtid-2");
    await tracker.comment(task, note("hej"));
    expect(await createGithub(settings())).toMatchObject({ repository: "furesoe/fremtid-2" });
  });

  it("that can no longer be seen stops everything; no task is taken for deleted (case 31)", async () => {
    const task = await tracker.create(wanted);
    at.world.faults(() => ({ kind: "status", status: 404 }));
    for (const call of [() => tracker.read(task), () => write(task, wanted), () => tracker.create(wanted)]) {
      await expect(call()).rejects.toThrow(Permanent);
    }
  });
});

const note = (text: string, marker = "A25-x1") => ({ text, marker });

describe("comments", () => {
  it("say what they say and ping nobody; links to the board work, others don't (I7)", async () => {
    const task = await tracker.create(wanted);
    await tracker.comment(
      task,
      note("Hej @anna, se #1.\n# Tak for idéen: https://www.notion.so/x?a=1 og https://evil.example/y"),
    );
    expect(at.world.commentsOf(1).map((it) => it.body)).toEqual([
      "Hej @\u200Banna, se #\u200B1.\n\\# Tak for idéen: <https://www.notion.so/x?a=1> og https:\u200B//evil.example/y\n\n<!-- faseport:said A25-x1 -->",
    ]);
  });
});

describe("who the service is", () => {
  it("a token's user, or an app's bot", async () => {
    expect(tracker.self).toBe("faseport-bot");
    const { publicKey, privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
    });
    await port.close();
    const clock = { now: () => new Date(), advance() {} };
    await open({ clock, bot: "faseport[bot]", app: { id: 7, slug: "faseport", installationId: 42, publicKey } });
    const auth = { kind: "app", appId: 7, installationId: 42, privateKey: privateKey.replaceAll("\n", "\\n") } as const;
    const app = await createGithub(settings({ auth }));
    expect(app.self).toBe("faseport[bot]");
    await app.create(wanted);
    expect(await app.findOwn(card, new Date(Date.now() - 60_000).toISOString())).toMatchObject({ number: 1 });
  });

  it.each([
    ["a wrong token", { auth: { kind: "token", token: "ghp_wrong" } }, /GITHUB_TOKEN/],
    ["a repository that isn't there", { repo: "findes-ikke" }, /GITHUB_REPO/],
    [
      "a key that is none",
      { auth: { kind: "app", appId: 7, installationId: 42, privateKey: "nøgle" } },
      /GITHUB_APP_PRIVATE_KEY/,
    ],
  ] as const)("%s is an error that says what to change", async (_, wrong, says) => {
    const failure = await createGithub(settings(wrong)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Permanent);
    expect(String(failure)).toMatch(says);
  });
});

describe("what was said", () => {
  it("is known by its marker, in the service's own comments only, on whichever page they stand", async () => {
    const task = await tracker.create(wanted);
    at.world.comment("anna", 1, "kopi\n\n<!-- faseport:said A25-x1 -->");
    expect(await tracker.hasComment(task, "A25-x1")).toBe(false);
    for (let n = 0; n < 120; n += 1) at.world.comment("bo", 1, `nr. ${n}`);
    await tracker.comment(task, note("Teksten nævner <!-- faseport:said B30-y --> midt i."));
    expect([await tracker.hasComment(task, "A25-x1"), await tracker.hasComment(task, "B30-y")]).toEqual([true, false]);
    at.world.deleteIssue("anna", 1);
    expect(await tracker.hasComment(task, "A25-x1")).toBe(false);
  });
});

describe("assignees", () => {
  const logins = (number: number) => at.world.issue(number).assignees?.map(({ login }) => login);

  it("who must be there and who must not; whom the developers assigned stays (I10)", async () => {
    const task = await tracker.create({ ...wanted, assignees: ["anna"] });
    expect(task.assignees).toEqual(["anna"]);
    expect(await write(task, { ...wanted, assignees: ["ANNA"] })).toMatchObject({ wrote: false });
    at.world.assign("anna", 1, "faseport-bot");
    await write(task, { ...wanted, assignees: ["bo"], formerAssignees: ["Anna"] });
    expect(logins(1)).toEqual(["faseport-bot", "bo"]);
  });

  it("one whom GitHub does not take is left out, and everything else is written", async () => {
    const task = await tracker.create({ ...wanted, assignees: ["eve"] });
    expect([task.assignees, asked()]).toEqual([[], ["POST 422", "POST 201"]]);
    const written = await write(task, { ...wanted, title: "Ny", assignees: ["eve"] });
    expect(written?.task).toMatchObject({ title: "Ny", assignees: [] });
  });
});

describe("a task that became a discussion", () => {
  it("is gone once it should be open again, and only then", async () => {
    const task = await tracker.create(wanted);
    at.world.convertToDiscussion("anna", 1);
    expect(await tracker.read(task)).toMatchObject({ closed: "completed" });
    expect(await write(task, { ...wanted, closed: "completed" })).toMatchObject({ task: { number: 1 } });
    expect(await write(task, wanted)).toBeNull();
  });

  it("what is refused for another reason is not taken for it", async () => {
    const task = await tracker.create(wanted);
    at.world.closeIssue("anna", 1, "completed");
    await expect(write(task, { ...wanted, labels: ["x".repeat(51)] })).rejects.toThrow(Refused);
  });
});

describe("tasks that the ledger does not know", () => {
  it("are found by number, with who made them; pull requests are none", async () => {
    at.world.create("anna", { title: "Idé", labels: ["innovation"] });
    at.world.openPullRequest("bo", "ændring");
    expect(await tracker.find(1)).toMatchObject({ title: "Idé", author: { login: "anna", isPerson: true } });
    expect([await tracker.find(2), await tracker.find(3)]).toEqual([null, null]);
  });

  it("and all that changed since are listed, a hundred in a call, oldest change first", async () => {
    for (let n = 1; n <= 101; n += 1) at.world.create("anna", { title: `nr. ${n}` });
    at.clock.advance(60_000);
    const later = at.clock.now().toISOString();
    at.world.openPullRequest("bo", "ændring");
    at.world.closeIssue("bo", 7, "not_planned");
    asked();
    const numbers = async (from: string | null) => {
      const found: number[] = [];
      for await (const { number } of tracker.changed(from)) found.push(number);
      return found;
    };
    expect([await numbers(later), asked()]).toEqual([[7], ["GET 200"]]);
    const all = await numbers(null);
    expect([all.length, all.at(-1), asked()]).toEqual([101, 7, ["GET 200", "GET 200"]]);
  });
});

describe("the repository's id", () => {
  it("finds it again, whatever its configured name means by now (case 46)", async () => {
    at.world.renameRepository("furesoe/fremtid");
    const named = { owner: "furesoe", repo: "et-andet", knownRepository: tracker.repositoryId };
    expect(await createGithub(settings(named))).toMatchObject({ repository: "furesoe/fremtid" });
    await expect(createGithub(settings({ ...named, knownRepository: null }))).rejects.toThrow(Permanent);
  });
});
