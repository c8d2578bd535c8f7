// SPDX-License-Identifier: EUPL-1.2
/** A valid configuration becomes a frozen model; an invalid one a message for the administrator, with every mistake in it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildModel, loadModel } from "../../../src/model/load.ts";
import { ModelError } from "../../../src/model/problems.ts";
import { runs } from "../../properties.ts";
import { type Edit, edited, files, problemsOf, sentencesOf } from "./edited.ts";

const paths = { rulesPath: files.rules, municipalityPath: files.municipality };
const model = loadModel(paths);

describe("the model of the example configuration", () => {
  test("phases in order, with their place", () => {
    expect(model.phases.map(({ key, index }) => [key, index])).toEqual([
      ["udforsk", 0],
      ["nytaenk", 1],
      ["test", 2],
      ["implementer", 3],
      ["foelg-op", 4],
    ]);
  });

  test("gates from the idea bank on, with what is left out filled in", () => {
    expect(model.gates.map(({ id, from, to }) => [id, from, to])).toEqual([
      ["G0", null, "udforsk"],
      ["G1", "udforsk", "nytaenk"],
      ["G2", "nytaenk", "test"],
      ["G3", "test", "implementer"],
      ["G4", "implementer", "foelg-op"],
    ]);
    expect(model.gates[4]).toMatchObject({ advises: [], alsoDecidedBy: [] });
    expect(model.gates[3]?.alsoDecidedBy).toEqual([
      { body: "byraad", when: { field: "Kræver bevilling", equals: true }, message: "A21" },
    ]);
  });

  test("a further body without a message has none", () => {
    const { texts } = edited([["rules", ", message: A21", ""]]);
    expect(problemsOf(texts)).toEqual([]);
  });

  test("how each role is reached; a comment on the card where nothing is said, and nothing to the administrator", () => {
    const written = buildModel(
      edited([
        ["municipality", "owner: comment", "owner: teams:innovation-2"],
        ["municipality", "leader: comment", "leader: teams:møder"],
        ["municipality", "  effectOwner: comment", "  effectOwner: email"],
        ["municipality", "secretariat: comment", 'secretariat: "off"'],
        ["municipality", "approver: comment", "approver: off"],
        ["municipality", "  everyone: comment", ""],
        ["municipality", "administrator: off", "administrator: teams:drift"],
      ]).texts,
    );
    expect(written.municipality.channels).toEqual({
      owner: "teams:innovation-2",
      leader: "teams:møder",
      effectOwner: "email",
      secretariat: "off",
      approver: "off",
      everyone: "comment",
      administrator: "teams:drift",
    });
    const comment = "comment";
    expect(model.municipality.channels).toEqual({
      owner: comment,
      leader: comment,
      effectOwner: comment,
      secretariat: comment,
      approver: comment,
      everyone: comment,
      administrator: "off",
    });
  });

  test("texts by id, methods by phase key", () => {
    expect(model.texts.W17).toEqual({ da: " og ", en: " and " });
    expect(Object.keys(model.methods)).toEqual(model.phases.map(({ key }) => key));
    expect(model.methods.udforsk?.[0]?.navn).toBe("Brugerinterview");
  });

  test("frozen all the way down", () => {
    const open: string[] = [];
    const visit = (value: unknown, path: string) => {
      if (value === null || typeof value !== "object") return;
      if (!Object.isFrozen(value)) open.push(path);
      for (const [key, inside] of Object.entries(value)) visit(inside, `${path}.${key}`);
    };
    visit(model, "model");
    expect(open).toEqual([]);
    expect(() => (model.closedDates as Set<string>).add("2027-01-04")).toThrow("this set is frozen");
    expect(() => (model.closedDates as Set<string>).clear()).toThrow("this set is frozen");
    expect(model.closedDates.has("2027-01-04")).toBe(false);
  });
});

describe("files", () => {
  const failure = (other: Partial<Parameters<typeof loadModel>[0]>): string => {
    try {
      loadModel({ ...paths, ...other });
      return "";
    } catch (error) {
      return error instanceof ModelError ? error.message : String(error);
    }
  };

  test.each([
    [
      { municipalityPath: "config/not-there.yaml" },
      "config/not-there.yaml: found no such file; copy config/kommune.example.yaml to config/kommune.yaml and fill it in, or name another file in FASEPORT_KOMMUNE",
    ],
    [
      { rulesPath: "/not/there.yaml" },
      "/not/there.yaml: found no such file; name the file with the rules in FASEPORT_MODEL",
    ],
    [
      { messagesPath: "config/not-there.json" },
      "config/not-there.json: found no such file; put the file back: it comes with Faseport",
    ],
    [
      { methodsPath: "config" },
      "config: found a file that cannot be read (EISDIR); make it a file that the user who runs Faseport may read",
    ],
  ])("%j", (other, says) => {
    expect(failure(other)).toBe(`The configuration has a mistake:\n  ${says}`);
  });

  test("a relative path counts from the project's folder, not from where the service is started", () => {
    const before = process.cwd();
    process.chdir("/");
    try {
      expect(loadModel(paths).phases).toHaveLength(5);
    } finally {
      process.chdir(before);
    }
  });

  test("a file that is not there does not hide the mistakes in the others", () => {
    const message = failure({ municipalityPath: "a.yaml", messagesPath: "b.json", methodsPath: "package.json" });
    expect(message.split("\n")[0]).toMatch(/^The configuration has \d+ mistakes:$/u);
    expect(message).toContain("  a.yaml: found no such file");
    expect(message).toContain("  b.json: found no such file");
    expect(message).toContain('  package.json:2:11 name: found "faseport"; needs a list');
  });
});

test("mistakes in four files are told at once", () => {
  const { texts } = edited([
    ["rules", "holidays: DK", "holidays: DX"],
    ["municipality", "default: lise", "default: lis"],
    ["messages", '"W17"', '"X17"'],
    ["methods", '"5. Følg op"', '"5. Følg"'],
  ]);
  const named = problemsOf(texts).map(({ file }) => file);
  expect(new Set(named)).toEqual(new Set(Object.values(files)));
});

test("a file whose shape is wrong does not hide what the other refers to wrongly", () => {
  const { texts } = edited([
    ["rules", "language: da", "language: dk"],
    ["municipality", "default: lise", "default: lis"],
  ]);
  expect(sentencesOf(texts)).toHaveLength(2);
});

/** Every place that names something by key, and where the loader must point when the name is broken. */
const references: readonly (readonly [path: string, edit: (name: string) => Edit])[] = [
  ["bodies[0].approvers[0].person", (it) => ["municipality", "{ person: mette,", `{ person: §1${it},`]],
  ["bodies[0].approvers[1].person", (it) => ["municipality", "{ person: ole,", `{ person: §1${it},`]],
  ["bodies[1].approvers[0].person", (it) => ["municipality", "{ person: karin,", `{ person: §1${it},`]],
  ["bodies[2].approvers[0].person", (it) => ["municipality", "{ person: bodil,", `{ person: §1${it},`]],
  ["secretariat[0]", (it) => ["municipality", "[sanne]", `[§1${it}]`]],
  ["leaders.default", (it) => ["municipality", "default: lise", `default: §1${it}`]],
  ["gates[3].alsoDecidedBy[0].body", (it) => ["rules", "body: byraad", `body: §1${it}`]],
  ["gates[2].from", (it) => ["rules", "from: nytaenk", `from: §1${it}`]],
  ["gates[4].to", (it) => ["rules", "to: foelg-op", `to: §1${it}`]],
  ["gates[0].requires[0].field", (it) => ["rules", '{ field: "Udfordring",', `{ field: §1${it},`]],
  ["gates[3].requires[2].field", (it) => ["rules", '{ field: "Forventet effekt",', `{ field: §1${it},`]],
  ["closing.requires[1].field", (it) => ["rules", '{ field: "Læring",', `{ field: §1${it},`]],
  ["gates[3].requires[1].equals", (it) => ["rules", 'equals: "Skaler"', `equals: §1${it}`]],
  ["gates[3].requires[1].otherwise", (it) => ["rules", "otherwise: A22", `otherwise: §1${it}`]],
  ["gates[3].alsoDecidedBy[0].message", (it) => ["rules", "message: A21", `message: §1${it}`]],
];

test("a reference broken anywhere is reported once, with its file, place and path", () => {
  const name = fc.stringMatching(/^x[a-z]{3,12}q$/u);
  fc.assert(
    fc.property(fc.constantFrom(...references), name, ([path, edit], broken) => {
      const { texts, places } = edited([edit(broken)]);
      const found = problemsOf(texts).map((it) => [
        `${it.file}:${it.line}:${it.column}`,
        it.path,
        it.found.includes(broken),
      ]);
      expect(found).toEqual([[places.get("§1"), path, true]]);
    }),
    { numRuns: runs(60) },
  );
});
