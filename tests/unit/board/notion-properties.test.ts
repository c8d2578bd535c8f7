// SPDX-License-Identifier: EUPL-1.2
/** Cards and decisions from pages and back, by id and never by name. */
import { describe, expect, it } from "vitest";
import { bindSource } from "../../../src/board/notion/binding.ts";
import { cardOf, cardProperties } from "../../../src/board/notion/card-page.ts";
import { decisionOf, decisionProperties, newDecisionProperties } from "../../../src/board/notion/decision-row.ts";
import { type Sheet, sheetOf } from "../../../src/board/notion/sheet.ts";
import { wantedOfCards } from "../../../src/board/notion/wanted.ts";
import { Bug, Permanent } from "../../../src/core/errors.ts";
import { binding, cards, ids, model, optionIdOf, pageOf, projects, rows, text } from "./notion-shapes.ts";

const option = (property: string, key: string, name = "whatever it is called now") => ({
  id: optionIdOf(property, key),
  name,
  color: "default",
});
const idOf = (sheet: Sheet, key: string) => sheet.column(key).bound?.id ?? "";

describe("a card", () => {
  const page = pageOf(cards, ids.card.replaceAll("-", "").toUpperCase(), {
    title: [text("Bedre "), text("bytur")],
    phase: option("phase", "test"),
    state: option("state", "active"),
    track: option("track", "politisk"),
    bodies: [option("bodies", "udi"), { id: "x1", name: "Nyt udvalg", color: "red" }, option("bodies", "byraad")],
    needsFunding: true,
    owner: [
      { object: "user", id: ids.person.toUpperCase() },
      { object: "group", id: "g" },
    ],
    testRounds: 3,
    Testkonklusion: option("Testkonklusion", "Skaler", "Skalér op"),
    Inddraget: [option("Inddraget", "Borgere"), { id: "x2", name: "Katte", color: "red" }],
    inOperationFrom: { start: "2026-11-30", end: null, time_zone: null },
    wish: [text("3. Test")],
    task: "https://github.com/o/r/issues/7",
  });
  const card = cardOf(page, cards);

  it("is read in the model's words, whatever the options are called now", () => {
    expect(card).toMatchObject({
      id: ids.card,
      title: "Bedre bytur",
      projectId: "INNO-12",
      createdBy: ids.person,
      state: "active",
      phase: "test",
      track: "politisk",
      bodies: ["udi", "byraad"],
      otherBodies: ["x1"],
      owners: [ids.person],
      shown: { wish: "3. Test", confirmed: "", task: "https://github.com/o/r/issues/7" },
      inTrash: false,
      elsewhere: false,
    });
  });

  it("holds every field of the people's under its name in the rules", () => {
    expect(card.fields).toMatchObject({
      Navn: "Bedre bytur",
      Fase: "3. Test",
      Tilstand: "Aktiv",
      Udvalg: ["Digitalisering og Innovation", "Nyt udvalg", "Byråd"],
      "Kræver bevilling": true,
      Ejer: [ids.person],
      Testrunder: 3,
      Testkonklusion: "Skaler",
      Inddraget: ["Borgere", "Katte"],
      "I drift fra": "2026-11-30",
      Læring: "",
      Udfald: null,
      Leder: [],
      "Antal idéer": null,
    });
    const names = [...Object.values(model.rules.card).filter((it) => it.owner !== "service"), ...model.rules.fields];
    expect(Object.keys(card.fields).toSorted()).toEqual(names.map((it) => it.name).toSorted());
  });

  it("in a column that the model does not have says what the column is called", () => {
    const sixth = pageOf(cards, ids.card, { phase: { id: "new", name: "6. Fejring", color: "red" } });
    expect(cardOf(sixth, cards).phase).toEqual({ unknown: "6. Fejring" });
  });

  it("that is empty is empty, not wrong", () => {
    expect(cardOf(pageOf(cards, ids.card), cards)).toMatchObject({
      title: "",
      state: null,
      phase: null,
      track: null,
      bodies: [],
      owners: [],
      shown: { task: null },
    });
  });

  it.each([
    [{ prefix: null, number: 12 }, "12"],
    [{ prefix: "INNO", number: null }, ""],
  ])("has the running number %j as %s", (unique_id, projectId) => {
    expect(cardOf(pageOf(cards, ids.card, { projectId: unique_id }), cards).projectId).toBe(projectId);
  });

  it("is not read as one without a phase when the property is gone or has another type", () => {
    const { Fase: phase, ...rest } = page.properties;
    expect(() => cardOf({ ...page, properties: rest }, cards)).toThrow(Permanent);
    const status = { id: phase?.id ?? "", type: "status" as const, status: null };
    expect(() => cardOf({ ...page, properties: { ...rest, Fase: status } }, cards)).toThrow(/"Fase" \(select\)/);
  });

  it("is read and written without a property that the service can do without", () => {
    const source = projects();
    delete source.properties["Seneste måling"];
    delete source.properties.Prioritet;
    const sheet = sheetOf(bindSource("projects", source, wantedOfCards(model), null).source, wantedOfCards(model));
    const read = cardOf(pageOf(sheet, ids.card, { title: [text("x")] }), sheet);
    expect(read).toMatchObject({ title: "x", fields: { Prioritet: null } });
  });
});

