// SPDX-License-Identifier: EUPL-1.2
/** The board page over HTTP, without a browser: what it shows, what one can do on it, what it refuses, and its stream. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadModel } from "../../src/model/load.ts";
import type { CardView, View } from "../../src/sandbox/page/view.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";

const model = loadModel({ rulesPath: "config/furesoe.yaml", municipalityPath: "config/kommune.example.yaml" });
const start = new Date("2026-11-23T08:00:00.000Z");
const anders = "00000000-0000-4000-8000-000000000006";
const mette = "00000000-0000-4000-8000-000000000001";
const sanne = "00000000-0000-4000-8000-000000000005";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox({ ...model, start, aggregationMs: 5, seed: "page" });
});
afterEach(() => sandbox.close());

const state = async () => (await (await fetch(`${sandbox.url}/state`)).json()) as View;

async function card(number: string): Promise<CardView> {
  const found = (await state()).cards.find((it) => it.number === number);
  if (!found) throw new Error(`no card ${number} on the board`);
  return found;
}

type Answer = { status: number; error?: string; view?: View; made?: string | null };

async function command(body: unknown): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${sandbox.url}/commands`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as Omit<Answer, "status">) };
}

/** The service's own hand: a call of Notion's or GitHub's API with the sandbox's token. */
async function asService(
  side: "notion" | "github",
  method: string,
  path: string,
  body: unknown,
): Promise<{ id: string }> {
  const [base, token] =
    side === "notion" ? [sandbox.notionUrl, sandbox.notion.token] : [sandbox.githubUrl, sandbox.github.token];
  const headers = {
    authorization: `Bearer ${token}`,
    "notion-version": "2026-03-11",
    "content-type": "application/json",
  };
  const response = await fetch(`${base}${path}`, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string };
}

const text = (content: string) => ({ rich_text: [{ text: { content } }] });

/** The service lays a decision row before a body, as it does for the next gate. */
async function decisionRow(number: string, body: string): Promise<string> {
  const { id } = await card(number);
  const row = await asService("notion", "POST", "/v1/pages", {
    parent: { type: "data_source_id", data_source_id: sandbox.notion.decisions },
    properties: {
      "Beslutning om": { title: [{ text: { content: `${number}: G1` } }] },
      Projekt: { relation: [{ id }] },
      Port: { select: { name: "Godkendt til Nytænk" } },
      Udvalg: { select: { name: body } },
      Status: { select: { name: "Klar" } },
    },
  });
  return row.id;
}

/** The service makes the card's issue and writes its address on the card. */
async function issueFor(number: string): Promise<number> {
  const { id, title } = await card(number);
  await asService("github", "POST", `/repos/${sandbox.github.repo}/issues`, {
    title,
    body: "<!-- faseport -->\n- **Fase:** [1\\. Udforsk](<https://www.notion.so/1>)\n<!-- slut -->",
    labels: ["fase:1-udforsk", "spor:politisk"],
  });
  const issue = sandbox.github.issues().at(-1);
  if (!issue) throw new Error("the issue was not made");
  await asService("notion", "PATCH", `/v1/pages/${id}`, { properties: { Opgave: { url: issue.html_url } } });
  return issue.number;
}

/** Reads views from the stream until one is as wanted. */
async function streamed(wanted: (view: View) => boolean, meanwhile: () => unknown): Promise<View[]> {
  const ended = new AbortController();
  const response = await fetch(`${sandbox.url}/state/stream`, { signal: ended.signal });
  const views: View[] = [];
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const events = (rest + chunk).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) views.push(JSON.parse(event.slice(event.indexOf("data: ") + 6).split("\n")[0] ?? ""));
    if (views.length > 0 && wanted(views.at(-1) as View)) break;
    if (views.length === 1) await meanwhile();
  }
  ended.abort();
  return views;
}

