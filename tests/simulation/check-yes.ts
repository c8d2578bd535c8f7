// SPDX-License-Identifier: EUPL-1.2
/**
 * Each yes in the log beside what really happened: behind a registered one stands an approver's own tick of that decision's
 * row, told by an event; and nobody is asked again for one that was told.
 */
import type { LogLine } from "../../src/core/accepted.ts";
import { model } from "../integration/house.ts";
import type { Sent, Taken } from "./post-office.ts";
import { chairs } from "./stage.ts";
import type { RowAct, Witness } from "./witness.ts";

/** A line, and when it was written, in milliseconds of the machine's clock. */
export type Written = Readonly<{ line: LogLine; at: number }>;

export type Evidence = Readonly<{
  witness: Witness;
  taken: readonly Taken[];
  sent: ReadonlyMap<string, Sent>;
  /** The service's own user on the board. */
  self: string;
  /** The id of the property that people tick. */
  box: string;
  /** The rows of every decision that the card has, or had. One that was made twice is only once among them. */
  asked: ReadonlySet<string>;
  /** Whether what was written or taken in at this moment may have been lost with Redis. */
  isLost: (at: number) => boolean;
}>;

export const bodyName = (key: string | null) => model.municipality.bodies.find((it) => it.key === key)?.name ?? "";

/** How a row names its gate: the option of «Port». */
export function gateLabel(gate: string): string {
  return model.gates.find(({ id }) => id === gate)?.box ?? model.rules.closing.box;
}

/** What is wrong with a yes that was registered: who said it, and the events it rests on. */
export function wrongYes(card: string, { line, at }: Written, { witness, sent, self }: Evidence): readonly string[] {
  const [gate, body] = [line.gate ?? "", bodyName(line.body)];
  const rows = witness.rowsFor({ card, gate: gateLabel(gate), body });
  const isChair = (user: string) => chairs[body]?.includes(user) === true;
  const isTick = rows.some((row) => witness.actsOn(row, at).some(({ by, box }) => box && isChair(by)));
  const events = line.events.flatMap((event) => {
    const told = sent.get(event);
    if (!told) return [`rests on the event ${event} that nobody sent`];
    const others = told.authors.filter((it) => it !== `bot ${self}`);
    const isAboutIt = rows.includes(told.about) && others.every((it) => isChair(it.replace(/^person /u, "")));
    return isAboutIt ? [] : [`rests on an event by ${told.authors.join(", ")} about ${told.about}`];
  });
  const problems = [
    ...(line.by.length > 0 && line.by.every(isChair) ? [] : [`registered by ${line.by.join(" ")} for ${body}`]),
    ...(isTick ? [] : [`no approver of ${body} ever ticked ${gate}`]),
    ...events,
  ];
  return problems.map((what) => `${card}: ${line.rule} at ${line.at}: ${what}`);
}

/** An event tells of a deed if it names who did it and is stamped no earlier. */
export const tellsOf = (act: RowAct) => (it: Taken) =>
  it.about === act.row &&
  it.stamped >= Date.parse(act.clock) &&
  it.authors.some((author) => author.endsWith(` ${act.by}`));

/**
 * A30 says that no event tells who ticked. It must not be said where the events that the service had answered for before the
 * look began tell enough (I2, I6): an approver set the box and nobody else had a hand in it, and whoever did anything to the
 * row last is named too. That of an earlier tick
 * does not tell of the last one: in between somebody cleared the box, and where it is cleared and set again within one window
 * of aggregation no event tells of either. Then only the last editor is known, and that is no evidence for a yes.
 * `heard`: the events that the lines rest on, up to this look.
 */
export function askedAgain(
  card: string,
  { line, at }: Written,
  { witness, taken, self, box, asked, isLost }: Evidence,
  heard: ReadonlySet<string>,
): readonly string[] {
  const body = bodyName(line.body);
  const rows = witness.rowsFor({ card, gate: gateLabel(line.gate ?? ""), body }).filter((row) => asked.has(row));
  const passage = (row: string) => witness.rows.get(row)?.passage ?? 0;
  const last = Math.max(...rows.map(passage));
  return rows.flatMap((row) => {
    const tick = witness.actsOn(row, at).at(-1);
    if (passage(row) !== last || !tick?.box || !chairs[body]?.includes(tick.by)) return [];
    const known = taken.filter((it) => it.about === row && it.clock < Date.parse(line.at) && !isLost(it.at));
    const isTheirs = (author: string) => author === `person ${tick.by}` || author === `bot ${self}`;
    const told = known.find(
      (it) => tellsOf(tick)(it) && it.touched.includes(box) && it.authors.every(isTheirs) && !heard.has(it.event),
    );
    const latest = witness.rowActs.findLast((it) => it.row === row && it.at <= at);
    if (!told || !latest || !known.some(tellsOf(latest))) return [];
    return [`${card}: ${line.rule} at ${line.at}: the event ${told.event} had told who ticked`];
  });
}
