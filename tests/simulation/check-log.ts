// SPDX-License-Identifier: EUPL-1.2
/**
 * The decision log, read line by line beside what really happened: no gated card goes on without the standing yes of
 * every body that must say it, and none stands where nobody has dragged it.
 */
import type { LogLine } from "../../src/core/accepted.ts";
import { placeName } from "../../src/core/messages.ts";
import type { CardRecord } from "../../src/ledger/ledger.ts";
import { model } from "../integration/house.ts";
import { askedAgain, bodyName, type Evidence, gateLabel, tellsOf, type Written, wrongYes } from "./check-yes.ts";
import { chairs } from "./stage.ts";
import type { FirstSight } from "./witness.ts";

type Yes = {
  gate: string;
  body: string;
  passage: number | null;
  stands: boolean;
  used: boolean;
  over: boolean;
  disputed: boolean;
  at: number;
};

const places = [placeName(model, { state: "idea", phase: null }), ...model.phases.map(({ short }) => short)];
const council = bodyName(model.gates.flatMap(({ alsoDecidedBy }) => alsoDecidedBy.map(({ body }) => body))[0] ?? null);
const withAlso = model.gates.find(({ alsoDecidedBy }) => alsoDecidedBy.length > 0)?.id;
const arrivals = new Set(["adopted", "copied", "T13", "T14", "restored"]);
const accepted = new Set(["T1", "T2", "T5", "T5u", "T7", "T8", "T10", "T11", "T14"]);
const dragged = new Set(["T1", "T2", "T5", "T5u", "T14"]);
/** What makes a registered yes count no more. */
const drops = new Set(["B05", "B27", "A27", "A05", "A06", "A08", "A09", "A10", "A11", "A30"]);

export type CardReading = Readonly<{ problems: readonly string[]; passages: number; registered: number }>;

/** Reads one card's lines, oldest first. */
export function readLog(
  card: string,
  lines: readonly Written[],
  evidence: Evidence,
  record: CardRecord | null,
): CardReading {
  const reader = new Reader(
    card,
    evidence,
    lines.map(({ line }) => line),
  );
  for (const written of lines) reader.read(written);
  const problems = [...reader.problems];
  if (record) {
    const stands = placeName(model, record.accepted.position);
    const isOpen = record.accepted.position.state !== "closed";
    if (isOpen && reader.place !== null && reader.place !== stands)
      problems.push(`${card}: the log leads to ${reader.place}, the ledger says ${stands}`);
  }
  return { problems, passages: reader.passages, registered: reader.registered };
}

class Reader {
  readonly problems: string[] = [];
  place: string | null = null;
  passages = 0;
  registered = 0;
  readonly #card: string;
  readonly #seen: FirstSight | undefined;
  readonly #evidence: Evidence;
  readonly #yeses: Yes[] = [];
  readonly #lines: readonly LogLine[];
  #gated: boolean;
  /** Until then anybody could change the guarded fields. */
  #guardedFrom: number;
  #before: readonly Yes[] | null = null;
  /** When the look began that last accepted a place, by the sandbox's clock. */
  #movedAt: number | null = null;
  #movedBefore: number | null = null;

  constructor(card: string, evidence: Evidence, lines: readonly LogLine[]) {
    this.#card = card;
    this.#evidence = evidence;
    this.#lines = lines;
    this.#seen = evidence.witness.cards.get(card);
    this.#gated = this.#seen?.gated ?? false;
    // What a new card says of its guarded fields when it is first looked at is what they are.
    this.#guardedFrom = this.#seen?.adopted === true && this.#gated ? 0 : Number.POSITIVE_INFINITY;
  }

