// SPDX-License-Identifier: EUPL-1.2
/** What a write answers with is not all known: somebody may have changed the page since it was read. */
import { expect, it } from "vitest";
import { cardAfterWrite, rowAfterWrite } from "../../../src/core/after-write.ts";
import { anders, card, fullFields, mette, model, row, UDI } from "./fixtures.ts";

it("a card is known as it was, with what the service wrote", () => {
  const known = card({ phase: "nytaenk", bodies: [UDI], fields: { ...fullFields, Spor: "3 Hverdagsinnovation" } });
  const written = { phase: "udforsk", track: "politisk", approvals: "0 af 1" } as const;
  const answer = {
    ...known,
    phase: "udforsk",
    fields: { ...known.fields, Spor: "2 Politisk projekt" },
    shown: { ...known.shown, approvals: "0 af 1" },
  };
  expect(cardAfterWrite(model, known, written, answer)).toEqual(answer);
  const since = { ...answer, title: "Nyt navn", bodies: [], fields: { ...answer.fields, Ejer: [] }, inTrash: true };
  expect(cardAfterWrite(model, known, written, since)).toEqual(answer);
});

it("a tick set while its row was written is not known yet: the plan must not clear it", () => {
  const known = row({ status: "waiting" });
  const answer = row({ status: "ready", box: true, lastEditedBy: mette, lastEditedAt: "2026-11-23T08:01:00.000Z" });
  expect(rowAfterWrite(known, { status: "ready" }, answer)).toEqual({ ...answer, box: false });
  expect(rowAfterWrite(known, { box: false }, row({ lastEditedBy: anders }))).toEqual({
    ...known,
    lastEditedBy: anders,
  });
});
