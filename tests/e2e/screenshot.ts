// SPDX-License-Identifier: EUPL-1.2
/** `npm run screenshot`: the README's picture, taken from the demo: a drag that was put back, and why. */
import { openBrowser, startDemo } from "./browser.ts";

const target = "docs/images/refused-drag.png";

if (import.meta.main) {
  const demo = await startDemo();
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(demo.url);
  const card = page.locator('[data-card="INNO-3"]');
  await card.getByText("0 af 1").waitFor();
  // The issue comes last when the board is adopted; then nothing more is drawn.
  await page.waitForFunction(async () => {
    const state = (await (await fetch("/state")).json()) as { cards: { issue: unknown }[] };
    return state.cards.filter((it) => it.issue).length === 11;
  });
  await card.dragTo(page.locator('[data-phase="2. Nytænk"]'));
  await card.getByText("Faseport svarer").waitFor();
  await page.getByText("Satte kortet i 1. Udforsk").first().waitFor();
  await page.mouse.move(5, 5);
  await page.screenshot({ path: target });
  await browser.close();
  await demo.end();
  process.stdout.write(`${target}\n`);
}