describe("the seeded board", () => {
  it("has projects in every phase, state and kind of track, with the numbers that the guide names", async () => {
    const { cards, columns } = await state();
    const at = (phase: string) => cards.filter((it) => it.phase === phase && !it.parked).map((it) => it.number);
    expect(columns.map((column) => [column.phase, at(column.phase)])).toEqual([
      ["", ["INNO-1", "INNO-2"]],
      ["1. Udforsk", ["INNO-3", "INNO-4", "INNO-5"]],
      ["2. Nytænk", ["INNO-6", "INNO-7", "INNO-8"]],
      ["3. Test", ["INNO-9", "INNO-10"]],
      ["4. Implementer", ["INNO-11"]],
      ["5. Følg op", ["INNO-12"]],
    ]);
    expect(cards.filter((it) => it.parked).map((it) => [it.number, it.phase])).toEqual([["INNO-13", "3. Test"]]);
    expect(await card("INNO-6")).toMatchObject({ track: "3 Hverdagsinnovation", bodies: [] });
    expect((await card("INNO-9")).values["Kræver bevilling"]).toBe(true);
  });

  it("has one card ready for one body, one ready for two, and one that lacks what its gate requires", async () => {
    const both = ["Digitalisering og Innovation", "Ældre og Sundhed"];
    for (const [number, bodies] of [
      ["INNO-3", both.slice(0, 1)],
      ["INNO-4", both],
    ] as const) {
      const ready = await card(number);
      expect(ready).toMatchObject({ bodies, owners: ["Anders Projektejer"], track: "2 Politisk projekt" });
      expect(ready.values.Innovationsspørgsmål).toMatch(/\?$/);
      expect(ready.values.Inddraget).toContain("Borgere");
    }
    const lacking = await card("INNO-5");
    expect(lacking.values.Innovationsspørgsmål).not.toMatch(/\?$/);
    expect(lacking.values.Inddraget).toEqual([]);
  });

  it("is older than the clock, and leaves everything that the service owns to the service", async () => {
    const { notion } = sandbox;
    for (const page of notion.pages(notion.projects)) expect(new Date(page.created_time) < start).toBe(true);
    for (const it of (await state()).cards) {
      expect([it.service, it.approvals, it.missing, it.decisions, it.issue]).toEqual([[], "", "", [], null]);
    }
    expect(notion.pages(notion.decisions)).toEqual([]);
  });

  it("was seeded in silence: who subscribes hears only of what happens afterwards", async () => {
    const heard: string[] = [];
    const service = await listener((path) => heard.push(path));
    sandbox.connect(service.url);
    await Promise.all([sandbox.notion.delivered(), sandbox.github.delivered()]);
    expect(heard.filter((path) => path === "/webhooks/notion")).toEqual([]);
    await command({ do: "move", by: anders, card: (await card("INNO-3")).id, phase: "2. Nytænk" });
    await sandbox.notion.delivered();
    expect(heard.filter((path) => path === "/webhooks/notion")).toHaveLength(1);
    service.server.close();
  });
});

async function listener(heard: (path: string, body: string) => void): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    heard(request.url ?? "", (await request.setEncoding("utf8").toArray()).join(""));
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

