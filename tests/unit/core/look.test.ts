// SPDX-License-Identifier: EUPL-1.2
/** Stories of one look: what is held, said and done when several things have happened at once. */
import { describe, expect, it } from "vitest";
import type { Accepted, Decision } from "../../../src/core/accepted.ts";
import type { CardSeen, Hint } from "../../../src/core/card.ts";
import type { Observation } from "../../../src/core/course.ts";
import type { DecisionSeen } from "../../../src/core/decision.ts";
import { type Judgement, judge } from "../../../src/core/judge.ts";
import { render } from "../../../src/core/messages.ts";
import { type Model, STOP } from "../../../src/model/model.ts";
import {
  accepted,
  anders,
  bodil,
  COUNCIL,
  card,
  decision,
  ELDERLY,
  fullFields,
  hint,
  karin,
  lise,
  mette,
  minutes,
  model,
  now,
  observation,
  ole,
  registration,
  row,
  sanne,
  self,
  UDI,
  withApprovals,
} from "./fixtures.ts";

const dragTo = (phase: CardSeen["phase"], change: Partial<CardSeen> = {}) => card({ phase, ...change });
const drags = (by: string): readonly Hint[] => [hint([by], ["phase"])];
const yes = (gate: string, change: Partial<Decision> = {}): Decision => {
  const id = change.row ?? `row-${gate}`;
  const shown = row({ id, gate, body: change.body ?? UDI, box: true });
  return decision({ gate, row: id, registration: registration(), shown, ...change });
};

function looked(next: Partial<Accepted>, seen: Partial<Observation>, rules: Model = model): Judgement {
  return judge(rules, accepted(next), observation(seen));
}

const said = ({ tells }: Judgement) => tells.map(({ message }) => message.id);
const texts = ({ tells }: Judgement) => tells.map(({ message }) => render(model, message));
const rules = ({ log }: Judgement) => log.map(({ rule }) => rule);

describe("guarded fields and a drag in one edit", () => {
  const inTest = { position: { state: "active", phase: "test" }, needsFunding: true } as const;
  const cleared = { ...fullFields, "Kræver bevilling": false };

  it("staff clears «Kræver bevilling» and drags: the council is still asked (A21)", () => {
    const seen = {
      card: dragTo("implementer", { fields: cleared }),
      cardHints: [hint([anders], ["needsFunding", "phase"])],
    };
    const looks = looked({ ...inTest, decisions: [yes("G3")] }, seen);
    expect(looks.next).toMatchObject({ position: inTest.position, needsFunding: true });
    expect(said(looks)).toEqual(["A29f", "A21"]);
  });

  it("the secretariat clears it and drags: nobody asks the council any more", () => {
    const seen = {
      card: dragTo("implementer", { fields: cleared }),
      cardHints: [hint([sanne], ["needsFunding", "phase"])],
    };
    const decisions = [yes("G3"), decision({ gate: "G3", body: COUNCIL, row: "row-c", shown: row({ id: "row-c" }) })];
    const looks = looked({ ...inTest, decisions }, seen);
    expect(looks.next.position.phase).toBe("implementer");
    expect(looks.next.decisions.map(({ body, ended }) => [body, ended])).toEqual([
      [UDI, "used"],
      [COUNCIL, "void"],
      [UDI, null],
    ]);
  });

  it("into the political track and forward: promoted, and asked (T15, A01)", () => {
    const seen = { card: dragTo("nytaenk"), cardHints: [hint([anders], ["track", "phase"])] };
    const looks = looked({ track: "hverdag" }, seen);
    expect(looks.next).toMatchObject({ track: "politisk", position: { phase: "udforsk" } });
    expect(said(looks)).toEqual(["B10", "A01"]);
  });

  it("out of it and forward: staff are put back on both counts, the secretariat goes through", () => {
    const seen = (by: string) => ({
      card: dragTo("nytaenk", { track: "hverdag" }),
      cardHints: [hint([by], ["track", "phase"])],
    });
    expect(said(looked({}, seen(anders)))).toEqual(["A18", "A01"]);
    const through = looked({}, seen(sanne));
    expect([rules(through), through.next.position.phase]).toEqual([["T16", "T2"], "nytaenk"]);
  });

  it("a body added with the drag is asked at once (22)", () => {
    const seen = { card: dragTo("nytaenk", { bodies: [UDI, ELDERLY] }), cardHints: drags(anders) };
    const looks = looked({ decisions: [yes("G1")] }, seen);
    expect(said(looks)).toEqual(["A04"]);
    expect(looks.next.decisions.map(({ body, ended }) => [body, ended])).toEqual([
      [UDI, null],
      [ELDERLY, null],
    ]);
  });

  it("a political card without any body is closed: there is nobody to say yes (A03), nor to let it stop (A16)", () => {
    const bare = { bodies: [] };
    const forward = looked(bare, { card: dragTo("nytaenk", bare), cardHints: drags(anders) });
    expect(texts(forward)[0]).toContain("mangler der: Udvalg");
    const stop = looked(bare, { card: card({ state: "closed", ...bare }), cardHints: drags(anders) });
    expect([stop.next.position.state, texts(stop)[0]]).toEqual(["active", expect.stringContaining("mangler: Udvalg")]);
  });

  it("everyday innovation without a body is closed as it pleases", () => {
    const free = { track: "hverdag", bodies: [] } as const;
    const looks = looked(free, { card: card({ state: "closed", ...free }) });
    expect(looks.next.position.state).toBe("closed");
  });
});

