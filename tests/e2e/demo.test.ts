// SPDX-License-Identifier: EUPL-1.2
/** What a newcomer sees: a real browser on `npm run demo`, from the refused drag to the issue that follows. */
import { spawnSync } from "node:child_process";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommentView } from "../../src/sandbox/page/view.ts";
import { noBrowser } from "./browser.ts";
import { openStage, type Stage, violations } from "./stage.ts";

const UDI = "Digitalisering og Innovation";
const ELDERLY = "Ældre og Sundhed";

describe.skipIf(noBrowser !== null)(`the demo in a browser${noBrowser ? ` (skipped: ${noBrowser})` : ""}`, () => {
  let stage: Stage;
  let page: Page;
  beforeAll(async () => {
    stage = await openStage();
    page = stage.page;
  });
  afterAll(() => stage?.close());

  const card = (number: string) => page.locator(`[data-card="${number}"]`);
  const column = (phase: string) => page.locator(`[data-phase="${phase}"]`);
  const isIn = (number: string, phase: string) => column(phase).locator(`[data-card="${number}"]`).waitFor();
  const actAs = (name: string) => page.getByLabel("Jeg er").selectOption({ label: name });
  const drag = (number: string, phase: string) => card(number).dragTo(column(phase));
  const comments = async (number: string) =>
    (await stage.view()).cards.find((it) => it.number === number)?.comments.map(textOf) ?? [];
  const said = (number: string, id: string) =>
    expect.poll(async () => (await comments(number)).at(-1) ?? "", { timeout: 40_000 }).toContain(`ref. ${id}`);
  const labels = async (number: string) =>
    (await stage.view()).cards.find((it) => it.number === number)?.issue?.labels ?? [];

  async function tick(number: string, body: string): Promise<void> {
    await card(number).getByRole("button").first().click();
    await page.locator(`[data-decision="${body}"]`).first().getByLabel("Godkendt", { exact: true }).click();
    await page.getByRole("button", { name: "Luk kortet" }).click();
  }

  it("A01: the drag is put back, and the reason names committee, meeting, deadline and who dragged, once", async () => {
    await actAs("Anders Projektejer (medarbejder)");
    await drag("INNO-3", "2. Nytænk");
    await said("INNO-3", "A01");
    await isIn("INNO-3", "1. Udforsk");
    const [text, ...others] = await comments("INNO-3");
    expect(others).toEqual([]);
    expect(text).toMatch(
      /@Anders Projektejer .*Digitalisering og Innovation har ikke sagt ja til Nytænk.*16\. december 2026.*senest 4\. december 2026/u,
    );
    await card("INNO-3").getByRole("button").first().click();
    await page
      .getByRole("dialog")
      .getByText("Digitalisering og Innovation har ikke sagt ja til Nytænk endnu")
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Luk kortet" }).click();
  });

  it("A02: two phases at once", async () => {
    await drag("INNO-3", "3. Test");
    await said("INNO-3", "A02");
    await isIn("INNO-3", "1. Udforsk");
  });

  it("A03: what is missing is listed", async () => {
    await drag("INNO-5", "2. Nytænk");
    await said("INNO-5", "A03");
    await isIn("INNO-5", "1. Udforsk");
    expect((await comments("INNO-5")).at(-1)).toMatch(/Innovationsspørgsmål.*Inddraget/u);
  });

  it("A05: a tick by staff is cleared", async () => {
    await tick("INNO-8", UDI);
    await said("INNO-8", "A05");
    await card("INNO-8").getByRole("button").first().click();
    const box = page.locator(`[data-decision="${UDI}"]`).first().getByLabel("Godkendt", { exact: true });
    await expect.poll(() => box.isChecked()).toBe(false);
    await page.getByRole("button", { name: "Luk kortet" }).click();
  });

  it("B01: a tick by the chair counts; the same drag then stays, the label follows, B03 names methods", async () => {
    await actAs("Mette Formand (Digitalisering og Innovation)");
    await tick("INNO-3", UDI);
    await said("INNO-3", "B01");
    await actAs("Anders Projektejer (medarbejder)");
    await drag("INNO-3", "2. Nytænk");
    await said("INNO-3", "B03");
    await isIn("INNO-3", "2. Nytænk");
    expect((await comments("INNO-3")).at(-1)).toContain("Stille brainstorm");
    await expect
      .poll(async () => (await labels("INNO-3")).filter((label) => label.startsWith("fase:")), { timeout: 40_000 })
      .toEqual(["fase:2-nytaenk"]);
  });

  it("B04: back is free, and the approval no longer counts", async () => {
    await drag("INNO-3", "1. Udforsk");
    await said("INNO-3", "B04");
    await isIn("INNO-3", "1. Udforsk");
    const found = (await stage.view()).cards.find((it) => it.number === "INNO-3");
    expect(found?.approvals).toMatch(/0 af 1/u);
    expect((await comments("INNO-3")).at(-1)).toContain("Godkendelsen af Nytænk gælder ikke længere");
  });

  it("A04: with two committees the first yes is not enough", async () => {
    await actAs("Mette Formand (Digitalisering og Innovation)");
    await tick("INNO-4", UDI);
    await said("INNO-4", "B02");
    await actAs("Anders Projektejer (medarbejder)");
    await drag("INNO-4", "2. Nytænk");
    await said("INNO-4", "A04");
    await isIn("INNO-4", "1. Udforsk");
    expect((await comments("INNO-4")).at(-1)).toContain(ELDERLY);
  });

  it("everyday innovation moves freely", async () => {
    await drag("INNO-6", "3. Test");
    await said("INNO-6", "B03");
    await isIn("INNO-6", "3. Test");
  });

  it("with the keyboard only: the same first step", async () => {
    await card("INNO-8").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await said("INNO-8", "A01");
    await isIn("INNO-8", "2. Nytænk");
  });

  it("has no accessibility violations, with the panel closed and open", async () => {
    expect(await violations(page)).toEqual([]);
    await card("INNO-3").getByRole("button").first().click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("the terminal names the board and stays quiet: what is done is on the page", () => {
    expect(stage.demo.said()).toMatch(/^Faseport runs with stand-ins/mu);
    expect(stage.demo.said()).not.toMatch(/^(?:written|asked|taken|judged|reminded)$/mu);
  });

  it("a second demo in the same folder says so and ends; Ctrl-C ends everything the first one started", async () => {
    const second = spawnSync("npm", ["run", "--silent", "demo", "--", "--port", "0", "--folder", stage.demo.folder], {
      encoding: "utf8",
    });
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/already running \(process \d+\); end that one first with Ctrl-C/u);
    expect(processesOf(stage.demo.folder)).not.toEqual([]);
    const { folder } = stage.demo;
    // npm itself ends by the signal that it shares with the demo.
    expect([0, null]).toContain(await stage.demo.end());
    expect(processesOf(folder)).toEqual([]);
  });
});

function textOf(comment: CommentView): string {
  return comment.parts
    .map(({ text, kind }) => (kind === "mention" && !text.startsWith("@") ? `@${text}` : text))
    .join("");
}

/** Processes whose command line or environment names the demo's folder: the launcher, the service and its Redis. */
function processesOf(folder: string): readonly string[] {
  const { stdout } = spawnSync("ps", ["axeww", "-o", "pid,args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(folder) && !line.includes("ps axeww"));
}
