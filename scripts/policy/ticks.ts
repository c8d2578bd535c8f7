// SPDX-License-Identifier: EUPL-1.2
/** The policy page's table of ticks: who touched the box, as far as the events tell, and what becomes of it. */
import type { Decision } from "../../src/core/accepted.ts";
import type { Author, UserId } from "../../src/core/card.ts";
import type { DecisionSeen } from "../../src/core/decision.ts";
import { type Judgement, judge } from "../../src/core/judge.ts";
import { bodyOf, type Model } from "../../src/model/model.ts";
import { approversOf } from "./example.ts";
import { type Example, judgeAfterWaiting, type Situation, situation } from "./situation.ts";

/** What the events and the row tell of whoever touched the box. */
export type Touch = Readonly<{
  authors: readonly Author[];
  at?: Date;
  row?: Partial<DecisionSeen>;
  owners?: readonly UserId[];
  /** No event has come, and none is waited for any longer. */
  isGivenUp?: true;
}>;

const DAY_MS = 86_400_000;
const person = (id: UserId): Author => ({ id, kind: "person" });

/** Everybody who could have touched the box, in the page's words. */
export function touches(model: Model, { seen, seats }: Example) {
  const [{ body, approver }, { approver: elsewhere }] = seats;
  const terms = bodyOf(model, body);
  const beforeTerm = new Date(Math.min(...terms.approvers.map(({ from }) => Date.parse(from))) - DAY_MS);
  const secretary = model.municipality.people.find(({ key }) => model.municipality.secretariat.includes(key));
  const tomorrow = new Date(seen.now.getTime() + DAY_MS).toISOString().slice(0, 10);
  const another = model.rules.decisionOutcome.find(({ means }) => means === "none")?.name ?? "an unknown outcome";
  const own = person(approver);
  return {
    "an approver of the body": { authors: [own] },
    "all approvers of the body at once": { authors: approversOf(model, terms, seen.now).map(person) },
    "an approver of another body": { authors: [person(elsewhere)] },
    "the secretariat": { authors: [person(secretary?.notion[0] ?? "")] },
    "staff, or a person in no list": { authors: [person("staff")] },
    "an integration, automation or button": { authors: [{ id: "integration", kind: "bot" }] },
    "an agent, even in an approver's name": { authors: [{ id: approver, kind: "agent" }] },
    "an approver and somebody else within one event": { authors: [own, person("staff")] },
    "an approver and an integration within one event": { authors: [own, { id: "integration", kind: "bot" }] },
    "two of staff within one event": { authors: [person("staff"), person("colleague")] },
    "an approver outside the term of office": { authors: [own], at: beforeTerm },
    "an approver who is disqualified on the row": { authors: [own], row: { disqualified: [approver] } },
    "an approver who owns the card": { authors: [own], owners: [approver] },
    "an approver, before the meeting": { authors: [own], row: { meeting: tomorrow } },
    "an approver, while the row says another outcome": { authors: [own], row: { outcome: another } },
    "nobody, as long as an event may still come": { authors: [] },
    "nobody, and no event came": { authors: [], isGivenUp: true },
  } as const satisfies Record<string, Touch>;
}
export type Who = keyof ReturnType<typeof touches>;

export const tickDeeds = ["ticks", "unticks before the move", "unticks after the move"] as const;
export type TickDeed = (typeof tickDeeds)[number];

/** A card in its first phase with one body, and its row as the person leaves it. */
export function judgeTouch(model: Model, example: Example, who: Who, deed: TickDeed): Judgement {
  const touch: Touch = touches(model, example)[who];
  const { accepted, seen } = firstPhase(model, example, deed);
  const [decision] = accepted.decisions.filter((it) => (it.ended === "used") === (deed === "unticks after the move"));
  if (!decision?.shown) throw new Error("the example has no such decision");
  const row = rowLeft(touch, decision.shown, deed, seen.now);
  const left: Situation = {
    accepted,
    seen: {
      ...seen,
      card: { ...seen.card, owners: touch.owners ?? seen.card.owners },
      rows: [row],
      rowHints: touch.authors.length === 0 ? {} : { [row.id]: [hintOf(touch, seen.now)] },
    },
  };
  return touch.isGivenUp ? judgeAfterWaiting(model, left) : judge(model, left.accepted, left.seen);
}

function firstPhase(model: Model, example: Example, deed: TickDeed): Situation {
  const [{ body }] = example.seats;
  const from = { state: "active", phase: model.phases[0]?.key ?? null } as const;
  const track = model.rules.tracks.find(({ gated }) => gated)?.key ?? "";
  const approvals = deed === "ticks" ? "none" : "all";
  const { accepted, seen } = situation(model, example, { from, to: from, track, approvals, lacks: [] });
  const isOwn = (it: Decision) => it.body === body && it.gate !== "stop";
  const decisions = accepted.decisions.filter(isOwn);
  return {
    accepted: { ...accepted, bodies: [body], decisions, stopAsked: false },
    seen: { ...seen, card: { ...seen.card, bodies: [body] } },
  };
}

function rowLeft({ authors, at, row }: Touch, shown: DecisionSeen, deed: TickDeed, now: Date): DecisionSeen {
  const lastEditedBy = authors.at(-1)?.id ?? "somebody";
  return { ...shown, box: deed === "ticks", lastEditedBy, lastEditedAt: (at ?? now).toISOString(), ...row };
}

function hintOf({ authors, at }: Touch, now: Date) {
  const event = { event: "event", at: (at ?? now).toISOString(), kind: "changed", touched: ["box"] } as const;
  return { ...event, authors };
}

/** «counts B01u», «cleared A05», «withdrawn B05», «ticked again A29», «disputed B06» or «waits». */
export function tickText({ next, log, tells }: Judgement, deed: TickDeed): string {
  if (Object.keys(next.waiting).length > 0) return "waits";
  const rule = log[0]?.rule ?? "";
  const otherwise = deed === "ticks" ? "cleared" : "ticked again";
  const verbs: Readonly<Record<string, string>> = { registered: "counts", B05: "withdrawn", B06: "disputed" };
  return [verbs[rule] ?? otherwise, ...tells.map(({ message }) => message.id)].join(" ");
}
