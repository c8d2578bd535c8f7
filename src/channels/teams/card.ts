// SPDX-License-Identifier: EUPL-1.2
/**
 * A letter as an Adaptive Card 1.4. Text stands in TextRuns, which know no Markdown, so that whatever people have written
 * shows as it is; only the date function, which every text knows, is broken by an invisible character.
 */
import { cut } from "../../core/plain-text.ts";
import type { Language } from "../../model/model.ts";
import type { Letter } from "../channel.ts";
import { webAddress } from "../web-address.ts";

/** Teams takes 28 KB, and adds something of its own to what it is sent. */
const LARGEST_BYTES = 20 * 1024;
/** A card shows no more buttons than these. */
const MOST_BUTTONS = 5;
/** JSON's longest way to write one UTF-16 unit: \u0000. */
const MOST_BYTES_EACH = 6;
const BREAK = "\u200B";

type Run = Readonly<{ type: "TextRun"; text: string; weight?: "Bolder"; size?: "Medium" }>;
type Block = Readonly<{ type: "RichTextBlock"; id?: string; inlines: readonly Run[] }>;
type Button = Readonly<{ type: "Action.OpenUrl"; title: string; url: string }>;
export type TeamsMessage = Readonly<{
  type: "message";
  attachments: readonly Readonly<{
    contentType: "application/vnd.microsoft.card.adaptive";
    content: Readonly<{
      $schema: string;
      type: "AdaptiveCard";
      version: "1.4";
      lang: Language;
      fallbackText: string;
      body: readonly Block[];
      actions?: readonly Button[];
    }>;
  }>[];
}>;

/** The message, small enough for Teams: what is too long ends early, and shows it by «…». */
export function messageOf(letter: Letter, language: Language): TeamsMessage {
  return wholeMessage({ ...letter, paragraphs: fitting(letter, language) }, language);
}

/** As many paragraphs as there is room for, and in any case the last, which says how it is made to stop. */
function fitting(letter: Letter, language: Language): readonly string[] {
  const last = letter.paragraphs.slice(1).slice(-1);
  const kept: string[] = [];
  let room = LARGEST_BYTES - bytesOf(wholeMessage({ ...letter, paragraphs: last }, language));
  for (const text of letter.paragraphs.slice(0, letter.paragraphs.length - last.length)) {
    const size = bytesOf(block({ text })) + 1;
    if (size > room) return [...kept, `${cut(text, Math.floor(room / MOST_BYTES_EACH))}…`, ...last];
    kept.push(text);
    room -= size;
  }
  return letter.paragraphs;
}

function bytesOf(json: object): number {
  return Buffer.byteLength(JSON.stringify(json));
}

function wholeMessage(letter: Letter, language: Language): TeamsMessage {
  const buttons = buttonsOf(letter);
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    lang: language,
    fallbackText: inert(letter.subject),
    body: [
      { ...block({ text: letter.subject, weight: "Bolder", size: "Medium" }), id: letter.key },
      block({ text: letter.to.name, weight: "Bolder" }),
      ...letter.paragraphs.map((text) => block({ text })),
    ],
    ...(buttons.length > 0 && { actions: buttons }),
  } as const;
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }] };
}

function block({ text, ...looks }: Omit<Run, "type">): Block {
  return { type: "RichTextBlock", inlines: [{ type: "TextRun", text: inert(text), ...looks }] };
}

function buttonsOf({ cards }: Letter): readonly Button[] {
  return cards.slice(0, MOST_BUTTONS).flatMap(({ name, url }): Button[] => {
    const target = webAddress(url);
    return target === null ? [] : [{ type: "Action.OpenUrl", title: inert(name), url: target }];
  });
}

/** {{DATE(…)}} and {{TIME(…)}} are carried out in every text of a card, and ${…} where a card is taken for a template. */
function inert(text: string): string {
  return text.replace(/\{(?=\{)|\$(?=\{)/g, `$&${BREAK}`);
}
