// SPDX-License-Identifier: EUPL-1.2
/** What the reports say: of a week, before a meeting, of a month, of a quarter; in words that stay words wherever they are printed. */
import { describe, expect, it } from "vitest";
import { inLanguage } from "../../../src/core/messages.ts";
import { quarterToWrite } from "../../../src/core/reminders/digests.ts";
import { letterOf } from "../../../src/core/reminders/reminder-letter.ts";
import {
  meetingSections,
  monthSections,
  monthTitle,
  quarterSections,
  quarterTitle,
  reportOf,
} from "../../../src/core/reminders/reports.ts";
import { reportMarkdown, reportText } from "../../../src/core/reminders/section.ts";
import { type RemindedCard, type Situation, situationOf } from "../../../src/core/reminders/situation.ts";
import { weekSections } from "../../../src/core/reminders/week.ts";
import { bodyOf, type Model } from "../../../src/model/model.ts";
import { COUNCIL, decision, ELDERLY, mette, noticed, registration, row, UDI } from "./fixtures.ts";
import { type Change, model, noon, on, reminded } from "./reminder-fixtures.ts";

function named(number: number, title: string, change: Change = {}): RemindedCard {
  const id = `card-${number}`;
  return reminded({
    since: "2026-11-23",
    ...change,
    seen: { id, projectId: `INNO-${number}`, title, ...change.seen },
    accepted: { card: id, ...change.accepted },
  });
}

const closed = (number: number, title: string, on: string, fields = {}) => {
  const position = noticed("closed foelg-op", new Date(noon(on)));
  const card = named(number, title, { fields });
  const accepted = { ...card.accepted, position: { state: "closed", phase: "foelg-op" } as const };
  return { ...card, accepted: { ...accepted, noticed: { ...card.accepted.noticed, position } } };
};

const secret = { Fortrolighed: "Fortrolig", Læring: "Hemmelig læring", Udfald: "Effekt" };
const cards = [
  named(1, "Madspild", { accepted: { decisions: [decision({ shown: row({ meeting: "2027-01-06" }) })] } }),
  named(2, "Delebil", {
    accepted: { position: { state: "active", phase: "foelg-op" } },
    fields: { Effektstatus: "Udeblevet" },
  }),
  named(3, "Genbrug", { accepted: { position: { state: "active", phase: "test" } }, since: "2026-12-20" }),
  named(4, "Hemmelig sag", { fields: secret, accepted: { position: { state: "active", phase: "nytaenk" } } }),
  named(5, "En idé", { accepted: { position: { state: "idea", phase: null } } }),
  closed(6, "Lånecykler", "2027-02-10", {
    Læring: "Cykler\nbliver lånt, når de står <b>tæt</b> på. CPR 010203-1234",
    Udfald: "Effekt",
  }),
  closed(7, "Robotter", "2027-03-31", { Læring: "", Udfald: "Ingen effekt" }),
  closed(8, "Hemmelig afslutning", "2027-02-11", secret),
  closed(9, "Sidste år", "2026-12-31", { Udfald: "Effekt" }),
];

function on2027(date: string, speaking: Model = model): Situation {
  return situationOf({ model: speaking, cards, sent: [], gone: [], now: new Date(noon(date)) });
}

describe("before a meeting", () => {
  it("what the body decides, what it is told of, and what is being followed up; a confidential card by its number", () => {
    const body = bodyOf(model, UDI);
    expect(meetingSections(on2027("2027-01-05"), body, "2027-01-06")).toEqual([
      { heading: "Til beslutning", lines: ["Madspild"] },
      { heading: "Til orientering", lines: ["Genbrug", "INNO-4 (fortrolig)"] },
      { heading: "I drift og under opfølgning", lines: ["Delebil (Udeblevet)"] },
    ]);
  });

  it("is the overview that those who decide are sent, a paragraph each", () => {
    const reminder = on("2027-01-05", cards).find(({ person }) => person === mette);
    if (!reminder) throw new Error("nothing is sent");
    const { paragraphs } = letterOf(model, cards, reminder);
    expect(paragraphs).toContain("Digitalisering og Innovation, møde 6. januar 2027");
    expect(paragraphs).toContain("Til orientering\n• Genbrug\n• INNO-4 (fortrolig)");
  });
});

describe("of a month", () => {
  it("how the board stands, who waits for whom, what was closed", () => {
    expect(monthSections(on2027("2027-04-01"), "2027-03")).toEqual([
      {
        heading: "I gang 1. april 2027",
        lines: ["Udforsk: 1", "Nytænk: 1", "Test: 1", "Implementer: 0", "Følg op: 1"],
      },
      {
        heading: "Venter på beslutning",
        lines: ["Madspild", "Genbrug", "INNO-4 (fortrolig)"].map((it) => `${it}: Digitalisering og Innovation`),
      },
      {
        heading: "Længst stille",
        lines: ["Madspild: 86 arbejdsdage", "Delebil: 86 arbejdsdage", "INNO-4 (fortrolig): 86 arbejdsdage"],
      },
      { heading: "Afsluttet i marts 2027", lines: ["Robotter (Ingen effekt)"] },
      { heading: "Læring hentet hjem", lines: ["3 af 4 afsluttede projekter"] },
    ]);
  });

  it("in English, and of a month in which nothing was closed", () => {
    const english = on2027("2027-04-01", inLanguage(model, "en"));
    const report = reportOf(english, monthTitle(english, "2027-01"), monthSections(english, "2027-01"));
    expect([report.title, report.sections[3]]).toEqual([
      "Status for January 2027",
      { heading: "Closed in January 2027", lines: ["Nothing"] },
    ]);
  });
});