describe("acting on the board", () => {
  it("writes nothing but the phase when a card is dropped in another column", async () => {
    const before = await card("INNO-3");
    const answer = await command({ do: "move", by: anders, card: before.id, phase: "2. Nytænk" });
    expect(answer.status).toBe(200);
    const after = answer.view?.cards.find((it) => it.id === before.id);
    expect(after).toEqual({ ...before, phase: "2. Nytænk", values: { ...before.values, Fase: "2. Nytænk" } });
    expect(sandbox.notion.page(before.id).last_edited_by.id).toBe(anders);
  });

  it("empties the phase when a card is dropped in the idea bank", async () => {
    const { id } = await card("INNO-3");
    await command({ do: "move", by: anders, card: id, phase: null });
    expect(await card("INNO-3")).toMatchObject({ phase: "", state: "Aktiv" });
  });

  it.each([
    ["Navn", "Ny titel"],
    ["Udfordring", "Linje et\nLinje to"],
    ["Indsigter", "å".repeat(4500)],
    ["Inddraget", ["Borgere", "Forskning"]],
    ["Udvalg", []],
    ["Testkonklusion", "Justér"],
    ["Testkonklusion", null],
    ["Testrunder", 3],
    ["Testrunder", null],
    ["Kræver bevilling", false],
    ["I drift fra", "2026-11-30"],
    ["Ejer", [mette]],
    ["Leder", [mette]],
    ["Ejer", []],
    ["Tilstand", "Parkeret"],
  ])("saves %s as the chosen person", async (field, value) => {
    const { id } = await card("INNO-9");
    expect(await command({ do: "edit", by: mette, card: id, field, value })).toMatchObject({ status: 200 });
    expect((await card("INNO-9")).values[field]).toEqual(value);
    expect(sandbox.notion.page(id).last_edited_by.id).toBe(mette);
  });

  it("shows a decision row on its card, and saves what a politician sets on it", async () => {
    const row = await decisionRow("INNO-3", "Digitalisering og Innovation");
    await command({ do: "decide", by: mette, row, field: "Godkendt", value: true });
    await command({ do: "decide", by: mette, row, field: "Mødedato", value: "2026-11-20" });
    const [shown, ...others] = (await card("INNO-3")).decisions;
    expect(others).toEqual([]);
    expect(shown).toMatchObject({
      body: "Digitalisering og Innovation",
      status: "Klar",
      settled: false,
      registered: "",
    });
    expect(shown?.values).toMatchObject({ Godkendt: true, Mødedato: "2026-11-20" });
    expect(sandbox.notion.page(row).last_edited_by.id).toBe(mette);
    expect((await card("INNO-4")).decisions).toEqual([]);
  });

  it("keeps what people say, with the mentions marked", async () => {
    const { id } = await card("INNO-3");
    await command({ do: "comment", by: anders, card: id, text: "Vi er klar." });
    await asService("notion", "POST", "/v1/comments", {
      parent: { page_id: id },
      rich_text: [
        { type: "mention", mention: { type: "user", user: { id: anders } } },
        { text: { content: " Godt.\n" } },
        { text: { content: "ref. B01-abc" }, annotations: { code: true } },
      ],
    });
    await expect.poll(async () => (await card("INNO-3")).comments).toHaveLength(2);
    const [mine, answer] = (await card("INNO-3")).comments;
    expect(mine).toMatchObject({ author: "Anders Projektejer", byService: false, parts: [{ text: "Vi er klar." }] });
    expect(answer).toMatchObject({ author: "Faseport", byService: true });
    expect(answer?.parts.map((part) => part.kind)).toEqual(["mention", "text", "reference"]);
    expect((await state()).feed[0]?.text).toBe("Godt.");
    expect((await state()).sent).toMatchObject([
      { to: ["Anders Projektejer"], card: id, cardTitle: "Digital byggesagsguide", text: "B01", firstLine: "Godt." },
    ]);
  });

  it("shows a column that somebody adds to the board", async () => {
    sandbox.notion.addOption(sandbox.notion.projects, "Fase", "6. Fest");
    await expect.poll(async () => (await state()).columns.at(-1)?.phase).toBe("6. Fest");
  });
});

