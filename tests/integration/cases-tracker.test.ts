// SPDX-License-Identifier: EUPL-1.2
/** DOMAIN section 10, «Tracker»: cases 40–46 on the wire. Developers act on GitHub, and both sides end up agreed. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Call } from "../../src/sandbox/world.ts";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";
const anders = "anders-dev";
const lise = "lise-leder";
const stranger = "ida-udvikler";

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

const on = () => board(house);
const github = () => house.sandbox.github;
const issueOf = (card: string) => on().issue(card)?.number ?? 0;
/** What is said on a card's issue: the message ids, oldest first. */
const saidOn = (number: number) =>
  github()
    .commentsOf(number)
    .map(({ body }) => /<!-- faseport:said ([A-Z]\d\d[a-z]?)-/u.exec(body ?? "")?.[1] ?? "?");
const lastOn = (number: number) => github().commentsOf(number).at(-1)?.body ?? "";
const assignees = (card: string) => (on().issue(card)?.assignees ?? []).map(({ login }) => login);
const owners = (card: string) => {
  const value = house.sandbox.notion.page(on().card(card)).properties.Ejer;
  return value?.type === "people" ? value.people.map(({ id }) => id) : [];
};
const calls = () => [house.sandbox.notion.calls.length, github().calls.length] as const;
/** Both sides look at everything again, and nothing is written: they agree (I3, I5). */
async function agreed() {
  const writes = (calls: readonly Call[]) =>
    calls
      .filter(({ method, path }) => method !== "GET" && !/query$/u.test(path))
      .map(({ method, path }) => `${method} ${path}`);
  const both = () => [writes(house.sandbox.notion.calls), writes(github().calls)];
  const before = both();
  await house.lookAtAll();
  await house.quiet();
  expect(both()).toEqual(before);
}

describe("case 40: a phase label moved forward by a developer", () => {
  it("gate closed: put back with A25 in Danish and English, naming the committee and no person; the board is not asked", async () => {
    const number = issueOf("INNO-3");
    const [notion, tracker] = calls();
    github().moveLabel(anders, number, "fase:2-nytaenk");
    await house.quiet();
    expect(on().phaseLabels("INNO-3")).toEqual(["fase:1-udforsk"]);
    expect(saidOn(number)).toEqual(["A25"]);
    expect(lastOn(number)).toContain(
      "Mærkaten er sat tilbage til Udforsk. Fasen følger kortet i Notion, og Digitalisering og Innovation har ikke sagt ja til Nytænk.",
    );
    expect(lastOn(number)).toContain("The label is back to Udforsk.");
    for (const { name } of house.sandbox.notion.people) expect(lastOn(number)).not.toContain(name);
    const [notionNow, trackerNow] = calls();
    expect([notionNow - notion, trackerNow - tracker]).toEqual([0, 3]);
    expect([on().field("INNO-3", "Fase"), on().said("INNO-3")]).toEqual(["1. Udforsk", []]);
  });

  it("again at once: put back again, not said again", async () => {
    github().moveLabel(anders, issueOf("INNO-3"), "fase:2-nytaenk");
    await house.quiet();
    expect([on().phaseLabels("INNO-3"), saidOn(issueOf("INNO-3"))]).toEqual([["fase:1-udforsk"], ["A25"]]);
  });

  it.each([
    ["a requirement is missing", "INNO-5", "fase:2-nytaenk", "A25m", "Innovationsspørgsmål"],
    ["a phase is leapt over", "INNO-4", "fase:4-implementer", "A25s", "Nytænk"],
    ["the project is parked", "INNO-13", "fase:4-implementer", "A25t", "parkeret"],
  ])("%s: put back, and told why", async (_why, card, label, id, words) => {
    const before = on().phaseLabels(card);
    github().moveLabel(anders, issueOf(card), label);
    await house.quiet();
    expect(on().phaseLabels(card)).toEqual(before);
    expect(saidOn(issueOf(card))).toEqual([id]);
    expect(lastOn(issueOf(card))).toContain(words);
  });

  it("gate open: the card moves by the same rules, logged with the developer's login and GitHub's event", async () => {
    on().tick(people.mette, "INNO-3", UDI);
    await house.quiet();
    github().moveLabel(anders, issueOf("INNO-3"), "fase:2-nytaenk");
    await house.quiet();
    expect([on().field("INNO-3", "Fase"), on().phaseLabels("INNO-3")]).toEqual(["2. Nytænk", ["fase:2-nytaenk"]]);
    expect(on().said("INNO-3")).toEqual(["B01", "B03"]);
    const line = (await house.ledger.log()).findLast(({ rule }) => rule === "T2");
    expect(line).toMatchObject({ by: [`github:${anders}`], gate: "G1", from: "Udforsk", to: "Nytænk" });
    expect(line?.events).toEqual([expect.stringMatching(/^github:[0-9a-f-]{36}$/u)]);
    expect(saidOn(issueOf("INNO-3"))).toEqual(["A25"]);
  });

  it("a track without gates: the card moves", async () => {
    github().moveLabel(stranger, issueOf("INNO-6"), "fase:3-test");
    await house.quiet();
    expect([on().field("INNO-6", "Fase"), on().phaseLabels("INNO-6")]).toEqual(["3. Test", ["fase:3-test"]]);
  });

  it("and everything agrees", agreed);
});