  read({ line, at }: Written): void {
    const { rule, gate } = line;
    const body = bodyName(line.body);
    if (arrivals.has(rule) && this.place === null) this.#arrive(line);
    else if (accepted.has(rule)) this.#move(line, at);
    if (rule === "registered") this.#register(line, at);
    if (rule === "T16") this.#loosenTrack(line, at);
    if (rule === "T15") this.#guardFrom(at);
    if (gate !== null && body !== "") {
      if (rule === "A30")
        this.problems.push(...askedAgain(this.#card, { line, at }, this.#evidence, this.#heardUntil(line.at)));
      if (drops.has(rule)) this.#drop(line);
      if (rule === "B06") this.#dispute(line, true);
      if (rule === "B06 registered") this.#dispute(line, false);
    }
  }

  /** Every event that a line of this look, or of an earlier one, rests on. */
  #heardUntil(look: string): ReadonlySet<string> {
    return new Set(this.#lines.filter(({ at }) => at <= look).flatMap(({ events }) => events));
  }

  #arrive({ to, at }: LogLine): void {
    this.place = to;
    this.#movedAt = this.#seen?.adopted === true ? Date.parse(at) : null;
  }

  #say(what: string, { rule, at }: LogLine): void {
    this.problems.push(`${this.#card}: ${rule} at ${at}: ${what}`);
  }

