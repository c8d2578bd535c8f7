// SPDX-License-Identifier: EUPL-1.2
/** What people do in the simulated year: of their own accord, and because they were reminded. */

import type { Decision } from "../../src/core/accepted.ts";
import { addDays, addMonths, nextMeeting, workingDaysAfter, workingDaysFrom } from "../../src/core/calendar.ts";
import type { CardSeen, UserId } from "../../src/core/card.ts";
import { gateFacts } from "../../src/core/gate.ts";
import type { ReminderId } from "../../src/core/reminders/rule.ts";
import { type BodyKey, bodyOf, type Model, trackOf } from "../../src/model/model.ts";
import type { Requirement, StateKey } from "../../src/model/rules.ts";
import { byShare, type Chance, oneOf } from "./chance.ts";
import type { Deed, Project } from "./project.ts";
import { chairsOf, enterMeetings, type Town } from "./town.ts";

/** Who does something to which card, and when. */
export type Act = Readonly<{ town: Town; chance: Chance; project: Project; by: UserId; today: string; now: Date }>;

const LEARNED = "Vi troede ét, der skete noget andet, og det vil vi gerne have, at andre ved.";

/** How often something happens of its own accord: in a hundred working days, for each card it can happen to. */
export const ofThemselves = {
  edited: 4,
  filledIn: 3,
  putOnAgenda: 15,
  decided: 45,
  takenUpAgain: 5,
  moved: 12,
  movedWithoutGate: 1.5,
  measured: 1,
  closed: 1.2,
  ideaAnswered: 2,
  unparked: 0.5,
  left: 0.05,
} as const;

/** The least and the most diligent do so much in a hundred of what they are reminded of. */
export const diligence = { least: 25, most: 95 } as const;

/** Whether something of which there are so many in a hundred happens. */
const happens = ({ chance }: Pick<Act, "chance">, percent: number) => chance() * 100 < percent;

/** A working day of a card on which nobody has been reminded of anything. */
export function liveOn(act: Act): void {
  decideLately(act);
  lives[act.project.accepted.position.state](act);
}

const lives: Readonly<Record<StateKey, (act: Act) => void>> = {
  idea: (act) => {
    if (happens(act, ofThemselves.ideaAnswered)) answerIdea(act);
  },
  active: (act) => {
    if (happens(act, ofThemselves.edited)) touch(act);
    if (happens(act, ofThemselves.filledIn)) fillIn(act);
    if (act.project.accepted.position.phase === act.town.model.phases.at(-1)?.key) followUp(act);
    else goOn(act);
  },
  parked: (act) => {
    if (happens(act, ofThemselves.unparked)) edit(act, { state: "active" });
  },
  closed: () => {},
};

function goOn(act: Act): void {
  const facts = gateOf(act);
  const isGated = trackOf(act.town.model, act.project.accepted.track).gated;
  const isOpen = !isGated || (facts?.gaps.length === 0 && facts.missing.length === 0);
  if (isOpen && happens(act, isGated ? ofThemselves.moved : ofThemselves.movedWithoutGate)) move(act, 1);
  if (isGated && facts?.gaps.length === 0 && happens(act, ofThemselves.putOnAgenda)) putOnAgenda(act);
  if (happens(act, ofThemselves.takenUpAgain)) takeUpAgain(act);
}

function followUp(act: Act): void {
  if (happens(act, ofThemselves.measured)) measure(act);
  if (happens(act, ofThemselves.closed)) close(act);
}

/** What somebody does who was reminded and has time. An overview is read. */
export const reactions: Readonly<Record<ReminderId, (act: Act) => void>> = {
  P01: restOrTouch,
  P02: restOrTouch,
  P03: restOrTouch,
  P04: fillIn,
  P05: putOnAgenda,
  P06: () => {},
  P07: decideAll,
  P09: (act) => move(act, 1),
  P10: measure,
  P11: measure,
  P12: measure,
  P12u: measure,
  P13: (act) => (happens(act, 40) ? close(act) : measure(act)),
  P14: (act) => field(act, "learning", LEARNED),
  P15: (act) => (happens(act, 50) ? edit(act, { state: "active" }) : park(act)),
  P16: (act) => edit(act, { owners: [oneOf(act.chance, present(act.town))] }),
  P17: answerIdea,
  P18: (act) => move(act, 1),
  P19: (act) => (happens(act, 80) ? fillIn(act) : park(act)),
  P20: ({ town, project, today }) => {
    for (const body of project.accepted.bodies)
      if (nextMeeting(town.model, bodyOf(town.model, body), today) === null) enterMeetings(town, body);
  },
  D01: () => {},
  D02: () => {},
  D03: () => {},
  D04: () => {},
};

const present = ({ owners, gone }: Town) => owners.filter((it) => !gone.includes(it));

/** Once a day for the whole house: whether an owner leaves. */
export function leave(town: Town, chance: Chance): void {
  const leaving = present(town).filter(() => happens({ chance }, ofThemselves.left));
  town.gone = [...town.gone, ...leaving];
}

function edit(act: Act, change: Parameters<Project["edit"]>[1]): void {
  act.project.edit(deed(act), change);
}

function deed({ town, now, by }: Act): Deed {
  return { model: town.model, now, by };
}

function field(act: Act, key: keyof Model["rules"]["card"], value: CardSeen["fields"][string]): void {
  edit(act, { fields: { [act.town.model.rules.card[key].name]: value } });
}

function touch(act: Act): void {
  edit(act, { fields: { Indsigter: `Set på igen ${act.today}.` } });
}

