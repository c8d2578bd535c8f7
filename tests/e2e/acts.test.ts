// SPDX-License-Identifier: EUPL-1.2
/**
 * Everything that people can do in the sandbox, in a real browser: once with the mouse and once with the keyboard alone,
 * where one gets by Tab and acts with the keys that the control has. And a card's own fields, which follow at once.
 */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { noBrowser } from "./browser.ts";
import { openStage, references, type Stage, violations } from "./stage.ts";

const UDI = "Digitalisering og Innovation";
const METTE = `Mette Formand (${UDI})`;
const SANNE = "Sanne Sekretær (sekretariat)";
const soon = { timeout: 40_000 };
/** More stops than the page has. */
const MOST_STOPS = 400;

/** One way of using the page: what one does with a control to press it, to choose in it, to write in it. */
type Hand = Readonly<{
  press(control: Locator): Promise<void>;
  choose(control: Locator, option: string): Promise<void>;
  write(control: Locator, text: string): Promise<void>;
  date(control: Locator, iso: string, typed: string): Promise<void>;
}>;

describe.skipIf(noBrowser !== null)(`every act in a browser${noBrowser ? ` (skipped: ${noBrowser})` : ""}`, () => {
  let stage: Stage;
  let page: Page;
  beforeAll(async () => {
    stage = await openStage();
    page = stage.page;
  });
  afterAll(() => stage?.close());

  const find = async (name: string) => (await stage.view()).cards.find((it) => it.number === name || it.title === name);
  const card = (number: string) => page.locator(`[data-card="${number}"]`);
  const panel = () => page.getByRole("dialog");
  const field = (name: string) => panel().getByLabel(name, { exact: true }).first();
  const decision = () => panel().locator(`[data-decision="${UDI}"]`).first();
  const said = (name: string, id: string) => expect.poll(async () => references(await find(name)), soon).toContain(id);
  const announced = (text: string | RegExp) =>
    expect.poll(async () => page.locator("#announcer").textContent(), soon).toMatch(text);
  const actAs = (label: string) => page.getByLabel("Jeg er").selectOption({ label });

  async function open(hand: Hand, number: string): Promise<void> {
    await hand.press(card(number).getByRole("button").first());
    await panel().waitFor();
  }
  const close = (hand: Hand) => hand.press(page.getByRole("button", { name: "Luk kortet" }));

  const mouse: Hand = {
    press: (control) => control.click(),
    choose: async (control, label) => void (await control.selectOption({ label })),
    async write(control, text) {
      await control.click();
      await control.fill(text);
      await control.blur();
    },
    async date(control, iso) {
      await control.click();
      await control.fill(iso);
    },
  };

  /** Goes on with Tab until the control has the focus; a control that Tab never reaches ends the test. */
  async function tabTo(control: Locator): Promise<void> {
    await control.waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await control.evaluate((it) => it === it.ownerDocument.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not reach ${control}`);
  }

  const keyboard: Hand = {
    async press(control) {
      await tabTo(control);
      const isBox = await control.evaluate((it) => it.getAttribute("type") === "checkbox");
      await page.keyboard.press(isBox ? "Space" : "Enter");
    },
    async choose(control, option) {
      await tabTo(control);
      await page.keyboard.type(option);
    },
    async write(control, text) {
      await tabTo(control);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(text);
      await page.keyboard.press("Tab");
    },
    async date(control, _iso, typed) {
      await tabTo(control);
      await page.keyboard.type(typed);
      await page.keyboard.press("Tab");
    },
  };

  /** By the hour: a wait begins when the service has seen what it waits for, and that may be after the first move. */
  async function moveClockUntil(hand: Hand, isDone: () => Promise<boolean>): Promise<void> {
    for (let hour = 0; hour < 12; hour += 1) {
      await hand.press(page.getByText("Flyt uret"));
      await hand.press(page.getByRole("button", { name: /En time frem/u }));
      await announced(/Uret er flyttet/u);
      const done = vi.waitUntil(isDone, { timeout: 8_000, interval: 100 });
      if (await done.catch(() => false)) return;
    }
    throw new Error("twelve hours later it is not done");
  }

  it("«Mangler før næste fase» and «Godkendelser» change as fields are filled and boxes ticked", async () => {
    const face = card("INNO-5");
    const shown = (name: string) => panel().locator(".service div", { hasText: name }).locator("dd");
    await actAs("Anders Projektejer (medarbejder)");
    await open(mouse, "INNO-5");
    await expect
      .poll(() => shown("Mangler før næste fase").textContent(), soon)
      .toMatch(/Innovationsspørgsmål.*Inddraget/u);
    expect(await face.locator(".missing").textContent()).toMatch(/Innovationsspørgsmål/u);
    await mouse.write(field("Innovationsspørgsmål"), "Hvordan møder vi nye familier først?");
    await expect.poll(() => face.locator(".missing").textContent(), soon).not.toMatch(/Innovationsspørgsmål/u);
    expect(await face.locator(".missing").textContent()).toMatch(/Inddraget/u);
    await expect.poll(() => shown("Mangler før næste fase").textContent(), soon).not.toMatch(/Innovationsspørgsmål/u);
    await mouse.press(panel().getByLabel("Borgere", { exact: true }));
    await face.locator(".missing").waitFor({ state: "detached" });
    await expect.poll(() => shown("Mangler før næste fase").textContent(), soon).toBe("Intet");
    expect(await shown("Godkendelser").textContent()).toMatch(/0 af 1/u);
    await expect.poll(() => panel().locator(".status strong").first().textContent(), soon).toBe("Klar");
    await close(mouse);

    const body = (await find("INNO-5"))?.bodies[0] ?? "";
    const { name, role } = (await stage.view()).people.find((it) => it.role === body) ?? { name: "", role: "" };
    await actAs(`${name} (${role})`);
    await open(mouse, "INNO-5");
    await mouse.press(panel().locator(`[data-decision="${body}"]`).first().getByLabel("Godkendt", { exact: true }));
    await expect.poll(() => face.locator(".approvals").textContent(), soon).toMatch(/1 af 1/u);
    await expect.poll(() => shown("Godkendelser").textContent(), soon).toBe("Udforsk → Nytænk: 1 af 1");
    await panel().getByText(`Registreret af ${name}`).waitFor();
    await mouse.write(field("Innovationsspørgsmål"), "Nye familier");
    await expect.poll(() => face.locator(".missing").textContent(), soon).toMatch(/Innovationsspørgsmål/u);
    expect(await violations(page)).toEqual([]);
    await close(mouse);
  });

  describe.each([
    ["mouse", mouse, { park: "INNO-7", closing: "INNO-12", track: "INNO-6", bin: "INNO-9", row: "INNO-8" }],
    ["keyboard", keyboard, { park: "INNO-10", closing: "INNO-11", track: "INNO-4", bin: "INNO-13", row: "INNO-3" }],
  ] as const)("with the %s", (_, hand, on) => {
    it("parks a card, and takes it up again", async () => {
      await actAs(SANNE);
      await open(hand, on.park);
      await hand.choose(field("Tilstand"), "Parkeret");
      await card(on.park).getByText("Parkeret", { exact: true }).waitFor();
      await expect.poll(async () => (await find(on.park))?.issue?.labels, soon).toContain("parkeret");
      await hand.choose(field("Tilstand"), "Aktiv");
      await expect.poll(async () => (await find(on.park))?.issue?.labels, soon).not.toContain("parkeret");
      await close(hand);
    });

    it("closes a card: A16 says what is missing, with it the project closes, and its issue", async () => {
      await actAs(SANNE);
      await open(hand, on.closing);
      const isLast = (await find(on.closing))?.phase === "5. Følg op";
      await hand.choose(field("Tilstand"), "Afsluttet");
      await said(on.closing, "A16");
      await expect.poll(() => field("Tilstand").inputValue(), soon).toBe("Aktiv");
      await hand.choose(field("Udfald"), "Effekt");
      if (isLast) await hand.choose(field("Effektstatus"), "Som forventet");
      await hand.write(field("Læring"), "Små forsøg gav de bedste svar, og dem kan alle bruge.");
      await expect.poll(async () => (await find(on.closing))?.values.Læring, soon).toMatch(/Små forsøg/u);
      await hand.choose(field("Tilstand"), "Afsluttet");
      await said(on.closing, isLast ? "B23" : "A17");
      await close(hand);
    });

    it("changes a card's track", async () => {
      await actAs(SANNE);
      await open(hand, on.track);
      const before = await find(on.track);
      await hand.choose(
        field("Spor"),
        before?.track === "2 Politisk projekt" ? "3 Hverdagsinnovation" : "2 Politisk projekt",
      );
      await expect
        .poll(async () => (await find(on.track))?.issue?.labels.filter((it) => it.startsWith("spor:")), soon)
        .not.toEqual(before?.issue?.labels.filter((it) => it.startsWith("spor:")));
      await close(hand);
    });

    it("copies a card", async () => {
      await actAs(SANNE);
      await open(hand, on.bin);
      await hand.press(page.getByRole("button", { name: "Lav en kopi" }));
      const copy = `${(await find(on.bin))?.title} (1)`;
      await said(copy, "A28");
      await close(hand);
    });

    it("throws a card away, and takes it back", async () => {
      await actAs(SANNE);
      const title = (await find(on.bin))?.title ?? "";
      await open(hand, on.bin);
      await hand.press(page.getByRole("button", { name: "Læg i papirkurven" }));
      await card(on.bin).waitFor({ state: "detached" });
      // Back at once, Notion would tell nobody of it.
      await page.getByText(`${title} er lagt i papirkurven af Sanne Sekretær`).first().waitFor();
      await hand.press(page.getByText("Papirkurv (1)"));
      await hand.press(page.getByRole("button", { name: `Hent tilbage: ${title}` }));
      await said(on.bin, "B17");
      await expect.poll(async () => (await find(on.bin))?.issue?.labels, soon).not.toContain("papirkurv");
    });

    it("moves a card to another database, and back: told, and it stands where it stood", async () => {
      await actAs(SANNE);
      const before = await find(on.bin);
      await open(hand, on.bin);
      await hand.press(page.getByRole("button", { name: "Flyt til »Andre sager«" }));
      await card(on.bin).waitFor({ state: "detached" });
      await announced(/er flyttet til en anden database/u);
      await page.getByText("er flyttet væk fra tavlen af Sanne Sekretær").first().waitFor();
      await hand.press(page.getByText("Flyttet til »Andre sager« (1)"));
      expect(await violations(page)).toEqual([]);
      await hand.press(page.getByRole("button", { name: `Flyt tilbage: ${before?.title}` }));
      await announced(/er tilbage på tavlen/u);
      await expect.poll(async () => (await find(on.bin))?.issue?.labels, soon).toEqual(before?.issue?.labels);
      expect(await find(on.bin)).toMatchObject({ phase: before?.phase, approvals: before?.approvals });
    });

    it("puts a meeting's date on a decision: a yes before it is answered (A08)", async () => {
      await actAs(METTE);
      await open(hand, on.row);
      await hand.date(decision().getByLabel("Mødedato"), "2026-12-12", "12122026");
      await expect
        .poll(async () => (await find(on.row))?.decisions.map((it) => it.values.Mødedato), soon)
        .toContain("2026-12-12");
      await hand.press(decision().getByLabel("Godkendt", { exact: true }));
      await said(on.row, "A08");
      await hand.date(decision().getByLabel("Mødedato"), "2026-11-11", "11112026");
      await expect
        .poll(async () => (await find(on.row))?.decisions.map((it) => it.values.Mødedato), soon)
        .toContain("2026-11-11");
      await close(hand);
    });

    it("lets two people act at once (A06)", async () => {
      await actAs(METTE);
      await open(hand, on.row);
      await hand.press(decision().getByText("Flere på én gang"));
      await hand.choose(decision().getByLabel("Godkendt sættes af"), "Mette Formand");
      await hand.choose(decision().getByLabel("Punkt rettes af"), "Sanne Sekretær");
      await hand.write(decision().getByLabel("Punkt bliver"), "Punkt 7");
      await hand.press(decision().getByRole("button", { name: "Gør begge dele i samme øjeblik" }));
      await said(on.row, "A06");
      await close(hand);
    });

    it("ends the service and starts it again, and moves the clock: a tick that nobody was told of is cleared (A30)", async () => {
      await actAs(METTE);
      const downtime = page.getByRole("switch", { name: "Faseport er nede" });
      const before = references(await find(on.row)).filter((id) => id === "A30").length;
      await hand.press(downtime);
      await page.getByText("Faseport er nede.", { exact: true }).waitFor();
      await open(hand, on.row);
      await hand.press(decision().getByLabel("Godkendt", { exact: true }));
      await announced(/Godkendt er gemt/u);
      await close(hand);
      await hand.press(downtime);
      await page.locator(".notice").waitFor({ state: "detached" });
      const isCleared = async () => references(await find(on.row)).filter((id) => id === "A30").length > before;
      await moveClockUntil(hand, isCleared);
      await open(hand, on.row);
      await expect.poll(() => decision().getByLabel("Godkendt", { exact: true }).isChecked(), soon).toBe(false);
      await close(hand);
    });
  });

  it("A27: a year later a yes is too old; nobody has touched the card", async () => {
    await page.getByText("Flyt uret").click();
    await page.getByRole("button", { name: /Et år og en dag frem/u }).click();
    await said("INNO-5", "A27");
    await expect
      .poll(() => card("INNO-5").locator(".approvals").textContent(), soon)
      .toMatch(/0 af 1.*møde endnu ikke lagt ind/u);
  });
});