describe("a card's patch", () => {
  const before = cardOf(pageOf(cards, ids.card, { bodies: [{ id: "x1", name: "Nyt udvalg", color: "red" }] }), cards);

  it("names properties and options by id only", () => {
    const written = cardProperties({ phase: "test", state: "active", track: null, wish: "3. Test" }, before, cards);
    expect(written).toEqual({
      [idOf(cards, "phase")]: { select: { id: optionIdOf("phase", "test") } },
      [idOf(cards, "state")]: { select: { id: optionIdOf("state", "active") } },
      [idOf(cards, "track")]: { select: null },
      [idOf(cards, "wish")]: { rich_text: [{ type: "text", text: { content: "3. Test" } }] },
    });
  });

  it("keeps the options that are no body of the municipality", () => {
    expect(cardProperties({ bodies: ["udi"] }, before, cards)).toEqual({
      [idOf(cards, "bodies")]: { multi_select: [{ id: optionIdOf("bodies", "udi") }, { id: "x1" }] },
    });
  });

  it.each([null, ""])("clears the link with null, given %j", (task) => {
    expect(cardProperties({ task }, before, cards)).toEqual({ [idOf(cards, "task")]: { url: null } });
  });

  it("leaves everything that it does not name alone", () => {
    expect(cardProperties({}, before, cards)).toEqual({});
  });

  it("never invents an option", () => {
    expect(() => cardProperties({ phase: "seks" }, before, cards)).toThrow(Bug);
  });
});

describe("a decision", () => {
  const page = pageOf(rows, ids.row, {
    title: [text("G1")],
    card: [{ id: ids.card }],
    gate: option("gate", "G1"),
    body: option("body", "udi"),
    status: option("status", "ready"),
    outcome: option("outcome", "Godkendt med bemærkning"),
    box: true,
    passage: 2,
    meeting: { start: "2026-12-16", end: null, time_zone: null },
    item: [text("7")],
    disqualified: [{ object: "user", id: ids.other }],
    registeredAt: { start: "2026-12-17T10:00:00.000+01:00", end: null, time_zone: null },
  });

  it("is read by ids", () => {
    expect(decisionOf(page, rows)).toEqual({
      id: ids.row,
      cards: [ids.card],
      gate: "G1",
      body: "udi",
      passage: 2,
      title: "G1",
      question: "",
      status: "ready",
      box: true,
      outcome: "Godkendt med bemærkning",
      meeting: "2026-12-16",
      item: "7",
      minutes: null,
      remark: "",
      disqualified: [ids.other],
      registeredBy: [],
      registeredAt: "2026-12-17T10:00:00.000+01:00",
      createdBy: ids.person,
      lastEditedBy: ids.other,
      lastEditedAt: "2026-11-03T10:10:00.000Z",
      inTrash: false,
    });
  });

  it.each([...model.gates.map((gate) => gate.id), "stop"])("knows the gate %s both ways", (gate) => {
    expect(decisionOf(pageOf(rows, ids.row, { gate: option("gate", gate) }), rows).gate).toBe(gate);
    expect(decisionProperties({ gate }, rows)).toEqual({
      [idOf(rows, "gate")]: { select: { id: optionIdOf("gate", gate) } },
    });
  });

  it("of a status, gate or body that the model does not have has none", () => {
    const strange = { id: "new", name: "Måske", color: "red" };
    const read = decisionOf(
      pageOf(rows, ids.row, { status: strange, gate: strange, body: strange, outcome: strange }),
      rows,
    );
    expect(read).toMatchObject({ status: null, gate: null, body: null, outcome: "Måske" });
  });

  it("is created whole", () => {
    const row = {
      card: ids.card,
      gate: "stop",
      body: "byraad",
      passage: 1,
      title: "Stop",
      question: "Skal det stoppe?",
      registeredBy: [ids.person],
      registeredAt: "2026-12-17",
    };
    expect(newDecisionProperties({ ...row, status: "waiting", box: false }, rows)).toEqual({
      [idOf(rows, "card")]: { relation: [{ id: ids.card }] },
      [idOf(rows, "gate")]: { select: { id: optionIdOf("gate", "stop") } },
      [idOf(rows, "body")]: { select: { id: optionIdOf("body", "byraad") } },
      [idOf(rows, "passage")]: { number: 1 },
      title: { title: [{ type: "text", text: { content: "Stop" } }] },
      [idOf(rows, "question")]: { rich_text: [{ type: "text", text: { content: "Skal det stoppe?" } }] },
      [idOf(rows, "status")]: { select: { id: optionIdOf("status", "waiting") } },
      [idOf(rows, "box")]: { checkbox: false },
      [idOf(rows, "registeredBy")]: { people: [{ object: "user", id: ids.person }] },
      [idOf(rows, "registeredAt")]: { date: { start: "2026-12-17" } },
    });
  });

  it("is registered and withdrawn in one write", () => {
    const registered = decisionProperties({ registeredBy: [ids.person], registeredAt: "2026-12-17" }, rows);
    expect(registered).toEqual({
      [idOf(rows, "registeredBy")]: { people: [{ object: "user", id: ids.person }] },
      [idOf(rows, "registeredAt")]: { date: { start: "2026-12-17" } },
    });
    expect(decisionProperties({ registeredBy: [], registeredAt: null }, rows)).toEqual({
      [idOf(rows, "registeredBy")]: { people: [] },
      [idOf(rows, "registeredAt")]: { date: null },
    });
  });
});

it("a property is found by its id in either spelling", () => {
  const { phase } = binding.projects.properties;
  expect(phase?.id).toContain("%");
  expect(cards.keyOf(phase?.id ?? "")).toBe("phase");
  expect(cards.keyOf(decodeURIComponent(phase?.id ?? ""))).toBe("phase");
  expect(cards.keyOf("100%")).toBeUndefined();
});
