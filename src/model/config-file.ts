// SPDX-License-Identifier: EUPL-1.2
/** A configuration file as data that still knows where in the file each value stands. JSON is read as the YAML it is. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import type { Problem } from "./problems.ts";

/** A file's name, as people should read it in messages, and its text. */
export type ConfigText = Readonly<{ file: string; text: string }>;

/** A way into the data: keys and positions. */
export type Path = readonly (string | number)[];

/** The data of one file. `value` is what the schema has made of it, or unknown before that. */
export type ConfigFile<T = unknown> = Readonly<{
  file: string;
  value: T;
  /** A mistake at this path; at the nearest place above it when there is nothing there. `key` points at the name, not the value. */
  problem(path: Path, found: string, allowed: string, point?: "key" | "value"): Problem;
}>;

/** Either the data, or what is wrong with it. */
export type Outcome<T> = Readonly<{ value: T | null; problems: readonly Problem[] }>;

/** Parses a file. Syntax errors, keys that stand twice and aliases without an anchor are problems; then there is no value. */
export function parseConfig({ file, text }: ConfigText): Outcome<ConfigFile> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const at = (path: Path, found: string, allowed: string, offset: number): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path: pathText(path), found, allowed };
  };
  const problems = mistakesIn(document, text).map((it) => at([], it.found, it.allowed, it.offset));
  if (problems.length > 0) return { value: null, problems };
  const problem: ConfigFile["problem"] = (path, found, allowed, point = "value") =>
    at(path, found, allowed, offsetOf(document, path, point));
  return { value: { file, value: document.toJS({ maxAliasCount: -1 }), problem }, problems };
}

/** bodies[0].approvers[1].person */
function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    const name = /^[\p{L}\p{N}_-]+$/u.test(step) ? step : JSON.stringify(step);
    return text === "" ? name : `${text}.${name}`;
  }, "");
}

type Mistake = Readonly<{ found: string; allowed: string; offset: number }>;

/** A file that cannot be parsed has one mistake, the first: what the parser says after it follows from it. */
function mistakesIn(document: Document.Parsed, text: string): readonly Mistake[] {
  const doubled = document.errors.filter(({ code }) => code === "DUPLICATE_KEY");
  const broken = [...document.errors, ...document.warnings].find(({ code }) => code !== "DUPLICATE_KEY");
  if (broken) return [{ found: "something that cannot be parsed", allowed: broken.message, offset: broken.pos[0] }];
  return [...doubled.map(({ pos }) => doubledKey(text, pos[0])), ...danglingAliases(document)];
}

function doubledKey(text: string, offset: number): Mistake {
  const key = /^"[^"]*"|^[^\s:]+/u.exec(text.slice(offset))?.[0] ?? "";
  return { found: `the key ${key} a second time`, allowed: "each key only once in its group", offset };
}

function danglingAliases(document: Document.Parsed): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      const allowed = `put &${alias.source} before the value it stands for, or quote the text`;
      mistakes.push({ found: `*${alias.source}, which stands for nothing`, allowed, offset: alias.range?.[0] ?? 0 });
    },
  });
  return mistakes;
}

function offsetOf(document: Document.Parsed, path: Path, point: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const inside = entryOf(resolved(document, node), step);
    if (!inside) break;
    const wantsKey = point === "key" && depth === path.length - 1;
    offset = (wantsKey ? startOf(inside.key) : startOf(inside.value)) ?? startOf(inside.key) ?? offset;
    node = inside.value;
  }
  return offset;
}

function entryOf(node: unknown, step: string | number): { key: unknown; value: unknown } | undefined {
  if (isSeq(node))
    return typeof step === "number" && step in node.items ? { key: null, value: node.items[step] } : undefined;
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
}

function resolved(document: Document.Parsed, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
