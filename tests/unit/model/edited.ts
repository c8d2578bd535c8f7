// SPDX-License-Identifier: EUPL-1.2
/** The project's own configuration with a mistake put into it, and what the loader says about it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildModel, type ModelTexts } from "../../../src/model/load.ts";
import { ModelError, type Problem, sentence } from "../../../src/model/problems.ts";

export const files = {
  rules: "config/furesoe.yaml",
  municipality: "config/kommune.example.yaml",
  messages: "config/messages.json",
  methods: "config/method-catalogue.json",
} as const;
export type FileKey = keyof typeof files;

/** Text that stands exactly once in the file, and what to put there. §1, §2 … mark where a mistake is to be reported. */
export type Edit = readonly [file: FileKey, find: string, replacement: string];

const original = Object.fromEntries(
  Object.entries(files).map(([key, file]) => [key, readFileSync(join(import.meta.dirname, "../../..", file), "utf8")]),
) as Record<FileKey, string>;

const MARK = /§(\d)/u;

/** The four texts after the edits, and the place of each mark as file:line:column. */
export function edited(edits: readonly Edit[]): { texts: ModelTexts; places: ReadonlyMap<string, string> } {
  const texts = { ...original };
  for (const [file, find, replacement] of edits) {
    if (texts[file].split(find).length !== 2) throw new Error(`${files[file]} must have exactly one ${find}`);
    texts[file] = texts[file].replace(find, () => replacement);
  }
  const places = new Map<string, string>();
  for (const key of Object.keys(files) as FileKey[]) texts[key] = takeMarks(files[key], texts[key], places);
  const named = Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, { file: files[key as FileKey], text }]),
  );
  return { texts: named as ModelTexts, places };
}

/** What the loader finds wrong; none when it makes a model. */
export function problemsOf(texts: ModelTexts): readonly Problem[] {
  try {
    buildModel(texts);
    return [];
  } catch (error) {
    if (error instanceof ModelError) return error.problems;
    throw error;
  }
}

export const sentencesOf = (texts: ModelTexts): readonly string[] => problemsOf(texts).map(sentence);

function takeMarks(file: string, text: string, places: Map<string, string>): string {
  let rest = text;
  for (let mark = MARK.exec(rest); mark; mark = MARK.exec(rest)) {
    const before = rest.slice(0, mark.index).split("\n");
    places.set(mark[0], `${file}:${before.length}:${(before.at(-1) ?? "").length + 1}`);
    rest = rest.slice(0, mark.index) + rest.slice(mark.index + mark[0].length);
  }
  return rest;
}
