// SPDX-License-Identifier: EUPL-1.2
/** A Teams card and a mail as their readers see them: what people wrote shows as it was written, and is nothing else. */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Letter } from "../../src/channels/channel.ts";
import { messageOf as mailOf } from "../../src/channels/mail/message.ts";
import { messageOf as cardOf } from "../../src/channels/teams/card.ts";
import { noBrowser, openBrowser } from "./browser.ts";

const typed = [
  "**fed** _kursiv_ [her](https://evil.example) `kode`",
  "- et punkt\n1. et tal\n# en overskrift",
  "{{DATE(2017-02-14T06:00:00Z, SHORT)}} <at>Alle</at> <b>b</b> &amp; https://evil.example",
];
const letter: Letter = {
  key: "P01-1a2b3c4d",
  to: { user: "u", name: "*Åse* <i>Ødegård</i>", email: "aase@kommune.example" },
  subject: "Påmindelse om **Delebil** & <u>Co</u>",
  paragraphs: [...typed, "Du får beskeden som ejer. Den kommer ikke igen, når det er klaret."],
  cards: [{ id: "1", name: "**Delebil** <b>", url: "https://www.notion.so/0123" }],
};

describe.skipIf(noBrowser !== null)("as its reader sees it", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  const inserted = "a, b, strong, i, em, u, ul, ol, li, h1, h2, h3, code, time, at";
  /** The texts without what was put between two braces to keep them from being a function. */
  const shown = async () => (await page.evaluate<string>("document.body.innerText")).replaceAll("\u200B", "");

  it("a Teams card, drawn by Microsoft's own renderer", async () => {
    await page.setContent('<!doctype html><html lang="da"><body></body></html>');
    await page.addScriptTag({ content: readFileSync("node_modules/adaptivecards/dist/adaptivecards.min.js", "utf8") });
    const drawn = JSON.stringify(cardOf(letter, "da").attachments[0]?.content);
    await page.evaluate(`{
      const card = new AdaptiveCards.AdaptiveCard();
      card.parse(${drawn});
      document.body.append(card.render());
    }`);
    for (const text of [letter.subject, letter.to.name, ...letter.paragraphs]) expect(await shown()).toContain(text);
    expect(await page.locator(inserted).count()).toBe(0);
    expect(await page.getByRole("link").allInnerTexts()).toEqual(["**Delebil** <b>"]);
  });

  it("a mail", async () => {
    const { html } = await mailOf(letter, "aase@kommune.example", {
      from: { name: "Faseport", address: "faseport@kommune.example" },
      language: "da",
    });
    await page.setContent(String(html));
    for (const text of letter.paragraphs) expect(await shown()).toContain(text);
    expect(await page.title()).toBe(letter.subject);
    expect(
      await page.locator("a").evaluateAll((all) => all.map((it) => [it.textContent, it.getAttribute("href")])),
    ).toEqual([["**Delebil** <b>", "https://www.notion.so/0123"]]);
    expect(await page.locator("b, i, u, strong, em, h1, code").count()).toBe(0);
  });
});
