// SPDX-License-Identifier: EUPL-1.2
/** One card of the simulated year. Whatever people do to it is judged by the service's own rules. */
import type { Accepted, Decision } from "../../src/core/accepted.ts";
import type { CardSeen, FieldValue, Hint, UserId } from "../../src/core/card.ts";
import type { Observation } from "../../src/core/course.ts";
import type { DecisionSeen } from "../../src/core/decision.ts";
import { judge } from "../../src/core/judge.ts";
import { rowShown } from "../../src/core/shown.ts";
import { bodyOf, type Model, trackOf } from "../../src/model/model.ts";

const SELF = "faseport";

export type Edit = Partial<Pick<CardSeen, "state" | "phase" | "track" | "bodies" | "owners">> &
  Readonly<{ fields?: Readonly<Record<string, FieldValue>> }>;

/** When, by which rules, and who does it. */
export type Deed = Readonly<{ model: Model; now: Date; by: UserId }>;

export class Project {
  accepted: Accepted;
  seen: CardSeen;
  #events = 0;

  /** The service finds the card on the board as it stands, if it was there `before`; else somebody has just made it. */
  constructor(seen: CardSeen, deed: Deed, before: boolean) {
    const { accepted, card } = judged(null, mirrored(deed.model, seen), deed, { beforeService: before });
    this.accepted = accepted;
    this.seen = card;
  }

  /** Somebody edits the card. What the rules do not allow is put back. */
  edit(deed: Deed, { fields, ...change }: Edit): void {
    const card = edited(deed, { ...this.seen, ...change, fields: { ...this.seen.fields, ...fields } });
    this.#take(judged(this.accepted, mirrored(deed.model, card), deed, { cardHints: [this.#hint(deed, [])] }));
  }

  /** Somebody edits the row of a decision. */
  editRow(
    deed: Deed,
    { row, shown }: Decision,
    change: Partial<Pick<DecisionSeen, "box" | "outcome" | "meeting">>,
  ): void {
    if (row === null || shown === null) return;
    const hints = { [row]: [this.#hint(deed, Object.keys(change))] };
    this.#take(
      judged(this.accepted, this.seen, deed, { rows: [edited(deed, { ...shown, ...change })], rowHints: hints }),
    );
  }

  /** As it stands once something has been accepted, whoever had to agree to it first. */
  settle(change: Partial<Accepted>): void {
    this.accepted = { ...this.accepted, ...change };
  }

  /** The decisions on the gate ahead that have not ended. */
  get open(): readonly Decision[] {
    return this.accepted.decisions.filter(({ ended }) => ended === null);
  }

  #take({ accepted, card }: Judged): void {
    this.accepted = accepted;
    this.seen = card;
  }

  #hint({ now, by }: Deed, touched: readonly string[]): Hint {
    this.#events += 1;
    const event = `${this.seen.id}-${this.#events}`;
    return { event, at: now.toISOString(), kind: "changed", authors: [{ id: by, kind: "person" }], touched };
  }
}

type Judged = Readonly<{ accepted: Accepted; card: CardSeen }>;

/** What is accepted of the card, and how the board shows it once the service has put back and filled in. */
function judged(accepted: Accepted | null, card: CardSeen, { model, now }: Deed, heard: Partial<Observation>): Judged {
  const observation: Observation = {
    card,
    previous: card,
    rows: [],
    cardHints: [],
    rowHints: {},
    taskOwner: null,
    othersInPhase: {},
    beforeService: false,
    self: SELF,
    now,
    ...heard,
  };
  const { next } = judge(model, accepted, observation);
  const decisions = next.decisions.map((it, index) => withRow(model, it, `${card.id}-row-${index}`, next, card));
  const { position, track, bodies } = next;
  const settled = mirrored(model, { ...card, state: position.state, phase: position.phase, track, bodies });
  return { accepted: { ...next, decisions, pending: [] }, card: settled };
}

function withRow(model: Model, decision: Decision, id: string, next: Accepted, card: CardSeen): Decision {
  const row = decision.row ?? id;
  const blank = { outcome: null, meeting: null, item: "", minutes: null, remark: "", disqualified: [], inTrash: false };
  const made = {
    ...blank,
    id: row,
    cards: [card.id],
    createdBy: SELF,
    lastEditedBy: SELF,
    lastEditedAt: next.touchedAt,
  };
  return { ...decision, row, shown: { ...made, ...decision.shown, ...rowShown(model, decision, next, card) } };
}

function edited<Page extends CardSeen | DecisionSeen>({ now, by }: Deed, page: Page): Page {
  return { ...page, lastEditedBy: by, lastEditedAt: `${now.toISOString().slice(0, 16)}:00.000Z` };
}

/** The fields that requirements read say the same as the card's own values. */
function mirrored(model: Model, card: CardSeen): CardSeen {
  const { track, bodies, owner } = model.rules.card;
  const own = {
    [track.name]: trackOf(model, card.track).name,
    [bodies.name]: card.bodies.map((key) => bodyOf(model, key).name),
    [owner.name]: card.owners,
  };
  return { ...card, fields: { ...card.fields, ...own } };
}
