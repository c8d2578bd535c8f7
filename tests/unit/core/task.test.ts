// SPDX-License-Identifier: EUPL-1.2
/** DOMAIN 7: what of a card leaves the board, and what never does. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Accepted } from "../../../src/core/accepted.ts";
import type { CardSeen } from "../../../src/core/card.ts";
import { ownLabels, type TaskWanted, taskWanted } from "../../../src/core/task.ts";
import { stateKeys } from "../../../src/model/rules.ts";
import {
  accepted,
  COUNCIL,
  card,
  decision,
  ELDERLY,
  fullFields,
  model,
  now,
  registration,
  row,
  UDI,
} from "./fixtures.ts";

function task(next: Partial<Accepted> = {}, seen: Partial<CardSeen> = {}): TaskWanted {
  const wanted = taskWanted(model, accepted(next), card(seen), now);
  if (!wanted) throw new Error("no task is wanted");
  return wanted;
}

const confidential = { ...fullFields, Fortrolighed: "Fortrolig" };
const phaseLabels = model.phases.map(({ label }) => label);
const trackLabels = model.rules.tracks.map(({ label }) => label);

describe("who has a task", () => {
  it.each([
    ["an idea", { position: { state: "idea", phase: null } }, false],
    ["an idea that was closed", { position: { state: "closed", phase: null } }, false],
    ["an active card", {}, true],
    ["a parked card", { position: { state: "parked", phase: "test" } }, true],
    ["a closed card", { position: { state: "closed", phase: "test" } }, true],
    ["a trashed card", { trashed: true }, true],
  ] as const)("%s: %3$s", (_name, next, expected) => {
    expect(taskWanted(model, accepted(next), card(), now) !== null).toBe(expected);
  });
});

describe("labels", () => {
  const decided = [decision({ registration: registration() })];
  it.each<readonly [string, Partial<Accepted>, Partial<CardSeen>, readonly string[]]>([
    ["waiting for a decision", {}, {}, ["afventer:politik"]],
    ["decided", { decisions: decided }, {}, []],
    ["missing a requirement", { decisions: decided }, { fields: {} }, ["mangler:oplysninger"]],
    ["both", {}, { fields: {} }, ["afventer:politik", "mangler:oplysninger"]],
    ["parked", { decisions: decided, position: { state: "parked", phase: "udforsk" } }, {}, ["parkeret"]],
    ["trashed", { decisions: decided, trashed: true }, {}, ["papirkurv"]],
    ["after the last gate", { position: { state: "active", phase: "foelg-op" } }, { fields: {} }, []],
    ["closed with effect", { position: { state: "closed", phase: "foelg-op" } }, {}, ["udfald:effekt"]],
    [
      "closed without",
      { position: { state: "closed", phase: "test" } },
      { fields: { Udfald: "Ingen effekt" } },
      ["udfald:ingen-effekt"],
    ],
    ["closed, and waiting for nothing any more", { position: { state: "closed", phase: "test" } }, { fields: {} }, []],
  ])("%s", (_name, next, seen, expected) => {
    const own = [...phaseLabels, ...trackLabels, "udvalg:udi"];
    expect(task(next, seen).labels.filter((label) => !own.includes(label))).toEqual(expected);
  });

  it("a track without gates waits for no politician and misses nothing", () => {
    const { labels } = task({ track: "hverdag", bodies: [] }, { fields: {} });
    expect(labels).toEqual(["fase:1-udforsk", "spor:hverdag"]);
  });

  it("always exactly one phase and one track, every body, and only labels that are ours", () => {
    fc.assert(
      fc.property(
        fc.record({
          state: fc.constantFrom(...stateKeys.filter((state) => state !== "idea")),
          phase: fc.constantFrom(...model.phases.map(({ key }) => key)),
          track: fc.constantFrom(...model.rules.tracks.map(({ key }) => key)),
          bodies: fc.subarray([UDI, ELDERLY, COUNCIL]),
          trashed: fc.boolean(),
          fields: fc.constantFrom(fullFields, {}, confidential),
        }),
        ({ state, phase, fields, ...next }) => {
          const { labels } = task({ position: { state, phase }, ...next }, { fields });
          expect(labels.filter((label) => phaseLabels.includes(label))).toEqual([
            model.phases.find(({ key }) => key === phase)?.label,
          ]);
          expect(labels.filter((label) => trackLabels.includes(label))).toHaveLength(1);
          expect(labels.filter((label) => label.startsWith("udvalg:"))).toHaveLength(next.bodies.length);
          expect(labels.filter((label) => !ownLabels(model).includes(label))).toEqual([]);
          expect(new Set(labels).size).toBe(labels.length);
        },
      ),
    );
  });

  it("the intake label is people's own: never set, never removed", () => {
    expect(ownLabels(model)).not.toContain(model.rules.labels.intake);
    expect(new Set(ownLabels(model)).size).toBe(ownLabels(model).length);
  });
});

describe("closing", () => {
  it.each([
    ["Effekt", "completed"],
    ["Ingen effekt", "not_planned"],
    [null, "not_planned"],
  ] as const)("with outcome %s: %s", (outcome, expected) => {
    const closed = task({ position: { state: "closed", phase: "foelg-op" } }, { fields: { Udfald: outcome } });
    expect(closed.closed).toBe(expected);
  });
  it("an open card's task is open", () => expect(task().closed).toBeNull());
});

/** Everything of a task that other people can read. */
const everyWord = ({ title, note, lines, labels }: TaskWanted) =>
  JSON.stringify([title, note, lines.map(({ label, text }) => [label, text]), labels]);

