// SPDX-License-Identifier: EUPL-1.2
/** I7 and I10 for the service's block: whatever a card's text is, it stays text, and what is not ours stays as it is. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardMarked, findBlock, putBlock, renderBlock } from "../../src/tracker/github/block.ts";
import { inertLine, inertLines, linkTarget } from "../../src/tracker/github/inert.ts";
import { runs } from "../properties.ts";

const card = "3f2b8a10-0000-4000-8000-000000000001";
const BREAK = "\u200B";

/** Text as people, and people with ideas, write it. */
const nasty = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        ..."@anna|@org/team|#12|o/r#1|o/r@deadbeef|GH-3|gh-44|CVE-2026-1|deadbeef|DEADBEEF01|a@b.dk|fixes #3".split(
          "|",
        ),
        ..."http://x.dk/a|HTTPS://x.dk|//x.dk|www.x.dk|ftp://x|:+1:|:rocket:|$x$|&lt;|&#64;anna|&commat;anna".split(
          "|",
        ),
        `<!-- faseport:begin ${card} -->`,
        ..."<!-- faseport:end -->|<!--|-->|<b>|</sub>|<img src=x onerror=y>|](http://x.dk)|[x]|![|[^1]|- [ ] |***".split(
          "|",
        ),
        ..."_|`|```|~~|~~~|# |> |1. |2) |+ |- |===|---|/close|\\|\\@anna|\n|\r\n|\u2028|\t|    | |æøå|🦆|\u200B|\u202E".split(
          "|",
        ),
        "|",
        "|-|-|",
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join("")),
);

