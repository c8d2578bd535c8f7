// SPDX-License-Identifier: EUPL-1.2
/** The mail channel against a mail server: what arrives, what happens when it does not, and how a repeat is known. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Letter } from "../../src/channels/channel.ts";
import { createMail } from "../../src/channels/mail/mail.ts";
import { Permanent, Refused, RetryLater } from "../../src/core/errors.ts";
import { createMailServer, type MailServer, type MailServerOptions } from "../../src/sandbox/mail/mail-server.ts";

const domain = "kommune.example";
const from = { name: "Faseport", address: `faseport@${domain}` };
const letter: Letter = {
  key: "P01-1a2b3c4d",
  to: { user: "user-6", name: "Åse Ødegård", email: "aase@kommune.example" },
  subject: "Påmindelse om »Delebil & Co«",
  paragraphs: ["Delebil & Co har ligget stille i <b>Udforsk</b>.\nAnden linje.", "Du får beskeden som ejer."],
  cards: [{ id: "0123", name: "Delebil & Co", url: "https://www.notion.so/0123?a=1&b=2" }],
};
const once = { again: false };

const open: MailServer[] = [];
async function serverWith(options: Partial<MailServerOptions> = {}) {
  const server = await createMailServer({ domain, ...options });
  open.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const channelTo = (url: string, sender = from) => createMail({ url, from: sender, language: "da" });
/** Within the municipality's own network. */
const inside = (server: MailServer) => `${server.url}?requireTLS=false`;