describe("what was decided is what was read (DOMAIN 5.9)", () => {
  const idea = { position: { state: "idea", phase: null } } as const;
  const read = { Udvalg: ["Digitalisering og Innovation"] };
  const decisions = [yes("G0", { registration: registration({ content: read }) })];
  const shown = (bodies: readonly string[], names: readonly string[]) =>
    card({ ...idea.position, bodies, fields: { ...fullFields, Udvalg: names } });

  it("a guarded field that is put back was never changed: A19, and no B26", () => {
    const looks = looked({ ...idea, decisions }, { card: shown([], []), cardHints: [hint([anders], ["bodies"])] });
    expect(said(looks)).toEqual(["A19"]);
    expect(looks.next.decisions[0]?.registration?.content).toEqual(read);
  });

  it("one that is let through was (B26)", () => {
    const both = shown([UDI, ELDERLY], [...read.Udvalg, "Ældre og Sundhed"]);
    const looks = looked({ ...idea, decisions }, { card: both, cardHints: [hint([anders], ["bodies"])] });
    expect(said(looks)).toEqual(["B26"]);
  });
});

describe("a field that the gate asks for is changed between the yes and the move (onContentChange)", () => {
  const question = "Hvordan kan vi halvere madspildet?";
  const decisions = [yes("G1", { registration: registration({ content: { Innovationsspørgsmål: question } }) })];
  const changed = card({ fields: { ...fullFields, Innovationsspørgsmål: "Hvad er for dyrt?" } });

  it.each([
    ["ignore", [], question, "nytaenk"],
    ["tell", ["B26"], "Hvad er for dyrt?", "nytaenk"],
    ["void", ["B27"], undefined, "udforsk"],
  ] as const)("%s: said %j, held to «%s», and a drag ends in %s", (onContentChange, saying, held, phase) => {
    const switched = withApprovals({ onContentChange });
    const looks = looked({ decisions }, { card: changed }, switched);
    expect(said(looks)).toEqual(saying);
    expect(looks.next.decisions[0]?.registration?.content.Innovationsspørgsmål).toBe(held);
    const again = judge(switched, looks.next, observation({ card: changed }));
    expect(said(again)).toEqual([]);
    const dragged = observation({ card: { ...changed, phase: "nytaenk" }, cardHints: drags(anders) });
    expect(judge(switched, looks.next, dragged).next.position.phase).toBe(phase);
  });
});

it("what is used up is not held to its content any more", () => {
  const content = { Innovationsspørgsmål: "Et andet?" };
  const used = yes("G0", { ended: "used", registration: registration({ content }) });
  expect(said(looked({ decisions: [used] }, {}))).toEqual([]);
});

