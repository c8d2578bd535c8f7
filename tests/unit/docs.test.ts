// SPDX-License-Identifier: EUPL-1.2
/** What the documents name is there: files, links, commands, pictures; and what the guides quote is what the service says. */
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { scenes } from "../e2e/scenes.ts";

const documents = [...globSync("*.md"), ...globSync(".github/*.md"), ...globSync("docs/**/*.md")];
const guides = globSync("docs/da/*.md");
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync("package.json", "utf8")).scripts;
const messages: Readonly<Record<string, { da: string }>> = JSON.parse(readFileSync("config/messages.json", "utf8"));
const rules = parse(readFileSync("config/furesoe.yaml", "utf8"));

/** What a pattern's first group finds in a document, wherever its lines are broken. */
const found = (document: string, pattern: RegExp): readonly string[] =>
  [...readFileSync(document, "utf8").matchAll(pattern)].map(([, group]) => (group ?? "").replaceAll(/\s+/gu, " "));

it.each(documents)("%s links to files that exist", (document) => {
  const links = found(document, /\]\((?!https?:|#)([^)#\s]+)/gu);
  const missing = links.filter((link) => !existsSync(join(dirname(document), link)));
  expect(missing).toEqual([]);
});

it.each(documents)("%s names paths and commands that exist", (document) => {
  const code = found(document, /`([^`\n]+)`/gu);
  const paths = code.flatMap((text) => /^(?:src|tests|scripts|docs|config|\.ci)\/[\w./-]+/u.exec(text)?.[0] ?? []);
  // The municipality's own copy is never in the repository.
  expect(paths.filter((path) => path !== "config/kommune.yaml" && !existsSync(path))).toEqual([]);
  const commands = code.flatMap((text) => /^npm run (?:--silent )?([\w-]+)/u.exec(text)?.[1] ?? []);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});

describe("pictures", () => {
  const shown = documents.flatMap((document) =>
    found(document, /!\[[^\]]*\]\(([^)]+\.png)\)/gu).map((it) => basename(it)),
  );

  it("are those of the scenes, and each is shown somewhere", () => {
    const taken = Object.keys(scenes).map((name) => `${name}.png`);
    expect(
      globSync("docs/images/*")
        .map((it) => basename(it))
        .sort(),
    ).toEqual(taken.sort());
    expect([...new Set(shown)].sort()).toEqual(taken);
  });

  it.each(documents)("%s says in words what its pictures show", (document) => {
    const words = found(document, /!\[([^\]]*)\]\(/gu).map((alt) => alt.split(/\s+/u).length);
    expect(words.filter((count) => count < 8)).toEqual([]);
  });

  it("are small", () => {
    const large = globSync("docs/images/*").filter((it) => statSync(it).size > 100_000);
    expect(large, "install pngquant and run npm run screenshot").toEqual([]);
  });
});

describe("the guides for staff and politicians", () => {
  const said = Object.values(messages).map(({ da }) => da);
  const names = new Set([
    ...leaves(rules),
    ...leaves(parse(readFileSync("config/kommune.example.yaml", "utf8"))),
    ...said,
  ]);

  it.each(guides)("%s prints in bold only the names of fields, options, phases and bodies", (guide) => {
    expect(found(guide, /\*\*([^*]+)\*\*/gu).filter((it) => !names.has(it))).toEqual([]);
  });

  it.each(guides)("%s quotes questions and texts that exist", (guide) => {
    const quotes = found(guide, /»([^«]+)«/gu);
    expect(quotes.filter((it) => !names.has(it))).toEqual([]);
  });

  it.each(guides)("%s names messages that exist", (guide) => {
    expect(found(guide, /`([A-Z]\d\d[a-z]?)`/gu).filter((it) => !(it in messages))).toEqual([]);
  });

  it.each(guides)("%s shows messages as they are written", (guide) => {
    const shown = [...readFileSync(guide, "utf8").matchAll(/^> `([A-Z]\d\d[a-z]?)` (.*)$/gmu)];
    const other = shown.filter(([, id = "", text = ""]) => !asPattern(messages[id]?.da ?? "").test(text));
    expect(other.map(([line]) => line)).toEqual([]);
  });

  it.each(guides)("%s has no word of failure", (guide) => {
    expect(found(guide, /(afvist|fejl|ulovlig|mislykke\p{L}*)/giu)).toEqual([]);
  });

  it.each([
    ["medarbejder", /inden for (\d+)\s+minutter/u, rules.approvals.undoMinutes],
    ["medarbejder", /\*\*Læring\*\* med mindst (\d+)\s+tegn/u, minLengthOfLearning()],
    ["medarbejder", /måles ([\d, og]+) måneder/u, inWords(rules.reminders.effectFollowUpMonths)],
    ["medarbejder", /efter (\d+)\s+minutter/u, rules.approvals.attributionWaitMinutes],
    ["politiker", /gælder i (\d+)\s+måneder/u, rules.approvals.expiresAfterMonths],
    ["politiker", /vent (\d+)\s+minutter/u, rules.approvals.attributionWaitMinutes],
    ["sekretaer", /mere end (\d+)\s+minutter/u, rules.approvals.attributionWaitMinutes],
  ])("%s: %s is what the rules say", (guide, pattern, value) => {
    const text = readFileSync(`docs/da/${guide}.md`, "utf8").replaceAll(/\s+/gu, " ");
    expect(pattern.exec(text)?.[1]).toBe(String(value));
  });

  it("says of each gate what it asks", () => {
    const asked = found("docs/da/politiker.md", /\| »([^«]+)« \|/gu);
    expect(asked).toEqual(rules.gates.map(({ question }: { question: string }) => question));
  });
});

function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** A text with its placeholders filled with anything. */
function asPattern(text: string): RegExp {
  const parts = text.split(/\{\w+\}/u).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, "u");
}

function minLengthOfLearning(): number {
  return rules.closing.requires.find(({ field }: { field: string }) => field === "Læring").minLength;
}

function inWords(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(", ")} og ${numbers.at(-1)}`;
}
