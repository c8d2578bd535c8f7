// SPDX-License-Identifier: EUPL-1.2
/** The rules about one card's next decision: before a deadline, once it is approved, before the approval expires (P04, P05, P09, P18). */
import { type BodyKey, bodyOf, type Gate, gateOutOf, trackOf } from "../../model/model.ts";
import { addMonths, localDate, type Meeting, nextMeeting, pulledForward, workingDaysBefore } from "../calendar.ts";
import { type GateFacts, gateFacts, openDecision, statusOf } from "../gate.ts";
import { bodyNames, longDate, message, phaseName } from "../messages.ts";
import { withoutTitle } from "../privacy.ts";
import { gapList } from "../requirements.ts";
import { about } from "./card-rules.ts";
import { type Reason, type Rule, workingDays } from "./rule.ts";
import { dayOf, liveCards, type RemindedCard, type Situation } from "./situation.ts";
import { nameOf } from "./words.ts";

/** A gated card's way on, as it stands. */
export type Ahead = Readonly<{ card: RemindedCard; gate: Gate; facts: GateFacts }>;

export function ahead(situation: Situation, card: RemindedCard): Ahead | null {
  const { model, now } = situation;
  const { position, track } = card.accepted;
  const gate = gateOutOf(model, position.phase);
  const facts = gateFacts(model, card.accepted, position.phase, card.seen.fields, now);
  return gate && facts && trackOf(model, track).gated ? { card, gate, facts } : null;
}

const cardsAhead = (situation: Situation) => liveCards(situation).flatMap((card) => ahead(situation, card) ?? []);

/** P04: something is missing, and the next deadline comes near. Once a meeting. */
export const missing: Rule = {
  name: "missing",
  kind: "deadline",
  reasons: (situation) =>
    cardsAhead(situation).flatMap((it) => (it.facts.gaps.length > 0 ? beforeDeadline(situation, it, "missing") : [])),
  steps: () => [{ id: "P04", wait: workingDays(0), to: ["owner"] }],
  endless: false,
};

/** P05: the case is ready, and the next deadline comes near. Once a meeting. */
export const ready: Rule = {
  name: "ready",
  kind: "deadline",
  reasons: (situation) =>
    cardsAhead(situation).flatMap((it) => (it.facts.gaps.length === 0 ? beforeDeadline(situation, it, "ready") : [])),
  steps: () => [{ id: "P05", wait: workingDays(0), to: ["owner"] }],
  endless: false,
};

function beforeDeadline(situation: Situation, it: Ahead, what: "missing" | "ready"): readonly Reason[] {
  const { model } = situation;
  const { card, gate, facts } = it;
  const next = nextDeadline(situation, it, what === "ready");
  if (!next) return [];
  const { body, meeting } = next;
  const from = workingDaysBefore(model, meeting.deadline, model.rules.reminders.beforeDeadline[what]);
  // A card that came too late for this reminder is reminded before the next meeting.
  if (dayOf(situation, card.accepted.noticed.position.at) > pulledForward(model, from)) return [];
  const said = {
    projekt: nameOf(situation, card),
    til: phaseName(model, gate.to),
    moede: longDate(model, meeting.date),
    frist: longDate(model, meeting.deadline),
  };
  const udvalg = bodyOf(model, body).name;
  const say = () =>
    what === "missing"
      ? message("P04", { ...said, udvalg, mangler: gapList(model, facts.gaps) })
      : message("P05", { ...said, udvalg, link: withoutTitle(card.seen.url) });
  const anchor = `${card.seen.id} ${gate.id} ${body} ${meeting.date}`;
  return [{ ...about(situation, card), anchor, from, until: meeting.deadline, say }];
}

/** The earliest deadline of the bodies that have not answered; where it is asked, without those that have the card on an agenda. */
function nextDeadline(situation: Situation, { card, gate, facts }: Ahead, unscheduled: boolean) {
  const { model, today } = situation;
  const open = facts.missing.filter((body) => {
    const decision = openDecision(card.accepted.decisions, gate.id, body);
    if (decision && statusOf(model, decision, false) === "declined") return false;
    return !unscheduled || (decision?.shown?.meeting ?? "").slice(0, 10) < today;
  });
  const all = open.flatMap((body): { body: BodyKey; meeting: Meeting }[] => {
    const meeting = nextMeeting(model, bodyOf(model, body), today);
    return meeting ? [{ body, meeting }] : [];
  });
  return all.sort((a, b) => a.meeting.deadline.localeCompare(b.meeting.deadline))[0];
}

/** P09: every body has said yes, and the card has not been moved. */
export const approved: Rule = {
  name: "approved",
  kind: "nag",
  reasons: (situation) =>
    cardsAhead(situation).flatMap((it) => {
      const { card, gate, facts } = it;
      const from = yeses(situation, it)
        .map(({ given }) => given)
        .sort()
        .at(-1);
      if (from === undefined || facts.missing.length > 0) return [];
      const { model } = situation;
      const [udvalg, til] = [bodyNames(model, facts.yes), phaseName(model, gate.to)];
      const say = () => message("P09", { projekt: nameOf(situation, card), udvalg, til, dato: longDate(model, from) });
      return [{ ...about(situation, card), anchor: `${card.seen.id} ${gate.id} ${from}`, from, say }];
    }),
  steps: ({ reminders: { approvedNotMoved } }) =>
    approvedNotMoved.map((days, index) => {
      return { id: "P09", wait: workingDays(days - (approvedNotMoved[index - 1] ?? 0)), to: ["owner"] };
    }),
  endless: false,
};

/** P18: the first of the yeses to expire does so soon. */
export const expiring: Rule = {
  name: "expiring",
  kind: "deadline",
  reasons: (situation) =>
    cardsAhead(situation).flatMap((it) => {
      const { model } = situation;
      const { card, gate } = it;
      const first = [...yeses(situation, it)].sort((a, b) => a.given.localeCompare(b.given))[0];
      if (!first) return [];
      const until = addMonths(first.given, model.rules.approvals.expiresAfterMonths);
      const said = { til: phaseName(model, gate.to), projekt: nameOf(situation, card), dato: longDate(model, until) };
      const say = () => message("P18", { ...said, udvalg: bodyOf(model, first.body).name });
      const from = workingDaysBefore(model, until, model.rules.reminders.approvalExpires);
      return [{ ...about(situation, card), anchor: `${card.seen.id} ${gate.id} ${until}`, from, until, say }];
    }),
  steps: () => [{ id: "P18", wait: workingDays(0), to: ["owner"] }],
  endless: false,
};

/** The yeses that stand, with the local dates on which they were given. */
function yeses({ model }: Situation, { card, gate, facts }: Ahead) {
  return facts.yes.flatMap((body) => {
    const at = openDecision(card.accepted.decisions, gate.id, body)?.registration?.at;
    return at === undefined ? [] : [{ body, given: localDate(model, new Date(at)) }];
  });
}
