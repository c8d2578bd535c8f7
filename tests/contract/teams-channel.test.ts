// SPDX-License-Identifier: EUPL-1.2
/** The Teams channel against a workflow: what is posted, what happens when it is not, and what Microsoft's own reader makes of the card. */
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { AdaptiveCard, SerializationContext, Versions } from "adaptivecards";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Letter } from "../../src/channels/channel.ts";
import { messageOf } from "../../src/channels/teams/card.ts";
import { createTeams } from "../../src/channels/teams/teams.ts";
import { Permanent, Refused, RetryLater } from "../../src/core/errors.ts";
import { createTeamsWorld, type PostedCard, type TeamsWorld } from "../../src/sandbox/teams/teams-world.ts";

const letter: Letter = {
  key: "P06-1a2b3c4d",
  to: { user: "user-1", name: "Mette Formand", email: null },
  subject: "Digitalisering og Innovation, møde 6. januar 2027",
  paragraphs: ["Til beslutning: **Delebil** og [her](https://evil.example).", "Du får beskeden som medlem."],
  cards: [{ id: "0123", name: "Delebil_1", url: "https://www.notion.so/0123" }],
};
const once = { again: false };
const signature = "hemmelig-signatur";

let world: TeamsWorld;
let server: ServerType;
let base: string;
beforeEach(async () => {
  world = createTeamsWorld({ channels: ["innovation"], signature });
  server = createAdaptorServer({ fetch: world.app.fetch });
  base = await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

const channel = (webhook = world.webhook("innovation", base)) =>
  createTeams({ name: "innovation", webhook, language: "da" });
const failure = (sending: Promise<void>) => sending.then(() => null).catch((it: unknown) => it as Error);

/** What stands on the card, block by block. */
const textsOf = ({ body }: PostedCard) => body.map(({ inlines }) => inlines.map(({ text }) => text).join(""));

/** What Microsoft's own reader has to say against a card. */
function complaints(content: object): readonly string[] {
  // Its expression for a language remembers where it stopped: of two good cards it would refuse the second.
  const { regEx } = AdaptiveCard.langProperty;
  if (regEx) regEx.lastIndex = 0;
  const context = new SerializationContext(Versions.v1_4);
  const card = new AdaptiveCard();
  card.parse(JSON.parse(JSON.stringify(content)), context);
  const read = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...read, ...card.validateProperties().validationEvents.map(({ message }) => message)];
}

describe("what is posted", () => {
  it("one card: what it is about, to whom, each paragraph as it was written, and a way to the card", async () => {
    await channel().send(letter, once);
    expect(world.failedRuns()).toEqual([]);
    const [post] = world.posted();
    expect(world.posted()).toHaveLength(1);
    expect(post?.channel).toBe("innovation");
    expect(post && textsOf(post.card)).toEqual([letter.subject, "Mette Formand", ...letter.paragraphs]);
    expect(post?.card.actions).toEqual([
      { type: "Action.OpenUrl", title: "Delebil_1", url: "https://www.notion.so/0123" },
    ]);
    expect([post?.card.version, post?.card.lang, post?.trackingId]).toEqual(["1.4", "da", letter.key]);
  });

  it("an overview without a card has no buttons; a link that leads elsewhere than to the web is none", async () => {
    await channel().send({ ...letter, cards: [] }, once);
    await channel().send({ ...letter, cards: [{ id: "1", name: "x", url: "javascript:alert(1)" }] }, once);
    expect(world.posted().map(({ card }) => card.actions)).toEqual([undefined, undefined]);
  });

  it("a repeat is the same card with the same key", async () => {
    await channel().send(letter, once);
    await channel().send(letter, { again: true });
    const [first, second] = world.posted();
    expect(second?.card).toEqual(first?.card);
    expect([first?.trackingId, second?.trackingId]).toEqual([letter.key, letter.key]);
  });
});

describe("the card", () => {
  const contentOf = (it: Letter) => messageOf(it, "da").attachments[0]?.content ?? {};
  const anyText = fc.string({ unit: "binary", minLength: 1, maxLength: 400 });
  const anyLetter = fc.record({
    subject: anyText,
    paragraphs: fc.array(
      fc.oneof(anyText, fc.constantFrom("{{DATE(2017-02-14T06:00:00Z)}}", `$${"{$root}"}`, "<at>Alle</at>")),
      {
        minLength: 1,
        maxLength: 400,
      },
    ),
    cards: fc.array(fc.record({ id: fc.uuid(), name: anyText, url: fc.webUrl() }), { maxLength: 12 }),
  });

  it("is one that Microsoft's own reader takes without a complaint, whatever people wrote", () => {
    expect(complaints({ ...contentOf(letter), body: [{ type: "TextBlok", text: "x" }] })).not.toEqual([]);
    fc.assert(
      fc.property(anyLetter, (change) => {
        expect(complaints(contentOf({ ...letter, ...change }))).toEqual([]);
      }),
    );
  });

  const sizeOf = (it: Letter) => Buffer.byteLength(JSON.stringify(messageOf(it, "da")));
  const paragraphsOf = (it: Letter) => textsOf(contentOf(it) as PostedCard).slice(2);
  const stops = "Sådan stopper det.";

  it.each([
    ["several", ["a", "b", "c", "d"].map((letters) => letters.repeat(9_000)), 3],
    ["one", ["å".repeat(40_000)], 1],
    ["of many", Array.from({ length: 400 }, () => "x".repeat(200)), 100],
    ["of what takes six bytes each", ["\u0001".repeat(30_000)], 1],
  ] as const)(
    "that is too long (%s) ends early, keeps how it is made to stop, and shows where it was cut",
    (_, texts, most) => {
      const long = { ...letter, paragraphs: [...texts, stops] };
      expect(sizeOf(long)).toBeLessThan(21 * 1024);
      const shown = paragraphsOf(long);
      expect(shown.at(-1)).toBe(stops);
      expect(shown.at(-2)).toMatch(/…$/);
      expect(shown.length - 1).toBeLessThanOrEqual(most);
      for (const [index, text] of shown.slice(0, -2).entries()) expect(text).toBe(texts[index]);
    },
  );

  it("is never larger than Teams takes, and whole where there is room", () => {
    const texts = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 9_000, size: "max" }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(texts, (some) => {
        const whole = { ...letter, paragraphs: [...some, stops] };
        expect(sizeOf(whole)).toBeLessThan(21 * 1024);
        if (Buffer.byteLength(JSON.stringify(whole)) < 15 * 1024) expect(paragraphsOf(whole)).toEqual(whole.paragraphs);
      }),
    );
  });

  it("shows the date function and a template's placeholder as they were typed, and nothing else is touched", () => {
    const [, , typed] = textsOf(
      contentOf({
        ...letter,
        paragraphs: [`{{DATE(2017-02-14T06:00:00Z)}} $${"{x}"} {a} $5 **b**`, "c"],
      }) as PostedCard,
    );
    expect(typed).toBe("{\u200B{DATE(2017-02-14T06:00:00Z)}} $\u200B{x} {a} $5 **b**");
  });

  it("is short enough to be read: five ways to five cards at most", () => {
    const cards = Array.from({ length: 9 }, (_, index) => ({
      id: `${index}`,
      name: `N${index}`,
      url: "https://n.example/",
    }));
    expect((contentOf({ ...letter, cards }) as PostedCard).actions).toHaveLength(5);
  });
});