describe("new cards, copies and the trash", () => {
  it.each([
    ["3. Test", "3 Hverdagsinnovation"],
    ["1. Udforsk", null],
    [null, null],
  ])("makes a card in %s with the track %s, and nothing else on it", async (phase, track) => {
    const answer = await command({ do: "create", by: anders, title: " Delebiler ", phase, track });
    const made = answer.view?.cards.find((it) => it.id === answer.made);
    expect(made).toMatchObject({ number: "INNO-14", title: "Delebiler", phase: phase ?? "", track: track ?? "" });
    const filled = Object.values(made?.values ?? {}).filter((it) => it !== null && it !== false && String(it) !== "");
    expect(filled).toHaveLength([phase, track].filter(Boolean).length + 1);
    expect(sandbox.notion.page(made?.id ?? "").created_by.id).toBe(anders);
  });

  it("copies a card with everything on it, as Notion does", async () => {
    const issue = await issueFor("INNO-9");
    const { id, values } = await card("INNO-9");
    const { made } = await command({ do: "copy", by: mette, card: id });
    expect(made).not.toBe(id);
    const copy = await card("INNO-14");
    expect(copy).toMatchObject({ id: made, title: "Sensorer i affaldsbeholdere (1)", issue: { number: issue } });
    expect(copy.values).toEqual({ ...values, Navn: "Sensorer i affaldsbeholdere (1)" });
    expect(sandbox.notion.page(copy.id).created_by.id).toBe(mette);
  });

  it("puts a card in the trash, where it can be seen, and takes it back as it was", async () => {
    const before = await card("INNO-3");
    const { view } = await command({ do: "trash", by: anders, card: before.id });
    expect(view?.cards.map((it) => it.number)).not.toContain("INNO-3");
    expect(view?.trash).toEqual([{ id: before.id, number: "INNO-3", title: before.title }]);
    expect((await command({ do: "comment", by: anders, card: before.id, text: "Hej" })).status).toBe(422);
    const back = await command({ do: "restore", by: anders, card: before.id });
    expect(back.view?.trash).toEqual([]);
    expect(await card("INNO-3")).toEqual(before);
    expect((await command({ do: "restore", by: anders, card: before.id })).error).toMatch(/ikke i papirkurven/);
  });
});

describe("another database", () => {
  it("takes a card, which is not on the board then, and gives it back as it was", async () => {
    const before = await card("INNO-3");
    const { view } = await command({ do: "move-away", by: anders, card: before.id });
    expect(view?.cards.map((it) => it.number)).not.toContain("INNO-3");
    expect(view?.elsewhere).toEqual({
      name: "Andre sager",
      cards: [{ id: before.id, number: "", title: before.title }],
    });
    expect((await command({ do: "move-away", by: anders, card: before.id })).status).toBe(422);
    const back = await command({ do: "move-back", by: anders, card: before.id });
    expect(back.view?.elsewhere.cards).toEqual([]);
    expect(await card("INNO-3")).toEqual(before);
    expect((await command({ do: "move-back", by: anders, card: before.id })).error).toMatch(
      /ikke i den anden database/,
    );
  });
});

describe("several people at once", () => {
  it("becomes one event with both as authors and both fields in it", async () => {
    const row = await decisionRow("INNO-3", "Digitalisering og Innovation");
    await sandbox.notion.delivered();
    const bodies: { authors: { id: string }[]; data: { updated_properties?: string[] } }[] = [];
    const service = await listener((path, body) => path === "/webhooks/notion" && bodies.push(JSON.parse(body)));
    sandbox.connect(service.url);
    const answer = await command({ do: "together", row, by: mette, and: sanne, item: "Punkt 7" });
    expect(answer.status).toBe(200);
    await sandbox.notion.delivered();
    expect(bodies.map((it) => it.authors.map(({ id }) => id))).toEqual([[mette, sanne]]);
    expect(bodies[0]?.data.updated_properties).toHaveLength(2);
    expect((await card("INNO-3")).decisions[0]?.values).toMatchObject({ Godkendt: true, Punkt: "Punkt 7" });
    service.server.close();
  });

  it.each([
    ["the same person twice", { by: mette, and: mette }, "to forskellige personer"],
    ["nobody as the second", { by: mette, and: "" }, "Vælg først"],
    ["the service as the second", { by: mette, and: "BOT" }, "Vi kender ikke den person"],
    ["what stands there already", { by: mette, and: sanne, item: "Punkt 3" }, "Der står allerede »Punkt 3«"],
  ])("refuses %s, and changes nothing", async (_, given, error) => {
    const row = await decisionRow("INNO-3", "Digitalisering og Innovation");
    await command({ do: "decide", by: sanne, row, field: "Punkt", value: "Punkt 3" });
    const before = await card("INNO-3");
    const and = given.and === "BOT" ? sandbox.notion.bot.id : given.and;
    const answer = await command({ do: "together", row, item: "Punkt 4", ...given, and });
    expect(answer.error).toContain(error);
    expect(await card("INNO-3")).toEqual(before);
  });

  it("refuses a box that is ticked already: nobody would tick it", async () => {
    const row = await decisionRow("INNO-3", "Digitalisering og Innovation");
    await command({ do: "decide", by: mette, row, field: "Godkendt", value: true });
    const answer = await command({ do: "together", row, by: mette, and: sanne, item: "Punkt 4" });
    expect(answer.error).toContain("allerede sat");
  });
});

