// SPDX-License-Identifier: EUPL-1.2
/** A report in parts that are easy to take in: a heading, and a line for each thing. In plain text, worded already. */
import type { Model } from "../../model/model.ts";
import { phrase } from "../messages.ts";
import { plainLine } from "../plain-text.ts";
import { withoutCpr } from "../privacy.ts";

export type Section = Readonly<{ heading: string; lines: readonly string[] }>;
export type Report = Readonly<{ title: string; sections: readonly Section[] }>;

/** The longest line of a report, in UTF-16 units: a board's text holds 2,000. */
const LONGEST = 1_500;

/** «Intet» where there is no line. What people have written is one line each, without a number that may be a person's. */
export function section(model: Model, heading: string, lines: readonly string[]): Section {
  const said = lines.map((line) => withoutCpr(plainLine(line, LONGEST)));
  return { heading, lines: said.length > 0 ? said : [phrase(model, "W01", {})] };
}

/** A section as a paragraph of plain text. */
export function sectionText({ heading, lines }: Section): string {
  return [heading, ...lines.map((line) => `• ${line}`)].join("\n");
}

export function reportText({ title, sections }: Report): string {
  return `${[title, ...sections.map(sectionText)].join("\n\n")}\n`;
}

/** As Markdown in which nothing that people have written is markup, a mention or a link. */
export function reportMarkdown({ title, sections }: Report): string {
  const parts = sections.map(({ heading, lines }) => {
    return [`## ${escaped(heading)}`, "", ...lines.map((line) => `- ${escaped(line)}`)].join("\n");
  });
  return `${[`# ${escaped(title)}`, ...parts].join("\n\n")}\n`;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-.!|~@&:]/gu, "\\$&");
}
