// SPDX-License-Identifier: EUPL-1.2
/** The service on a pure board: looks as src/sync does, with a ledger that is a handful of variables. */
import type { Accepted, Decision, LogLine, Tell } from "../../../src/core/accepted.ts";
import { cardAfterWrite, rowAfterWrite } from "../../../src/core/after-write.ts";
import type { CardSeen, Hint, RowId } from "../../../src/core/card.ts";
import type { Observation } from "../../../src/core/course.ts";
import type { DecisionSeen } from "../../../src/core/decision.ts";
import { type Judgement, judge } from "../../../src/core/judge.ts";
import { plan, type Step } from "../../../src/core/plan.ts";
import type { Model } from "../../../src/model/model.ts";
import { self } from "./fixtures.ts";
import type { PureBoard, Sent } from "./pure-board.ts";

export type Look = Readonly<{
  before: Accepted | null;
  observation: Observation;
  judgement: Judgement;
  steps: readonly Step[];
}>;

/** What a look would do. */
type Forecast = Pick<Look, "judgement" | "steps">;

/** Where a process dies: after so many steps of its plan, and whether one more was saved without its answer arriving. */
export type Death = Readonly<{ after: number; answerLost: boolean }>;

export class PureService {
  accepted: Accepted | null = null;
  readonly log: LogLine[] = [];
  recheckAt: Date | null = null;
  readonly #model: Model;
  readonly #board: PureBoard;
  readonly #beforeService: boolean;
  #seen: CardSeen | null = null;
  #outbox: readonly Tell[] = [];
  #dirty = false;
  #hints: readonly Pick<Sent, "page" | "hint">[] = [];
  readonly #judged = new Set<string>();

  constructor(model: Model, board: PureBoard, beforeService: boolean) {
    this.#model = model;
    this.#board = board;
    this.#beforeService = beforeService;
  }