describe("what to do when it is not taken", () => {
  it.each<readonly [number, new (...args: never[]) => Error, string]>([
    [401, Permanent, "Copy its address to TEAMS_WEBHOOKS again"],
    [403, Permanent, "open to anyone"],
    [404, Permanent, "Is the workflow there"],
    [410, Permanent, "Is the workflow there"],
    [302, Permanent, "Is the workflow there"],
    [400, Permanent, "switched on"],
    [413, Refused, "(413)"],
    [422, Refused, "(422)"],
    [408, RetryLater, "(408)"],
    [500, RetryLater, "(500)"],
    [502, RetryLater, "(502)"],
    [503, RetryLater, "(503)"],
  ])("%i: %o", async (status, kind, says) => {
    world.answerNext(status);
    const error = await failure(channel().send(letter, once));
    expect(error).toBeInstanceOf(kind);
    expect(error?.message).toContain(says);
    expect(error?.message).toContain("the Teams channel innovation");
    expect(world.posted()).toEqual([]);
  });

  it.each([
    ["7", 7_000],
    [new Date(Date.now() + 3_600_000).toUTCString(), 3_500_000],
    ["", 60_000],
    ["soon", 60_000],
  ])("429 with Retry-After «%s»: later, and not before", async (retryAfter, atLeast) => {
    world.answerNext(429, retryAfter === "" ? {} : { "retry-after": retryAfter });
    const error = await failure(channel().send(letter, once));
    expect(error).toBeInstanceOf(RetryLater);
    expect((error as RetryLater).afterMs).toBeGreaterThanOrEqual(atLeast);
  });

  it("somewhere else to go: nothing is sent there", async () => {
    world.answerNext(307, { location: world.webhook("innovation", base) });
    await expect(channel().send(letter, once)).rejects.toThrow(Permanent);
    expect(world.posted()).toEqual([]);
  });

  it("more than four in a second: the fifth waits", async () => {
    for (let count = 0; count < 4; count += 1) await channel().send(letter, once);
    const error = await failure(channel().send(letter, once));
    expect([error?.constructor, (error as RetryLater).afterMs]).toEqual([RetryLater, 1_000]);
  });

  it("a workflow that is switched off, then on", async () => {
    world.switchOff("innovation");
    await expect(channel().send(letter, once)).rejects.toThrow(Permanent);
    world.switchOn("innovation");
    await channel().send(letter, once);
    expect(world.posted()).toHaveLength(1);
  });

  it.each([
    ["another signature", (it: string) => it.replace(signature, "anden"), Permanent],
    ["a channel that is gone", (it: string) => it.replace("/innovation/", "/gammel/"), Permanent],
    ["nobody there", () => "http://127.0.0.1:1/x?sig=hemmelig-signatur", RetryLater],
  ] as const)("%s, and the address is in no message", async (_, other, kind) => {
    const error = await failure(channel(other(world.webhook("innovation", base))).send(letter, once));
    expect(error).toBeInstanceOf(kind);
    expect(error?.message).not.toMatch(/http|sig|hemmelig/);
  });
});