describe("a yes that is registered", () => {
  const open = (body: string, id: string) => decision({ body, row: id, shown: row({ id, body }) });
  const held = accepted({ bodies: [UDI, ELDERLY], decisions: [open(UDI, "row-u"), open(ELDERLY, "row-e")] });
  const ticks = (by: string, id: string, body: string, from: Accepted, at = now) =>
    judge(
      model,
      from,
      observation({
        card: card({ bodies: [UDI, ELDERLY] }),
        rows: [row({ id, body, box: true, lastEditedBy: by })],
        rowHints: { [id]: [hint([by], ["box"])] },
        now: at,
      }),
    );
  const first = ticks(mette, "row-u", UDI, held);

  it("B02 until the last, B01 then", () => {
    expect(said(first)).toEqual(["B02"]);
    expect(said(ticks(karin, "row-e", ELDERLY, first.next))).toEqual(["B01u"]);
  });

  it("is kept with what was read: the gate's fields as they stood, guarded ones as accepted", () => {
    const asked = model.gates.find(({ id }) => id === "G1")?.requires.map(({ field }) => field) ?? [];
    const content = first.next.decisions[0]?.registration?.content;
    expect(Object.keys(content ?? {}).sort()).toEqual([...asked].sort());
    expect(content).toMatchObject({ Innovationsspørgsmål: fullFields.Innovationsspørgsmål });
  });

  it("when the row was read is remembered, and while it waits when it was read before", () => {
    expect(first.next.decisions[0]?.settledAt).toBe(now.toISOString());
    const later = minutes(30);
    const unknown = observation({
      card: card({ bodies: [UDI, ELDERLY] }),
      rows: [row({ id: "row-u", lastEditedBy: lise })],
      now: later,
    });
    expect(judge(model, first.next, unknown).next.decisions[0]?.settledAt).toBe(now.toISOString());
  });
});

describe("a box and a drag", () => {
  const ticked = row({ id: "row-G1", box: true, lastEditedBy: mette });
  const open = decision({ row: "row-G1", shown: row({ id: "row-G1" }) });
  const drag = { card: dragTo("nytaenk"), cardHints: drags(anders) };

  it("ticked in the same second as the drag: registered, used and through (9)", () => {
    const looks = looked(
      { decisions: [open] },
      { ...drag, rows: [ticked], rowHints: { "row-G1": [hint([mette], ["box"])] } },
    );
    expect(rules(looks)).toEqual(["registered", "T2"]);
  });

  it("ticked by nobody knows whom yet: put back, and the box is left alone", () => {
    const looks = looked({ decisions: [open] }, { ...drag, rows: [ticked] });
    expect(said(looks)).toEqual(["A01"]);
    expect(looks.recheckAt).toEqual(minutes(5));
  });

  it("unticked by nobody knows whom yet: the gate is closed until it is known", () => {
    const unticked = row({ id: "row-G1", box: false, lastEditedBy: lise });
    const looks = looked({ decisions: [yes("G1")] }, { ...drag, rows: [unticked] });
    expect([said(looks), looks.next.position.phase]).toEqual([["A01"], "udforsk"]);
    expect(looks.next.decisions[0]?.registration).not.toBeNull();
  });

  it("the event that comes while the change waits is added to those that came before", () => {
    const first = looked(
      { decisions: [open] },
      { rows: [{ ...ticked, lastEditedBy: lise }], rowHints: { "row-G1": [hint([mette], ["box"])] } },
    );
    expect(Object.keys(first.next.waiting)).toEqual(["row-G1"]);
    const later = { rows: [{ ...ticked, lastEditedBy: lise }], rowHints: { "row-G1": [hint([lise], ["remark"])] } };
    const second = judge(model, first.next, observation({ ...later, now: minutes(1) }));
    expect([rules(second), second.next.waiting]).toEqual([["registered"], {}]);
  });

  it.each<readonly [string, Partial<Observation>, string]>([
    ["a box", { rows: [row({ box: true, lastEditedBy: lise })] }, "A30"],
    ["a guarded field", { card: card({ bodies: [] }) }, "A19"],
  ])("%s: looks in between make the wait no longer", (_what, seen, answer) => {
    const lookAfter = (count: number, held: Accepted) =>
      judge(model, held, observation({ ...seen, now: minutes(count) }));
    const first = lookAfter(0, accepted({ decisions: [decision()] }));
    const second = lookAfter(3, first.next);
    expect(second.next.waiting).toEqual(first.next.waiting);
    const over = lookAfter(5, second.next);
    expect(rules(over)).toEqual([answer]);
  });

  it("a row that waits and can no longer be read: after the wait a yes in doubt is taken back, and nobody waits on", () => {
    const unticked = row({ id: "row-G1", box: false, lastEditedBy: lise });
    const first = looked({ decisions: [yes("G1")] }, { rows: [unticked] });
    const soon = judge(model, first.next, observation({ ...drag, now: minutes(4) }));
    expect([said(soon), soon.recheckAt]).toEqual([["A01"], minutes(5)]);
    const late = judge(model, first.next, observation({ ...drag, now: minutes(5) }));
    expect([said(late), late.recheckAt, late.next.position.phase]).toEqual([["B05", "A01"], null, "udforsk"]);
  });

  it("unticked and thrown away: the row is made anew without the yes (20)", () => {
    const gone = row({ id: "row-G1", box: false, lastEditedBy: mette, inTrash: true });
    const looks = looked(
      { decisions: [yes("G1")] },
      { ...drag, rows: [gone], rowHints: { "row-G1": [hint([mette], ["box"])] } },
    );
    expect(said(looks)).toEqual(["B05", "A01"]);
    expect(looks.log.map(({ rule, passage }) => [rule, passage])).toEqual([
      ["B05", 1],
      ["T3 A01", null],
    ]);
    expect(looks.next.decisions).toMatchObject([{ row: null, registration: null, ended: null }]);
  });

  it("thrown away as it stood: made anew with the yes, and the gate stays open", () => {
    const gone = row({ id: "row-G1", box: true, inTrash: true });
    const looks = looked({ decisions: [yes("G1")] }, { rows: [gone] });
    expect(looks.next.decisions).toMatchObject([{ row: null, registration: { by: [mette] } }]);
    expect(looks.tells).toEqual([]);
  });
});

