// SPDX-License-Identifier: EUPL-1.2
/** A reminder as it is written to a person, whatever carries it: what it says, and what it must not carry out of the board. */
import { describe, expect, it } from "vitest";
import { inLanguage } from "../../../src/core/messages.ts";
import { letterOf } from "../../../src/core/reminders/reminder-letter.ts";
import type { Reminder } from "../../../src/core/reminders/round.ts";
import type { RemindedCard } from "../../../src/core/reminders/situation.ts";
import { written } from "../../../src/core/written.ts";
import type { Model } from "../../../src/model/model.ts";
import { anders, mette } from "./fixtures.ts";
import { model, on, reminded } from "./reminder-fixtures.ts";

/** As Notion makes it: out of the title and the id. */
const urlOf = (id: string, title: string) =>
  `https://www.notion.so/${[...title.split(" "), id.padStart(32, "0")].join("-")}`;
const card = (id: string, projectId: string, title: string, change: Parameters<typeof reminded>[0] = {}) =>
  reminded({ ...change, seen: { id, projectId, title, url: urlOf(id, title), ...change?.seen } });

const still = card("a", "INNO-3", "Delebil");
const lettersOn = (date: string, cards: readonly RemindedCard[], rules: Model = model) =>
  on(date, cards).map((reminder) => ({ to: reminder.person, letter: letterOf(rules, cards, reminder) }));
const letterTo = (person: string, date: string, cards: readonly RemindedCard[], rules: Model = model) => {
  const found = lettersOn(date, cards, rules).find(({ to }) => to === person);
  if (!found) throw new Error(`nothing is due to ${person}`);
  return found.letter;
};

describe("what it says", () => {
  it("one card: its name in the subject, what is due, why it came, how to make it stop, and the way to the card", () => {
    const letter = letterTo(anders, "2027-01-08", [still]);
    expect(letter).toEqual({
      subject: "Påmindelse om Delebil",
      paragraphs: [
        expect.stringMatching(/^Delebil har ligget stille i /),
        "Du får beskeden som ejer. Den kommer ikke igen, når det er klaret. Skal det vente, så sæt en dato i »Udsæt påmindelser til« på kortet.",
      ],
      cards: [{ id: "a", name: "Delebil", url: `https://www.notion.so/${"a".padStart(32, "0")}` }],
    });
  });

  it("several cards: how many, a paragraph each, and the way to each", () => {
    const letter = letterTo(anders, "2027-01-08", [still, card("b", "INNO-4", "Genbrug")]);
    expect(letter.subject).toBe("Påmindelse om 2 projekter");
    expect(letter.paragraphs).toHaveLength(3);
    expect(letter.cards.map(({ name }) => name)).toEqual(["Delebil", "Genbrug"]);
  });

  it("in English", () => {
    const letter = letterTo(anders, "2027-01-08", [still], inLanguage(model, "en"));
    expect([letter.subject, letter.paragraphs.at(-1)]).toEqual([
      "Reminder about Delebil",
      'You get this as ejer. It does not come again once it is dealt with. If it has to wait, set a date in "Udsæt påmindelser til" on the card.',
    ]);
  });

  const item = (message: Reminder["items"][number]["message"], cards: readonly string[] = []) =>
    ({
      person: mette,
      on: "2027-01-04",
      items: [
        {
          ...{ occurrence: "x", kind: "overview", person: mette, as: "approver", cards, since: "2027-01-04", message },
          ...{ place: null, sections: [] },
        },
      ],
    }) as Reminder;
  const said = { udvalg: "Digitalisering og Innovation", moede: "6. januar 2027", liste: "Delebil" };

  it.each([
    ["P06", said, "Digitalisering og Innovation, møde 6. januar 2027"],
    ["P07", said, "Digitalisering og Innovation, møde 6. januar 2027"],
    ["D02", said, "Digitalisering og Innovation, møde 6. januar 2027"],
    ["D01", { antal: "1" }, "Din uge på innovationstavlen"],
    ["D03", { maaned: "marts 2027" }, "Status på innovationstavlen"],
    ["D04", { kvartal: "1. kvartal 2027" }, "Det lærte vi i 1. kvartal 2027"],
    ["P17", { antal: "3", dage: "15", liste: "" }, "Påmindelse fra innovationstavlen"],
    ["P20", { udvalg: "Byråd", liste: "" }, "Påmindelse fra innovationstavlen"],
  ] as const)("%s, which is about no single card, has a subject", (id, params, subject) => {
    const message = { id, params } as unknown as Reminder["items"][number]["message"];
    expect(letterOf(model, [still], item(message, [])).subject).toBe(subject);
  });
});

