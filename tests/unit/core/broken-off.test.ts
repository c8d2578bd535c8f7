// SPDX-License-Identifier: EUPL-1.2
/** A look that was judged and remembered, and broken off before anything was written: the next one adds nothing (I4). */
import { describe, expect, it } from "vitest";
import type { Accepted } from "../../../src/core/accepted.ts";
import type { Observation } from "../../../src/core/course.ts";
import { type Judgement, judge } from "../../../src/core/judge.ts";
import { cardShown } from "../../../src/core/shown.ts";
import {
  accepted,
  anders,
  card,
  decision,
  ELDERLY,
  fullFields,
  hint,
  lise,
  mette,
  minutes,
  model,
  now,
  observation,
  registration,
  row,
  sanne,
  self,
  UDI,
} from "./fixtures.ts";

const said = ({ tells, log }: Judgement) => [tells.map(({ message }) => message.id), log.map(({ rule }) => rule)];

/** Two looks at the same: the first was broken off. */
function twice(held: Partial<Accepted>, seen: Partial<Observation>): [first: Judgement, second: Judgement] {
  const first = judge(model, accepted(held), observation(seen));
  return [first, judge(model, first.next, observation({ ...seen, previous: seen.card ?? card() }))];
}

describe("an event that is older than the look", () => {
  const late = minutes(10);

  it("a tick that was to be cleared (A05) is not waited for, and not cleared again as nobody's (A30)", () => {
    const ticked = row({ box: true, lastEditedBy: anders });
    const [first, second] = twice(
      { decisions: [decision()] },
      { rows: [ticked], rowHints: { "row-1": [hint([anders], ["box"])] }, now: late },
    );
    expect(said(first)).toEqual([["A05"], ["A05"]]);
    expect(said(second)).toEqual([[], []]);
    expect(second.next.waiting).toEqual({});
  });

  it("a box that was to be ticked again (A29) is not taken for a withdrawal", () => {
    const unticked = row({ lastEditedBy: anders });
    const yes = decision({ registration: registration(), shown: row({ box: true }) });
    const [first, second] = twice(
      { decisions: [yes] },
      { rows: [unticked], rowHints: { "row-1": [hint([anders], ["box"])] }, now: late },
    );
    expect(said(first)).toEqual([["A29b"], ["A29"]]);
    expect(said(second)).toEqual([[], []]);
    expect(second.next).toMatchObject({ waiting: {}, decisions: [{ registration: registration() }] });
  });

  it("a row that has changed since is judged anew", () => {
    const ticked = row({ box: true, lastEditedBy: anders });
    const [first] = twice(
      { decisions: [decision()] },
      { rows: [ticked], rowHints: { "row-1": [hint([anders], ["box"])] } },
    );
    const since = observation({ rows: [row({ box: true, lastEditedBy: lise })], now: minutes(6) });
    expect(Object.keys(judge(model, first.next, since).next.waiting)).toEqual(["row-1"]);
  });

  it("a box that was cleared, set again, and seen before its event is registered when that comes (I6)", () => {
    const [first] = twice(
      { decisions: [decision()] },
      { rows: [row({ box: true, lastEditedBy: anders })], rowHints: { "row-1": [hint([anders], ["box"])] } },
    );
    const again = row({ box: true, lastEditedBy: mette, lastEditedAt: minutes(20).toISOString() });
    // Broken off as well: what the first look was to put back is pending still.
    const seen = judge(model, first.next, observation({ rows: [again], now: minutes(20) }));
    expect(Object.keys(seen.next.waiting)).toEqual(["row-1"]);
    const told = { ...hint([mette], ["box"]), event: "told", at: minutes(20).toISOString() };
    const third = observation({ rows: [again], rowHints: { "row-1": [told] }, now: minutes(30) });
    expect(judge(model, seen.next, third).log).toMatchObject([{ rule: "registered", by: [mette], events: ["told"] }]);
  });
});

