// SPDX-License-Identifier: EUPL-1.2
/** The administrator is written to when something is wrong with the board, once, and again when it is over (ADR 12). */
import { afterEach, expect, it, vi } from "vitest";
import { createMailServer, type MailServer } from "../../src/sandbox/mail/mail-server.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let mail: MailServer;
afterEach(async () => {
  await house.close();
  await mail.close();
});

async function openWithMail(channels = { administrator: "email" } as const): Promise<void> {
  mail = await createMailServer({ domain: "kommune.example" });
  house = await openHouse({
    quietWithinMs: 60_000,
    channels,
    environment: { SMTP_URL: `${mail.url}?requireTLS=false`, MAIL_FROM: "Faseport <faseport@kommune.example>" },
  });
}

const subjects = () => mail.received().map(({ letter }) => letter.subject);
const waitUntil = (what: () => void) => vi.waitFor(what, { timeout: 30_000, interval: 50 });
const rename = (from: string, to: string) =>
  house.sandbox.notion.renameOption(house.sandbox.notion.projects, "Fase", from, to);

it("once when a phase has another name, also over a restart, and once when it is as it was", async () => {
  await openWithMail();
  rename("3. Test", "3. Prøv af");
  await waitUntil(() => expect(subjects()).toEqual(["Faseport: noget skal rettes"]));
  const [first] = mail.received();
  expect(first?.envelope.to).toEqual(["it-drift@kommune.example"]);
  expect(first?.letter.text).toContain("valgmuligheden »3. Test« i »Fase« hedder nu »3. Prøv af«");
  expect(first?.letter.text).toContain("Du får beskeden som administrator af Faseport.");

  await house.stop();
  await house.startAgain();
  await house.lookAtAll();
  await house.quiet();
  await waitUntil(async () => expect((await house.jobs("notice")).completed).toBeGreaterThanOrEqual(2));
  expect(subjects()).toHaveLength(1);

  rename("3. Prøv af", "3. Test");
  await waitUntil(() => expect(subjects()).toEqual(["Faseport: noget skal rettes", "Faseport: det er i orden igen"]));
  expect(mail.received()[1]?.letter.text).toContain("Det gælder ikke længere: ");
}, 120_000);

it("when the mail server was away, as soon as it is back; the board's work goes on meanwhile", async () => {
  await openWithMail();
  mail.answerNext("greeting", 421, "4.3.2 Service not available");
  rename("3. Test", "3. Prøv af");
  await waitUntil(() => expect(subjects()).toHaveLength(1));
  const failures = house
    .said()
    .flat()
    .filter(({ job }) => job === "notice");
  expect(failures.map(({ msg, isLast }) => [msg, isLast])).toEqual([["a job failed and is tried again", false]]);
}, 120_000);

it("when the answer to the mail was lost: it is told again, and is the same mail by its Message-ID", async () => {
  await openWithMail();
  mail.dropNextAnswer();
  rename("3. Test", "3. Prøv af");
  await waitUntil(() => expect(subjects()).toHaveLength(2));
  expect(new Set(mail.received().map(({ letter }) => letter.messageId)).size).toBe(1);
}, 120_000);