describe("case 41: two phase labels, none, or a step backward: the confirmed one is put back, and nothing is said", () => {
  it.each([
    ["two", () => github().label(anders, issueOf("INNO-8"), "fase:4-implementer")],
    ["none", () => github().unlabel(anders, issueOf("INNO-8"), "fase:2-nytaenk")],
    ["backward", () => github().moveLabel(anders, issueOf("INNO-8"), "fase:1-udforsk")],
    ["another label of the service's", () => github().unlabel(anders, issueOf("INNO-8"), "udvalg:udi")],
  ])("%s", async (_what, act) => {
    const before = on().labels("INNO-8");
    act();
    await house.quiet();
    expect(on().labels("INNO-8")).toEqual(before);
    expect([saidOn(issueOf("INNO-8")), on().said("INNO-8")]).toEqual([[], []]);
  });

  it("a label of the developers' own is left alone (I10)", async () => {
    github().label(anders, issueOf("INNO-8"), "bug");
    await house.quiet();
    expect(on().labels("INNO-8")).toContain("bug");
    on().edit(people.anders, "INNO-8", { "Idé til test": { rich_text: [] } });
    await house.quiet();
    expect(on().labels("INNO-8")).toEqual(expect.arrayContaining(["bug", "mangler:oplysninger"]));
  });
});

it("case 42: an issue closed early is opened again with A26; the card stands", async () => {
  github().closeIssue(anders, issueOf("INNO-9"), "completed");
  await house.quiet();
  expect(on().issue("INNO-9")).toMatchObject({ state: "open" });
  expect(saidOn(issueOf("INNO-9"))).toEqual(["A26"]);
  expect(lastOn(issueOf("INNO-9"))).toContain("Projektet er stadig i Test.");
  expect([on().field("INNO-9", "Tilstand"), on().said("INNO-9")]).toEqual(["Aktiv", []]);
});

it.each([
  ["edited", (body: string) => body.replace("Test", "Klar til drift")],
  ["removed", (body: string) => body.replace(/<!-- faseport:begin[\s\S]*faseport:end -->\s*/u, "")],
])("case 43: the service's block %s: restored, the text around it untouched", async (_what, damage) => {
  const number = issueOf("INNO-10");
  const own = "\n\n## Vores noter\r\n* @anders-dev #1 <!-- vores -->";
  const whole = github().issue(number).body ?? "";
  const block = whole.replace(own, "");
  github().edit(anders, number, { body: `${block}${own}` });
  await house.quiet();
  github().edit(anders, number, { body: damage(`${block}${own}`) });
  await house.quiet();
  const restored = github().issue(number).body ?? "";
  expect(restored).toContain(block);
  expect(restored.split("## Vores noter\r\n* @anders-dev #1 <!-- vores -->")).toHaveLength(2);
});

