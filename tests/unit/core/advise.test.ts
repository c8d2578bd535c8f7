// SPDX-License-Identifier: EUPL-1.2
/** What warns and never refuses: too many cards in a phase (B11), on too early (B12), the solution before the question (B13). */
import { describe, expect, it } from "vitest";
import type { Accepted, Tell } from "../../../src/core/accepted.ts";
import type { CardSeen } from "../../../src/core/card.ts";
import type { Observation } from "../../../src/core/course.ts";
import { judge } from "../../../src/core/judge.ts";
import { tellText } from "../../../src/core/tell.ts";
import { accepted, anders, card, fullFields, minutes, model, now, observation, sanne } from "./fixtures.ts";

const free = { track: "hverdag", bodies: [] } as const;

/** Everything a comment says. */
const saidIn = ({ message, also }: Tell) => [message, ...also];

function said(before: Partial<Accepted>, after: Partial<CardSeen>, seen: Partial<Observation> = {}) {
  const held = accepted({ ...free, ...before });
  const previous = card({ ...free, ...held.position });
  const looked = judge(model, held, observation({ card: { ...previous, ...after }, previous, ...seen }));
  return { ...looked, ids: looked.tells.flatMap(saidIn).map(({ id }) => id) };
}

describe("B11: more cards than the phase's limit", () => {
  const move = { phase: "nytaenk" } as const;

  it.each([
    [0, ["B03"]],
    [2, ["B03"]],
    [3, ["B03", "B11"]],
    [9, ["B03", "B11"]],
  ])("with %i others in a phase whose limit is 3", (others, ids) => {
    const { ids: found, next } = said({}, move, { othersInPhase: { nytaenk: others } });
    expect([found, next.position.phase]).toEqual([ids, "nytaenk"]);
  });

  it("says how many, in the comment on the move, to the owner and the secretariat", () => {
    const { tells, next } = said({}, move, { othersInPhase: { nytaenk: 3 } });
    const warned = tells.at(-1);
    if (!warned) throw new Error("nothing was said");
    expect([tells.length, warned.mentions]).toEqual([1, [anders, sanne]]);
    expect(next.lastMessage).toMatch(/: Kortet er nu i Nytænk\..*grænsen er 3\./u);
    expect(tellText(model, warned)).toContain("Der er nu 4 projekter i Nytænk; grænsen er 3. Flytningen gælder.");
  });

  it("a phase without a limit is never too full", () => {
    const position = { state: "active", phase: "implementer" } as const;
    expect(said({ position }, { phase: "foelg-op" }, { othersInPhase: { "foelg-op": 99 } }).ids).toEqual(["B03"]);
  });

  it("holds for whatever brings the card to work there: back, and from a pause; not for leaving or staying", () => {
    const others = { othersInPhase: { udforsk: 4, nytaenk: 3 } };
    const parked = { position: { state: "parked", phase: "udforsk" } } as const;
    expect(said(parked, { state: "active" }, others).ids).toEqual(["B11"]);
    expect(said({ position: { state: "active", phase: "nytaenk" } }, { phase: "udforsk" }, others).ids).toEqual([
      "B04u",
      "B11",
    ]);
    expect(said({}, { state: "parked" }, others).ids).toEqual([]);
    expect(said({}, {}, others).ids).toEqual([]);
  });

  it("is silent about a card that returns within the undo window (T5u)", () => {
    const position = { state: "active", phase: "nytaenk" } as const;
    const back = said({ position }, { phase: "udforsk" });
    const returned = card({ ...free, ...position });
    const again = judge(model, back.next, observation({ card: returned, othersInPhase: { nytaenk: 9 } }));
    expect([again.next.position, again.tells]).toEqual([position, []]);
  });

  it("says it of a card made in a full phase, and of none that was there before the service", () => {
    const made = card({ ...free, phase: "nytaenk", createdBy: anders });
    const arrived = (beforeService: boolean) => {
      const seen = observation({ card: made, previous: null, beforeService, othersInPhase: { nytaenk: 3 } });
      return judge(model, null, seen).tells.map(({ message }) => message.id);
    };
    expect([arrived(false), arrived(true)]).toEqual([["B11"], []]);
  });

  it("is not said of a refused move", () => {
    const gated = { track: "politisk", bodies: ["udi"] };
    const { ids } = said(gated, { ...gated, phase: "nytaenk" }, { othersInPhase: { udforsk: 9, nytaenk: 9 } });
    expect(ids).toEqual(["A01"]);
  });
});

describe("B12: on from the first phase within ten working days", () => {
  const on = { phase: "nytaenk" } as const;

  it.each([
    ["2026-11-23T07:00:00.000Z", "0"], // the same day
    ["2026-11-20T12:00:00.000Z", "1"], // Friday to Monday
    ["2026-11-10T12:00:00.000Z", "9"],
  ])("since %s: %s working days", (since, dage) => {
    const { tells } = said({ since }, on);
    expect(tells.flatMap(saidIn)).toContainEqual({ id: "B12", params: { dage, fase: "Udforsk" } });
  });

  it.each([
    ["ten days have gone by", { since: "2026-11-09T12:00:00.000Z" }],
    ["nobody knows since when", { since: null }],
    ["the phase asks for no time", { since: now.toISOString(), position: { state: "active", phase: "nytaenk" } }],
  ] as const)("not when %s", (_when, before) => {
    const after = "position" in before ? ({ phase: "test" } as const) : on;
    expect(said(before, after).ids).toEqual(["B03"]);
  });

  it("a card's time in a phase begins when it comes there and goes on through a pause", () => {
    const arrived = said({ position: { state: "idea", phase: null } }, { state: "active", phase: "udforsk" });
    expect(arrived.next.since).toBe(now.toISOString());
    const later = { now: minutes(60) };
    const paused = said({ since: now.toISOString() }, { state: "parked" }, later);
    expect(paused.next.since).toBe(now.toISOString());
    expect(said({ since: now.toISOString() }, on, later).next.since).toBe(minutes(60).toISOString());
  });
});

describe("B13: a later phase's field is filled in the first", () => {
  const fields = (idea: string) => ({ ...fullFields, "Idé til test": idea });

  it.each([
    ["filled", "", "Mindre tallerkener", ["B13"]],
    ["filled before", "Noget", "Noget andet", []],
    ["emptied", "Noget", "", []],
  ])("%s", (_what, was, is, ids) => {
    const seen = { previous: card({ ...free, fields: fields(was) }) };
    expect(said({}, { fields: fields(is) }, seen).ids).toEqual(ids);
  });

  it("not in the phase that asks for it", () => {
    const position = { state: "active", phase: "nytaenk" } as const;
    const seen = { previous: card({ ...free, ...position, fields: fields("") }) };
    expect(said({ position }, { fields: fields("Mindre tallerkener") }, seen).ids).toEqual([]);
  });
});