describe("the clock", () => {
  const arrivals = async () => Object.fromEntries((await state()).steps.map((it) => [it.step, it.arrival]));

  it("says where each step leads, and leads there", async () => {
    expect(await arrivals()).toEqual({
      hour: "mandag den 23. november 2026 kl. 10.00",
      day: "tirsdag den 24. november 2026 kl. 09.00",
      week: "mandag den 30. november 2026 kl. 09.00",
      month: "onsdag den 23. december 2026 kl. 09.00",
      meeting: "torsdag den 10. december 2026 kl. 09.00",
      year: "onsdag den 24. november 2027 kl. 09.00",
    });
    for (const step of ["hour", "day", "week", "month", "meeting", "year"] as const) {
      const said = (await arrivals())[step];
      const { view } = await command({ do: "advance", step });
      expect(`${view?.today} kl. ${view?.time}`).toBe(said);
    }
  });

  it("knows the meetings of all bodies: on the day of one the step leads to the next day, and after the last nowhere", async () => {
    const days: string[] = [];
    for (let meeting = 0; meeting < 6; meeting += 1) {
      days.push((await command({ do: "advance", step: "meeting" })).view?.today ?? "");
    }
    expect(days).toEqual([
      "torsdag den 10. december 2026",
      "torsdag den 17. december 2026",
      "torsdag den 7. januar 2027",
      "torsdag den 14. januar 2027",
      "torsdag den 28. januar 2027",
      "torsdag den 11. februar 2027",
    ]);
    expect((await arrivals()).meeting).toBeNull();
    const answer = await command({ do: "advance", step: "meeting" });
    expect(answer).toEqual({ status: 422, error: expect.stringContaining("Næste møde er ikke lagt ind") });
  });

  it("names the bodies that meet", async () => {
    await command({ do: "advance", step: "meeting" });
    expect((await state()).steps.find(({ step }) => step === "meeting")?.name).toBe(
      "Til dagen efter næste møde (Digitalisering og Innovation samt Byråd, 16. december 2026)",
    );
  });
});

describe("downtime", () => {
  /** A process that takes until `done` is called to end or to start. */
  function slowProcess() {
    const asked: string[] = [];
    let done = () => {};
    let fail = () => {};
    const task = (what: string) => () => {
      asked.push(what);
      return new Promise<void>((resolve, reject) => {
        done = resolve;
        fail = () => reject(new Error("port taken"));
      });
    };
    return { asked, stop: task("stop"), start: task("start"), done: () => done(), fail: () => fail() };
  }
  const withService = async (service: { stop(): Promise<void>; start(): Promise<void> }) => {
    await sandbox.close();
    // Long enough that what is done just before the start is still waiting to be sent.
    sandbox = await createSandbox({ ...model, start, aggregationMs: 150, seed: "page", service });
  };
  const is = (service: View["service"]) => expect.poll(async () => (await state()).service).toBe(service);
  const turn = (isDown: boolean) => command({ do: "downtime", isDown });

  it("is not offered where the sandbox has no process to end", async () => {
    expect((await state()).service).toBeNull();
    expect(await turn(true)).toMatchObject({ status: 422, error: expect.stringContaining("ikke selv startet") });
  });

  it("really ends the service, and what happens meanwhile is never told it", async () => {
    const service = slowProcess();
    await withService(service);
    const heard: string[] = [];
    const door = await listener((path, body) => heard.push(`${path} ${body}`));
    sandbox.connect(door.url);
    await Promise.all([sandbox.notion.delivered(), sandbox.github.delivered()]);
    heard.length = 0;

    expect((await turn(true)).view?.service).toBe("stopping");
    expect((await turn(false)).error).toMatch(/Vent et øjeblik/);
    service.done();
    await is("down");
    const { id } = await card("INNO-3");
    await command({ do: "move", by: anders, card: id, phase: "2. Nytænk" });
    sandbox.github.create("anders-dev", { title: "Imens" });
    expect((await turn(false)).view?.service).toBe("starting");
    await expect.poll(() => service.asked).toEqual(["stop", "start"]);
    service.done();
    await is("running");
    await Promise.all([sandbox.notion.delivered(), sandbox.github.delivered()]);
    expect(heard).toEqual([]);

    await command({ do: "move", by: anders, card: id, phase: "1. Udforsk" });
    await sandbox.notion.delivered();
    expect(heard).toHaveLength(1);
    door.server.close();
  });

  it("says when the service would not start, and can be tried again", async () => {
    const service = slowProcess();
    await withService(service);
    await turn(true);
    service.done();
    await is("down");
    await turn(false);
    await expect.poll(() => service.asked.length).toBe(2);
    service.fail();
    await is("would-not-start");
    await turn(false);
    await expect.poll(() => service.asked.length).toBe(3);
    service.done();
    await is("running");
  });
});

