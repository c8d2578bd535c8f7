// SPDX-License-Identifier: EUPL-1.2
/** The scenes that pictures of README and the guides are taken of, by the picture's name. */
import type { Locator, Page } from "playwright-core";

const UDI = "Digitalisering og Innovation";
const CHAIR = `Mette Formand (${UDI})`;
const SECRETARY = "Sanne Sekretær (sekretariat)";

/** Sets the stage on the demo's page and says what of it to take. Scenes have their cards to themselves, so each can be taken alone. */
type Scene = (page: Page) => Promise<Page | Locator>;

export const scenes: Readonly<Record<string, Scene>> = {
  /** README: a drag that was put back, and why. */
  async "refused-drag"(page) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await drag(page, "INNO-3", "2. Nytænk");
    await answered(page, "INNO-3");
    await page.getByText("Satte kortet i 1. Udforsk").first().waitFor();
    return page;
  },
  /** A card that came back, with its answer. */
  async "put-back"(page) {
    await drag(page, "INNO-8", "3. Test");
    await answered(page, "INNO-8");
    return card(page, "INNO-8");
  },
  /** What Faseport writes on a card that lacks something. */
  async missing(page) {
    await drag(page, "INNO-5", "2. Nytænk");
    await answered(page, "INNO-5");
    await open(page, "INNO-5");
    return page.locator(".service");
  },
  /** The issue beside the card. */
  async issue(page) {
    await open(page, "INNO-7");
    await page.evaluate(`document.querySelector(".issue").style.alignSelf = "start"`);
    return page.locator(".issue");
  },
  /** A yes: ticked by the chair, and registered. */
  async decision(page) {
    await actAs(page, CHAIR);
    await open(page, "INNO-4");
    await decision(page).getByLabel("Godkendt", { exact: true }).click();
    await decision(page).getByText("Registreret af Mette Formand").waitFor();
    return decision(page);
  },
  /** What becomes of a tick by somebody else. */
  async "tick-removed"(page) {
    await open(page, "INNO-9");
    await decision(page).getByLabel("Godkendt", { exact: true }).click();
    await panel(page).getByText("Fluebenet er fjernet igen").first().waitFor();
    return page.locator(".talk .by-service").last();
  },
  /** A reminder, as a comment on a card. This one and the next move the clock, so they come last. */
  async reminder(page) {
    await moveClock(page, /En uge frem/u);
    await open(page, "INNO-10");
    await panel(page).getByText("Skal Videosamtaler med visitationen til beslutning").first().waitFor();
    return page.locator(".talk .by-service").last();
  },
  /** What a secretary writes after a meeting. */
  async minutes(page) {
    await moveClock(page, /Til dagen efter næste møde/u);
    await actAs(page, SECRETARY);
    await open(page, "INNO-10");
    await decision(page).getByText("Referat, bemærkning og inhabile").click();
    await decision(page).getByLabel("Beslutning", { exact: true }).selectOption("Udsat");
    await write(page, "Mødedato", "2026-12-09");
    await write(page, "Punkt", "7");
    await write(page, "Bemærkning", "Udvalget vil gerne høre de pårørende først.");
    await decision(page).locator(".status").getByText("Udsat").waitFor();
    return decision(page);
  },
};

const card = (page: Page, number: string) => page.locator(`[data-card="${number}"]`);
const panel = (page: Page) => page.getByRole("dialog");
const decision = (page: Page) => panel(page).locator("[data-decision]").first();
const answered = (page: Page, number: string) => card(page, number).getByText("Faseport svarer").waitFor();
const drag = (page: Page, number: string, phase: string) =>
  card(page, number).dragTo(page.locator(`[data-phase="${phase}"]`));
export const actAs = (page: Page, label: string) => page.getByLabel("Jeg er").selectOption({ label });

async function moveClock(page: Page, step: RegExp): Promise<void> {
  await page.getByText("Flyt uret").click();
  await page.getByRole("button", { name: step }).click();
}

async function open(page: Page, number: string): Promise<void> {
  await card(page, number).getByRole("button").first().click();
  await panel(page).waitFor();
}

async function write(page: Page, name: string, value: string): Promise<void> {
  const control = decision(page).getByLabel(name, { exact: true });
  await control.fill(value);
  await control.blur();
  await page.getByText(`${name} er gemt.`).waitFor({ state: "attached" });
}
