// SPDX-License-Identifier: EUPL-1.2
/** Events that come late and out of order: the tick waits for its own, and what was heard meanwhile is not forgotten. */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { board, type House, openHouse, people } from "./house.ts";

const UDI = "Digitalisering og Innovation";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Sends an event about a decision row as Notion would, whenever the test wants it to arrive. */
async function arrives(author: string, row: string, property: string): Promise<number> {
  const { notion, clock } = house.sandbox;
  const body = JSON.stringify({
    id: crypto.randomUUID(),
    timestamp: clock.now().toISOString(),
    workspace_id: crypto.randomUUID(),
    workspace_name: "Furesø",
    subscription_id: crypto.randomUUID(),
    integration_id: crypto.randomUUID(),
    type: "page.properties_updated",
    authors: [{ id: author, type: "person" }],
    attempt_number: 1,
    api_version: "2026-03-11",
    entity: { id: row, type: "page" },
    data: {
      parent: { id: notion.databases.decisions, type: "database", data_source_id: notion.decisions },
      updated_properties: [notion.dataSource(notion.decisions).properties[property]?.id],
    },
  });
  const secret = house.sandbox.environment().NOTION_WEBHOOK_SECRET ?? "";
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const answer = await fetch(`${house.service().url}/webhooks/notion`, {
    method: "POST",
    body,
    headers: { "x-notion-signature": signature },
  });
  await house.quiet();
  return answer.status;
}

it("the chair ticks, the secretary fills in the item, and the secretary's event comes first: the tick counts", async () => {
  const on = board(house);
  const { notion } = house.sandbox;
  const row = on.openRow("INNO-3", UDI).id;
  notion.deliveries("lose");
  on.tick(people.mette, "INNO-3", UDI);
  notion.edit(people.sanne, row, { Punkt: { rich_text: [{ text: { content: "7" } }] } });
  await notion.delivered();
  notion.deliveries("flow");

  expect(await arrives(people.sanne, row, "Punkt")).toBe(202);
  expect(on.said("INNO-3")).toEqual([]);
  expect(on.openRow("INNO-3", UDI).properties.Godkendt).toMatchObject({ checkbox: true });

  expect(await arrives(people.mette, row, "Godkendt")).toBe(202);
  expect(on.said("INNO-3")).toEqual(["B01"]);
});

it("somebody whom no event names edited the row last: the chair's event alone does not vouch for the tick (I2)", async () => {
  const on = board(house);
  const { notion } = house.sandbox;
  const row = on.openRow("INNO-8", UDI).id;
  notion.deliveries("lose");
  on.tick(people.anders, "INNO-8", UDI);
  await notion.delivered();
  notion.deliveries("flow");

  await arrives(people.mette, row, "Godkendt");
  expect(on.said("INNO-8")).toEqual([]);
  expect(on.field("INNO-8", "Godkendelser")).toContain("0 af 1");
  await arrives(people.anders, row, "Godkendt");
  expect(on.openRow("INNO-8", UDI).properties.Godkendt).toMatchObject({ checkbox: false });
  expect(on.said("INNO-8")).toEqual(["A06"]);
});
