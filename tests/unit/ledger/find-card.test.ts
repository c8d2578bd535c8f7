// SPDX-License-Identifier: EUPL-1.2
/** What people paste when they mean a card. */
import { expect, it } from "vitest";
import { parseReference } from "../../../src/ledger/find-card.ts";

const id = "0a1b2c3d-4e5f-4789-abcd-ef0123456789";
const bare = id.replaceAll("-", "");
const other = "ffffffffffff4fffbfffffffffffffff";

it.each([
  id,
  id.toUpperCase(),
  bare,
  ` ${bare}\n`,
  `https://www.notion.so/furesoe/Madspild-p-plejehjem-${bare}`,
  `https://www.notion.so/furesoe/Madspild-${bare}?pvs=4`,
  `https://www.notion.so/${bare}/#afsnit`,
  `www.notion.so/Madspild-${bare}`,
  `https://www.notion.so/furesoe/${other}?v=${other}&p=${bare}&pm=s`,
])("%s is a page", (text) => expect(parseReference(text)).toEqual({ kind: "id", id }));

it.each([
  ["INNO-3", "INNO-3"],
  ["inno-12 ", "INNO-12"],
  ["3", "3"],
])("%s is a number", (text, number) => expect(parseReference(text)).toEqual({ kind: "number", number }));

it.each([
  "",
  "INNO",
  "INNO-",
  "INNO-3-4",
  "Madspild",
  bare.slice(1),
  `a${bare}`,
  "https://www.notion.so/furesoe",
  "--",
])("«%s» is neither", (text) => expect(parseReference(text)).toBeNull());