describe("acting as a developer", () => {
  it("moves the phase label, and leaves the others", async () => {
    const issue = await issueFor("INNO-3");
    await command({ do: "move-label", issue, label: "fase:3-test" });
    expect((await card("INNO-3")).issue?.labels.toSorted()).toEqual(["fase:3-test", "spor:politisk"]);
  });

  it("adds and removes a label, comments, closes and reopens", async () => {
    const issue = await issueFor("INNO-3");
    await command({ do: "add-label", issue, label: "bug" });
    await command({ do: "remove-label", issue, label: "spor:politisk" });
    await command({ do: "comment-issue", issue, text: "Set." });
    await command({ do: "close-issue", issue });
    const closed = (await card("INNO-3")).issue;
    expect(closed).toMatchObject({ open: false, body: "• Fase: 1. Udforsk", comments: [{ author: "anders-dev" }] });
    expect(closed?.labels.toSorted()).toEqual(["bug", "fase:1-udforsk"]);
    await command({ do: "reopen-issue", issue });
    expect((await card("INNO-3")).issue?.open).toBe(true);
  });
});

describe("what is refused", () => {
  it.each([
    ["no person", { do: "move", by: "", phase: null }, 400, "Vælg først, hvem du er."],
    ["the service as person", { do: "move", by: "BOT", phase: null }, 422, "Vi kender ikke den person."],
    [
      "an unknown card",
      { do: "move", by: anders, card: crypto.randomUUID(), phase: null },
      422,
      "Kortet findes ikke mere.",
    ],
    ["an unknown column", { do: "move", by: anders, phase: "7. Mars" }, 422, "»7. Mars« findes ikke"],
    ["a service field", { do: "edit", by: anders, field: "Godkendelser", value: "ja" }, 422, "skrives af Faseport"],
    ["a made-up field", { do: "edit", by: anders, field: "Budget", value: "ja" }, 422, "skrives af Faseport"],
    ["a word as a number", { do: "edit", by: anders, field: "Testrunder", value: "to" }, 422, "skal være et tal"],
    ["a negative number", { do: "edit", by: anders, field: "Testrunder", value: -1 }, 422, "skal være et tal"],
    [
      "an impossible date",
      { do: "edit", by: anders, field: "I drift fra", value: "2026-02-30" },
      422,
      "skal være en dato",
    ],
    [
      "a year that is not typed to its end",
      { do: "edit", by: anders, field: "I drift fra", value: "0202-12-12" },
      422,
      "hele årstallet",
    ],
    [
      "a choice that is none",
      { do: "edit", by: anders, field: "Udvalg", value: ["Kantinen"] },
      422,
      "ikke alle de valg",
    ],
    ["an empty comment", { do: "comment", by: anders, text: "  " }, 400, "Skriv noget først."],
    ["no label", { do: "add-label", issue: 1, label: "" }, 400, "Vælg en mærkat først."],
    ["an unknown issue", { do: "close-issue", issue: 99 }, 422, "Opgaven findes ikke mere"],
    [
      "a card without a title",
      { do: "create", by: anders, card: undefined, title: " ", phase: null, track: null },
      400,
      "Giv kortet en titel",
    ],
    [
      "a card in an unknown column",
      { do: "create", by: anders, card: undefined, title: "Ny", phase: "7. Mars", track: null },
      422,
      "»7. Mars« findes ikke",
    ],
    ["an unknown step of the clock", { do: "advance", step: "decade" }, 400, "Genindlæs siden"],
    ["an unknown act", { do: "format-disk" }, 400, "Genindlæs siden"],
  ])("%s, with a Danish sentence and without a trace", async (_, body, status, error) => {
    const { id } = await card("INNO-3");
    const before = JSON.stringify((await state()).cards);
    const onCard = "by" in body && !("card" in body) ? { card: id } : {};
    const answer = await command({
      ...body,
      ...onCard,
      ...("by" in body && body.by === "BOT" ? { by: sandbox.notion.bot.id } : {}),
    });
    expect(answer).toEqual({ status, error: expect.stringContaining(error) });
    expect(JSON.stringify((await state()).cards)).toBe(before);
  });

  it("anything that is not JSON", async () => {
    const post = (type: string, body: string) =>
      fetch(`${sandbox.url}/commands`, { method: "POST", headers: { "content-type": type }, body });
    expect((await post("text/plain", '{"do":"close-issue","issue":1}')).status).toBe(415);
    expect((await post("application/json", "{")).status).toBe(400);
  });
});