describe("what never leaves the board", () => {
  it("politicians' names, whoever said yes", () => {
    const decisions = [decision({ registration: registration(), shown: row({ remark: "Mette Formand er for" }) })];
    const words = everyWord(task({ decisions, lastMessage: "Tak, Mette Formand" }));
    for (const { name } of model.municipality.people) expect(words).not.toContain(name);
  });

  it("a confidential card's title, question and decision: only its number, phase and labels (case 49)", () => {
    const { title, lines } = task({}, { fields: confidential });
    expect([title, lines]).toEqual(["INNO-12 (fortrolig)", []]);
  });

  const cpr = fc
    .record({
      day: fc.integer({ min: 1, max: 31 }),
      month: fc.integer({ min: 1, max: 12 }),
      year: fc.integer({ min: 0, max: 99 }),
      between: fc.constantFrom("", "-", " ", " - ", "–", "—", "‑", " ", "--"),
      serial: fc.integer({ min: 0, max: 9999 }),
    })
    .map(({ day, month, year, between, serial }) => {
      const two = (count: number) => String(count).padStart(2, "0");
      return `${two(day)}${two(month)}${two(year)}${between}${String(serial).padStart(4, "0")}`;
    });

  it("anything like a CPR number, in title or question, however it is written (48)", () => {
    const around = fc.constantFrom("", " ", "cpr:", "Borger ", "?", "(", "«");
    fc.assert(
      fc.property(cpr, around, around, (number, before, after) => {
        const text = `Hvad med ${before}${number}${after} og støtten?`;
        const words = everyWord(task({}, { title: text, fields: { ...fullFields, Innovationsspørgsmål: text } }));
        expect(words).not.toContain(number);
        expect(words).not.toContain("Hvad med");
      }),
    );
  });

  it("text of any other field", () => {
    const secrets = Object.fromEntries(model.rules.fields.map(({ name }) => [name, `hemmeligt ${name}`]));
    expect(everyWord(task({}, { fields: { ...fullFields, ...secrets } }))).not.toContain("hemmeligt");
  });
});

describe("the block", () => {
  it("says which card, which phase, which question and which decision comes next", () => {
    const { title, lines } = task();
    expect(title).toBe("Madspild på plejehjem");
    expect(lines).toEqual([
      { label: "Kortet", text: "INNO-12", href: "https://board.example/card-1" },
      { label: "Fase", text: "Udforsk" },
      { label: "Innovationsspørgsmål", text: "Hvordan kan vi halvere madspildet?" },
      {
        label: "Næste beslutning",
        text: "»Er innovationsspørgsmålet det rigtige at gå videre med?« (Digitalisering og Innovation, møde 16. december 2026)",
      },
    ]);
  });
  it("links to the card by its id alone: the board's own address repeats the title", () => {
    const href = (url: string) => task({}, { url }).lines[0]?.href;
    const id = "1e6b623a26184b9281a10a633596a13c";
    expect(href(`https://www.notion.so/Ring-010180-1234-${id}`)).toBe(`https://www.notion.so/${id}`);
    expect(href(`https://www.notion.so/furesoe/Ring-010180-1234-${id}?pvs=4`)).toBe(
      `https://www.notion.so/furesoe/${id}?pvs=4`,
    );
    expect(href(`https://www.notion.so/${id}`)).toBe(`https://www.notion.so/${id}`);
  });
  it("leaves out what is empty", () => {
    const { title, lines } = task({ position: { state: "closed", phase: "test" } }, { title: " ", fields: {} });
    expect(title).toBe("Uden titel (INNO-12)");
    expect(lines.map(({ label }) => label)).toEqual(["Kortet", "Fase"]);
  });
});
