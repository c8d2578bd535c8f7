// SPDX-License-Identifier: EUPL-1.2
/** The adapter against the stand-in, over HTTP and with the real SDK: what the port promises, within the budget of calls. */
import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BoardEvent } from "../../src/board/board.ts";
import type { Binding } from "../../src/board/notion/binding.ts";
import { notionVersion } from "../../src/board/notion/client.ts";
import { type OpenedNotion, openNotion } from "../../src/board/notion/notion.ts";
import { type WantedProperty, wantedOfCards, wantedOfDecisions } from "../../src/board/notion/wanted.ts";
import type { CardSeen } from "../../src/core/card.ts";
import type { NewDecision } from "../../src/core/decision.ts";
import { Permanent, Refused, RetryLater } from "../../src/core/errors.ts";
import { loadModel } from "../../src/model/load.ts";
import { sandboxClock } from "../../src/sandbox/clock.ts";
import type { NotionSandbox, PropertyDefinition } from "../../src/sandbox/notion/options.ts";
import { createNotionWorld } from "../../src/sandbox/notion/world.ts";

const model = loadModel({ rulesPath: "config/furesoe.yaml", municipalityPath: "config/kommune.example.yaml" });
const secret = "secret_of_the_test";
const anders = "00000000-0000-4000-8000-000000000006";
const mette = "00000000-0000-4000-8000-000000000001";
const minute = 60_000;

const definitionOf = ({ name, type, options }: WantedProperty): PropertyDefinition => ({
  name,
  type,
  options: options.map((option) => option.name),
  ...(type === "unique_id" ? { prefix: "INNO" } : {}),
});

type Sent = Readonly<{ body: string; signature: string }>;
const sent: Sent[] = [];
const clock = sandboxClock(new Date("2026-11-23T12:00:30.500Z"));

function newWorld(without: readonly string[] = []): NotionSandbox {
  const people = model.municipality.people.map(({ name, notion }) => ({
    id: notion[0] ?? "",
    name,
    kind: "person" as const,
  }));
  const crowd = Array.from({ length: 30 }, (_, index) => ({
    id: crowdId(index),
    name: `P${index}`,
    kind: "person" as const,
  }));
  return createNotionWorld({
    clock,
    people: [...people, ...crowd],
    projects: wantedOfCards(model)
      .filter((it) => !without.includes(it.name))
      .map(definitionOf),
    decisions: wantedOfDecisions(model).map(definitionOf),
    relation: { projects: model.rules.card.decisions.name, decisions: model.rules.decision.card.name },
    aggregationMs: 5,
    seed: "contract",
    fetch: async (_, init) => {
      const signature = new Headers(init.headers).get("x-notion-signature") ?? "";
      sent.push({ body: String(init.body), signature });
      return new Response(null, { status: 202 });
    },
  });
}

function crowdId(index: number): string {
  return `00000000-0000-4000-8000-0000000001${String(index).padStart(2, "0")}`;
}

let world: NotionSandbox;
let server: ServerType;

async function start(sandbox: NotionSandbox): Promise<void> {
  world = sandbox;
  server = await new Promise<ServerType>((resolve) => {
    const started = serve({ fetch: world.api.fetch, hostname: "127.0.0.1", port: 0 }, () => resolve(started));
  });
}

