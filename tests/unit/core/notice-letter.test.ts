// SPDX-License-Identifier: EUPL-1.2
/** What the administrator is written: news alone, each once, and nothing that must not leave the board. */
import { describe, expect, it } from "vitest";
import { inLanguage } from "../../../src/core/messages.ts";
import { accessNotice, massLossNotice, type Notice, unseenNotice } from "../../../src/core/notice.ts";
import { administratorsOf, newsKey, newsOf, noticeLetter, type Standing } from "../../../src/core/notice-letter.ts";
import { model } from "./fixtures.ts";

const since = (notice: Notice, at = "2026-11-23T08:00:00.000Z"): Standing => ({ ...notice, since: at });
const access = since(accessNotice());
const lost = since(massLossNotice(12));
const unseen = since(unseenNotice(model, ["INNO-3"]));

describe("news", () => {
  it.each<readonly [string, readonly Standing[], readonly Standing[], readonly Standing[], readonly Standing[]]>([
    ["nothing", [], [], [], []],
    ["something begins", [access], [], [access], []],
    ["and stands", [access], [access], [], []],
    ["more begins beside it", [access, lost], [access], [lost], []],
    ["it is over", [], [access], [], [access]],
    ["one is over, another begins", [lost], [access], [lost], [access]],
    ["it went and came back between two looks", [since(accessNotice(), "2026-11-24T08:00:00.000Z")], [access], [], []],
    ["it is worded otherwise", [since(unseenNotice(model, ["INNO-3", "INNO-4"]))], [unseen], [], []],
  ])("%s", (_, standing, told, begun, over) => {
    expect(newsOf(standing, told)).toEqual({ begun, over });
  });

  it("the same have the same key, others another", () => {
    const news = { begun: [access, lost], over: [unseen] };
    expect(newsKey({ begun: [lost, access], over: [unseen] })).toBe(newsKey(news));
    const others = [
      { begun: [access], over: [unseen] },
      { begun: [access, lost], over: [] },
      { begun: [access, lost, unseen], over: [] },
      { begun: [since(accessNotice(), "2026-12-01T08:00:00.000Z"), lost], over: [unseen] },
    ];
    for (const other of others) expect(newsKey(other)).not.toBe(newsKey(news));
    expect(newsKey(news)).toMatch(/^[A-Za-z0-9-]{1,32}$/);
  });
});

describe("the letter", () => {
  it("says what is wrong, what is over, why it came and how to make it stop", () => {
    const { subject, paragraphs, cards } = noticeLetter(model, { begun: [lost], over: [access] });
    expect([subject, cards]).toEqual(["Faseport: noget skal rettes", []]);
    expect(paragraphs).toEqual([
      expect.stringMatching(/^12 kort har mistet deres fase/),
      expect.stringMatching(/^Det gælder ikke længere: Faseport kan ikke læse tavlen/),
      expect.stringMatching(/^Du får beskeden som administrator.*så ret »administrator« under »channels«/),
    ]);
  });

  it("of what is over alone, with a subject of its own; in English", () => {
    const { subject, paragraphs } = noticeLetter(inLanguage(model, "en"), { begun: [], over: [lost] });
    expect(subject).toBe("Faseport: it is in order again");
    expect(paragraphs[0]).toMatch(/^No longer so: 12 cards have lost/);
  });

  it("no CPR number that stood in an option's name", () => {
    const { paragraphs } = noticeLetter(model, { begun: [since(unseenNotice(model, ["010190-1234"]))], over: [] });
    expect(paragraphs[0]).toContain("••••••-••••");
  });
});

it("by mail to each administrator by name, in a channel to all at once", () => {
  const told = (administrator: "email" | "teams:drift") =>
    administratorsOf({
      ...model,
      municipality: { ...model.municipality, channels: { ...model.municipality.channels, administrator } },
    });
  expect(told("email")).toEqual([{ user: "administrator", name: "IT-drift", email: "it-drift@kommune.example" }]);
  expect(told("teams:drift")).toEqual([{ user: "administrator", name: "Administrator", email: null }]);
});
