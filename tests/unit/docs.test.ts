// SPDX-License-Identifier: EUPL-1.2
/** What the documents name is there: files, links, commands. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const documents = ["README.md", ...globSync("docs/**/*.md")];
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync("package.json", "utf8")).scripts;

it.each(documents)("%s links to files that exist", (document) => {
  const links = [...readFileSync(document, "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/gu)].map(
    ([, link]) => link ?? "",
  );
  const missing = links.filter((link) => !existsSync(join(dirname(document), link)));
  expect(missing).toEqual([]);
});

it.each(documents)("%s names paths and commands that exist", (document) => {
  const code = [...readFileSync(document, "utf8").matchAll(/`([^`\n]+)`/gu)].map(([, text]) => text ?? "");
  const paths = code.flatMap((text) => /^(?:src|tests|scripts|docs|config|\.ci)\/[\w./-]+/u.exec(text)?.[0] ?? []);
  // The municipality's own copy is never in the repository.
  expect(paths.filter((path) => path !== "config/kommune.yaml" && !existsSync(path))).toEqual([]);
  const commands = code.flatMap((text) => /^npm run ([\w-]+)/u.exec(text)?.[1] ?? []);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});
