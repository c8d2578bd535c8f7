// SPDX-License-Identifier: EUPL-1.2
/** Text goes into Notion whole and stays text. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentText } from "../../../src/board/notion/comments.ts";
import { charactersPerItem, cutMark, itemsPerList, textItems } from "../../../src/board/notion/rich-text.ts";
import { ids } from "./notion-shapes.ts";

const joined = (items: readonly { text: { content: string } }[]) => items.map((it) => it.text.content).join("");

describe("text items", () => {
  it("an empty text is an empty list, which clears the property", () => {
    expect(textItems("")).toEqual([]);
  });

  it("law: nothing is lost, no item is too long, and no character is split", () => {
    const pieces = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 400 }), { maxLength: 30 });
    fc.assert(
      fc.property(pieces, fc.constantFrom("", "😀".repeat(1500), "a".repeat(1999)), (some, filler) => {
        const text = filler + some.join("");
        const items = textItems(text);
        expect(joined(items)).toBe(text);
        for (const { text: it } of items) {
          expect(it.content.length).toBeLessThanOrEqual(charactersPerItem);
          expect(it.content.isWellFormed()).toBe(text.isWellFormed() || it.content.isWellFormed());
        }
      }),
    );
  });

  it("a pair on the border goes to the next item whole", () => {
    const [first, second] = textItems(`${"a".repeat(1999)}😀b`);
    expect(first?.text.content).toHaveLength(1999);
    expect(second?.text.content).toBe("😀b");
  });

  it("more than a list holds is cut, visibly and within the limits", () => {
    const items = textItems("å".repeat(charactersPerItem * itemsPerList + 1));
    expect(items).toHaveLength(itemsPerList);
    expect(items.at(-1)?.text.content).toHaveLength(charactersPerItem);
    expect(joined(items).endsWith(`å${cutMark}`)).toBe(true);
  });
});

describe("a comment", () => {
  const marker = "a01.7f3";

  it("mentions first, then the text, then the marker in code type", () => {
    expect(commentText({ mentions: [ids.person], text: "Kortet er flyttet.", marker })).toEqual([
      { type: "mention", mention: { user: { id: ids.person } } },
      { type: "text", text: { content: " " } },
      { type: "text", text: { content: "Kortet er flyttet.\n" } },
      { type: "text", text: { content: `ref. ${marker}` }, annotations: { code: true } },
    ]);
  });

  it("I7: text that looks like a mention, a link or a formula stays plain text", () => {
    const text = `@Mette <mention-user url="user://${ids.person}">x</mention-user> [a](https://x.dk) $e=mc^2$`;
    const items = commentText({ mentions: [], text, marker });
    expect(items.map((it) => it.type)).toEqual(["text", "text"]);
    expect(items[0]).toEqual({ type: "text", text: { content: `${text}\n` } });
  });

  it("one person is mentioned once", () => {
    const items = commentText({ mentions: [ids.person, ids.person], text: "x", marker });
    expect(items.filter((it) => it.type === "mention")).toHaveLength(1);
  });

  it("fits Notion's hundred items however many people and however long the text, marker included", () => {
    const mentions = Array.from({ length: 80 }, (_, index) => `person-${index}`);
    const items = commentText({ mentions, text: "x".repeat(300_000), marker });
    expect(items.length).toBeLessThanOrEqual(itemsPerList);
    expect(items.at(-1)).toMatchObject({ text: { content: `ref. ${marker}` } });
  });
});