describe("of an owner's week", () => {
  const yes = decision({ registration: registration({ at: noon("2026-12-16") }) });
  const council = { bodies: [UDI, COUNCIL] };
  const week = (card: RemindedCard) =>
    weekSections(situationOf({ model, cards: [card], sent: [], gone: [], now: new Date(noon("2027-01-04")) }), [card]);
  const [waitsForOwner, waitsForPoliticians] = [
    (line: string) => [
      { heading: "Venter på dig", lines: [line] },
      { heading: "Venter på en politisk beslutning", lines: ["Intet"] },
    ],
    (line: string) => [
      { heading: "Venter på dig", lines: ["Intet"] },
      { heading: "Venter på en politisk beslutning", lines: [line] },
    ],
  ];

  it.each([
    [
      "what is missing, and before what",
      named(1, "Delebil", { fields: { Innovationsspørgsmål: "" } }),
      waitsForOwner("Delebil: før Nytænk mangler Innovationsspørgsmål (skal slutte med »?«)"),
    ],
    [
      "a yes that has not been used",
      named(1, "Delebil", { accepted: { decisions: [yes] } }),
      waitsForOwner("Delebil: kan trækkes til Nytænk"),
    ],
    [
      "the meeting whose agenda it is on, though its deadline has passed",
      named(1, "Delebil", { accepted: { decisions: [decision({ shown: row({ meeting: "2027-01-06" }) })] } }),
      waitsForPoliticians("Delebil: Digitalisering og Innovation, møde 6. januar 2027"),
    ],
    [
      "else the next one that it can be submitted to, of each who has to decide",
      named(1, "Delebil", { accepted: council }),
      waitsForPoliticians("Delebil: Digitalisering og Innovation, møde 31. marts 2027 og Byråd, møde 27. januar 2027"),
    ],
    [
      "a meeting that nobody has entered",
      named(1, "Delebil", { accepted: { bodies: [ELDERLY] } }),
      waitsForPoliticians("Delebil: Ældre og Sundhed (næste møde er ikke lagt ind)"),
    ],
    [
      "a confidential card by its number",
      named(4, "Hemmelig sag", { fields: { Fortrolighed: "Fortrolig" }, accepted: { decisions: [yes] } }),
      waitsForOwner("INNO-4 (fortrolig): kan trækkes til Nytænk"),
    ],
  ] as const)("%s", (_what, card, expected) => expect(week(card)).toEqual(expected));
});

describe("of a quarter", () => {
  const situation = on2027("2027-05-20");
  const report = reportOf(situation, quarterTitle(situation, "2027-01-01"), quarterSections(situation, "2027-01-01"));

  it("what was learned of what was closed in it, whenever it is asked for; nothing of a confidential card or of a CPR number", () => {
    expect(report).toEqual({
      title: "Det lærte vi i 1. kvartal 2027",
      sections: [
        {
          heading: "Projekterne",
          lines: [expect.stringMatching(/^Lånecykler: Cykler bliver lånt, når de står <b>tæt<\/b> på\. CPR/u)],
        },
        { heading: "Udfald", lines: ["1 gav effekt, 1 gjorde ikke. Vi blev klogere af dem alle (2)."] },
      ],
    });
    expect(reportText(report)).not.toMatch(/emmelig|INNO-8|010203/u);
  });

  it("is to be written down in the next one's first days", () => {
    const days = ["2027-03-31", "2027-04-01", "2027-04-08", "2027-04-09"];
    expect(days.map((date) => quarterToWrite(on2027(date))?.title ?? null)).toEqual([
      null,
      "Det lærte vi i 1. kvartal 2027",
      "Det lærte vi i 1. kvartal 2027",
      null,
    ]);
  });

  it("as Markdown what people wrote is text: no markup, no mention, no link, no heading of its own", () => {
    const odd = {
      title: "Det *lærte* vi",
      sections: [{ heading: "# Overskrift", lines: ["[her](https://x.example) @anders <img> - a\n# b"] }],
    };
    expect(reportMarkdown(odd).split("\n").slice(0, 5)).toEqual([
      "# Det \\*lærte\\* vi",
      "",
      "## \\# Overskrift",
      "",
      "- \\[her\\]\\(https\\://x\\.example\\) \\@anders \\<img\\> \\- a",
    ]);
  });
});
