// SPDX-License-Identifier: EUPL-1.2
/** Why a person cannot be forgotten yet. */
import { expect, it } from "vitest";
import { type Tie, tiesOf } from "../../../src/core/ties.ts";
import type { Model } from "../../../src/model/model.ts";
import { accepted, anders, card, fullFields, karin, lise, model, now, sanne, stranger } from "./fixtures.ts";

const listed: Tie = { kind: "listed" };
const on = (property: string): Tie => ({ kind: "card", projectId: "INNO-12", property });
const closed = { accepted: accepted({ position: { state: "closed", phase: "foelgop" } }), seen: card() };
const open = { accepted: accepted(), seen: card({ fields: { ...fullFields, Leder: [stranger] } }) };
const binned = { accepted: accepted({ trashed: true }), seen: card() };
const unlearned = { ...closed, seen: card({ fields: { ...fullFields, Læring: "" } }) };

const table: readonly [who: string, user: string, cards: readonly (typeof open)[], ties: readonly Tie[]][] = [
  ["an approver", karin, [], [{ kind: "approver", body: "aeldre-og-sundhed" }, listed]],
  ["the secretariat", sanne, [], [{ kind: "secretariat" }, listed]],
  ["the leader of all, who follows a card's effect", lise, [open], [{ kind: "leader" }, listed, on("Effektansvarlig")]],
  ["the owner of an open card", anders, [open, closed], [listed, on("Ejer")]],
  ["the owner of a closed card without its learning (P14)", anders, [unlearned], [listed, on("Ejer")]],
  ["the owner of closed cards, and of cards in the bin", anders, [closed, binned], [listed]],
  ["the leader of an open card, in no list", stranger, [open], [on("Leder")]],
  ["somebody in no list and on no open card", stranger, [closed], []],
];
it.each(table)("%s", (_who, user, cards, ties) => {
  expect(tiesOf(model, cards, [user], now)).toEqual(ties);
});

it("an approver's period ties until its last day is over", () => {
  const until = (to: string): Model => {
    const bodies = model.municipality.bodies.map((body) => {
      return { ...body, approvers: body.approvers.map((it) => (it.person === "karin" ? { ...it, to } : it)) };
    });
    return { ...model, municipality: { ...model.municipality, bodies } };
  };
  expect(tiesOf(until("2026-11-23"), [], [karin], now)).toContainEqual({ kind: "approver", body: "aeldre-og-sundhed" });
  expect(tiesOf(until("2026-11-22"), [], [karin], now)).toEqual([listed]);
});