function restOrTouch(act: Act): void {
  const answer = byShare(act.chance, { touched: 70, filledIn: 15, parked: 10, snoozed: 5 });
  if (answer === "touched") touch(act);
  if (answer === "filledIn") fillIn(act);
  if (answer === "parked") park(act);
  if (answer === "snoozed") field(act, "snoozedUntil", addDays(act.today, 30));
}

function park(act: Act): void {
  edit(act, { state: "parked", fields: { [act.town.model.rules.card.parkedUntil.name]: addDays(act.today, 60) } });
}

function gateOf({ town, project: { accepted, seen }, now }: Act) {
  return gateFacts(town.model, accepted, accepted.position.phase, seen.fields, now);
}

/** What the gate ahead asks for. */
function fillIn(act: Act): void {
  const gaps = gateOf(act)?.gaps ?? [];
  edit(act, { fields: Object.fromEntries(gaps.map((gap) => [gap.field, answerTo(act, gap)])) });
}

function answerTo({ today, by, town }: Act, gap: Requirement): CardSeen["fields"][string] {
  if (gap.equals !== undefined) return gap.equals;
  if (gap.includesAny) return gap.includesAny.slice(0, 1);
  if (gap.atLeast !== undefined) return gap.atLeast;
  if (gap.field === town.model.rules.card.inOperationFrom.name) return today;
  if (gap.field === town.model.rules.card.effectOwner.name) return [by];
  return "Hvordan gør vi det bedre?";
}

function move(act: Act, step: 1 | -1): void {
  const { phases, rules } = act.town.model;
  const at = phases.findIndex(({ key }) => key === act.project.accepted.position.phase);
  const to = phases[at + step];
  if (to)
    edit(act, { phase: to.key, fields: to === phases.at(-1) ? { [rules.card.inOperationFrom.name]: act.today } : {} });
}

/** The case is handed in for each body that has not answered and has no date. */
function putOnAgenda(act: Act): void {
  const { town, project, today } = act;
  for (const decision of project.open.filter(({ shown }) => shown?.meeting === null)) {
    const meeting = nextMeeting(town.model, bodyOf(town.model, decision.body), today);
    if (meeting && addDays(today, 14) >= meeting.deadline)
      project.editRow(deed(act), decision, { meeting: meeting.date });
  }
}

/** The chair answers for what was on the meeting in these days. */
function decideLately(act: Act): void {
  const { town, project, today } = act;
  const fresh = project.open.filter(({ shown }) => {
    const meeting = shown?.meeting ?? null;
    return meeting !== null && meeting < today && workingDaysFrom(town.model, meeting, today) <= 1;
  });
  for (const decision of fresh) if (happens(act, ofThemselves.decided)) decide(act, decision);
}

/** The chair is asked, and answers for all that names no meeting ahead. */
function decideAll(act: Act): void {
  for (const decision of act.project.open) if ((decision.shown?.meeting ?? "") < act.today) decide(act, decision);
}

function decide(act: Act, decision: Decision): void {
  if (decision.registration || decision.shown?.outcome) return;
  const answer = byShare(act.chance, { yes: 84, later: 10, no: 6 });
  const change = answer === "yes" ? { box: true } : { outcome: answer === "later" ? "Udsat" : "Ikke godkendt" };
  act.project.editRow({ ...deed(act), by: chairsOf(decision.body)[0] ?? "" }, decision, change);
}

/** What was put off comes up again; what was declined is thought over. */
function takeUpAgain(act: Act): void {
  const { project } = act;
  const isDeclined = project.open.some(({ shown }) => shown?.outcome === "Ikke godkendt");
  if (isDeclined && happens(act, 50)) move(act, -1);
  else if (isDeclined) park(act);
  else {
    for (const decision of project.open.filter(({ shown }) => shown?.outcome === "Udsat"))
      project.editRow(deed(act), decision, { outcome: null, meeting: null });
  }
}

function measure(act: Act): void {
  const { card, effectStatus } = act.town.model.rules;
  const status = byShare(act.chance, { asExpected: 65, less: 25, absent: 10 });
  edit(act, { fields: { [card.lastMeasured.name]: act.today, [card.effectStatus.name]: effectStatus[status] } });
}

/** One in three forgets what was learned. */
function close(act: Act): void {
  const { card, outcomes, effectStatus } = act.town.model.rules;
  const outcome = outcomes[byShare(act.chance, { effect: 70, noEffect: 30 })].name;
  const learned = happens(act, 67) ? { [card.learning.name]: LEARNED } : {};
  edit(act, {
    state: "closed",
    fields: { [card.outcome.name]: outcome, [card.effectStatus.name]: effectStatus.asExpected, ...learned },
  });
}

/** An idea waits for a better time, or is begun, or a committee is asked. */
function answerIdea(act: Act): void {
  const { town, project, today } = act;
  const facts = gateOf(act);
  const isGated = trackOf(town.model, project.accepted.track).gated;
  const mayBegin = !isGated || (facts?.missing.length === 0 && facts.gaps.length === 0);
  if (happens(act, 30)) field(act, "snoozedUntil", addMonths(today, 2));
  else if (mayBegin) edit(act, { state: "active", phase: town.model.phases[0]?.key ?? null });
  else if (project.open.length === 0) edit(act, { bodies: [bodyFor(act)] });
  else putOnAgenda(act);
}

function bodyFor({ town, chance }: Act): BodyKey {
  return oneOf(chance, town.model.municipality.bodies).key;
}

/** The working day on which somebody gets round to what they were reminded of: the same one, or one of the next four. */
export function someDaySoon({ town, chance, today }: Pick<Act, "town" | "chance" | "today">): string {
  return workingDaysAfter(town.model, today, Math.floor(chance() * 5));
}