describe("what arrives", () => {
  let server: MailServer;
  beforeEach(async () => {
    server = await serverWith();
  });
  const sent = async (it: Letter = letter) => {
    await channelTo(inside(server)).send(it, once);
    const [mail] = server.received();
    if (!mail) throw new Error("nothing arrived");
    return mail;
  };
  const header = async (name: string) => (await sent()).letter.headers.find(({ key }) => key === name)?.value;

  it("one letter, to the person, from the municipality's own address", async () => {
    const { envelope, letter: mail } = await sent();
    expect(server.received()).toHaveLength(1);
    expect(envelope).toEqual({ from: from.address, to: ["aase@kommune.example"] });
    expect([mail.from, mail.to]).toEqual([from, [{ name: "Åse Ødegård", address: "aase@kommune.example" }]]);
    expect(mail.subject).toBe("Påmindelse om »Delebil & Co«");
  });

  it("as plain text, with the way to the card", async () => {
    const { letter: mail } = await sent();
    expect(mail.text?.trim()).toBe(
      "Delebil & Co har ligget stille i <b>Udforsk</b>.\nAnden linje.\n\nDu får beskeden som ejer.\n\nDelebil & Co\nhttps://www.notion.so/0123?a=1&b=2",
    );
  });

  it("as HTML that says the same, in Danish, escaped, with nothing to fetch", async () => {
    const { letter: mail } = await sent();
    expect(mail.html).toContain('<html lang="da">');
    expect(mail.html).toContain("<title>Påmindelse om »Delebil &amp; Co«</title>");
    expect(mail.html).toContain("Delebil &amp; Co har ligget stille i &lt;b&gt;Udforsk&lt;/b&gt;.\nAnden linje.</p>");
    expect(mail.html).toContain('<li><a href="https://www.notion.so/0123?a=1&amp;b=2">Delebil &amp; Co</a></li>');
    expect(mail.html).not.toMatch(/<(?:img|link|script|iframe|video)|src=|url\(/i);
  });

  it.each([
    ["auto-submitted", "auto-generated"],
    ["x-auto-response-suppress", "All"],
    ["list-id", `Faseport <faseport.${domain}>`],
    ["content-language", "da"],
    ["message-id", `<P01-1a2b3c4d@${domain}>`],
    ["references", `<card-0123@${domain}>`],
  ])("%s: %s", async (name, value) => {
    expect(await header(name)).toBe(value);
  });

  it("an overview without a card, in no thread and without links", async () => {
    const { letter: mail } = await sent({ ...letter, cards: [] });
    expect(mail.references).toBeUndefined();
    expect(mail.html).not.toContain("<a ");
  });

  it("a link only where it leads to the web", async () => {
    const { letter: mail } = await sent({ ...letter, cards: [{ id: "1", name: "x", url: "javascript:alert(1)" }] });
    expect(mail.html).not.toContain("href");
  });

  it("no name or subject adds a header or another recipient", async () => {
    const name = 'Eva"\r\nBcc: alle@kommune.example, <andre@kommune.example>';
    const { envelope, raw } = await sent({
      ...letter,
      subject: "A\r\nBcc: alle@kommune.example",
      to: { user: "u", name, email: "aase@kommune.example" },
    });
    expect(envelope.to).toEqual(["aase@kommune.example"]);
    expect(raw.slice(0, raw.indexOf("\r\n\r\n"))).not.toMatch(/^bcc:/im);
  });

  it("a text as long as a quarter's learning arrives whole", async () => {
    const long = "Vi lærte meget af det. ".repeat(2_000).trim();
    const { letter: mail } = await sent({ ...letter, paragraphs: [long] });
    expect(mail.text).toContain(long);
  });
});

describe("a repeat", () => {
  it("is the same letter by its Message-ID, and another letter is not", async () => {
    const server = await serverWith();
    const channel = channelTo(inside(server));
    await channel.send(letter, once);
    await channel.send(letter, { again: true });
    await channel.send({ ...letter, key: "P02-5e6f7a8b" }, once);
    const ids = server.received().map(({ letter: { messageId } }) => messageId);
    expect(ids).toEqual([`<P01-1a2b3c4d@${domain}>`, `<P01-1a2b3c4d@${domain}>`, `<P02-5e6f7a8b@${domain}>`]);
  });

  it("comes when the line goes dead between the letter and its answer: nobody can tell whether it was taken", async () => {
    const server = await serverWith();
    const channel = channelTo(inside(server));
    server.dropNextAnswer();
    await expect(channel.send(letter, once)).rejects.toBeInstanceOf(RetryLater);
    await channel.send(letter, { again: true });
    expect(new Set(server.received().map(({ letter: { messageId } }) => messageId)).size).toBe(1);
    expect(server.received()).toHaveLength(2);
  });
});

describe("what to do when it is not taken", () => {
  it.each<readonly [Parameters<MailServer["answerNext"]>, new (...args: never[]) => Error, string]>([
    [["greeting", 421, "4.3.2 Service not available"], RetryLater, "421, 4.3.2"],
    [["MAIL", 452, "4.3.1 Insufficient system storage"], RetryLater, "452, 4.3.1"],
    [["RCPT", 450, "4.2.1 Greylisted, try again"], RetryLater, "450, 4.2.1"],
    [["DATA", 451, "4.7.1 Try later"], RetryLater, "451, 4.7.1"],
    [["RCPT", 550, "5.1.1 aase@kommune.example unknown"], Refused, "550, 5.1.1, EENVELOPE, RCPT TO"],
    [["RCPT", 552, "5.2.2 Mailbox full"], Refused, "552, 5.2.2"],
    [["DATA", 554, "5.7.1 Looks like spam"], Refused, "554, 5.7.1"],
    [["MAIL", 550, "5.7.1 Sender not allowed"], Permanent, "check MAIL_FROM"],
  ])("%j", async (answer, kind, says) => {
    const server = await serverWith();
    server.answerNext(...answer);
    const error = await channelTo(inside(server))
      .send(letter, once)
      .catch((it: unknown) => it);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toContain(says);
    expect((error as Error).message).not.toContain("aase");
    expect(server.received()).toEqual([]);
  });

  it("a sender of another domain: a person must put it right", async () => {
    const server = await serverWith();
    const channel = channelTo(inside(server), { name: "X", address: "x@andetsted.example" });
    await expect(channel.send(letter, once)).rejects.toThrow(Permanent);
  });

  it("nobody answers: later", async () => {
    const server = await serverWith();
    await server.close();
    open.pop();
    await expect(channelTo(inside(server)).send(letter, once)).rejects.toThrow(RetryLater);
  });

  it("no such host: later, it may be the name server", async () => {
    await expect(channelTo("smtp://mail.invalid:25").send(letter, once)).rejects.toThrow(RetryLater);
  });

  it("a person without an address: nothing is sent, and it is said what is missing", async () => {
    const server = await serverWith();
    const unknown = { ...letter, to: { ...letter.to, email: null } };
    await expect(channelTo(inside(server)).send(unknown, once)).rejects.toThrow(
      "no mail address is known of user-6: give it in FASEPORT_KOMMUNE",
    );
    expect(server.received()).toEqual([]);
  });
});

describe("encryption and passwords", () => {
  const credentials = { user: "faseport", password: "h:e/m@meligt" };
  const withPassword = (server: MailServer, password = credentials.password) =>
    server.url.replace("//", `//${credentials.user}:${encodeURIComponent(password)}@`);

  it("without encryption nothing is said, unless the address allows it", async () => {
    const server = await serverWith();
    await expect(channelTo(server.url).send(letter, once)).rejects.toThrow("The server offers no encryption");
    await channelTo(inside(server)).send(letter, once);
    expect(server.received().map(({ encrypted }) => encrypted)).toEqual([false]);
  });

  it("a certificate that nobody trusts is not trusted", async () => {
    const server = await serverWith({ tls: "offered" });
    const error = await channelTo(server.url)
      .send(letter, once)
      .catch((it: unknown) => it);
    expect(error).toBeInstanceOf(Permanent);
    expect((error as Error).message).toContain("certificate is not trusted");
  });

  it("encrypted, and with the password", async () => {
    const server = await serverWith({ tls: "demanded", credentials });
    await channelTo(`${withPassword(server)}?tls.rejectUnauthorized=false`).send(letter, once);
    expect(server.received().map(({ encrypted, user }) => [encrypted, user])).toEqual([[true, "faseport"]]);
  });

  it("a wrong password: a person must put it right, and it is not printed", async () => {
    const server = await serverWith({ tls: "demanded", credentials });
    const channel = channelTo(`${withPassword(server, "forkert")}?tls.rejectUnauthorized=false`);
    const error = await channel.send(letter, once).catch((it: unknown) => it);
    expect(error).toBeInstanceOf(Permanent);
    expect((error as Error).message).toContain("Check the user and the password in SMTP_URL");
    expect((error as Error).message).not.toContain("forkert");
  });

  it("a server that is too busy to look at the password: later", async () => {
    const server = await serverWith({ tls: "demanded", credentials });
    server.answerNext("AUTH", 454, "4.7.0 Temporary authentication failure");
    const channel = channelTo(`${withPassword(server)}?tls.rejectUnauthorized=false`);
    await expect(channel.send(letter, once)).rejects.toThrow(RetryLater);
  });
});
