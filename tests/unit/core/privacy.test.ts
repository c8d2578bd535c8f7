// SPDX-License-Identifier: EUPL-1.2
/** Cases 48 and 49 in the judge: what is kept from the tracker is said, once; and what the card is told of its task. */
import { describe, expect, it } from "vitest";
import type { Accepted } from "../../../src/core/accepted.ts";
import type { CardSeen, Hint } from "../../../src/core/card.ts";
import { judge } from "../../../src/core/judge.ts";
import type { TaskRequest } from "../../../src/core/task-request.ts";
import {
  accepted,
  anders,
  card,
  decision,
  fullFields,
  hint,
  lise,
  model,
  now,
  observation,
  registration,
  sanne,
} from "./fixtures.ts";

type Scene = Readonly<{
  next?: Partial<Accepted>;
  card?: Partial<CardSeen>;
  url?: string | null;
  requests?: readonly TaskRequest[];
}>;

function judged({ next = {}, card: change = {}, url = "https://github.com/o/r/issues/7", requests = [] }: Scene) {
  return judge(model, accepted(next), observation({ card: card(change), task: { url, requests } }));
}

const said = ({ tells }: ReturnType<typeof judge>) => tells.map(({ message }) => message.id);
const secret = { fields: { ...fullFields, Fortrolighed: "Fortrolig" } };
const number = "Borger 010203-1234";

describe("a number that may be somebody's (case 48)", () => {
  it.each<readonly [string, Scene, readonly string[], readonly string[]]>([
    ["none", {}, [], []],
    ["in the title", { card: { title: number } }, ["B14"], ["Navn"]],
    [
      "in both fields that are sent",
      { card: { title: number, fields: { ...fullFields, Innovationsspørgsmål: `${number}?` } } },
      ["B14", "B14"],
      ["Navn", "Innovationsspørgsmål"],
    ],
    ["in a field that is not sent", { card: { fields: { ...fullFields, Indsigter: number } } }, [], []],
    ["told before", { next: { withheld: ["Navn"] }, card: { title: number } }, [], ["Navn"]],
    ["gone again", { next: { withheld: ["Navn"] } }, [], []],
  ])("%s", (_where, scene, says, withheld) => {
    const judgement = judged(scene);
    expect([said(judgement), judgement.next.withheld]).toEqual([says, withheld]);
    expect(JSON.stringify(judgement.tells)).not.toContain("010203");
    for (const tell of judgement.tells) expect(tell.mentions).toEqual([anders]);
  });

  it("on a card that is new too", () => {
    expect(said(judge(model, null, observation({ card: card({ title: number }), previous: null })))).toContain("B14");
  });
});

describe("confidential (case 49)", () => {
  it("made so: the owner is told (B15), and the secretariat what the tracker remembers (B29)", () => {
    const { tells, next } = judged({ card: secret });
    expect(tells.map(({ message, mentions }) => [message.id, mentions])).toEqual([
      ["B15", [anders]],
      ["B29", [sanne]],
    ]);
    expect(next.confidential).toBe(true);
  });

  it.each<readonly [string, Scene]>([
    ["so already", { next: { confidential: true }, card: secret }],
    ["made so before there was a task", { card: secret, url: null }],
    ["no longer", { next: { confidential: true } }],
  ])("%s: nothing is said", (_what, scene) => {
    const judgement = judged(scene);
    expect([said(judgement), judgement.next.confidential]).toEqual([[], scene.card !== undefined]);
  });

  it("so from the beginning: nothing is said", () => {
    const { next, tells } = judge(model, null, observation({ card: card(secret), previous: null }));
    expect([next.confidential, tells.map(({ message }) => message.id)]).toEqual([
      true,
      expect.not.arrayContaining(["B15"]),
    ]);
  });
});

describe("what is asked on the task", () => {
  const yes = [decision({ registration: registration() })];
  const title = { kind: "title", from: "Madspild på plejehjem", to: "Ny" } as const;
  const owner = { kind: "owners", from: [anders], to: [lise] } as const;
  const phase = { kind: "phase", to: "nytaenk", by: ["github:anna"], events: ["github:e1"] } as const;

  it("title and owner are taken over while the card is as the task knew it", () => {
    expect(judged({ requests: [title, owner] }).followed).toEqual({ title: "Ny", owners: [lise] });
    expect(judged({ requests: [title, owner], card: { title: "Andet", owners: [] } }).followed).toEqual({});
    expect(judged({ requests: [title, owner], card: { inTrash: true } }).followed).toEqual({});
  });

  it("the phase moves the card through an open gate, in the developer's name", () => {
    const { next, log } = judged({ next: { decisions: yes }, requests: [phase] });
    expect(next.position).toEqual({ state: "active", phase: "nytaenk" });
    expect(log.map(({ rule, by, events, gate }) => [rule, by, events, gate])).toEqual([
      ["T2", ["github:anna"], ["github:e1"], "G1"],
    ]);
  });

  describe("a move that the service makes itself, and the board does not show yet", () => {
    const first = judged({ next: { decisions: yes }, requests: [phase] }).next;
    const again = (cardHints: readonly Hint[]) =>
      judge(model, first, observation({ card: card(), cardHints, task: { url: null, requests: [phase] } }));

    it("is no drag back: no move, no word, and the yes stays used", () => {
      const { next, log, tells } = again([hint([lise], [])]);
      expect([next.position.phase, next.decisions, log, tells]).toEqual(["nytaenk", first.decisions, [], []]);
      expect(next.pending).toEqual(first.pending);
    });

    it("was dragged back by somebody who is known: T5", () => {
      const { next, log } = again([hint([lise], ["phase"])]);
      expect([next.position.phase, log.map(({ rule, by }) => [rule, by])]).toEqual(["udforsk", [["T5", [lise]]]]);
    });
  });

  it.each<readonly [string, Scene]>([
    ["the gate has closed meanwhile", { requests: [phase] }],
    ["it is a leap", { next: { decisions: yes }, requests: [{ ...phase, to: "test" }] }],
    [
      "it is a way back",
      { next: { position: { state: "active", phase: "test" } }, card: { phase: "test" }, requests: [phase] },
    ],
    [
      "the card is parked",
      {
        next: { decisions: yes, position: { state: "parked", phase: "udforsk" } },
        card: { state: "parked" },
        requests: [phase],
      },
    ],
  ])("the phase asks for nothing when %s: no move, no wish, no word on the board", (_why, scene) => {
    const { next, log, tells } = judged(scene);
    expect([next.position.phase, next.wish, log, tells]).toEqual([scene.card?.phase ?? "udforsk", null, [], []]);
  });

  it("a drag on the board at the same time counts alone", () => {
    const seen = observation({
      card: card({ phase: "test" }),
      cardHints: [hint([lise], ["phase"])],
      task: { url: null, requests: [phase] },
    });
    const { next, log } = judge(model, accepted({ decisions: yes }), seen);
    expect([next.position.phase, log.map(({ rule, by }) => [rule, by])]).toEqual(["udforsk", [["T4 A02", [lise]]]]);
  });

  it("a task that took another's place is told of once (B24)", () => {
    const replaced = { kind: "replaced", url: "https://github.com/o/r/issues/8" } as const;
    const first = judged({ requests: [replaced] });
    expect([said(first), first.next.replacedBy]).toEqual([["B24"], replaced.url]);
    expect(
      said(judge(model, first.next, observation({ task: { url: replaced.url, requests: [replaced] }, now }))),
    ).toEqual([]);
  });
});