describe("case 44: text with another card's marker: ignored, the ledger decides", () => {
  it("an issue that carries a copy of a card's block is nobody's task", async () => {
    const original = github().issue(issueOf("INNO-10"));
    const copy = github().create(stranger, { title: "Kopi", body: original.body ?? "" });
    github().moveLabel(stranger, copy, "fase:4-implementer");
    github().closeIssue(stranger, copy, "completed");
    await house.quiet();
    expect(github().issue(copy)).toMatchObject({ state: "closed", title: "Kopi" });
    expect(saidOn(copy)).toEqual([]);
    expect(on().issue("INNO-10")?.number).toBe(original.number);
  });

  it("a card's task that carries another card's marker stays that card's", async () => {
    const number = issueOf("INNO-9");
    const foreign = github().issue(issueOf("INNO-11")).body ?? "";
    github().edit(stranger, number, { body: foreign });
    await house.quiet();
    const body = github().issue(number).body ?? "";
    expect(body.startsWith(`<!-- faseport:begin ${on().card("INNO-9")} -->`)).toBe(true);
    expect(body).toContain(foreign);
    expect([on().issue("INNO-9")?.number, on().field("INNO-11", "Fase")]).toEqual([number, "4. Implementer"]);
  });
});

describe("a title", () => {
  const rename = (card: string, content: string) =>
    on().edit(people.anders, card, { Navn: { title: [{ text: { content } }] } });
  const titles = (card: string) => [on().field(card, "Navn"), on().issue(card)?.title];

  it("changed on the card follows to the issue", async () => {
    rename("INNO-11", "Én dør for foreninger");
    await house.quiet();
    expect(titles("INNO-11")).toEqual(["Én dør for foreninger", "Én dør for foreninger"]);
  });

  it("changed on the issue follows to the card, as plain text (I7)", async () => {
    const title = "Én dør @anders-dev \u202Eog <b>to</b> #12";
    github().edit(anders, issueOf("INNO-11"), { title });
    await house.quiet();
    const plain = "Én dør @anders-dev og <b>to</b> #12";
    expect(titles("INNO-11")[0]).toBe(plain);
    const { Navn } = house.sandbox.notion.page(on().card("INNO-11")).properties;
    expect(Navn?.type === "title" && Navn.title.map(({ type, href }) => [type, href])).toEqual([["text", null]]);
    expect(on().said("INNO-11")).toEqual([]);
  });

  it("changed on both: the card's stands, the other is kept in a comment that pings nobody", async () => {
    github().deliveries("hold");
    github().edit(anders, issueOf("INNO-11"), { title: "Foreningernes @lise-leder" });
    rename("INNO-11", "Foreningernes dør");
    github().deliveries("flow");
    await house.quiet();
    expect(titles("INNO-11")).toEqual(["Foreningernes dør", "Foreningernes dør"]);
    expect(saidOn(issueOf("INNO-11"))).toEqual(["B28"]);
    expect(lastOn(issueOf("INNO-11"))).toContain("Her stod: »Foreningernes @\u200Blise\\-leder«.".replace("\\-", "-"));
  });

  it("with what looks like a CPR number goes no further, in this direction either", async () => {
    github().edit(anders, issueOf("INNO-11"), { title: "Borger 010203-1234" });
    await house.quiet();
    expect(titles("INNO-11")).toEqual(["Foreningernes dør", "Foreningernes dør"]);
    expect(saidOn(issueOf("INNO-11"))).toEqual(["B28", "A31"]);
    expect(lastOn(issueOf("INNO-11"))).not.toContain("010203");
  });

  it("and everything agrees", agreed);
});