async function stop(): Promise<void> {
  world.close();
  if ("closeAllConnections" in server) server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function open(remembered: Binding | null = null): Promise<OpenedNotion> {
  const { port } = server.address() as AddressInfo;
  const { token, projects, decisions } = world;
  return openNotion({ token, projects, decisions, apiUrl: `http://127.0.0.1:${port}`, model, remembered });
}

/** What `act` gives, and the calls it made: "GET 200", "PATCH 503" … */
async function counted<T>(act: () => Promise<T>): Promise<{ result: T; calls: readonly string[] }> {
  const before = world.calls.length;
  const result = await act();
  return { result, calls: world.calls.slice(before).map((it) => `${it.method} ${it.status}`) };
}

async function failing(act: () => Promise<unknown>): Promise<unknown> {
  return act().then(
    () => expect.fail("it went well"),
    (error: unknown) => error,
  );
}

const select = (name: string) => ({ select: { name } });
const title = (content: string) => ({ title: [{ text: { content } }] });

function newCard(name = "Bedre bytur", more: Record<string, Record<string, unknown>> = {}): string {
  return world.create(anders, world.projects, {
    Navn: title(name),
    Fase: select("1. Udforsk"),
    Tilstand: select("Aktiv"),
    Spor: select("2 Politisk projekt"),
    Udvalg: { multi_select: [{ name: "Byråd" }] },
    Ejer: { people: [{ id: anders }] },
    ...more,
  });
}

const rowFor = (card: string, more: Partial<NewDecision> = {}): NewDecision => ({
  card,
  gate: "G1",
  body: "byraad",
  passage: 1,
  title: "Nytænk: Bedre bytur",
  question: "Er spørgsmålet det rigtige?",
  status: "waiting",
  box: false,
  registeredBy: [],
  registeredAt: null,
  ...more,
});

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function there<T>(value: T | "elsewhere" | null): T {
  if (value === null || value === "elsewhere") throw new Error("it is not there");
  return value;
}

beforeEach(() => start(newWorld()));
afterEach(async () => {
  sent.length = 0;
  await stop();
});

describe("opening", () => {
  it("takes three calls and knows itself", async () => {
    const { result, calls } = await counted(() => open());
    expect(result.board.self).toBe(world.bot.id);
    expect(result.shape.differences).toEqual([]);
    expect(calls).toEqual(["GET 200", "GET 200", "GET 200"]);
  });

  it("names everything that the board lacks", async () => {
    await stop();
    await start(newWorld(["Spor", "Seneste besked"]));
    world.deleteOption(world.projects, "Fase", "5. Følg op");
    world.renameOption(world.decisions, "Port", "Godkendt: stop", "Stop");
    const error = await failing(() => open());
    expect(error).toBeInstanceOf(Permanent);
    const { message } = error as Permanent;
    for (const lack of [`"Spor"`, `"Seneste besked"`, `"5. Følg op"`, `"Godkendt: stop"`])
      expect(message).toContain(lack);
    expect(message.match(/^- /gm)).toHaveLength(4);
  });

  it("names the setting when a data source is not shared", async () => {
    const { token, projects } = world;
    const { port } = server.address() as AddressInfo;
    const nowhere = "00000000-0000-4000-8000-00000000dead";
    const options = { token, projects, decisions: nowhere, apiUrl: `http://127.0.0.1:${port}`, model };
    const error = await failing(() => openNotion(options));
    expect(error).toBeInstanceOf(Permanent);
    expect(String(error)).toContain("NOTION_DECISIONS");
  });

  it("does not take a relation that points elsewhere for the one to the cards", async () => {
    const relation = { data_source_id: world.decisions, single_property: {} };
    const answer = await world.api.request(`/v1/data_sources/${world.decisions}`, {
      method: "PATCH",
      headers: {
        authorization: `Bearer ${world.token}`,
        "notion-version": notionVersion,
        "content-type": "application/json",
      },
      body: JSON.stringify({ properties: { Projekt: { relation } } }),
    });
    expect(answer.status).toBe(200);
    const error = await failing(() => open());
    expect(error).toBeInstanceOf(Permanent);
    expect(String(error)).toContain('"Projekt" points at another data source');
  });

  it("case 13: a renamed option keeps working by id, and is told", async () => {
    const { shape: before } = await open();
    world.renameOption(world.projects, "Fase", "1. Udforsk", "1. Undersøg");
    const { board, shape } = await open(JSON.parse(JSON.stringify(before.memory)));
    expect(shape.differences).toMatchObject([{ kind: "renamed", option: "1. Udforsk", found: "1. Undersøg" }]);
    const card = newCard("x", { Fase: select("1. Undersøg") });
    expect(await board.readCard(card)).toMatchObject({ phase: "udforsk", fields: { Fase: "1. Udforsk" } });
  });
});

describe("a board that changes while the service runs", () => {
  it("read again in two calls: what was made anew under its name is known by its new id, another process follows", async () => {
    const { board } = await open();
    const { board: other } = await open();
    const card = newCard("x", { Testkonklusion: select("Skaler") });
    world.deleteOption(world.projects, "Fase", "1. Udforsk");
    world.addOption(world.projects, "Fase", "1. Udforsk");
    world.edit(anders, card, { Fase: select("1. Udforsk") });
    expect(await board.readCard(card)).toMatchObject({ phase: { unknown: "1. Udforsk" } });
    const mark = board.mark();
    const { result, calls } = await counted(() => board.refresh());
    expect(calls).toEqual(["GET 200", "GET 200"]);
    expect(result.differences).toMatchObject([{ kind: "replaced", option: "1. Udforsk" }]);
    expect(board.mark()).not.toBe(mark);
    expect(await board.readCard(card)).toMatchObject({ phase: "udforsk" });
    other.follow(JSON.parse(JSON.stringify(result.memory)));
    expect([other.mark(), await other.readCard(card)]).toMatchObject([board.mark(), { phase: "udforsk" }]);
  });

  it("an option that is gone is made again by the write that needs it, and taken nothing else from", async () => {
    const { board } = await open();
    const card = newCard("x", { Fase: select("3. Test") });
    const before = there(await board.readCard(card));
    world.addOption(world.projects, "Fase", "6. Ekstra");
    world.deleteOption(world.projects, "Fase", "3. Test");
    const { differences } = await board.refresh();
    expect(differences).toMatchObject([
      { kind: "missing", property: "Fase", option: "3. Test", hinders: false },
      { kind: "unknown", property: "Fase", option: "6. Ekstra" },
    ]);
    expect(await board.writeCard(card, { phase: "test", wish: "" }, before)).toMatchObject({ phase: "test" });
    const fase = world.dataSource(world.projects).properties.Fase;
    const names = fase?.type === "select" ? fase.select.options.map(({ name }) => name) : [];
    expect(names).toEqual(["1. Udforsk", "2. Nytænk", "4. Implementer", "5. Følg op", "6. Ekstra", "3. Test"]);
    const again = await counted(() => board.writeCard(card, { phase: "udforsk" }, before));
    expect(again.calls).toEqual(["PATCH 200"]);
  });

  it.each<[what: string, columns: Record<string, Record<string, unknown> | null>, kind: string, property: string]>([
    ["deleted", { Tilstand: null }, "missing", "Tilstand"],
    ["of another type", { Læring: { number: {} } }, "mistyped", "Læring"],
    ["deleted that only people write", { Fortrolighed: null }, "missing", "Fortrolighed"],
  ])(
    "a needed field %s: reading a card throws for the whole board, and it is named",
    async (_, columns, kind, property) => {
      const { board } = await open();
      const card = newCard();
      const mark = board.mark();
      world.changeColumns(anders, world.projects, columns);
      expect(await failing(() => board.readCard(card))).toMatchObject({ name: "Permanent", whole: "board" });
      expect((await board.refresh()).differences).toMatchObject([{ kind, property, hinders: true }]);
      expect(board.mark()).toBe(mark);
    },
  );

  it("a renamed field keeps working by id, and one that no rule needs may go", async () => {
    const { board } = await open();
    const card = newCard();
    world.changeColumns(anders, world.projects, { Fase: { name: "Trin" }, Prioritet: null });
    expect((await board.refresh()).differences).toMatchObject([
      { kind: "renamed", property: "Fase", option: null, expected: ["Fase"], found: "Trin", hinders: false },
      { kind: "missing", property: "Prioritet", hinders: false },
    ]);
    expect(await board.readCard(card)).toMatchObject({ phase: "udforsk", fields: { Prioritet: null } });
  });

  it("without «Fortrolig» nothing is done: every card would count as open", async () => {
    const { board } = await open();
    world.deleteOption(world.projects, "Fortrolighed", "Fortrolig");
    expect((await board.refresh()).differences).toMatchObject([
      { kind: "missing", property: "Fortrolighed", option: "Fortrolig", hinders: true },
    ]);
  });

  it("started again on a board that has lost a phase, it runs; on one that it was never on, it does not", async () => {
    const { shape } = await open();
    world.deleteOption(world.projects, "Fase", "5. Følg op");
    const again = await open(JSON.parse(JSON.stringify(shape.memory)));
    expect(again.shape.differences).toMatchObject([{ kind: "missing", option: "5. Følg op" }]);
    expect(await failing(() => open())).toBeInstanceOf(Permanent);
  });

  it("cards without a phase are found in one call, ideas left out", async () => {
    const { board } = await open();
    newCard("an idea", { Fase: { select: null }, Tilstand: select("Idébank") });
    newCard("in a phase");
    const lost = newCard("lost", { Fase: { select: null } });
    const { result, calls } = await counted(() => all(board.cardsWithoutPhase()));
    expect([result.map(({ id }) => id), calls]).toEqual([[lost], ["POST 200"]]);
  });
});

describe("access that is lost", () => {
  it.each<[what: string, lose: () => void]>([
    ["a data source is not shared any more", () => world.withdraw(world.decisions)],
    ["the token is no longer accepted", () => world.faults(() => ({ kind: "status", status: 401 }))],
    ["the capability to read is taken", () => world.faults(() => ({ kind: "status", status: 403 }))],
  ])("%s: reading the board again throws for the whole of it", async (_, lose) => {
    const { board } = await open();
    lose();
    expect(await failing(() => board.refresh())).toMatchObject({ name: "Permanent", whole: "board" });
    expect(await failing(() => all(board.decisions(null)))).toMatchObject({ whole: "board" });
  });

  it("a card alone: it is not there, and nothing is said of the whole", async () => {
    const { board } = await open();
    const card = newCard();
    world.withdraw(card);
    expect(await board.readCard(card)).toBeNull();
    expect(await board.refresh()).toMatchObject({ differences: [] });
  });
});

describe("a card", () => {
  it("is read in one call, in the model's words", async () => {
    const { board } = await open();
    const id = newCard();
    const { result, calls } = await counted(() => board.readCard(id));
    expect(calls).toEqual(["GET 200"]);
    expect(result).toMatchObject({
      id,
      title: "Bedre bytur",
      projectId: "INNO-1",
      createdBy: anders,
      state: "active",
      phase: "udforsk",
      track: "politisk",
      bodies: ["byraad"],
      owners: [anders],
      inTrash: false,
    });
  });

  it("is null when it is not there, is read when it is in the trash, and a page of another database is elsewhere", async () => {
    const { board } = await open();
    const id = newCard();
    expect(await board.readCard("00000000-0000-4000-8000-00000000dead")).toBeNull();
    world.trash(anders, id);
    expect(await board.readCard(id)).toMatchObject({ inTrash: true });
    const row = await board.createDecision(rowFor(id));
    expect(await board.readCard(row.id)).toBe("elsewhere");
    expect(await board.readDecision(id)).toBe("elsewhere");
  });

  it("moved to another database is elsewhere, whatever that database has, and whole again when it is back", async () => {
    const { board } = await open();
    const id = newCard("x", { Fase: select("3. Test") });
    const before = there(await board.readCard(id));
    world.move(anders, id, world.elsewhere);
    const { result, calls } = await counted(() => board.readCard(id));
    expect([result, calls]).toEqual(["elsewhere", ["GET 200"]]);
    world.move(anders, id, world.projects);
    expect(await board.readCard(id)).toEqual(before);
  });

  it("is put back by id in one write with all the service's fields, also after the option was renamed", async () => {
    const { board } = await open();
    const id = newCard("x", { Fase: select("3. Test") });
    const before = there(await board.readCard(id));
    world.renameOption(world.projects, "Fase", "2. Nytænk", "2. Idéer");
    const patch = {
      phase: "nytaenk",
      confirmed: "Nytænk",
      approvals: "0 af 1",
      missing: "Intet",
      wish: "Test",
      lastMessage: "Kortet er flyttet tilbage. 😀".repeat(200),
      nextMeasurement: "2027-01-04",
      task: "https://github.com/o/r/issues/1",
    };
    const { result, calls } = await counted(() => board.writeCard(id, patch, before));
    expect(calls).toEqual(["PATCH 200"]);
    const { phase, ...shown } = patch;
    expect(result).toMatchObject({ phase, shown });
    expect(await board.readCard(id)).toEqual(result);
    expect(world.page(id).properties.Fase).toMatchObject({ select: { name: "2. Idéer" } });
    const options = world.dataSource(world.projects).properties.Fase;
    expect(options?.type === "select" && options.select.options).toHaveLength(model.phases.length);
  });

  it("a date that the service wrote is seen as another one when it is made a period, and is emptied", async () => {
    const { board } = await open();
    const id = newCard("x", { "Næste effektmåling": { date: { start: "2027-01-04", end: "2027-01-08" } } });
    const before = there(await board.readCard(id));
    expect(before.shown.nextMeasurement).toBe("2027-01-04/2027-01-08");
    expect((await board.writeCard(id, { nextMeasurement: "2027-01-04" }, before)).shown.nextMeasurement).toBe(
      "2027-01-04",
    );
    expect((await board.writeCard(id, { nextMeasurement: null }, before)).shown.nextMeasurement).toBeNull();
  });

  it("case 12: in a new column says so, and is put back from there", async () => {
    const { board } = await open();
    world.addOption(world.projects, "Fase", "6. Fejring");
    const id = newCard("x", { Fase: select("6. Fejring") });
    const before = there(await board.readCard(id));
    expect(before.phase).toEqual({ unknown: "6. Fejring" });
    expect((await board.writeCard(id, { phase: null, track: null, state: "idea" }, before)).phase).toBeNull();
  });

  it("I10: keeps the bodies that the service does not know", async () => {
    const { board } = await open();
    const id = newCard("x", { Udvalg: { multi_select: [{ name: "Byråd" }, { name: "Ungerådet" }] } });
    const before = there(await board.readCard(id));
    expect(before).toMatchObject({ bodies: ["byraad"], fields: { Udvalg: ["Byråd", "Ungerådet"] } });
    const after = await board.writeCard(id, { bodies: ["byraad", "udi"] }, before);
    expect(after.fields.Udvalg).toEqual(["Byråd", "Digitalisering og Innovation", "Ungerådet"]);
  });

  it("with more than 25 owners has them all, at one call more", async () => {
    const { board } = await open();
    const owners = Array.from({ length: 30 }, (_, index) => crowdId(index));
    const id = newCard("x", { Ejer: { people: owners.map((owner) => ({ id: owner })) } });
    const { result, calls } = await counted(() => board.readCard(id));
    expect(there(result).owners).toEqual(owners);
    expect(calls).toEqual(["GET 200", "GET 200"]);
  });
});

describe("an idea from elsewhere", () => {
  const idea = {
    title: "Ny @anders idé",
    challenge: "Linje 1\n#12 [x](y)",
    owners: [anders],
    task: "https://github.com/o/r/issues/7",
  };

  it("becomes a card in the idea bank in one call, its text only text (I7), and is found by its task", async () => {
    const { board } = await open();
    const { result, calls } = await counted(() => board.createCard(idea));
    expect(calls).toEqual(["POST 200"]);
    expect(result).toMatchObject({
      title: idea.title,
      state: "idea",
      phase: null,
      owners: [anders],
      shown: { task: idea.task },
    });
    expect(result.fields.Udfordring).toBe(idea.challenge);
    const { Navn, Udfordring } = world.page(result.id).properties;
    const parts = [
      ...(Navn?.type === "title" ? Navn.title : []),
      ...(Udfordring?.type === "rich_text" ? Udfordring.rich_text : []),
    ];
    expect(parts.map(({ type, href }) => [type, href])).toEqual([
      ["text", null],
      ["text", null],
    ]);
    expect((await board.findByTask(idea.task))?.id).toBe(result.id);
    expect(await board.findByTask(`${idea.task}0`)).toBeNull();
    world.trash(anders, result.id);
    expect(await board.findByTask(idea.task)).toBeNull();
  });

  it("title and owner are written as any other part of a card", async () => {
    const { board } = await open();
    const before = await board.createCard(idea);
    const after = await board.writeCard(before.id, { title: "Andet", owners: [mette] }, before);
    expect(after).toMatchObject({ title: "Andet", owners: [mette], fields: { Navn: "Andet", Ejer: [mette] } });
    expect((await board.writeCard(before.id, { owners: [] }, after)).owners).toEqual([]);
  });
});

describe("a decision", () => {
  it("is created whole in one call and shows on the card", async () => {
    const { board } = await open();
    const card = newCard();
    const { result, calls } = await counted(() => board.createDecision(rowFor(card)));
    expect(calls).toEqual(["POST 200"]);
    expect(result).toMatchObject({
      cards: [card],
      gate: "G1",
      body: "byraad",
      passage: 1,
      status: "waiting",
      box: false,
    });
    expect(result.createdBy).toBe(board.self);
    expect(world.page(card).properties.Beslutninger).toMatchObject({ relation: [{ id: result.id }] });
    expect(await board.readDecision(result.id)).toEqual(result);
  });

  it("is registered in one write", async () => {
    const { board } = await open();
    const { id } = await board.createDecision(rowFor(newCard()));
    const patch = { status: "approved", box: true, registeredBy: [mette], registeredAt: "2026-11-23" } as const;
    const { result, calls } = await counted(() => board.writeDecision(id, patch));
    expect(calls).toEqual(["PATCH 200"]);
    expect(result).toMatchObject(patch);
  });

  it("is found from its card, trashed ones left out, in one call for a hundred", async () => {
    const { board } = await open();
    const [card, other] = [newCard("a"), newCard("b")];
    const first = await board.createDecision(rowFor(card));
    const gone = await board.createDecision(rowFor(card, { body: "udi" }));
    await board.createDecision(rowFor(other));
    const second = await board.createDecision(rowFor(card, { gate: "stop" }));
    world.trash(anders, gone.id);
    const { result, calls } = await counted(() => board.decisionsOf(card));
    expect(result.map((it) => it.id)).toEqual([first.id, second.id]);
    expect(calls).toEqual(["POST 200"]);
  });

  it("a card with more than 25 decisions is still read in one call, and all its decisions are found", async () => {
    const { board } = await open();
    const card = newCard();
    for (let passage = 1; passage <= 27; passage += 1) await board.createDecision(rowFor(card, { passage }));
    const { result, calls } = await counted(() => board.readCard(card));
    expect(there(result).id).toBe(card);
    expect(calls).toEqual(["GET 200"]);
    expect((await board.decisionsOf(card)).map((it) => it.passage)).toHaveLength(27);
  });

  it("a row that points at more than 25 cards shows them all: it is not the service's own", async () => {
    const { board } = await open();
    const cards = Array.from({ length: 26 }, (_, index) => newCard(`k${index}`));
    const row = await board.createDecision(rowFor(there(cards[0] ?? null)));
    world.edit(anders, row.id, { Projekt: { relation: cards.map((id) => ({ id })) } });
    expect(there(await board.readDecision(row.id)).cards.toSorted()).toEqual(cards.toSorted());
  });
});

describe("a comment", () => {
  const comment = { mentions: [anders, mette], text: `@Mette: «${"lang ".repeat(900)}»`, marker: "a01.1" };

  it("is written in one call, mentions its people and is found again by its marker", async () => {
    const { board } = await open();
    const card = newCard();
    expect(await board.hasComment(card, comment.marker)).toBe(false);
    const { calls } = await counted(() => board.comment(card, comment));
    expect(calls).toEqual(["POST 200"]);
    expect(await board.hasComment(card, comment.marker)).toBe(true);
    expect(await board.hasComment(card, "a01")).toBe(false);
    expect(await board.hasComment(card, "1")).toBe(false);
    const [written] = world.commentsOf(card);
    const mentioned = (written?.rich_text ?? []).flatMap((it) =>
      it.type === "mention" && it.mention.type === "user" ? [it.mention.user.id] : [],
    );
    expect(mentioned).toEqual([anders, mette]);
    expect(written?.rich_text.map((it) => it.plain_text).join("")).toContain(comment.text);
  });

  it("I7: another author's marker is none, nor one that is quoted in a text", async () => {
    const { board } = await open();
    const card = newCard();
    world.comment(anders, card, "Se her\nref. a01.1");
    await board.comment(card, { mentions: [], text: "citat:\nref. a01.1", marker: "b02" });
    expect(await board.hasComment(card, "a01.1")).toBe(false);
    expect(await board.hasComment(card, "b02")).toBe(true);
  });

  it("is found behind a hundred others", async () => {
    const { board } = await open();
    const card = newCard();
    for (let index = 0; index < 120; index += 1) world.comment(anders, card, `nr. ${index}`);
    await board.comment(card, comment);
    const { result, calls } = await counted(() => board.hasComment(card, comment.marker));
    expect(result).toBe(true);
    expect(calls).toEqual(["GET 200", "GET 200"]);
  });
});

describe("everything since", () => {
  async function all(cards: AsyncIterable<CardSeen>): Promise<string[]> {
    const found: string[] = [];
    for await (const card of cards) found.push(card.id);
    return found;
  }

  it("250 cards take three calls, each once; nothing changed takes one", async () => {
    const { board } = await open();
    const ids = Array.from({ length: 250 }, (_, index) => newCard(`k${index}`));
    const { result, calls } = await counted(() => all(board.cards(null)));
    expect(result.toSorted()).toEqual(ids.toSorted());
    expect(calls).toEqual(["POST 200", "POST 200", "POST 200"]);
    const later = new Date(clock.now().getTime() + 10 * minute).toISOString();
    expect(await counted(() => all(board.cards(later)))).toEqual({ result: [], calls: ["POST 200"] });
  });

  it("gives what was edited at or after an instant, oldest edit first, of each data source", async () => {
    const { board } = await open();
    const [a, b, c] = [newCard("a"), newCard("b"), newCard("c")];
    clock.advance(2 * minute);
    const since = `${clock.now().toISOString().slice(0, 16)}:00.000Z`;
    world.edit(anders, c, { Navn: title("c2") });
    clock.advance(2 * minute);
    world.edit(anders, a, { Navn: title("a2") });
    expect(await all(board.cards(since))).toEqual([c, a]);
    expect(await all(board.cards(null))).toEqual([b, c, a]);
    const row = await board.createDecision(rowFor(b));
    const rows: string[] = [];
    for await (const decision of board.decisions(since)) rows.push(decision.id);
    expect(rows).toEqual([row.id]);
  });
});

describe("on a bad day", () => {
  it("429: waits as long as it is told, and others wait too; one try", async () => {
    const { board } = await open();
    const id = newCard();
    world.faults(() => ({ kind: "status", status: 429, retryAfter: 17 }));
    const { result, calls } = await counted(() => failing(() => board.readCard(id)));
    expect(result).toBeInstanceOf(RetryLater);
    expect(result).toMatchObject({ afterMs: 17_000, limited: "board" });
    expect(calls).toEqual(["GET 429"]);
  });

  it("a spent budget is the same", async () => {
    const { board } = await open();
    world.limit(1);
    const id = newCard();
    await board.readCard(id);
    const error = await failing(() => board.readCard(id));
    expect(error).toMatchObject({ name: "RetryLater", limited: "board" });
    expect((error as RetryLater).afterMs).toBeGreaterThan(0);
  });

  it("saved but answered 503: try later, and a look shows that it was saved", async () => {
    const { board } = await open();
    const card = newCard();
    world.faults(({ method }) => (method === "POST" ? { kind: "status", status: 503, afterSaving: true } : null));
    const error = await failing(() => board.createDecision(rowFor(card)));
    expect(error).toBeInstanceOf(RetryLater);
    expect(String(error)).toContain("Do not repeat the write");
    world.faults(null);
    expect(await board.decisionsOf(card)).toHaveLength(1);
  });

  it.each([true, false])("a dropped connection, saved: %s: try later, after a look", async (afterSaving) => {
    const { board } = await open();
    const card = newCard();
    world.faults(({ path }) => (path.endsWith("/comments") ? { kind: "drop-connection", afterSaving } : null));
    const error = await failing(() => board.comment(card, { mentions: [], text: "x", marker: "m1" }));
    expect(error).toBeInstanceOf(RetryLater);
    world.faults(null);
    expect(await board.hasComment(card, "m1")).toBe(afterSaving);
  });

  it.each([500, 502, 504, 409, 529])("%i: try later", async (status) => {
    const { board } = await open();
    const id = newCard();
    world.faults(() => ({ kind: "status", status }));
    expect(await failing(() => board.readCard(id))).toBeInstanceOf(RetryLater);
  });

  it("a token that is no longer good stops everything", async () => {
    const { board } = await open();
    world.faults(() => ({ kind: "status", status: 401 }));
    expect(await failing(() => board.readCard(newCard()))).toBeInstanceOf(Permanent);
  });

  it("a write to a card that is gone is refused; others may pass", async () => {
    const { board } = await open();
    const before = there(await board.readCard(newCard()));
    const write = () => board.writeCard("00000000-0000-4000-8000-00000000dead", { wish: "x" }, before);
    expect(await failing(write)).toBeInstanceOf(Refused);
  });
});

describe("who is gone (case 47)", () => {
  const stranger = "00000000-0000-4000-8000-00000000dead";

  it("nobody while all are members: the list tells, a hundred a call", async () => {
    const { board } = await open();
    const { result, calls } = await counted(() => board.gone([anders, mette, crowdId(29)]));
    expect([result, calls]).toEqual([[], ["GET 200"]]);
    expect(await counted(() => board.gone([]))).toEqual({ result: [], calls: [] });
  });

  it("one who was deactivated, and one whom nobody knows; never a guest", async () => {
    const { board } = await open();
    world.deactivate(anders);
    world.makeGuest(mette);
    const { result, calls } = await counted(() => board.gone([anders, mette, stranger, crowdId(0)]));
    expect(result).toEqual([anders, stranger]);
    expect([...calls].sort()).toEqual(["GET 200", "GET 200", "GET 404", "GET 404"]);
    world.reactivate(anders);
    expect(await board.gone([anders])).toEqual([]);
  });

  it.each([
    ["the capability is missing", 403, Permanent],
    ["Notion is away", 503, RetryLater],
  ])("%s: nobody is concluded to be gone", async (_, status, kind) => {
    const { board } = await open();
    world.deactivate(anders);
    world.faults(({ path }) => (path === "/v1/users" ? { kind: "status", status } : null));
    expect(await failing(() => board.gone([anders]))).toBeInstanceOf(kind);
  });
});

describe("events", () => {
  async function received(act: () => unknown): Promise<readonly BoardEvent[]> {
    const { inbound } = await open();
    const door = inbound(secret);
    world.subscribe({ url: "http://127.0.0.1:9/", secret });
    await act();
    await world.delivered();
    return Promise.all(
      sent.map(async ({ body, signature }) => {
        expect(await door.verify(new TextEncoder().encode(body), signature)).toBe(true);
        return door.parse(JSON.parse(body));
      }),
    );
  }

  it("a drag is a hint that names the card, the person and the phase", async () => {
    const id = newCard();
    await world.delivered();
    const events = await received(() => world.edit(mette, id, { Fase: select("2. Nytænk") }));
    expect(events).toMatchObject([
      {
        kind: "card",
        card: id,
        hint: { kind: "changed", authors: [{ id: mette, kind: "person" }], touched: ["phase"] },
      },
    ]);
  });

  it("a tick is a hint that names the row", async () => {
    const { board } = await open();
    const row = await board.createDecision(rowFor(newCard()));
    await world.delivered();
    const events = await received(() => world.edit(mette, row.id, { Godkendt: { checkbox: true } }));
    expect(events).toMatchObject([
      { kind: "decision", row: row.id, hint: { authors: [{ id: mette, kind: "person" }], touched: ["box"] } },
    ]);
  });

  it("I5: the service's own writes, comments and rows ask for nothing", async () => {
    const { board } = await open();
    const id = newCard();
    await world.delivered();
    const events = await received(async () => {
      const before = there(await board.readCard(id));
      await board.writeCard(id, { phase: "nytaenk", wish: "x" }, before);
      await board.createDecision(rowFor(id));
      await board.comment(id, { mentions: [anders], text: "x", marker: "m" });
    });
    expect(events.length).toBeGreaterThan(1);
    expect(new Set(events.map((it) => it.kind))).toEqual(new Set(["ignored"]));
  });

  it("a changed schema asks for a new look at the board", async () => {
    const events = await received(() => world.renameOption(world.projects, "Fase", "3. Test", "3. Prøv"));
    expect(events).toMatchObject([{ kind: "schema" }]);
  });

  it("created, trashed and restored", async () => {
    let id = "";
    const events = await received(async () => {
      id = newCard();
      await world.delivered();
      world.trash(anders, id);
      await world.delivered();
      world.restore(anders, id);
    });
    const hints = events.flatMap((it) => (it.kind === "card" && it.card === id ? [it.hint.kind] : []));
    expect(hints).toEqual(["created", "trashed", "restored"]);
  });
});

describe("a report as a page", () => {
  const report = (lines: readonly string[]) => ({
    title: "Det lærte vi i 1. kvartal 2027",
    sections: [
      { heading: "Projekterne", lines },
      { heading: "Udfald", lines: ["1 gav effekt"] },
    ],
  });

  it("is written in one call, and found again by its title", async () => {
    const { board } = await open();
    const { result, calls } = await counted(async () => {
      const before = await board.hasReport(world.rootPage, report([]).title);
      await board.writeReport(
        world.rootPage,
        report(["Lånecykler: <b>tæt</b> på [her](https://x.example)", "Robotter: nej"]),
      );
      return [before, await board.hasReport(world.rootPage, report([]).title)];
    });
    expect(result).toEqual([false, true]);
    expect(calls).toEqual(["GET 200", "POST 200", "GET 200"]);
    expect(await board.hasReport(world.rootPage, "Det lærte vi i 2. kvartal 2027")).toBe(false);
  });

  it("with more lines than Notion takes blocks is still one call", async () => {
    const { board } = await open();
    const lines = Array.from({ length: 250 }, (_, number) => `Projekt ${number}: ${"x".repeat(900)}`);
    const { calls } = await counted(() => board.writeReport(world.rootPage, report(lines)));
    expect(calls).toEqual(["POST 200"]);
  });

  it("under a page that the service does not see is refused", async () => {
    const { board } = await open();
    const nowhere = "00000000-0000-4000-8000-00000000aaaa";
    expect(await failing(() => board.writeReport(nowhere, report(["a"])))).toBeInstanceOf(Refused);
    expect(await failing(() => board.hasReport(nowhere, "a"))).toBeInstanceOf(Refused);
  });
});
