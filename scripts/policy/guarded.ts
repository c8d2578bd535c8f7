// SPDX-License-Identifier: EUPL-1.2
/** The policy page's table of guarded fields: who changed one, as far as the events tell, and whether it stays changed. */
import type { Author, CardSeen, UserId } from "../../src/core/card.ts";
import { type Judgement, judge } from "../../src/core/judge.ts";
import type { GuardedKey } from "../../src/core/judge-guarded.ts";
import type { Model } from "../../src/model/model.ts";
import { type Example, judgeAfterWaiting, type Situation, situation } from "./situation.ts";

const person = (id: UserId): Author => ({ id, kind: "person" });

/** Whoever could have changed the field. null: no event tells, and none is waited for any longer. */
export function editors(model: Model, { seats }: Example) {
  const secretary = model.municipality.people.find(({ key }) => model.municipality.secretariat.includes(key));
  const own = person(secretary?.notion[0] ?? "");
  return {
    "the secretariat": [own],
    "the secretariat and somebody else within one event": [own, person("staff")],
    "an approver": [person(seats[0].approver)],
    "staff, or a person in no list": [person("staff")],
    "an integration, automation, button or agent": [{ id: "integration", kind: "bot" }],
    "nobody, as long as an event may still come": [],
    "nobody, and no event came": null,
  } as const satisfies Record<string, readonly Author[] | null>;
}
export type Editor = keyof ReturnType<typeof editors>;

export const guardedDeeds = [
  "takes the card off the gated track",
  "puts the card on the gated track",
  "takes a body off",
  "adds a body",
  "says that no funding is needed",
  "says that funding is needed",
] as const;
export type GuardedDeed = (typeof guardedDeeds)[number];

type Change = Readonly<{ key: GuardedKey; from: CardChange; to: CardChange }>;
type CardChange = Pick<CardSeen, "bodies"> & Readonly<{ gated: boolean; needsFunding: boolean }>;

function changes({ seats }: Example): Readonly<Record<GuardedDeed, Change>> {
  const both = seats.map(({ body }) => body);
  const [first] = seats;
  const full: CardChange = { gated: true, bodies: both, needsFunding: true };
  const free: CardChange = { ...full, gated: false };
  const single: CardChange = { ...full, bodies: [first.body] };
  const funded: CardChange = { ...full, needsFunding: false };
  return {
    "takes the card off the gated track": { key: "track", from: full, to: free },
    "puts the card on the gated track": { key: "track", from: free, to: full },
    "takes a body off": { key: "bodies", from: full, to: single },
    "adds a body": { key: "bodies", from: single, to: full },
    "says that no funding is needed": { key: "needsFunding", from: full, to: funded },
    "says that funding is needed": { key: "needsFunding", from: funded, to: full },
  };
}

/** A card in its first phase, on which one guarded field has been changed. */
export function judgeEdit(model: Model, example: Example, editor: Editor, deed: GuardedDeed): Judgement {
  const { key, from, to } = changes(example)[deed];
  const authors = editors(model, example)[editor];
  const track = ({ gated }: CardChange) => model.rules.tracks.find((it) => it.gated === gated)?.key ?? "";
  const place = { state: "active", phase: model.phases[0]?.key ?? null } as const;
  const was = { from: place, to: place, track: track(from), approvals: "none", lacks: [] } as const;
  const { accepted, seen } = situation(model, example, was);
  const { bodies, needsFunding } = from;
  const fields = { ...seen.card.fields, [model.rules.card.needsFunding.name]: to.needsFunding };
  const hint = { event: "event", at: seen.now.toISOString(), kind: "changed", touched: [key] } as const;
  const left: Situation = {
    accepted: { ...accepted, bodies, needsFunding },
    seen: {
      ...seen,
      card: { ...seen.card, track: track(to), bodies: to.bodies, fields },
      cardHints: authors?.length ? [{ ...hint, authors }] : [],
    },
  };
  return authors === null ? judgeAfterWaiting(model, left) : judge(model, left.accepted, left.seen);
}

/** «accepted T15 B10», «back A18» or «waits». */
export function editText({ next, log, tells }: Judgement): string {
  if (Object.keys(next.waiting).length > 0) return "waits";
  const said = tells.map(({ message }) => message.id);
  if (said.some((id) => id.startsWith("A"))) return ["back", ...said].join(" ");
  return ["accepted", ...log.map(({ rule }) => rule), ...said].join(" ");
}
