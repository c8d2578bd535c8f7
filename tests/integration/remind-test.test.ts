// SPDX-License-Identifier: EUPL-1.2
/** `npm run remind -- --test`: a test message by each channel, and what is said when one is not set up. */
import { spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createAdaptorServer } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMailServer, type MailServer } from "../../src/sandbox/mail/mail-server.ts";
import { createTeamsWorld } from "../../src/sandbox/teams/teams-world.ts";
import { board, type House, openHouse } from "./house.ts";

const teams = createTeamsWorld({ channels: ["innovation"], signature: "s" });
const teamsServer = createAdaptorServer({ fetch: teams.app.fetch });
let mail: MailServer;
let house: House;
let environment: Record<string, string>;
beforeAll(async () => {
  mail = await createMailServer({ domain: "kommune.example" });
  const base = await new Promise<string>((resolve) => {
    teamsServer.listen(0, "127.0.0.1", () => {
      resolve(`http://127.0.0.1:${(teamsServer.address() as AddressInfo).port}`);
    });
  });
  house = await openHouse();
  environment = {
    ...house.environment,
    SMTP_URL: `${mail.url}?requireTLS=false`,
    MAIL_FROM: "faseport@kommune.example",
    TEAMS_WEBHOOKS: `innovation=${teams.webhook("innovation", base)}`,
  };
}, 60_000);
afterAll(async () => {
  await house.close();
  await mail.close();
  teamsServer.close();
});

/** Not run synchronously: the servers that it speaks to live in this process. */
async function run(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const child = spawn(process.execPath, ["scripts/remind.ts", "--test", ...args], {
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once("exit", resolve);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), promise]);
  return { code, stdout, stderr };
}

const WORKS = "Det virker: påmindelser fra innovationstavlen kommer frem til dig på denne måde.";

describe("a test message", () => {
  it("by mail", async () => {
    const { code, stdout, stderr } = await run(environment, "email", "--to", "anders");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe("A test message has gone to Anders Projektejer by email. Look whether it has arrived.\n");
    const [{ envelope, letter } = {}] = mail.received();
    expect([envelope?.to, letter?.subject]).toEqual([
      ["anders@kommune.example"],
      "Prøve: sådan kommer påmindelser frem",
    ]);
    expect(letter?.text).toContain(WORKS);
  });

  it("in Teams", async () => {
    const { code, stderr } = await run(environment, "teams:innovation", "--to", "sanne");
    expect([code, stderr, teams.failedRuns()]).toEqual([0, "", []]);
    const texts = teams
      .posted()
      .flatMap(({ card }) => card.body.flatMap(({ inlines }) => inlines.map((it) => it.text)));
    expect(texts).toEqual(expect.arrayContaining(["Sanne Sekretær", WORKS]));
  });

  it("as a comment on a card", async () => {
    const { code, stderr } = await run(environment, "comment", "--to", "anders", "--card", "INNO-3");
    expect([code, stderr]).toEqual([0, ""]);
    const comments = house.sandbox.notion.commentsOf(board(house).card("INNO-3"));
    expect(JSON.stringify(comments)).toContain(WORKS);
  });
});

describe("what it says when it cannot be sent", () => {
  it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, string]>([
    ["no mail server", ["email", "--to", "anders"], { SMTP_URL: "" }, "email: needs SMTP_URL and MAIL_FROM"],
    [
      "a server that is away",
      ["email", "--to", "anders"],
      { SMTP_URL: "smtp://127.0.0.1:1" },
      "sending a mail failed (no answer, ECONNREFUSED",
    ],
    [
      "an unknown Teams channel",
      ["teams:inovation", "--to", "anders"],
      {},
      "teams:inovation: TEAMS_WEBHOOKS has no inovation; known: innovation; did you mean innovation?",
    ],
    [
      "an unknown way",
      ["brevdue", "--to", "anders"],
      {},
      "--test takes comment, email, or teams: with a channel's name",
    ],
    ["nobody", ["email"], {}, "--to takes a person of FASEPORT_KOMMUNE, not «»; known: mette, ole"],
    ["a comment without a card", ["comment", "--to", "anders"], {}, "name one with --card INNO-3"],
    ["an unknown card", ["comment", "--to", "anders", "--card", "INNO-999"], {}, "Faseport knows no card «INNO-999»"],
  ])("%s", async (_, args, change, says) => {
    const { code, stdout, stderr } = await run({ ...environment, ...change }, ...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain("    at ");
  });
});