describe("back, and back again (T5u)", () => {
  const inTest = accepted({
    position: { state: "active", phase: "test" },
    decisions: [yes("G2", { ended: "used" }), yes("G3")],
  });
  const back = judge(model, inTest, observation({ card: dragTo("nytaenk"), cardHints: drags(anders) }));
  const forth = (change: Partial<Observation> = {}, from = back.next) =>
    judge(model, from, observation({ card: dragTo("test"), cardHints: drags(anders), now: minutes(10), ...change }));

  it("what was voided is as it was, the passage too, and nothing is said", () => {
    expect(back.next).toMatchObject({ passage: 2, position: { phase: "nytaenk" } });
    const again = forth();
    expect([rules(again), said(again)]).toEqual([["T5u"], []]);
    expect(again.next).toMatchObject({ passage: 1, position: { phase: "test" }, undo: null });
    expect(again.next.decisions.filter(({ ended }) => ended !== "void")).toEqual(inTest.decisions);
  });

  it("what lies behind the target stays used, and what was begun in between ends with the return", () => {
    const start = { ...inTest, decisions: [yes("G0", { ended: "used" }), ...inTest.decisions] } as const;
    const gone = judge(model, start, observation({ card: dragTo("nytaenk"), cardHints: drags(anders) }));
    const ended = ({ next }: Judgement) => next.decisions.map((it) => `${it.gate} ${it.passage} ${it.ended}`);
    expect(ended(gone)).toEqual(["G0 1 used", "G2 1 void", "G3 1 void", "G2 2 null"]);
    const begun = gone.next.decisions.map((it) => (it.row === null ? { ...it, row: "row-new", shown: row() } : it));
    expect(ended(forth({}, { ...gone.next, decisions: begun }))).toEqual([
      "G0 1 used",
      "G2 1 used",
      "G3 1 null",
      "G2 2 void",
    ]);
  });

  it("back once more is a passage of its own: no row of the one that was undone can be taken for one of its rows", () => {
    const again = judge(
      model,
      forth().next,
      observation({ card: dragTo("nytaenk"), cardHints: drags(anders), now: minutes(12) }),
    );
    expect([rules(again), again.next.passage]).toEqual([["T5"], 3]);
    const keys = again.next.decisions.map((it) => `${it.gate} ${it.body} ${it.passage}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("not after undoMinutes, and not when a field was changed meanwhile", () => {
    expect(said(forth({ now: minutes(31) }))).toEqual(["A01"]);
    const changed = { ...fullFields, Mål: "10" };
    expect(said(forth({ card: dragTo("test", { fields: changed }) }))).toEqual(["A01"]);
  });

  it("a yes that was taken back while it was void stays taken back", () => {
    const unticked = (id: string) => ({
      rows: [row({ id, gate: id.slice(-2), box: false, lastEditedBy: mette })],
      rowHints: { [id]: [hint([mette], ["box"])] },
    });
    const ahead = judge(model, back.next, observation({ card: dragTo("nytaenk"), ...unticked("row-G3") }));
    expect(said(ahead)).toEqual([]);
    const onward = judge(model, forth({}, ahead.next).next, observation({ card: dragTo("implementer") }));
    expect([said(onward), onward.next.position.phase]).toEqual([["A01"], "test"]);

    const behind = judge(model, back.next, observation({ card: dragTo("nytaenk"), ...unticked("row-G2") }));
    const stuck = judge(model, forth({}, behind.next).next, observation({ card: dragTo("implementer") }));
    expect(stuck.next.position.phase).toBe("test");
  });

  it("an expired decision and the one begun in its place are told apart", () => {
    const expired = yes("G3", { row: "row-old", ended: "expired" });
    const begun = yes("G3", { row: "row-new" });
    const before = { ...inTest, decisions: [expired, begun] };
    const there = judge(model, before, observation({ card: dragTo("nytaenk"), cardHints: drags(anders) }));
    expect(forth({}, there.next).next.decisions.filter(({ row }) => row !== null)).toEqual([expired, begun]);
  });
});

describe("taken back behind a passed gate (B06)", () => {
  const used = yes("G1", { ended: "used" });
  const passed = accepted({ position: { state: "active", phase: "nytaenk" }, decisions: [used, yes("G2")] });
  const at = (by: string, box: boolean, from: Accepted) =>
    judge(
      model,
      from,
      observation({
        card: dragTo("nytaenk"),
        rows: [row({ id: "row-G1", box, lastEditedBy: by })],
        rowHints: { "row-G1": [hint([by], ["box"])] },
      }),
    );
  const forward = (from: Accepted) =>
    judge(model, from, observation({ card: dragTo("test"), cardHints: drags(anders) }));

  it("nothing moves back, the next gate is closed until it is ticked again", () => {
    const taken = at(mette, false, passed);
    expect([said(taken), taken.next.position.phase]).toEqual([["B06"], "nytaenk"]);
    expect(said(forward(taken.next))).toEqual(["A01"]);
    const settled = at(ole, true, taken.next);
    expect(forward(settled.next).next.position.phase).toBe("test");
  });

  it("nor is it open while nobody knows yet who unticked it", () => {
    const unticked = { rows: [row({ id: "row-G1", lastEditedBy: lise })] };
    const waits = judge(model, passed, observation({ card: dragTo("nytaenk"), ...unticked }));
    expect(Object.keys(waits.next.waiting)).toEqual(["row-G1"]);
    expect(said(forward(waits.next))).toEqual(["A01"]);
  });

  it("it does not keep a project from being stopped", () => {
    const taken = at(mette, false, { ...passed, stopAsked: true, decisions: [used, yes(STOP)] }).next;
    const closed = judge(model, taken, observation({ card: dragTo("nytaenk", { state: "closed" }) }));
    expect(closed.next.position.state).toBe("closed");
  });
});

describe("the stop decision, from the wish to the end", () => {
  const close = card({ state: "closed" });
  const asked = looked({}, { card: close, cardHints: drags(anders) });

  it("A17 asks for it, and the row is made", () => {
    expect([said(asked), asked.next.position.state]).toEqual([["A17"], "active"]);
    expect(asked.next.decisions.map(({ gate }) => gate)).toEqual(["G1", STOP]);
  });

  it("B01s says that it is given, and the project closes (B23)", () => {
    const decisions = asked.next.decisions.map((it) =>
      it.gate === STOP ? { ...it, row: "row-stop", shown: row({ id: "row-stop", gate: STOP }) } : it,
    );
    const given = judge(
      model,
      { ...asked.next, decisions, pending: [] },
      observation({
        rows: [row({ id: "row-stop", gate: STOP, box: true, lastEditedBy: mette })],
        rowHints: { "row-stop": [hint([mette], ["box"])] },
      }),
    );
    expect(said(given)).toEqual(["B01s"]);
    const closed = judge(model, given.next, observation({ card: close }));
    expect([said(closed), closed.next.position.state]).toEqual([["B23"], "closed"]);
    expect(closed.next.decisions.map(({ gate, ended }) => [gate, ended])).toEqual([[STOP, "used"]]);
  });

  it("goes away when the project goes on", () => {
    const on = judge(
      model,
      { ...asked.next, decisions: [yes("G1"), yes(STOP)] },
      observation({ card: dragTo("nytaenk"), cardHints: drags(anders) }),
    );
    expect(on.next.stopAsked).toBe(false);
    expect(on.next.decisions.find(({ gate }) => gate === STOP)?.ended).toBe("void");
  });
});

describe("the last yes moves the card (onApproval: move)", () => {
  const moving = withApprovals({ onApproval: "move" });
  const asked = { wish: { phase: "nytaenk", by: [anders] }, decisions: [yes("G1")] } as const;
  it("at once", () => expect(looked(asked, {}, moving).next.position.phase).toBe("nytaenk"));
  it("not while the project is parked, and nobody is told off for a drag that nobody made", () => {
    const parked = { state: "parked", phase: "udforsk" } as const;
    const looks = looked({ ...asked, position: parked }, { card: card(parked) }, moving);
    expect([looks.next.position, looks.tells]).toEqual([parked, []]);
  });
  it("not before it is there, and then too nobody is told off", () => {
    const looks = looked({ ...asked, decisions: [decision()] }, {}, moving);
    expect([looks.next.position.phase, looks.tells, looks.log]).toEqual(["udforsk", [], []]);
  });
  it("not where a person moves it in the same breath", () => {
    const looks = looked(asked, { card: card({ state: "parked" }), cardHints: drags(anders) }, moving);
    expect([looks.next.position, rules(looks)]).toEqual([{ state: "parked", phase: "udforsk" }, ["T7"]]);
  });
  it("and the wish is fulfilled", () => {
    const wished = { ...asked, wish: { phase: "nytaenk", by: [anders] } } as const;
    expect(looked(wished, { card: dragTo("nytaenk"), cardHints: drags(anders) }).next.wish).toBeNull();
  });
  it("never where yeses are only told", () => expect(looked(asked, {}).next.position.phase).toBe("udforsk"));
});

it("a refused drag is a wish: where to, and whose", () => {
  const wish = { phase: "nytaenk", by: [anders] };
  expect(looked({}, { card: dragTo("nytaenk"), cardHints: drags(anders) }).next.wish).toEqual(wish);
  expect(looked({}, { card: dragTo("implementer"), cardHints: drags(anders) }).next.wish).toEqual(wish);
});

it("stopping asks for a decision only where the model says so", () => {
  const { closing } = model.rules;
  const free = { ...model, rules: { ...model.rules, closing: { ...closing, stopNeedsDecision: false } } };
  const stop = { card: card({ state: "closed" }), cardHints: drags(anders) } as const;
  expect(rules(looked({}, stop))).toEqual(["T11 A17"]);
  expect(rules(looked({}, stop, free))).toEqual(["T11"]);
});

describe("said once (case 4)", () => {
  const refused = (from: Accepted, by: string, at: Date) =>
    judge(
      model,
      { ...from, pending: [] },
      observation({ card: dragTo("nytaenk"), cardHints: [hint([by], ["phase"])], now: at }),
    );
  const first = refused(accepted({ decisions: [decision()] }), anders, now);
  it.each([
    ["the same person within repeatMinutes", anders, 29, []],
    ["the same person after it", anders, 31, ["A01"]],
    ["somebody else, who has not heard it", lise, 1, ["A01"]],
  ] as const)("%s", (_name, by, later, expected) => {
    const again = refused(first.next, by, minutes(later));
    expect([said(again), again.next.position.phase, rules(again)]).toEqual([expected, "udforsk", ["T3 A01"]]);
  });

  it("while it is being carried out it is the same refusal: not said, not logged", () => {
    const again = judge(model, first.next, observation({ card: dragTo("nytaenk"), cardHints: drags(anders) }));
    expect([again.tells, again.log]).toEqual([[], []]);
  });
});

describe("the service's own fields", () => {
  it("of a card: one that differs although no event names a person is put back without a word", () => {
    const edited = card({ shown: { ...card().shown, confirmed: "rettet" } });
    expect(looked({}, { card: edited, cardHints: [hint([self], ["confirmed"])] }).tells).toEqual([]);
    expect(said(looked({}, { card: edited, cardHints: [hint([anders], ["confirmed"])] }))).toEqual(["A29"]);
  });

  it("of a row: whoever edits one is told which, once (21)", () => {
    const shown = row({ id: "row-G1" });
    const edited = row({ id: "row-G1", cards: [], status: "approved" });
    const looks = looked(
      { decisions: [decision({ row: "row-G1", shown })] },
      { rows: [edited], rowHints: { "row-G1": [hint([lise], ["card", "status"])] } },
    );
    expect(looks.tells).toMatchObject([
      { message: { id: "A29", params: { felt: "Projekt og Status" } }, mentions: [lise] },
    ]);
  });

  it("of a row: what is as it must be was not put back, and what has not changed was not edited", () => {
    const known = row({ id: "row-G1", status: "waiting" });
    const about = (status: "ready" | "waiting" | "approved") =>
      looked(
        { decisions: [decision({ row: "row-G1", shown: known })] },
        { rows: [row({ id: "row-G1", status })], rowHints: { "row-G1": [hint([self, lise], ["status"])] } },
      );
    expect((["ready", "waiting", "approved"] as const).map((it) => said(about(it)))).toEqual([[], [], ["A29"]]);
  });

  it("of a row: the service's own writes and people's own fields tell nobody off", () => {
    const shown = row({ id: "row-G1" });
    const looks = looked(
      { decisions: [decision({ row: "row-G1", shown })] },
      {
        rows: [{ ...shown, status: "waiting", remark: "Godt" }],
        rowHints: { "row-G1": [hint([{ id: self, kind: "bot" }], ["status"]), hint([lise], ["remark"])] },
      },
    );
    expect(looks.tells).toEqual([]);
  });

  it("a row that nobody made by hand is set aside without a word", () => {
    const restored = row({ id: "row-back", createdBy: self, box: true });
    const looks = looked({ decisions: [decision({ row: "row-G1" })] }, { rows: [restored] });
    expect([looks.strays, looks.tells]).toEqual([[restored], []]);
    const byHand: DecisionSeen = { ...restored, createdBy: lise };
    expect(said(looked({ decisions: [decision({ row: "row-G1" })] }, { rows: [byHand] }))).toEqual(["A24"]);
  });
});

describe.each([
  ["the bin", { inTrash: true }, "B16"],
  ["another database", { elsewhere: true }, "B16f"],
] as const)("%s", (_, away, told) => {
  it("nothing is waited for there, and it is taken up again afterwards", () => {
    const waiting = { "row-G1": { since: now.toISOString(), hints: [] } };
    const binned = looked({ decisions: [yes("G1")], waiting }, { card: card(away) });
    expect([said(binned), binned.recheckAt]).toEqual([[told], null]);
    const back = judge(model, binned.next, observation({ now: minutes(1) }));
    expect([said(back), back.recheckAt]).toEqual([["B17"], minutes(5)]);
  });

  it("a refusal that was under way is finished when the card is back", () => {
    const refused = looked({}, { card: dragTo("nytaenk"), cardHints: drags(anders) });
    const binned = judge(model, refused.next, observation({ card: dragTo("nytaenk", away) }));
    const back = judge(model, binned.next, observation({ card: dragTo("nytaenk") }));
    expect([back.next.position.phase, said(back)]).toEqual(["udforsk", ["B17"]]);
  });

  it("no gate is skipped by way of it, and no yes is lost there", () => {
    const gone = looked({ decisions: [yes("G1")] }, { card: dragTo("implementer", away) });
    const back = judge(model, gone.next, observation({ card: dragTo("implementer") }));
    expect([back.next.position.phase, said(back)]).toEqual(["udforsk", ["B17", "A02"]]);
    const on = judge(model, back.next, observation({ card: dragTo("nytaenk"), now: minutes(1) }));
    expect([on.next.position.phase, said(on)]).toEqual(["nytaenk", ["B03"]]);
  });
});

describe("an approval grows old (A27)", () => {
  const old = yes("G1", { registration: registration({ at: "2025-11-22T08:00:00.000Z" }) });
  it("on the day after twelve months it ends, a new decision begins, and a drag in the same look is put back", () => {
    const looks = looked({ decisions: [old] }, { card: dragTo("nytaenk"), cardHints: drags(anders) });
    expect(said(looks)).toEqual(["A27", "A01"]);
    expect(looks.next.decisions.map(({ ended }) => ended)).toEqual(["expired", null]);
  });
  it("on the day itself it counts", () => {
    const at = "2025-11-23T08:00:00.000Z";
    const looks = looked({ decisions: [{ ...old, registration: registration({ at }) }] }, { card: dragTo("nytaenk") });
    expect(looks.next.position.phase).toBe("nytaenk");
  });
});

describe("sentences", () => {
  const everybody = { bodies: [UDI, ELDERLY, COUNCIL] } as const;
  const afterTheLastMeeting = new Date("2028-01-03T08:00:00.000Z");
  const stories: readonly Judgement[] = [
    looked(everybody, { card: dragTo("nytaenk", everybody), cardHints: drags(anders) }),
    looked({ ...everybody, decisions: [yes("G1")] }, { card: dragTo("nytaenk", everybody), cardHints: drags(anders) }),
    looked(everybody, { card: dragTo("nytaenk", everybody), cardHints: drags(anders), now: afterTheLastMeeting }),
    looked({ ...everybody, decisions: [yes("G1")] }, { card: dragTo("nytaenk", everybody), now: minutes(1, now) }),
    ...model.phases.map(({ key }) =>
      looked(
        { track: "hverdag", position: { state: "idea", phase: null } },
        { card: dragTo(key, { track: "hverdag" }) },
      ),
    ),
    ...[[], [UDI]].map((bodies) =>
      looked({ track: "hverdag", bodies }, { card: card({ bodies }), cardHints: [hint([anders], ["track"])] }),
    ),
    ...[[], [UDI]].map((bodies) =>
      looked(
        { bodies, position: { state: "closed", phase: "foelg-op" } },
        { card: card({ bodies, phase: "foelg-op" }), cardHints: drags(anders) },
      ),
    ),
    looked({ position: { state: "active", phase: "test" }, decisions: [yes("G3")] }, { card: dragTo("udforsk") }),
    looked({}, { card: card({ state: "closed" }), cardHints: drags(anders) }),
    looked(
      { decisions: [decision({ row: "row-G1", shown: row({ id: "row-G1" }) })] },
      { rows: [row({ id: "row-G1", outcome: "Udsat" })] },
    ),
    looked(
      { decisions: [decision({ row: "row-G1", shown: row({ id: "row-G1" }) })] },
      { rows: [row({ id: "row-G1", outcome: "Ikke godkendt", remark: "Ikke nu." })] },
    ),
    looked(
      { decisions: [yes("G1", { registration: registration({ content: { Inddraget: ["Borgere"] } }) })] },
      { card: card({ fields: { ...fullFields, Inddraget: ["Medarbejdere"] } }) },
    ),
  ];

  it("every story says something, in whole sentences: no gap, no double stop, no stray capital", () => {
    for (const story of stories) {
      expect(story.tells.length).toBeGreaterThan(0);
      for (const text of [...texts(story), story.next.lastMessage]) {
        expect(text).not.toMatch(/[.?!]\.|\.\.|\s{2}|\(\)|»«|\s[.,]|[{}]|undefined|null|:\s*[.)]/u);
        expect(text).toMatch(/^.+[.)?»\p{L}]$/su);
      }
    }
  });

  it("A04 names each meeting with its body when several are missing, and one alone without", () => {
    const two = looked({ ...everybody, decisions: [yes("G1")] }, { card: dragTo("nytaenk", everybody) });
    expect(texts(two)[0]).toContain(
      "Vi mangler Ældre og Sundhed og Byråd (næste møde 9. december 2026 (Ældre og Sundhed) og 16. december 2026 (Byråd)).",
    );
    const decisions = [
      yes("G1"),
      yes("G1", { body: ELDERLY, row: "row-e", registration: registration({ by: [karin] }) }),
    ];
    const one = looked({ ...everybody, decisions }, { card: dragTo("nytaenk", everybody) });
    expect(texts(one)[0]).toContain("Vi mangler Byråd (næste møde 16. december 2026).");
    expect(bodil).not.toBe(karin);
  });
});

it("the same words to two people in one look are two messages, each known by its own marker", () => {
  const rows = [row({ box: true }), row({ id: "row-2", body: ELDERLY, box: true })];
  const { tells } = looked(
    { bodies: [UDI, ELDERLY], decisions: [yes("G1", { row: "row-1" }), yes("G1", { row: "row-2", body: ELDERLY })] },
    {
      card: card({ bodies: [UDI, ELDERLY] }),
      rows: rows.map((it) => ({ ...it, box: false })),
      rowHints: { "row-1": [hint([anders], ["box"])], "row-2": [hint([lise], ["box"])] },
    },
  );
  expect(tells.map(({ message }) => message.id)).toEqual(["A29b", "A29b"]);
  expect(tells.map(({ mentions }) => mentions)).toEqual([[anders], [lise]]);
  expect(new Set(tells.map(({ marker }) => marker)).size).toBe(2);
});

it("one body's yes to the gate and to stopping, both the first of two: the same words are said once", () => {
  const bodies = [UDI, ELDERLY];
  const open = (id: string, gate: string, body: string) =>
    decision({ gate, body, row: id, shown: row({ id, gate, body }) });
  const ticked = (id: string, gate: string) => row({ id, gate, box: true, lastEditedBy: mette });
  const { tells, log } = looked(
    {
      bodies,
      stopAsked: true,
      decisions: [
        open("g-udi", "G1", UDI),
        open("g-aeldre", "G1", ELDERLY),
        open("s-udi", STOP, UDI),
        open("s-aeldre", STOP, ELDERLY),
      ],
    },
    {
      card: card({ bodies }),
      rows: [ticked("g-udi", "G1"), ticked("s-udi", STOP)],
      rowHints: { "g-udi": [hint([mette], ["box"])], "s-udi": [hint([mette], ["box"])] },
    },
  );
  expect(log.map(({ rule, gate }) => `${rule} ${gate}`)).toEqual(["registered G1", "registered stop"]);
  expect(tells.map(({ message }) => message.id)).toEqual(["B02"]);
});