describe("owner and assignees", () => {
  it("a card's owner whose login is known is assigned", async () => {
    expect([assignees("INNO-9"), assignees("INNO-10")]).toEqual([[anders], [lise]]);
  });

  it("changed on the card: the assignee follows; whom the developers assigned stays (I10)", async () => {
    github().assign(anders, issueOf("INNO-12"), stranger);
    await house.quiet();
    on().edit(people.anders, "INNO-12", { Ejer: { people: [{ id: people.lise }] } });
    await house.quiet();
    expect(assignees("INNO-12").sort()).toEqual([stranger, lise].sort());
    expect(saidOn(issueOf("INNO-12"))).toEqual(["B30"]);
    expect(lastOn(issueOf("INNO-12"))).not.toContain(stranger);
  });

  it("replaced on the issue: the card's owner follows", async () => {
    const number = issueOf("INNO-12");
    github().deliveries("hold");
    github().unassign(lise, number, lise);
    github().assign(lise, number, anders);
    github().deliveries("flow");
    await house.quiet();
    expect([owners("INNO-12"), assignees("INNO-12").sort()]).toEqual([[people.anders], [anders, stranger].sort()]);
    expect(saidOn(number)).toEqual(["B30"]);
  });

  it("only taken off: put on again, for a project does not lose its owner by a click", async () => {
    github().unassign(stranger, issueOf("INNO-12"), anders);
    await house.quiet();
    expect([owners("INNO-12"), assignees("INNO-12").sort()]).toEqual([[people.anders], [anders, stranger].sort()]);
  });

  it("one more assigned: the developers' business", async () => {
    github().assign(anders, issueOf("INNO-12"), lise);
    await house.quiet();
    expect([owners("INNO-12"), assignees("INNO-12")]).toEqual([
      [people.anders],
      expect.arrayContaining([lise, anders]),
    ]);
  });

  it("a card without an owner gets the known person who is assigned", async () => {
    on().edit(people.anders, "INNO-10", { Ejer: { people: [] } });
    await house.quiet();
    expect(assignees("INNO-10")).toEqual([]);
    github().assign(anders, issueOf("INNO-10"), anders);
    await house.quiet();
    expect([owners("INNO-10"), assignees("INNO-10")]).toEqual([[people.anders], [anders]]);
  });

  it("and everything agrees", agreed);
});

describe("an issue that is gone is replaced, and the card is told once (B24)", () => {
  it.each([
    ["deleted", "INNO-4", (number: number) => github().deleteIssue(anders, number)],
    ["transferred", "INNO-5", (number: number) => github().transferIssue(anders, number, "furesoe-kommune/andet")],
    ["made a discussion", "INNO-7", (number: number) => github().convertToDiscussion(anders, number)],
  ])("%s", async (_how, card, lose) => {
    const before = issueOf(card);
    const labels = on().phaseLabels(card);
    lose(before);
    await house.quiet();
    const after = issueOf(card);
    expect(after).toBeGreaterThan(before);
    expect(on().phaseLabels(card)).toEqual(labels);
    expect(on().said(card)).toEqual(["B24"]);
    expect(on().comments(card)[0]).toContain(on().field(card, "Opgave"));
    await house.lookAtAll();
    await house.quiet();
    expect([issueOf(card), on().said(card)]).toEqual([after, ["B24"]]);
  });
});

