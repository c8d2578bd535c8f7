// SPDX-License-Identifier: EUPL-1.2
/** A webhook's secret is changed without losing an event: for a while the old one and the new one hold. */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type House, openHouse } from "./house.ts";

let house: House;
beforeAll(async () => {
  const environment = {
    NOTION_WEBHOOK_SECRET: "secret_new, secret_old",
    GITHUB_WEBHOOK_SECRET: "one\nother, with a comma",
  };
  house = await openHouse({ environment });
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
  ["github", "one\nother, with a comma", 202],
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
