// SPDX-License-Identifier: EUPL-1.2
/** One row's checkbox: what is registered against what it shows now, and who may have changed it (DOMAIN 5.3, 5.4, 6). */
import { bodyOf, type Model, personByUser } from "../model/model.ts";
import type { Decision } from "./accepted.ts";
import { AGGREGATION_WINDOW_MS, type Attribution, attribute } from "./attribution.ts";
import { localDate } from "./calendar.ts";
import type { Hint, UserId } from "./card.ts";
import type { DecisionSeen } from "./decision.ts";
import { outcomeOf } from "./gate.ts";

export type TickFacts = Readonly<{
  decision: Decision;
  row: DecisionSeen;
  hints: readonly Hint[];
  owners: readonly UserId[];
  self: UserId;
  now: Date;
  /** Since when an unexplained change of the box has been waiting for its event; null: seen now for the first time. */
  waitingSince: string | null;
}>;

/** Why a tick does not count. Each is the message that says so. */
export type TickRefusal =
  | Readonly<{ id: "A05" | "A06" | "A30" | "A29"; users: readonly UserId[] }>
  | Readonly<{ id: "A08"; users: readonly UserId[]; meeting: string }>
  | Readonly<{ id: "A09"; users: readonly UserId[]; outcome: string }>
  | Readonly<{ id: "A10"; users: readonly UserId[]; disqualified: UserId }>
  | Readonly<{ id: "A11"; users: readonly UserId[]; former: UserId; date: string }>;

export type TickVerdict =
  | Readonly<{ kind: "settled" }>
  | Readonly<{ kind: "wait" }>
  | Readonly<{ kind: "register"; by: readonly UserId[]; at: string; events: readonly string[] }>
  | Readonly<{ kind: "withdraw"; by: readonly UserId[]; events: readonly string[] }>
  | Readonly<{ kind: "clear"; refusal: TickRefusal; events: readonly string[] }>
  | Readonly<{ kind: "tick-again"; by: readonly UserId[]; events: readonly string[] }>;

type Known = Exclude<Attribution, { kind: "unknown" }>;

/** Registered or not, against ticked or not: every pair has its judge. */
const judges = {
  registered: { ticked: judgeStanding, unticked: judgeUntick },
  unregistered: { ticked: judgeNewTick, unticked: () => ({ kind: "settled" }) },
} satisfies Record<string, Record<string, (model: Model, facts: TickFacts) => TickVerdict>>;

/** Judges one row's box. A doubt is a wait, and after `attributionWaitMinutes` the box goes back to what is registered. */
export function judgeTick(model: Model, facts: TickFacts): TickVerdict {
  const counts = facts.decision.registration !== null && !facts.decision.disputed;
  return judges[counts ? "registered" : "unregistered"][facts.row.box ? "ticked" : "unticked"](model, facts);
}

function judgeNewTick(model: Model, facts: TickFacts): TickVerdict {
  const who = whoTouchedTheBox(facts);
  if (who.kind === "unknown") {
    return waitIsOver(model, facts)
      ? { kind: "clear", refusal: { id: "A30", users: [] }, events: [] }
      : { kind: "wait" };
  }
  const refusal = refuse(model, facts, who);
  if (refusal) return { kind: "clear", refusal, events: who.events };
  return { kind: "register", by: who.users, at: who.at, events: who.events };
}

/**
 * Registered and ticked, and yet touched since: an approver may have taken the yes back and somebody else set the box
 * again. Where the events leave that open, the approvers are asked again (A06).
 */
function judgeStanding(model: Model, facts: TickFacts): TickVerdict {
  const { registration } = facts.decision;
  if (!registration) return { kind: "settled" };
  const since = facts.hints.filter(({ event, at }) => at >= registration.at && !registration.events.includes(event));
  const who = attribute(since, "box", facts.self, null);
  if (who.kind === "unknown") return { kind: "settled" };
  const approvers = approversAmong(model, facts, who);
  const inDoubt = approvers > 0 && approvers < who.authors.length;
  if (!inDoubt) return { kind: "settled" };
  return { kind: "clear", refusal: { id: "A06", users: who.users }, events: who.events };
}