  #move(line: LogLine, at: number): void {
    if (this.place !== null && line.from !== this.place)
      this.#say(`begins at ${line.from}, the card stood at ${this.place}`, line);
    const [from, to] = [places.indexOf(line.from), places.indexOf(line.to)];
    this.place = line.to;
    this.#mustBeAsked(line, at);
    if (line.rule === "T5") this.#goBack(to);
    else if (line.rule === "T5u") this.#return();
    else if (line.rule === "T1" || line.rule === "T2") {
      if (to - from !== 1 && this.#gated) this.#say(`leaps from ${line.from} to ${line.to}`, line);
      if (this.#gated) this.#pass(line, at);
      this.#before = null;
    } else if (line.rule === "T14" && this.#gated && !this.#isNew(line))
      this.#say("a gated card begins anywhere", line);
  }

  /**
   * A card stands where somebody has dragged it since it was last accepted elsewhere, or a developer's label asked it to:
   * what is accepted is never read from the past.
   */
  #mustBeAsked(line: LogLine, at: number): void {
    const clock = Date.parse(line.at);
    // One look may take a card up again and move it.
    if (this.#movedAt !== clock) this.#movedBefore = this.#movedAt;
    this.#movedAt = clock;
    const since = this.#movedBefore;
    if (!dragged.has(line.rule) || this.#evidence.isLost(at) || since === null) return;
    const phase = model.phases.find(({ short }) => short === line.to)?.name;
    const isAsked = this.#evidence.witness.asks.some(
      (it) => it.card === this.#card && it.phase === phase && (it.isLabel || it.clock >= since),
    );
    if (!isAsked) this.#say(`nobody has dragged it to ${line.to} since ${new Date(since).toISOString()}`, line);
  }

  /** A card may come onto the board on another track than it has when it is first looked at. */
  #isNew({ from, to }: LogLine): boolean {
    return this.#seen?.adopted === false || from === to;
  }

  #register(line: LogLine, at: number): void {
    this.registered += 1;
    const gate = line.gate ?? "";
    const body = bodyName(line.body);
    for (const yes of this.#of(gate, body)) yes.over = true;
    this.#yeses.push({
      gate,
      body,
      passage: line.passage,
      stands: true,
      used: false,
      over: false,
      disputed: false,
      at,
    });
    this.problems.push(...wrongYes(this.#card, { line, at }, this.#evidence));
  }

  #pass(line: LogLine, at: number): void {
    this.passages += 1;
    const gate = line.gate ?? "";
    const required = this.#required(gate, at);
    if (this.#yeses.some((yes) => yes.disputed && yes.used && !yes.over))
      this.#say("passed behind a disputed yes", line);
    for (const body of required) {
      const yes = this.#of(gate, body).find((it) => it.stands);
      if (!yes) this.#say(`${gate} passed without a registered yes of ${body}`, line);
      else if (this.#isTakenBack(yes, line, at))
        this.#say(`${gate} passed on a yes of ${body} that was taken back`, line);
    }
    for (const yes of this.#yeses.filter((it) => !it.over && !it.used)) {
      yes.used = yes.gate === gate;
      yes.over = yes.gate !== gate;
    }
  }

  /** At least these: what was on the card when it was first seen and was not taken off by the secretariat. */
  #required(gate: string, at: number): readonly string[] {
    const { witness } = this.#evidence;
    const { bodies = [], funding = false } = this.#seen ?? {};
    const gone = (what: string) =>
      witness.loosenings.some(
        (it) =>
          it.card === this.#card && it.what === what && it.at <= at && (mayLoosen(it.by) || it.at <= this.#guardedFrom),
      );
    const also = gate === withAlso && funding && !gone("funding") ? [council] : [];
    return [...new Set([...bodies.filter((body) => !gone(body)), ...also])];
  }

  /** The approver's last word was no, it was told before the look began, and nobody set the box again. */
  #isTakenBack({ gate, body, passage }: Yes, line: LogLine, at: number): boolean {
    const { witness, taken, isLost } = this.#evidence;
    const rows = witness
      .rowsFor({ card: this.#card, gate: gateLabel(gate), body })
      .filter((row) => witness.rows.get(row)?.passage === passage);
    const last = rows
      .flatMap((row) => witness.actsOn(row, at))
      .sort((a, b) => a.at - b.at)
      .at(-1);
    if (!last || last.box || !chairs[body]?.includes(last.by)) return false;
    const told = taken.find(tellsOf(last));
    return told !== undefined && told.clock < Date.parse(line.at) && !isLost(told.at);
  }

  #goBack(to: number): void {
    this.#before = this.#yeses.map((yes) => ({ ...yes }));
    for (const yes of this.#yeses) if (gateIndex(yes.gate) >= to) yes.over = true;
  }

  #return(): void {
    const before = this.#before ?? [];
    for (const [index, yes] of this.#yeses.entries()) {
      const was = before[index];
      if (was) yes.over = was.over || (yes.stands === false && was.stands);
      else yes.over = true;
    }
    this.#before = null;
  }

  #loosenTrack(line: LogLine, at: number): void {
    this.#gated = false;
    for (const yes of this.#yeses) if (!yes.used) yes.over = true;
    const { witness } = this.#evidence;
    const isAsked = witness.loosenings.some(
      (it) =>
        it.card === this.#card &&
        it.what === "track" &&
        it.at <= at &&
        (mayLoosen(it.by) || it.at <= this.#guardedFrom),
    );
    if (!isAsked) this.#say("nobody of the secretariat took it off the gated track", line);
  }

  #guardFrom(at: number): void {
    this.#gated = true;
    this.#guardedFrom = at;
  }

  /** A yes of an earlier passage, which no longer counts, may be taken back too. */
  #drop(line: LogLine): void {
    for (const yes of [...this.#yeses.filter(({ over }) => !over), ...(this.#before ?? [])])
      if (!yes.used && isOf(line, yes)) yes.stands = false;
  }

  #dispute(line: LogLine, disputed: boolean): void {
    const yes = this.#yeses.findLast((it) => it.used && !it.over && isOf(line, it));
    if (yes) yes.disputed = disputed;
  }

  #of(gate: string, body: string): readonly Yes[] {
    return this.#yeses.filter((it) => it.gate === gate && it.body === body && !it.over && !it.used);
  }
}

/** Whether the line is of the decision that the yes was said in. */
function isOf({ gate, body, passage }: LogLine, yes: Yes): boolean {
  return yes.gate === gate && yes.body === bodyName(body) && yes.passage === passage;
}

const secretariat = model.municipality.people.flatMap(({ key, notion }) =>
  model.municipality.secretariat.includes(key) ? notion : [],
);
const mayLoosen = (user: string) => secretariat.includes(user);

/** The place of the phase that a gate leads out of; what stops a project belongs to where it stands. */
function gateIndex(gate: string): number {
  const index = model.gates.findIndex(({ id }) => id === gate);
  return index < 0 ? places.length : index;
}
