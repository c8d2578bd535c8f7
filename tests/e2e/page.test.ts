// SPDX-License-Identifier: EUPL-1.2
/** The whole sandbox in a real browser: new cards, copies, the trash, several people at once, downtime, the clock. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noBrowser } from "./browser.ts";
import { openStage, references, type Stage, violations } from "./stage.ts";

const UDI = "Digitalisering og Innovation";
const soon = { timeout: 40_000 };

describe.skipIf(noBrowser !== null)(`the sandbox in a browser${noBrowser ? ` (skipped: ${noBrowser})` : ""}`, () => {
  let stage: Stage;
  let page: Page;
  beforeAll(async () => {
    stage = await openStage();
    page = stage.page;
  });
  afterAll(() => stage?.close());

  /** A card by its number, or by its title where the test has made it. */
  const find = async (name: string) => (await stage.view()).cards.find((it) => it.number === name || it.title === name);
  const card = (number: string) => page.locator(`[data-card="${number}"]`);
  const open = (number: string) => card(number).getByRole("button").first().click();
  const close = () => page.getByRole("button", { name: "Luk kortet" }).click();
  const actAs = (name: string) => page.getByLabel("Jeg er").selectOption({ label: name });
  const decision = () => page.locator(`[data-decision="${UDI}"]`).first();
  const box = () => decision().getByLabel("Godkendt", { exact: true });
  const downtime = () => page.getByRole("switch", { name: "Faseport er nede" });
  const focused = () => page.locator(":focus").textContent();
  const announced = (text: string | RegExp) =>
    expect.poll(async () => page.locator("#announcer").textContent(), soon).toMatch(text);
  const said = (name: string, id: string) => expect.poll(async () => references(await find(name)), soon).toContain(id);

  async function create(phase: string, title: string, track: string): Promise<void> {
    await page.getByRole("button", { name: `Nyt kort i ${phase}` }).click();
    await page
      .getByRole("form", { name: `Nyt kort i ${phase}` })
      .getByLabel("Navn")
      .fill(title);
    await page.getByRole("form").getByLabel("Spor").selectOption(track);
    await page.getByRole("button", { name: "Opret" }).click();
  }

  it("A12: a political project made in a later phase goes to the idea bank; by keyboard alone", async () => {
    await page.getByRole("button", { name: "Nyt kort i 4. Implementer" }).focus();
    const title = page.locator("#new-title:focus");
    await page.keyboard.press("Enter");
    await title.waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(focused).toContain("Nyt kort");
    await page.keyboard.press("Enter");
    await title.waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Giv kortet en titel først.").waitFor();
    await title.waitFor();
    await page.keyboard.type("Delebiler");
    await page.keyboard.press("Enter");
    await announced(/Delebiler er oprettet som INNO-\d+\./u);
    await expect.poll(focused).toBe("Delebiler");
    await said("Delebiler", "A12");
    await page.locator('[data-phase=""]').getByRole("button", { name: "Delebiler" }).waitFor();
  });

  it("everyday innovation made in phase 4 stays there", async () => {
    await create("4. Implementer", "Fælles værktøj", "3 Hverdagsinnovation");
    await expect.poll(async () => (await find("Fælles værktøj"))?.issue?.labels, soon).toContain("fase:4-implementer");
    expect(await find("Fælles værktøj")).toMatchObject({ phase: "4. Implementer", track: "3 Hverdagsinnovation" });
  });

  it("A28: a copy begins afresh in the idea bank", async () => {
    await open("INNO-8");
    await page.getByRole("button", { name: "Lav en kopi" }).click();
    const copy = "Overblik over ledige lokaler (1)";
    await announced(/Kopien »Overblik over ledige lokaler \(1\)« er lavet som INNO-\d+\./u);
    await said(copy, "A28");
    expect(await find(copy)).toMatchObject({ phase: "", issue: null });
    await close();
  });

  it("B16 and B17: into the trash and back, and the reader is taken along", async () => {
    const before = await find("INNO-5");
    await open("INNO-5");
    await page.getByRole("button", { name: "Læg i papirkurven" }).click();
    await card("INNO-5").waitFor({ state: "detached" });
    await expect.poll(focused).toBe("Papirkurv (1)");
    const issue = before?.issue?.number ?? 0;
    await page.getByText(`Satte papirkurv på opgave #${issue}`).waitFor();
    await page.keyboard.press("Enter");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Hent tilbage: Velkomst til nye familier" }).click();
    await expect.poll(focused).toBe("Velkomst til nye familier");
    await said("INNO-5", "B17");
    expect(await find("INNO-5")).toMatchObject({ phase: before?.phase, issue: { number: issue } });
  });

  it("A06: a tick in the moment when another writes is cleared, and the approvers are asked again", async () => {
    await open("INNO-8");
    await decision().getByText("Flere på én gang").click();
    await decision().getByLabel("Godkendt sættes af").selectOption({ label: "Mette Formand" });
    await decision().getByLabel("Punkt rettes af").selectOption({ label: "Sanne Sekretær" });
    await decision().getByLabel("Punkt bliver").fill("Punkt 7");
    expect(await violations(page)).toEqual([]);
    await decision().getByRole("button", { name: "Gør begge dele i samme øjeblik" }).click();
    await said("INNO-8", "A06");
    await expect.poll(() => box().isChecked()).toBe(false);
    await expect.poll(() => decision().getByLabel("Punkt", { exact: true }).inputValue()).toBe("Punkt 7");
    await close();
  });

  it("the clock: says where it leads, goes there, and folds again", async () => {
    const pulldown = page.getByText("Flyt uret");
    await pulldown.click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /En dag frem/u }).waitFor({ state: "hidden" });
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /En dag frem tirsdag den 24\. november 2026/u }).click();
    await announced(/Uret er flyttet til tirsdag den 24\. november 2026/u);
    await expect.poll(focused).toBe("Flyt uret");
    expect(await page.locator(".today").textContent()).toContain("tirsdag den 24. november 2026");
  });

  it("downtime: what happens meanwhile is judged by the same rules at the start, and a tick counts for nothing", async () => {
    await downtime().click();
    await page.getByText("Faseport er nede.", { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    await actAs(`Mette Formand (${UDI})`);
    await open("INNO-3");
    await box().click();
    await announced(/Godkendt er gemt/u);
    await close();
    await card("INNO-4").dragTo(page.locator('[data-phase="3. Test"]'));
    await announced(/er flyttet til 3\. Test/u);
    await downtime().click();
    await page.locator(".notice").waitFor({ state: "detached" });
    await said("INNO-4", "A02");
    expect(await find("INNO-4")).toMatchObject({ phase: "1. Udforsk" });
    expect((await find("INNO-3"))?.approvals).toMatch(/0 af 1/u);
  });

  it("where the system chooses the colours, the switch still shows where it stands", async () => {
    await page.emulateMedia({ forcedColors: "active" });
    const colours = `["::before", null].map((of) => getComputedStyle(document.querySelector("#downtime"), of).backgroundColor)`;
    const [thumb, track] = (await page.evaluate(colours)) as [string, string];
    expect(thumb).not.toBe(track);
    await page.emulateMedia({ forcedColors: "none" });
  });

  it.each([1280, 1024, 320])("fits a window of %i pixels, and has no accessibility violations there", async (width) => {
    await page.setViewportSize({ width, height: 720 });
    await page.getByRole("button", { name: "Nyt kort i Idébank" }).click();
    await page.getByText("Flyt uret").click();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect((await page.locator("header.top").boundingBox())?.height).toBeLessThan(width > 320 ? 130 : 400);
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Fortryd" }).click();
  });
});
