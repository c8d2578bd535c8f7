// SPDX-License-Identifier: EUPL-1.2
/** A webhook's secret is changed without losing an event: for a while the old one and the new one hold. */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { board, type House, model, openHouse, people, start } from "./house.ts";

let house: House;
beforeAll(async () => {
  // The house's stand-ins sign with these throughout, as a remote side does that has not changed its secret yet.
  const like = await createSandbox({ ...model, start, seed: "house" });
  const { NOTION_WEBHOOK_SECRET: notion, GITHUB_WEBHOOK_SECRET: github } = like.environment();
  await like.close();
  house = await openHouse({
    environment: {
      NOTION_WEBHOOK_SECRET: `secret_new, secret_old,${notion}`,
      GITHUB_WEBHOOK_SECRET: `one\nother, with a comma\n${github}`,
    },
  });
});
afterAll(() => house.close());

const cases: readonly [side: "notion" | "github", secret: string, status: number][] = [
  ["notion", "secret_new", 202],
  ["notion", "secret_old", 202],
  ["notion", "secret_older", 401],
  ["notion", "", 401],
  ["notion", ",", 401],
  ["github", "one", 202],
  ["github", "with a comma", 202],
  ["github", "two", 401],
];

it.each(cases)("%s, signed with «%s»: %i", async (side, secret, status) => {
  // A handshake and a ping: well-formed, and no work.
  const body = JSON.stringify(
    side === "notion" ? { verification_token: "secret_of_another" } : { zen: "Keep it simple." },
  );
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const headers = {
    notion: { "x-notion-signature": signature },
    github: { "x-hub-signature-256": signature, "x-github-event": "ping" },
  };
  const response = await fetch(`${house.service().url}/webhooks/${side}`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers[side] },
  });
  expect(response.status).toBe(status);
});

it("an event that is signed with the old secret is judged as ever", async () => {
  const on = board(house);
  on.drag(people.anders, "INNO-3", "4. Implementer");
  await house.quiet();
  expect(on.field("INNO-3", "Fase")).toBe("1. Udforsk");
});
