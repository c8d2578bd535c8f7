// SPDX-License-Identifier: EUPL-1.2
/** The effect of a project followed up in a real browser, from its first day in operation until the project is closed. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommentView } from "../../src/sandbox/page/view.ts";
import { noBrowser } from "./browser.ts";
import { openStage, type Stage, violations } from "./stage.ts";

/**
 * Nobody waits for a reminder: when the clock has been moved a few times in a minute, its calls are spread over the minute
 * in which the board gives its budget back. Measured on a quiet machine: 16 s for the sixth move.
 */
const soon = { timeout: 100_000 };
const [CARD, TITLE] = ["INNO-12", "Robotklippere på boldbanerne"];
/** Another card of the same person, whose reminder shows that the day's round has been held. */
const [OTHER, OTHER_TITLE] = ["INNO-13", "Fælles madlavning på plejecentre"];

const title = `effect in a browser${noBrowser ? ` (skipped: ${noBrowser})` : ""}`;
describe.skipIf(noBrowser !== null)(title, { timeout: 300_000 }, () => {
  let stage: Stage;
  let page: Page;
  beforeAll(async () => {
    stage = await openStage();
    page = stage.page;
  });
  afterAll(() => stage?.close());

  const found = async (number: string) => (await stage.view()).cards.find((it) => it.number === number);
  const panel = () => page.getByRole("dialog");
  const field = (name: string) => panel().getByLabel(name, { exact: true }).first();
  const shown = (name: string) => panel().locator(".service div", { hasText: name }).locator("dd");
  const lines = async () =>
    (await stage.view()).cards.flatMap((it) => it.comments.filter((comment) => comment.byService).flatMap(linesOf));

  /** What has been said of the card since the clock was moved. */
  async function pass(steps: readonly RegExp[]): Promise<(title: string) => Promise<readonly string[]>> {
    const before = new Set(await lines());
    for (const step of steps) {
      const { today } = await stage.view();
      await page.getByText("Flyt uret").click();
      await page.getByRole("button", { name: step }).click();
      await expect.poll(async () => (await stage.view()).today, soon).not.toBe(today);
      // Folded again: pressed while it is open, it would only be folded.
      await page.getByRole("button", { name: step }).waitFor({ state: "hidden" });
    }
    return async (title) => (await lines()).filter((it) => it.includes(title) && !before.has(it));
  }
  const [DAY, WEEK, MONTH] = [/En dag frem/u, /En uge frem/u, /En måned frem/u];

  async function open(number: string): Promise<void> {
    await page.locator(`[data-card="${number}"]`).getByRole("button").first().click();
    await panel().waitFor();
  }

  /** The service has seen the fields filled: a clock that is moved before that would move past them. */
  const isSeen = (number: string, name: string) =>
    expect.poll(async () => (await found(number))?.missing, soon).not.toContain(name);

  async function enter(number: string, name: string, value: string): Promise<void> {
    await field(name).fill(value);
    await field(name).blur();
    await expect.poll(async () => (await found(number))?.values[name], soon).toBe(value);
  }

  async function choose(name: string, option: string): Promise<void> {
    await field(name).selectOption({ label: option });
    await expect.poll(async () => (await found(CARD))?.values[name], soon).toBe(option);
  }

  it("a month in operation: P10 on the card with indicator, baseline and target", async () => {
    // Until after New Year, for reminders rest at Christmas.
    await pass([WEEK, WEEK]);
    await open(CARD);
    await enter(CARD, "I drift fra", "2026-12-07");
    await expect.poll(() => shown("Næste effektmåling").textContent(), soon).toBe("7. januar 2027");
    await pass([MONTH]);
    await panel()
      .getByText(/har været i drift i 1 måned/u)
      .last()
      .waitFor(soon);
    const asked = (await lines()).filter((it) => /i drift i 1 måned/u.test(it));
    expect(asked).toEqual([expect.stringMatching(/Robotklippere.*Spilleklare dage i højsæsonen.*61 dage.*80 dage/u)]);
  });

  it("«Sendte beskeder», with the keyboard alone: when, to whom, about what, by which text", async () => {
    await page.getByRole("button", { name: "Luk kortet" }).click();
    await page.locator(".sent-head").focus();
    await page.keyboard.press("Enter");
    const list = page.getByRole("list", { name: /^Sendte beskeder/u });
    await list.waitFor();
    const row = list.getByRole("listitem").filter({ hasText: TITLE });
    expect(await row.locator("time, .to, code").allTextContents()).toEqual(["7. jan. 09.00", "Til Lise Leder", "P10"]);
    const days = await list.locator("time").evaluateAll((them) => them.map((it) => it.getAttribute("datetime")));
    expect(days).toEqual(days.toSorted().reverse());
    expect(await violations(page)).toEqual([]);
    await row.getByRole("button").press("Enter");
    await panel().getByRole("heading", { name: TITLE }).first().waitFor();
    await page.locator(".sent-head").press("Enter");
    await list.waitFor({ state: "hidden" });
  });

  it("measured: the next date is shown, and nothing more is asked", async () => {
    await enter(CARD, "Seneste måling", "2027-01-07");
    await expect.poll(() => shown("Næste effektmåling").textContent(), soon).toBe("8. marts 2027");
    await page.getByRole("button", { name: "Luk kortet" }).click();
    await open(OTHER);
    await enter(OTHER, "Parkeret til", "2027-01-08");
    await enter(OTHER, "Forventet effekt", "Flere spiser op, når de selv har været med.");
    await isSeen(OTHER, "Forventet effekt");
    const said = await pass([DAY]);
    await expect.poll(() => said(OTHER_TITLE), soon).not.toEqual([]);
    expect(await said(TITLE)).toEqual([]);
    await page.getByRole("button", { name: "Luk kortet" }).click();
  });

  it("«Udeblevet»: P13", async () => {
    await open(CARD);
    await choose("Effektstatus", "Udeblevet");
    await isSeen(CARD, "Effektstatus");
    const said = await pass([WEEK]);
    await expect.poll(() => said(TITLE), soon).toContainEqual(expect.stringMatching(/»Udeblevet«/u));
    // Both have been told: a message that is on its way when the clock goes on is of an earlier day.
    const told = async () =>
      (await stage.view()).sent.filter(({ time }) => time.startsWith("15. jan.")).flatMap(({ to }) => to);
    await expect.poll(told, soon).toEqual(expect.arrayContaining(["Lise Leder", "Anders Projektejer"]));
  });

  it("«Udfald» without «Læring»: P14", async () => {
    await choose("Udfald", "Ingen effekt");
    await isSeen(CARD, "Udfald");
    const said = await pass([MONTH]);
    await expect
      .poll(() => said(TITLE), soon)
      .toContainEqual(expect.stringMatching(/har et udfald, men ingen læring/u));
  });

  it("closed: B23, and the issue is closed as not planned", async () => {
    await enter(CARD, "Læring", "Klipperne kørte, men banerne blev brugt for lidt til, at det kunne ses i tallene.");
    await field("Tilstand").selectOption({ label: "Afsluttet" });
    const said = async () => (await found(CARD))?.comments.flatMap(linesOf) ?? [];
    await expect.poll(said, soon).toContainEqual(expect.stringContaining("ref. B23"));
    await expect
      .poll(async () => (await found(CARD))?.issue, soon)
      .toMatchObject({ open: false, reason: "not_planned", labels: expect.arrayContaining(["udfald:ingen-effekt"]) });
    await expect.poll(() => shown("Næste effektmåling").count(), soon).toBe(0);
  });
});

const linesOf = ({ parts }: CommentView) =>
  parts
    .map(({ text }) => text)
    .join("")
    .split("\n");