describe("the stream", () => {
  it("begins with the newest view and brings the next when something changes, whoever changed it", async () => {
    const { id } = await card("INNO-3");
    const phase = (view: View) => view.cards.find((it) => it.id === id)?.phase;
    const views = await streamed(
      (view) => phase(view) === "3. Test",
      () => sandbox.notion.edit(anders, id, { Fase: { select: { name: "3. Test" } } }),
    );
    expect(views.map(phase)).toEqual(["1. Udforsk", "3. Test"]);
    expect(views.map((view) => view.version)).toEqual([...views.map((view) => view.version)].sort((a, b) => a - b));
  });

  it("makes many changes at once one view", async () => {
    const { id } = await card("INNO-3");
    const views = await streamed(
      (view) => view.cards.find((it) => it.id === id)?.title === "Titel 19",
      () => {
        for (let n = 0; n < 20; n += 1) {
          sandbox.notion.edit(anders, id, { Navn: { title: [{ text: { content: `Titel ${n}` } }] } });
        }
      },
    );
    expect(views).toHaveLength(2);
  });
});

describe("what Faseport does", () => {
  const lines = async () => (await state()).feed.map(({ kind, cardTitle, text }) => [kind, cardTitle, text]);

  it("tells the service's own lines by the card's number, newest first, and one event once", async () => {
    sandbox.tell({ projectId: "INNO-3", text: "Første" });
    sandbox.tell({ projectId: "INNO-3", text: "Anden" });
    sandbox.tell({ projectId: "INNO-3", text: "Anden" });
    await expect.poll(lines).toEqual([
      ["Faseport", "Digital byggesagsguide", "Anden"],
      ["Faseport", "Digital byggesagsguide", "Første"],
    ]);
  });

  it("tells what the service's hand did in both worlds, and says nothing of what people did", async () => {
    const { id, title } = await card("INNO-3");
    await command({ do: "move", by: anders, card: id, phase: "2. Nytænk" });
    await command({ do: "comment", by: anders, card: id, text: "Hej" });
    expect(await lines()).toEqual([]);
    await asService("notion", "PATCH", `/v1/pages/${id}`, { properties: { Fase: { select: { name: "1. Udforsk" } } } });
    await expect.poll(lines).toEqual([["Kort", title, "Satte kortet i 1. Udforsk."]]);
    await asService("notion", "POST", "/v1/comments", {
      parent: { page_id: id },
      ...text("Kortet er flyttet tilbage."),
    });
    await expect.poll(async () => (await lines())[0]).toEqual(["Besked", title, "Kortet er flyttet tilbage."]);
    const row = await decisionRow("INNO-3", "Digitalisering og Innovation");
    await expect.poll(async () => (await lines())[0]?.[2]).toMatch(/^Lagde en beslutning frem til Digitalisering/);
    await command({ do: "decide", by: anders, row, field: "Godkendt", value: true });
    await asService("notion", "PATCH", `/v1/pages/${row}`, { properties: { Godkendt: { checkbox: false } } });
    await expect.poll(async () => (await lines())[0]?.[2]).toMatch(/^Fjernede fluebenet hos Digitalisering/);
    const issue = await issueFor("INNO-3");
    await expect.poll(async () => (await lines())[0]?.[2]).toBe(`Oprettede opgave #${issue} i GitHub.`);
    await command({ do: "add-label", issue, label: "bug" });
    await asService("github", "POST", `/repos/${sandbox.github.repo}/issues/${issue}/labels`, { labels: ["parkeret"] });
    await expect.poll(async () => (await lines())[0]).toEqual(["GitHub", title, `Satte parkeret på opgave #${issue}.`]);
    expect(JSON.stringify(await lines())).not.toContain("bug");
  });
});