describe("what it must not carry out of the board", () => {
  const secretFields = { Fortrolighed: "Fortrolig", Indikator: "Hemmelig indikator", Nulpunkt: "17", Mål: "4" };
  const secret = card("5", "INNO-9", "Hemmelig sag", { fields: { Fortrolighed: "Fortrolig" } });

  it("a confidential card is its number, in the subject, the text and the link", () => {
    const letter = letterTo(anders, "2027-01-08", [secret]);
    expect(JSON.stringify(letter)).not.toContain("Hemmelig");
    expect([letter.subject, letter.paragraphs[0], letter.cards[0]?.name]).toEqual([
      "Påmindelse om INNO-9 (fortrolig)",
      expect.stringMatching(/^INNO-9 \(fortrolig\) har ligget stille/),
      "INNO-9 (fortrolig)",
    ]);
  });

  it("so it is in every list and overview of the year, and nothing that people wrote on it either", () => {
    const measured = card("e", "INNO-10", "Hemmelig drift", {
      fields: { ...secretFields, "I drift fra": "2026-11-23", Effektstatus: "Udeblevet" },
      accepted: { position: { state: "active", phase: "foelg-op" } },
    });
    const readyCase = card("d", "INNO-11", "Hemmelig klar", { fields: { Fortrolighed: "Fortrolig" } });
    const days = [
      "2026-12-14",
      "2026-12-23",
      "2027-01-04",
      "2027-01-05",
      "2027-01-06",
      "2027-01-08",
      "2027-02-01",
      "2027-04-01",
    ];
    const all = days.flatMap((day) => lettersOn(day, [secret, measured, readyCase]));
    expect(all.length).toBeGreaterThan(8);
    expect(all.map(({ letter }) => letter.paragraphs.join(" ")).join(" ")).toContain(
      "INNO-11 (fortrolig) er klar til beslutning",
    );
    expect(all.filter(({ letter }) => JSON.stringify(letter).includes("Hemmelig"))).toEqual([]);
    expect(all.map(({ letter }) => letter.paragraphs.join(" ")).join(" ")).toContain(
      "Hvordan går det med »se kortet«?",
    );
  });

  it("a number like a CPR number is dots, wherever it came from", () => {
    const letter = letterTo(anders, "2027-01-08", [card("c", "INNO-5", "Sag 010190-1234 om hjælp")]);
    expect(JSON.stringify(letter)).not.toMatch(/0101\d\d|1234/);
    expect(letter.subject).toBe("Påmindelse om Sag ••••••-•••• om hjælp");
    expect(letter.cards[0]?.name).toBe("Sag ••••••-•••• om hjælp");
  });

  it("nothing invisible and no second line in a subject; several numbers are all dots", () => {
    const clean = written({
      subject: "A\r\nBcc: alle@kommune.example\u202E",
      paragraphs: ["010190-1234 og 0202901234\u200B"],
      cards: [],
    });
    expect(clean).toEqual({
      subject: "A Bcc: alle@kommune.example",
      paragraphs: ["••••••-•••• og ••••••-••••"],
      cards: [],
    });
  });
});
