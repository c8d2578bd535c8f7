// SPDX-License-Identifier: EUPL-1.2
/** The papers that others read by machine, or hold us to: publiccode.yml, REUSE, the threat model. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const foreign = new Set(["node_modules", ".git", ".cache", ".demo", "data", "coverage", ".env"]);
/** The project's own files: nothing that is fetched, built or a municipality's. */
const files = globSync(["**", ".*", ".{ci,github}/**"], { withFileTypes: true, exclude: (it) => foreign.has(it.name) })
  .filter((it) => it.isFile() && !foreign.has(it.name))
  .map((it) => relative(".", join(it.parentPath, it.name)));

describe("publiccode.yml", () => {
  const language = z.strictObject({
    shortDescription: z.string().max(150),
    longDescription: z.string().min(150).max(10_000),
    documentation: z.url(),
    features: z.array(z.string()).min(5).max(20),
    screenshots: z.array(z.string().refine((path) => existsSync(path))),
  });
  const dependency = z.strictObject({ name: z.string(), versionMin: z.string().optional() });
  /** The keys of the standard 0.7 that are used here, and those that it asks for. */
  const standard = z.strictObject({
    publiccodeYmlVersion: z.literal("0.7"),
    name: z.string(),
    url: z.url(),
    softwareVersion: z.string(),
    developmentStatus: z.enum(["concept", "development", "beta", "stable", "obsolete"]),
    softwareType: z.enum(["standalone/web", "standalone/backend", "addon", "library"]),
    platforms: z.array(z.string()).min(1),
    categories: z.array(z.string()),
    intendedAudience: z.strictObject({
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)),
      scope: z.array(z.string()),
    }),
    supports: z.array(z.strictObject({ id: z.string().regex(/^(?:alias:|https:)/) })),
    description: z.strictObject({ en: language, da: language }),
    legal: z.strictObject({ license: z.string(), mainCopyrightOwner: z.string() }),
    maintenance: z.union([
      z.strictObject({ type: z.literal("none") }),
      z.strictObject({
        type: z.enum(["internal", "community"]),
        contacts: z.array(z.looseObject({ name: z.string() })).min(1),
      }),
      z.strictObject({
        type: z.literal("contract"),
        contractors: z.array(z.looseObject({ name: z.string(), until: z.iso.date() })).min(1),
      }),
    ]),
    localisation: z.strictObject({ localisationReady: z.boolean(), availableLanguages: z.array(z.string()) }),
    dependsOn: z.strictObject({ open: z.array(dependency), proprietary: z.array(dependency) }),
  });
  const stated = parse(readFileSync("publiccode.yml", "utf8"));
  const project = JSON.parse(readFileSync("package.json", "utf8"));

  it("has what the standard asks for, and nothing that it does not know", () => {
    expect(standard.safeParse(stated).error?.issues).toBeUndefined();
  });

  it("says what package.json says", () => {
    expect(stated.softwareVersion).toBe(project.version);
    expect(stated.legal.license).toBe(project.license);
    expect(`>=${stated.dependsOn.open[0].versionMin}`).toBe(project.engines.node);
  });

  it("names the languages that there are texts in", () => {
    const { A01 } = JSON.parse(readFileSync("config/messages.json", "utf8"));
    const languages = Object.keys(A01).filter((key) => key.length === 2 && key !== "to");
    expect(stated.localisation.availableLanguages.toSorted()).toEqual(languages.toSorted());
  });
});

describe("REUSE", () => {
  const covered = readFileSync("REUSE.toml", "utf8");
  /** Files that hold data, or a tool's own settings, and no comment. */
  const silent = new Set([".json", ".png", ".svg", ".txt", ".lock"]);

  it("every file that can says under which licence it is, in its first lines", () => {
    const exceptions = ["LICENSE", ".dockerignore", ".gitignore", ".npmrc", ...globSync("config/*.yaml")];
    const named = files.filter((file) => !silent.has(extname(file)) && !exceptions.includes(file));
    const without = named.filter(
      (file) =>
        !readFileSync(file, "utf8").split("\n").slice(0, 3).join("\n").includes("SPDX-License-Identifier: EUPL-1.2"),
    );
    expect(named.length).toBeGreaterThan(400);
    expect(without).toEqual([]);
  });

  it("what cannot is covered by REUSE.toml, and every path that it names is there", () => {
    const paths = [...covered.matchAll(/^path = "(.+)"$/gmu)].map(([, path]) => path ?? "");
    expect(paths).toContain("**");
    expect(paths.filter((path) => globSync(path).length === 0)).toEqual([]);
  });

  it("the text of every licence that is named is in LICENSES, and no other", () => {
    const named = [...covered.matchAll(/^SPDX-License-Identifier = "(.+)"$/gmu)].map(([, id]) => `LICENSES/${id}.txt`);
    expect(globSync("LICENSES/*").toSorted()).toEqual([...new Set(named)].toSorted());
    expect(readFileSync("LICENSES/EUPL-1.2.txt", "utf8")).toBe(readFileSync("LICENSE", "utf8"));
  });
});

describe("the threat model", () => {
  const text = readFileSync("docs/security.md", "utf8");
  const threats = (text.split("## Threats")[1] ?? "").split("\n").filter((line) => /^\| [STRIDE] \|/u.test(line));

  it("names for each threat the test that holds it, or the gap", () => {
    const held = threats.map((line) => line.split("|").at(-2) ?? "");
    expect(held.length).toBeGreaterThan(30);
    expect(held.filter((it) => !/`tests\/[\w/.-]+`/u.test(it) && !/\bgap\b/u.test(it))).toEqual([]);
  });

  it("quotes a test's words only if it has them", () => {
    const quoted = threats.flatMap((line) => [...line.matchAll(/`(tests\/[\w/.-]+)` \(«?([^)»]+)»?\)/gu)]);
    const missing = quoted.filter(([, file = "", words = ""]) => !readFileSync(file, "utf8").includes(words));
    expect(quoted.length).toBeGreaterThan(10);
    expect(missing.map(([it]) => it)).toEqual([]);
  });
});
