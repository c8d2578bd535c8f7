// SPDX-License-Identifier: EUPL-1.2
/** What every test in a browser begins with: the demo, its page in a browser, and what can be asked of them. */
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { expect, vi } from "vitest";
import type { CardView, View } from "../../src/sandbox/page/view.ts";
import { type Demo, openBrowser, startDemo } from "./browser.ts";

export type Stage = Readonly<{
  demo: Demo;
  browser: Browser;
  page: Page;
  /** What the page itself is drawn from. */
  view(): Promise<View>;
  /** Closes the browser and ends the demo, if that has not been done. */
  close(): Promise<void>;
}>;

/** How many of the demo's cards have an issue once the service has taken the board over. */
const TASKS = 11;

/** Opens the demo in a browser, and waits until the service has taken the board over. */
export async function openStage(): Promise<Stage> {
  const [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(30_000);
  await page.goto(demo.url);
  await page.evaluate(axe.source);
  const view = async () => (await (await fetch(new URL("/state", demo.url))).json()) as View;
  await vi.waitFor(async () => expect((await view()).cards.filter((it) => it.issue !== null)).toHaveLength(TASKS), {
    timeout: 30_000,
  });
  return {
    demo,
    browser,
    page,
    view,
    async close() {
      await browser.close();
      await demo.end();
    },
  };
}

/** What axe finds wrong with the page as it stands: the rule and the elements. */
export async function violations(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  });
}

/** The message ids that the card's comments end with. */
export function references(card: CardView | undefined): readonly string[] {
  const parts = card?.comments.flatMap((comment) => comment.parts) ?? [];
  return parts.flatMap(({ kind, text }) => (kind === "reference" ? (/[A-Z]\d\d/u.exec(text)?.[0] ?? []) : []));
}