/** An approver among those who may have unticked it withdraws the yes, and so does nobody known: a doubt opens no gate. */
function judgeUntick(model: Model, facts: TickFacts): TickVerdict {
  const who = whoTouchedTheBox(facts);
  if (who.kind === "unknown")
    return waitIsOver(model, facts) ? { kind: "withdraw", by: [], events: [] } : { kind: "wait" };
  const mayWithdraw = approversAmong(model, facts, who) > 0;
  return { kind: mayWithdraw ? "withdraw" : "tick-again", by: who.users, events: who.events };
}

function approversAmong(model: Model, facts: TickFacts, { authors, at }: Known): number {
  return authors.filter(({ id, kind }) => kind === "person" && isApprover(model, facts, id, at)).length;
}

function whoTouchedTheBox({ decision, hints, self, row }: TickFacts): Attribution {
  const earliest = decision.settledAt === null ? 0 : Date.parse(decision.settledAt) - AGGREGATION_WINDOW_MS;
  const recent = hints.filter((hint) => Date.parse(hint.at) >= earliest);
  return attribute(recent, "box", self, { by: row.lastEditedBy, at: row.lastEditedAt });
}

/** The reasons against a tick, the person first, then the case. null: it counts. */
function refuse(model: Model, facts: TickFacts, who: Known): TickRefusal | null {
  const users = who.users;
  const { decision, row } = facts;
  // A machine never approves; beside a person it leaves open which of them touched the box.
  if (who.kind === "machine") return { id: who.authors.length > 1 ? "A06" : "A05", users };
  if (!users.every((user) => isApprover(model, facts, user, who.at))) return refusePerson(model, facts, who);
  if (decision.ended !== null && !decision.disputed) return { id: "A29", users };
  const disqualified = users.find((user) => isSamePersonAsAny(model, user, [...row.disqualified, ...facts.owners]));
  if (disqualified !== undefined) return { id: "A10", users, disqualified };
  if (row.meeting !== null && row.meeting.slice(0, 10) > localDate(model, facts.now))
    return { id: "A08", users, meeting: row.meeting };
  const outcome = outcomeOf(model, { ...decision, shown: row });
  if (outcome !== null && outcome !== "approved") return { id: "A09", users, outcome: row.outcome ?? "" };
  return null;
}

function refusePerson(model: Model, facts: TickFacts, who: Known): TickRefusal {
  const [user, ...others] = who.users;
  if (user === undefined || others.length > 0) return { id: "A06", users: who.users };
  const date = localDate(model, new Date(who.at));
  const wasOrWillBe = approvals(model, facts, user).length > 0;
  return wasOrWillBe ? { id: "A11", users: who.users, former: user, date } : { id: "A05", users: who.users };
}

/** Whether the user is an approver of the row's body on the day the event tells. */
function isApprover(model: Model, facts: TickFacts, user: UserId, at: string): boolean {
  const date = localDate(model, new Date(at));
  return approvals(model, facts, user).some(({ from, to }) => from <= date && (to === undefined || date <= to));
}

function approvals(model: Model, facts: TickFacts, user: UserId) {
  const person = personByUser(model, user);
  return bodyOf(model, facts.decision.body).approvers.filter((approver) => approver.person === person?.key);
}

/** One person may have several users on the board; disqualified as one is disqualified as all. */
function isSamePersonAsAny(model: Model, user: UserId, others: readonly UserId[]): boolean {
  const person = personByUser(model, user);
  return others.some((other) => other === user || person?.notion.includes(other));
}

function waitIsOver(model: Model, { waitingSince, now }: TickFacts): boolean {
  return isOver(model, waitingSince ?? now.toISOString(), now);
}

/** Whether a change that has waited for its event since `since` has waited long enough. */
export function isOver(model: Model, since: string, now: Date): boolean {
  return now.getTime() - Date.parse(since) >= model.rules.approvals.attributionWaitMinutes * 60_000;
}