describe("a move of which half was accepted", () => {
  const drags = [hint([anders], ["phase", "state"])];

  it("parked and dragged at once (T7, T9): put back once", () => {
    const [first, second] = twice({}, { card: card({ state: "parked", phase: "nytaenk" }), cardHints: drags });
    expect(said(first)).toEqual([["A14u"], ["T7", "T9 A14"]]);
    expect(said(second)).toEqual([[], []]);
  });

  it("closed and dragged at once: the drag is put back without a word, not as a closed card's (T12)", () => {
    const held = { position: { state: "active", phase: "foelg-op" } } as const;
    const [first, second] = twice(held, { card: card({ state: "closed", phase: "test" }), cardHints: drags });
    expect(said(first)).toEqual([["B23"], ["T10"]]);
    expect(said(second)).toEqual([[], []]);
    expect(second.next.position).toEqual({ state: "closed", phase: "foelg-op" });
  });
});

it("the service's own write in one event with a person's edit is not that person's (A29)", () => {
  const first = judge(model, accepted(), observation());
  const merged = [hint([self, anders], ["title", "confirmed", "missing"])];
  const wrote = judge(
    model,
    first.next,
    observation({ card: card({ shown: shownBy(first.next) }), cardHints: merged }),
  );
  expect(said(wrote)).toEqual([[], []]);
  const edited = { ...shownBy(first.next), confirmed: "rettet" };
  const edit = judge(model, first.next, observation({ card: card({ shown: edited }), cardHints: merged }));
  expect(said(edit)).toEqual([["A29"], ["A29"]]);
});

function shownBy(next: Accepted) {
  const { confirmed, approvals, missing, wish, lastMessage, nextMeasurement } = cardShown(
    model,
    next,
    card(),
    null,
    now,
  );
  return { confirmed, approvals, missing, wish, lastMessage, nextMeasurement, task: null };
}

describe("a guarded field that waits while the rest of the card is written (DOMAIN 6)", () => {
  const asked = { bodies: [UDI, ELDERLY] };
  const removed = { bodies: [UDI], fields: { ...fullFields, Udvalg: ["Digitalisering og Innovation"] } };
  const bySecretariat = [hint([sanne], ["bodies"])];
  const look = (held: Accepted, seen: Partial<Observation>) => judge(model, held, observation(seen));
  const first = look(accepted(asked), {
    card: card({ ...removed, lastEditedBy: anders }),
    cardHints: bySecretariat,
  });
  const written = card({ ...removed, lastEditedBy: self, lastEditedAt: minutes(1).toISOString() });

  it("the service's own write does not hide who edited it last", () => {
    expect(Object.keys(first.next.waiting)).toEqual(["bodies"]);
    const second = look(first.next, { card: written, now: minutes(1) });
    expect(second.next.bodies).toContain(ELDERLY);
    expect(Object.keys(second.next.waiting)).toEqual(["bodies"]);
  });

  it("the event that was waited for tells with the earlier one who it was", () => {
    const late = [hint([anders], ["bodies"])];
    expect(said(look(first.next, { card: written, cardHints: late, now: minutes(2) }))[1]).toEqual(["A19"]);
    const other = [hint([anders], ["title"])];
    const itself = look(first.next, { card: written, cardHints: other, now: minutes(2) });
    expect(itself.next.bodies).toEqual([UDI]);
  });

  it("without it the field is put back when the wait is over", () => {
    const over = look(first.next, { card: written, now: minutes(5) });
    expect(over.next.bodies).toContain(ELDERLY);
    expect(said(over)[1]).toEqual(["A19"]);
  });
});

describe("a row that was made, and whose answer was lost", () => {
  const held = accepted({ passage: 2, decisions: [decision({ passage: 2, row: null, shown: null })] });
  const made = row({ id: "row-2", passage: 2 });
  const found = (change: Parameters<typeof row>[0]) =>
    judge(model, held, observation({ rows: [{ ...made, ...change }] })).next.decisions.map((it) => it.row);

  it("is the decision's", () => expect(found({})).toEqual(["row-2"]));

  it.each<readonly [string, Parameters<typeof row>[0]]>([
    ["of another passage", { passage: 1 }],
    ["of another body", { body: ELDERLY }],
    ["of another gate", { gate: "G2" }],
    ["in the bin", { inTrash: true }],
    ["made by a person (A24)", { createdBy: anders }],
  ])("%s it is not", (_which, change) => expect(found(change)).toEqual([null]));
});
