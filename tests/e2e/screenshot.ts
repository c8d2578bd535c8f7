// SPDX-License-Identifier: EUPL-1.2
/**
 * `npm run screenshot`: the pictures of README and the guides, taken from the demo. `npm run screenshot -- put-back` takes
 * that one alone. Debian's chromium-l10n lets dates look Danish, and pngquant makes the pictures as small as those committed.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type Demo, openBrowser, startDemo } from "./browser.ts";
import { actAs, scenes } from "./scenes.ts";

const FOLDER = "docs/images";
const STAFF = "Anders Projektejer (medarbejder)";

/** Opens the page as staff, once the service has adopted the board: the issue comes last; then nothing more is drawn. */
async function openPage(demo: Demo, browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 2400 }, colorScheme: "light" });
  await page.goto(demo.url);
  await page.waitForFunction(async () => {
    const state = (await (await fetch("/state")).json()) as { cards: { issue: unknown }[] };
    return state.cards.filter((it) => it.issue).length === 11;
  });
  await actAs(page, STAFF);
  return page;
}

async function take(name: string, page: Page): Promise<void> {
  const scene = scenes[name];
  if (!scene) throw new Error(`there is no scene «${name}»; there are ${Object.keys(scenes).join(", ")}`);
  const path = join(FOLDER, `${name}.png`);
  const what = await scene(page);
  await page.mouse.move(5, 5);
  // What flashes up when something is saved is gone by then.
  await page.locator(".saved").first().waitFor({ state: "detached" });
  // So is what one can do in the sandbox alone; the next drawing would bring it back.
  await page.evaluate(`document.querySelectorAll(".together, .developer").forEach((it) => it.remove())`);
  await what.screenshot({ path, animations: "disabled", caret: "hide" });
  const { error, status } = spawnSync("pngquant", ["--force", "--strip", "--speed", "1", "--output", path, "64", path]);
  process.stdout.write(`${path}${error || status ? " (not made small: pngquant is missing)" : ""}\n`);
}

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  const demo = await startDemo();
  const browser = await openBrowser();
  try {
    for (const name of wanted.length > 0 ? wanted : Object.keys(scenes)) {
      const page = await openPage(demo, browser);
      await take(name, page);
      await page.close();
    }
  } finally {
    await browser.close();
    await demo.end();
  }
}