describe("the server", () => {
  it("serves a page that fetches nothing from elsewhere and runs nothing inline", async () => {
    const response = await fetch(sandbox.url);
    const html = await response.text();
    expect(response.headers.get("content-security-policy")).toMatch(/script-src 'self';.*style-src 'self'/);
    expect(html).toContain('<html lang="da">');
    expect(html.match(/<script(?![^>]*\bsrc=)/g)).toBeNull();
    const links = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map((match) => match[1] ?? "");
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      expect(link).toMatch(/^\/client\//);
      expect((await fetch(`${sandbox.url}${link}`)).status, link).toBe(200);
    }
  });

  it("serves every module that a module of the client imports, and no other file", async () => {
    const seen = new Set<string>();
    const visit = async (file: string): Promise<void> => {
      if (seen.has(file)) return;
      seen.add(file);
      const response = await fetch(`${sandbox.url}/client/${file}`);
      expect([file, response.status, response.headers.get("content-type")]).toEqual([
        file,
        200,
        "text/javascript; charset=utf-8",
      ]);
      for (const [, next] of (await response.text()).matchAll(/^import .* from "\.\/(.+)";$/gm))
        await visit(next ?? "");
    };
    await visit("main.js");
    expect(seen.size).toBeGreaterThan(5);
    for (const file of ["tsconfig.json", "..%2Fpage.ts"])
      expect((await fetch(`${sandbox.url}/client/${file}`)).status).toBe(404);
  });

  it("answers the clock, and shows its date", async () => {
    sandbox.clock.advance(2 * 86_400_000);
    const { now } = (await (await fetch(sandbox.clockUrl)).json()) as { now: string };
    expect(now.slice(0, 10)).toBe("2026-11-25");
    expect(
      (await command({ do: "comment", by: anders, card: (await card("INNO-3")).id, text: "Hej" })).view?.today,
    ).toBe("onsdag den 25. november 2026");
  });

  it("gives the service an environment that both sides accept", async () => {
    const env = sandbox.environment();
    expect(Object.keys(env).toSorted()).toEqual([
      "FASEPORT_CLOCK",
      "GITHUB_API_URL",
      "GITHUB_REPO",
      "GITHUB_TOKEN",
      "GITHUB_WEBHOOK_SECRET",
      "NOTION_API_URL",
      "NOTION_DECISIONS",
      "NOTION_PROJECTS",
      "NOTION_TOKEN",
      "NOTION_WEBHOOK_SECRET",
    ]);
    await asService("notion", "POST", `/v1/data_sources/${env.NOTION_PROJECTS}/query`, {});
    await asService("notion", "POST", `/v1/data_sources/${env.NOTION_DECISIONS}/query`, {});
  });

  it("says which port is taken", async () => {
    const page = Number(new URL(sandbox.url).port);
    await expect(createSandbox({ ...model, start, ports: { page } })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("closes with a stream open", async () => {
    const response = await fetch(`${sandbox.url}/state/stream`);
    const ended = response.text().catch(() => "cut off");
    await sandbox.close();
    await ended;
    await expect(fetch(sandbox.url)).rejects.toThrow();
  });
});