  /** A service of its own at a board that stands as this one's does. */
  fork(): { board: PureBoard; service: PureService } {
    const board = this.#board.fork();
    const service = new PureService(this.#model, board, this.#beforeService);
    service.accepted = this.accepted;
    service.log.push(...this.log);
    service.recheckAt = this.recheckAt;
    service.#seen = this.#seen;
    service.#outbox = this.#outbox;
    service.#dirty = this.#dirty;
    service.#hints = this.#hints;
    for (const event of this.#judged) service.#judged.add(event);
    return { board, service };
  }

  /** Takes an event in. One that was judged before is no work, unless the service has `forgotten` it. */
  receive({ page, hint }: Pick<Sent, "page" | "hint">, forgotten = false): void {
    if (isOwn(hint)) return;
    if (this.#judged.has(hint.event) && !forgotten) return;
    this.#hints = [...this.#hints.filter((it) => it.hint.event !== hint.event), { page, hint }];
  }

  /** Finds what differs from what was last seen, without any event. */
  reconcile(): void {
    const { card, rows, now } = this.#board;
    const again = (page: string) => ({
      page,
      hint: {
        event: `reconcile-${page}-${now.toISOString()}`,
        at: now.toISOString(),
        kind: "changed" as const,
        authors: [],
        touched: [],
      },
    });
    if (this.#dirty || !same(this.#seen, card)) this.#hints = [...this.#hints, again(card.id)];
    for (const row of rows.values()) {
      const known = this.#decisionOf(row.id)?.shown;
      // A row in the bin is missed where a decision should have one.
      if (row.inTrash ? known : !same(known, row)) this.#hints = [...this.#hints, again(row.id)];
    }
  }

  /** One look, that may be its process's last. */
  look(death?: Death): Look {
    const observation = this.#observe();
    const before = this.accepted;
    const judgement = judge(this.#model, before, observation);
    const steps = this.#planFor(judgement, observation, [...this.#outbox, ...judgement.tells]);
    this.accepted = judgement.next;
    this.#seen = observation.card;
    this.#outbox = [...this.#outbox, ...judgement.tells];
    this.#dirty = steps.length > 0;
    this.log.push(...judgement.log);
    for (const [index, step] of steps.entries()) {
      if (death && index >= death.after) {
        if (death.answerLost) this.#write(step);
        return { before, observation, judgement, steps };
      }
      this.#write(step)();
    }
    this.accepted = { ...this.accepted, pending: [] };
    this.#dirty = false;
    for (const { hint } of this.#hints) this.#judged.add(hint.event);
    this.#hints = [];
    this.recheckAt = judgement.recheckAt;
    return { before, observation, judgement, steps };
  }

  /** Whether the last look did all that it planned. */
  get isDone(): boolean {
    return !this.#dirty;
  }

  /** What a second look at the same board would do. */
  lookAgain(): Forecast {
    return this.#forecast({ ...this.#observe(), card: this.#board.card, rows: this.#rowsOfCard() });
  }

  /** What would be done if the service's own writes came back as events, and nobody stopped them at the door. */
  hearItself(): Forecast {
    const own = this.#board.sent.filter(({ hint }) => isOwn(hint));
    const hintsOf = (page: string) => own.filter((it) => it.page === page).map(({ hint }) => hint);
    const card = this.#seen ?? this.#board.card;
    const rows = this.accepted?.decisions.flatMap(({ shown }) => shown ?? []) ?? [];
    return this.#forecast({
      ...this.#observe(),
      card,
      previous: card,
      rows: card.inTrash ? [] : rows,
      cardHints: hintsOf(card.id),
      rowHints: Object.fromEntries(rows.map(({ id }) => [id, hintsOf(id)])),
    });
  }

  #forecast(observation: Observation): Forecast {
    const judgement = judge(this.#model, this.accepted, observation);
    return { judgement, steps: this.#planFor(judgement, observation, judgement.tells) };
  }

  #planFor({ next, strays }: Judgement, { card, now }: Observation, tells: readonly Tell[]): readonly Step[] {
    return plan(this.#model, { next, card, strays, tells, task: card.shown.task, now });
  }

  /** The card is read when something says that it may have changed, else it is as it was last seen. */
  #observe(): Observation {
    const { now } = this.#board;
    const card = this.#mustReadCard() ? this.#board.card : (this.#seen ?? this.#board.card);
    const hintsOf = (page: string): readonly Hint[] =>
      this.#hints
        .filter((it) => it.page === page)
        .map(({ hint }) => hint)
        .sort((a, b) => a.at.localeCompare(b.at));
    const rows = card.inTrash ? [] : this.#rowsToRead();
    return {
      card,
      previous: this.#seen,
      rows,
      cardHints: hintsOf(card.id),
      rowHints: Object.fromEntries([...this.#board.rows.keys()].map((id) => [id, hintsOf(id)])),
      taskOwner: null,
      othersInPhase: {},
      beforeService: this.#beforeService,
      self,
      now,
    };
  }

  #mustReadCard(): boolean {
    const rows = new Set(this.accepted?.decisions.map(({ row }) => row));
    const waits = Object.keys(this.accepted?.waiting ?? {}).some((key) => !rows.has(key));
    return this.#dirty || waits || this.#hints.some(({ page }) => page === this.#board.card.id);
  }

  #rowsToRead(): readonly DecisionSeen[] {
    const waiting = this.accepted?.waiting ?? {};
    // While the card lay in the bin nobody looked at its rows: all that it knows are read, also those in the bin.
    const known = this.accepted?.trashed ? [...this.#board.rows.values()].filter(({ id }) => this.#decisionOf(id)) : [];
    const ours = this.#dirty ? [...this.#rowsOfCard(), ...known] : known;
    return [...this.#board.rows.values()].filter(
      (row) => ours.includes(row) || row.id in waiting || this.#hints.some((it) => it.page === row.id),
    );
  }

  #rowsOfCard(): readonly DecisionSeen[] {
    return [...this.#board.rows.values()].filter((row) => !row.inTrash && row.cards.includes(this.#board.card.id));
  }

  #decisionOf(row: RowId): Decision | undefined {
    return this.accepted?.decisions.find((it) => it.row === row);
  }

  /** Does a step on the board; the answer is what the service learns of it, if it lives to hear it. */
  #write(step: Step): () => void {
    const board = this.#board;
    switch (step.do) {
      case "write-card": {
        const answer = board.writeCard(step.patch);
        return () => {
          if (this.#seen) this.#seen = cardAfterWrite(this.#model, this.#seen, step.patch, answer);
        };
      }
      case "write-row": {
        const answer = board.writeRow(step.row, step.patch);
        const known = this.#decisionOf(step.row)?.shown;
        return () => this.#link(known && answer ? rowAfterWrite(known, step.patch, answer) : answer, false);
      }
      case "create-row": {
        const row = board.createRow(step.row);
        return () => this.#link(row, true);
      }
      case "tell":
        if (!board.comments.some(({ marker }) => marker === step.tell.marker)) board.comments.push(step.tell);
        return () => {
          this.#outbox = this.#outbox.filter(({ marker }) => marker !== step.tell.marker);
        };
    }
  }

  /** Only a row that the service has just made can become a decision's row; another may say the same and be a copy. */
  #link(row: DecisionSeen | null, made: boolean): void {
    if (!row || !this.accepted) return;
    const isRowOf = (it: Decision) =>
      made &&
      it.row === null &&
      it.ended === null &&
      it.gate === row.gate &&
      it.body === row.body &&
      it.passage === row.passage;
    const index = this.accepted.decisions.findIndex((it) => it.row === row.id || isRowOf(it));
    const decision = this.accepted.decisions[index];
    if (!decision) return;
    const decisions = this.accepted.decisions.with(index, { ...decision, row: row.id, shown: row });
    this.accepted = { ...this.accepted, decisions };
  }
}

function isOwn({ authors }: Hint): boolean {
  return authors.every(({ id }) => id === self);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