describe("case 45: a new issue with `innovation` becomes a card in the idea bank, once", () => {
  const bank = (name: string) =>
    house.sandbox.notion.pages(house.sandbox.notion.projects).filter((page) => {
      const { Navn } = page.properties;
      return Navn?.type === "title" && Navn.title.map((part) => part.plain_text).join("") === name;
    });

  it("title and text as plain text, and a link back (B25)", async () => {
    const body = "Kan vi @alle måle #3?\r\n\r\n<!-- faseport:begin x -->skjult<!-- faseport:end -->**Ja**";
    const number = github().create(stranger, { title: "Sensorer i  brønde", body, labels: ["innovation"] });
    await house.quiet();
    expect(bank("Sensorer i brønde")).toHaveLength(1);
    expect([
      on().field("INNO-14", "Navn"),
      on().field("INNO-14", "Tilstand"),
      on().field("INNO-14", "Fase"),
      on().field("INNO-14", "Udfordring"),
      on().field("INNO-14", "Opgave"),
    ]).toEqual([
      "Sensorer i brønde",
      "Idébank",
      "",
      "Kan vi @alle måle #3?\n\nskjult**Ja**",
      github().issue(number).html_url,
    ]);
    const { Udfordring } = house.sandbox.notion.page(on().card("INNO-14")).properties;
    expect(Udfordring?.type === "rich_text" && Udfordring.rich_text.every(({ type }) => type === "text")).toBe(true);
    expect(saidOn(number)).toEqual(["B25"]);
    expect(lastOn(number)).toContain(`<${house.sandbox.notion.page(on().card("INNO-14")).url}>`);
    expect(github().issue(number)).toMatchObject({ title: "Sensorer i  brønde", body });
  });

  it("more events about it make no second card; as the card goes active the issue is its task", async () => {
    const number = issueOf("INNO-14");
    github().unlabel(stranger, number, "innovation");
    github().label(stranger, number, "innovation");
    await house.quiet();
    on().edit(people.sanne, "INNO-14", {
      Spor: { select: { name: "3 Hverdagsinnovation" } },
      Ejer: { people: [{ id: people.anders }] },
    });
    on().drag(people.sanne, "INNO-14", "1. Udforsk");
    await house.quiet();
    expect([issueOf("INNO-14"), on().field("INNO-14", "Tilstand")]).toEqual([number, "Aktiv"]);
    expect(on().labels("INNO-14")).toEqual(expect.arrayContaining(["fase:1-udforsk", "innovation"]));
    expect(github().issue(number).body).toContain(`<!-- faseport:begin ${on().card("INNO-14")} -->`);
    expect(bank("Sensorer i brønde")).toHaveLength(1);
    expect(saidOn(number)).toEqual(["B25"]);
  });

  it.each([
    [
      "labelled later",
      true,
      () => {
        const number = github().create(anders, { title: "Senere" });
        github().label(stranger, number, "Innovation");
        return number;
      },
    ],
    ["without the label", false, () => github().create(anders, { title: "Fejlrettelse", labels: ["bug"] })],
    ["by the service itself", false, () => github().create(github().bot, { title: "Egen", labels: ["innovation"] })],
    [
      "a pull request",
      false,
      () => {
        const number = github().openPullRequest(anders, "Ændring");
        github().label(anders, number, "innovation");
        return number;
      },
    ],
    [
      "closed already",
      false,
      () => {
        github().deliveries("hold");
        const number = github().create(anders, { title: "Lukket", labels: ["innovation"] });
        github().closeIssue(anders, number, "not_planned");
        github().deliveries("flow");
        return number;
      },
    ],
  ])("%s: %s", async (_what, taken, make) => {
    const cards = () => house.sandbox.notion.pages(house.sandbox.notion.projects).length;
    const before = cards();
    make();
    await house.quiet();
    expect(cards() - before).toBe(taken ? 1 : 0);
  });

  it("what looks like a CPR number does not come along, and the issue is told", async () => {
    const number = github().create(anders, {
      title: "Hjælp til 010203-1234",
      body: "Det handler om 010203 1234",
      labels: ["innovation"],
    });
    await house.quiet();
    const card = house.sandbox.notion.pages(house.sandbox.notion.projects).at(-1);
    expect(JSON.stringify(card)).not.toContain("010203");
    expect(saidOn(number)).toEqual(["B25", "A31", "A31"]);
    expect(
      github()
        .commentsOf(number)
        .map(({ body }) => body)
        .join(),
    ).not.toContain("010203");
  });
});

it("case 46: the repository is renamed, and another takes its name: ids, not names", async () => {
  github().renameRepository("furesoe-kommune/fremtid");
  github().moveLabel(anders, issueOf("INNO-9"), "fase:4-implementer");
  await house.quiet();
  expect(on().phaseLabels("INNO-9")).toEqual(["fase:3-test"]);
  expect(saidOn(issueOf("INNO-9"))).toEqual(["A26", "A25"]);
  await house.stop();
  await house.startAgain();
  await house.quiet();
  github().closeIssue(anders, issueOf("INNO-9"), "not_planned");
  await house.quiet();
  expect(on().issue("INNO-9")).toMatchObject({ state: "open" });
  expect(on().said("INNO-9")).toEqual([]);
});

describe("events of GitHub's that are lost", () => {
  it("are made good by the next look at everything: a label, a title, a new idea, an issue that is gone", async () => {
    const gone = issueOf("INNO-8");
    const cards = () => house.sandbox.notion.pages(house.sandbox.notion.projects).length;
    const before = cards();
    github().deliveries("lose");
    github().moveLabel(anders, issueOf("INNO-9"), "fase:5-foelg-op");
    github().edit(anders, issueOf("INNO-11"), { title: "Foreningernes indgang" });
    github().create(anders, { title: "Hørt af ingen", labels: ["innovation"] });
    github().deleteIssue(anders, gone);
    await house.quiet();
    github().deliveries("flow");
    await house.lookAtAll();
    await house.quiet();
    expect(on().phaseLabels("INNO-9")).toEqual(["fase:3-test"]);
    expect(on().field("INNO-11", "Navn")).toBe("Foreningernes indgang");
    expect(cards() - before).toBe(1);
    expect(issueOf("INNO-8")).toBeGreaterThan(gone);
    expect(on().said("INNO-8")).toEqual(["B24"]);
  });

  it("and everything agrees", agreed);
});