/** What a reader sees of escaped text. */
function rendered(markdown: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", dollar: "$" };
  return markdown.replace(
    /\\([!-/:-@[-`{-~])|&(amp|lt|gt|dollar);/g,
    (_, character: string | undefined, entity: string | undefined) => character ?? entities[entity ?? ""] ?? "",
  );
}

/** What GitHub would act on in rendered text. */
const active =
  /@[a-z0-9]|#[0-9a-z]|\bgh-\d|https?:\/\/|www\.|(?<![0-9a-z])(?=\d*[a-f])[0-9a-f]{7,40}(?![0-9a-z])|:(?=[a-z0-9+-]*[a-z])[a-z0-9+-]+:|:\+1:/i;

/** Characters that mean something to Markdown or HTML and were left as they are. */
const bareMarkup = /(?<!\\)(?:\\\\)*(?:[`*_[\]~|<>$]|\\(?![\\`*_[\]~|])|&(?!(?:amp|lt|gt|dollar);))/;

describe("a line of a card's text", () => {
  it("means nothing to Markdown, HTML or GitHub, and reads as it was written", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const line = inertLine(text, 1_500);
        const seen = rendered(line);
        expect(line).not.toMatch(bareMarkup);
        expect(line).not.toMatch(/[\n\r\u2028\u2029\u202E]/);
        expect(seen).not.toMatch(active);
        const letters = (it: string) =>
          it
            .toWellFormed()
            .match(/[\p{L}\p{N}\p{P}\p{S}]/gu)
            ?.join("") ?? "";
        expect(letters(seen)).toBe(letters(text));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it.each([
    ["Hvad er *bedst*?", "Hvad er \\*bedst\\*?"],
    ["5 < 7 & 8 > 2", "5 &lt; 7 &amp; 8 &gt; 2"],
    ["@anna, se #12 og o/r#3", `@${BREAK}anna, se #${BREAK}12 og o/r#${BREAK}3`],
    ["GH-7 https://x.dk www.x.dk", `GH-${BREAK}7 https:${BREAK}//x.dk www${BREAK}.x.dk`],
    ["tlf. 12345678, sag 2026-01234567", "tlf. 12345678, sag 2026-01234567"],
    ["commit 0123456789abcdef", `commit 012345${BREAK}6789ab${BREAK}cdef`],
    ["en\r\nto\ttre\u2028fire", "en to tre fire"],
    ["kl. 10:30: møde", "kl. 10:30: møde"],
    ["100 $", "100 &dollar;"],
  ])("%j is %j", (text, expected) => {
    expect(inertLine(text, 1_500)).toBe(expected);
  });

  it("is cut at a whole character", () => {
    expect(inertLine("æ🦆🦆🦆", 5)).toBe("æ🦆…");
  });
});

describe("a comment's text", () => {
  it("opens no heading, list, code or command, in any line", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const line of inertLines(text, new Set(), 10_000).split("\n")) {
          expect(line).not.toMatch(/^(?:\s|#|[-+=/>]|\d+[.)]|```|~~~)/);
          expect(line.replace(/^\\(?=[#+\-=/])|(?<=^\d{1,9})\\(?=[.)])/, "")).not.toMatch(bareMarkup);
          expect(rendered(line)).not.toMatch(active);
        }
      }),
      { numRuns: runs(2_000) },
    );
  });

  it.each([
    ["(se https://www.notion.so/x-1?a=b&c=d).", "(se <https://www.notion.so/x-1?a=b&c=d>)."],
    ["https://www.notion.so.evil.example/x", `https:${BREAK}//www${BREAK}.notion.so.evil.example/x`],
    ["https://www.notion.so@evil.example/x", `https:${BREAK}//www${BREAK}.notion.so@${BREAK}evil.example/x`],
    ["@https://x.dk", `@${BREAK}https:${BREAK}//x.dk`],
    ["https://github.com/o/r/issues/1", `https:${BREAK}//github.com/o/r/issues/1`],
  ])("%j is %j", (text, expected) => {
    expect(inertLines(text, new Set(["www.notion.so"]), 10_000)).toBe(expected);
  });
});

describe("a link's target", () => {
  it.each([
    ["https://www.notion.so/a?b=1&copy=2", "<https://www.notion.so/a?b=1&amp;copy=2>"],
    ["https://x.dk/a b>c", "<https://x.dk/a%20b%3Ec>"],
    ["javascript:alert(1)", null],
    ["ikke en adresse", null],
  ])("%j is %j", (href, expected) => {
    expect(linkTarget(href)).toBe(expected);
  });
});

describe("the block", () => {
  const lines = fc.array(fc.record({ label: nasty, text: nasty }), { maxLength: 4 });
  const block = fc.record({ lines, note: nasty }).map((parts) => renderBlock({ card, ...parts }));

  it("is one block from its first character to its last, whatever its text", () => {
    fc.assert(
      fc.property(block, (text) => {
        expect(findBlock(text, card)).toEqual({ before: "", block: text, after: "" });
        expect(text.match(/<!--/g)).toHaveLength(2);
        expect(cardMarked(text)).toBe(card);
      }),
    );
  });

  it("comes and goes without a trace on what stands around it (I10), and a second time changes nothing (I4)", () => {
    fc.assert(
      fc.property(nasty, block, block, (outside, first, second) => {
        fc.pre(findBlock(outside, card) === null);
        const body = putBlock(outside, card, first);
        expect(body).toBe(outside === "" ? first : `${first}\n\n${outside}`);
        expect(putBlock(body, card, first)).toBe(body);
        expect(putBlock(putBlock(body, card, second), card, first)).toBe(body);
      }),
    );
  });

  it("is replaced where it stands, between what people wrote above and below", () => {
    fc.assert(
      fc.property(nasty, nasty, block, block, (above, below, first, second) => {
        fc.pre(!/faseport:begin/.test(above));
        expect(putBlock(`${above}${first}${below}`, card, second)).toBe(`${above}${second}${below}`);
      }),
    );
  });

  it("that lost its end does not swallow the next one", () => {
    const whole = renderBlock({ card, lines: [], note: "n" });
    const body = `${whole.replace("<!-- faseport:end -->", "")}\nnoter\n${whole}`;
    expect(findBlock(body, card)?.before).toContain("noter");
  });

  it("is not made for an id that could end its marker", () => {
    for (const id of ["a --> b", "a--b", "", "a\nb"]) {
      expect(() => renderBlock({ card: id, lines: [], note: "" })).toThrow(/marker/);
    }
  });

  it("stays within what an issue may have, however long and special its text", () => {
    const text = "*".repeat(100_000);
    const many = Array.from({ length: 8 }, () => ({ label: text, text: text.replaceAll("*", "<$&") }));
    expect(renderBlock({ card, lines: many, note: text }).length).toBeLessThan(65_536 * 1.5);
    expect(renderBlock({ card, lines: many.slice(0, 4), note: text }).length).toBeLessThan(65_536);
  });
});
