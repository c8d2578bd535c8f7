// SPDX-License-Identifier: EUPL-1.2
/**
 * A board in memory: people and the service act on one card and its rows, and every act leaves an event. Events wait in
 * `sent` until somebody delivers them; edits of one page within the aggregation window may share one event, as Notion's do.
 */
import type { Tell } from "../../../src/core/accepted.ts";
import type { Author, CardPatch, CardSeen, Hint, RowId, ServiceFields } from "../../../src/core/card.ts";
import type { DecisionPatch, DecisionSeen, NewDecision } from "../../../src/core/decision.ts";
import { bodyOf, trackOf } from "../../../src/model/model.ts";
import { bot, model, row as plainRow, self } from "./fixtures.ts";

/** An event; `gone` once it has been delivered or lost, so that no later edit can join it. */
export type Sent = { page: string; hint: Hint; gone: boolean };

/** What really happened to a box, and the event that tells of it if it ever arrives. */
export type BoxAct = Readonly<{ row: RowId; by: Author; box: boolean; at: Date; told: Sent }>;

const WINDOW_MS = 60_000;

/** A guarded field as somebody has really set it. */
export type GuardedAct = Readonly<{
  by: Author;
  track: CardSeen["track"];
  bodies: readonly string[];
  funding: boolean;
}>;

export class PureBoard {
  now: Date;
  card: CardSeen;
  readonly rows = new Map<RowId, DecisionSeen>();
  readonly comments: Tell[] = [];
  readonly sent: Sent[] = [];
  readonly boxActs: BoxAct[] = [];
  readonly guardedActs: GuardedAct[] = [];
  #events = 0;
  #pages = 0;

  constructor(card: CardSeen, now: Date) {
    this.card = mirrored(card);
    this.now = now;
  }

  /** A board of its own that stands as this one does; what happens on one does not happen on the other. */
  fork(): PureBoard {
    const twin = new PureBoard(this.card, this.now);
    for (const [id, row] of this.rows) twin.rows.set(id, row);
    twin.comments.push(...this.comments);
    twin.sent.push(...this.sent.map((it) => ({ ...it })));
    twin.#events = this.#events;
    twin.#pages = this.#pages;
    return twin;
  }

  /** An edit of the card by a person or machine. With `merge` it joins the page's last event, if that is fresh. */
  editCard(by: Author, change: Partial<CardSeen>, touched: Hint["touched"], merge = false): void {
    this.card = mirrored({ ...this.card, ...change, ...this.#edit(by) });
    const { track, bodies, fields } = this.card;
    this.guardedActs.push({ by, track, bodies, funding: fields[model.rules.card.needsFunding.name] === true });
    this.#emit(this.card.id, by, touched, merge);
  }

  setNeedsFunding(by: Author, needed: boolean, merge = false): void {
    const fields = { ...this.card.fields, [model.rules.card.needsFunding.name]: needed };
    this.editCard(by, { fields }, ["needsFunding"], merge);
  }

  trashCard(by: Author, inTrash: boolean): void {
    this.card = { ...this.card, inTrash };
    this.#emit(this.card.id, by, [], false, inTrash ? "trashed" : "restored");
  }

  editRow(by: Author, id: RowId, change: Partial<DecisionSeen>, touched: Hint["touched"], merge = false): void {
    const before = this.rows.get(id);
    if (!before) return;
    this.rows.set(id, { ...before, ...change, ...this.#edit(by) });
    const told = this.#emit(id, by, touched, merge);
    if (change.box !== undefined && change.box !== before.box)
      this.boxActs.push({ row: id, by, box: change.box, at: this.now, told });
  }

  trashRow(by: Author, id: RowId, inTrash: boolean): void {
    const before = this.rows.get(id);
    if (!before) return;
    this.rows.set(id, { ...before, inTrash });
    this.#emit(id, by, [], false, inTrash ? "trashed" : "restored");
  }

  /** A row by hand, or a copy of one with everything it shows. */
  addRow(by: Author, change: Partial<DecisionSeen>): RowId {
    this.#pages += 1;
    const id = `row-${this.#pages}`;
    this.rows.set(id, { ...plainRow(), ...change, id, createdBy: by.id, inTrash: false, ...this.#edit(by) });
    this.#emit(id, by, [], false, "created");
    return id;
  }

  // What the service does

  writeCard(patch: CardPatch): CardSeen {
    const { needsFunding, state, phase, track, bodies, ...shown } = patch;
    const fields =
      needsFunding === undefined
        ? this.card.fields
        : { ...this.card.fields, [model.rules.card.needsFunding.name]: needsFunding };
    const change: Partial<CardSeen> = {
      fields,
      shown: { ...this.card.shown, ...(shown as Partial<ServiceFields>) },
      ...(state === undefined ? {} : { state }),
      ...(phase === undefined ? {} : { phase }),
      ...(track === undefined ? {} : { track }),
      ...(bodies === undefined ? {} : { bodies }),
    };
    this.editCard(bot(self), change, Object.keys(patch), true);
    return this.card;
  }

  writeRow(id: RowId, patch: DecisionPatch): DecisionSeen | null {
    this.editRow(bot(self), id, patch as Partial<DecisionSeen>, Object.keys(patch), true);
    return this.rows.get(id) ?? null;
  }

  createRow({ card, ...row }: NewDecision): DecisionSeen | null {
    return this.rows.get(this.addRow(bot(self), { ...row, cards: [card] })) ?? null;
  }

  #edit(by: Author): Pick<DecisionSeen, "lastEditedBy" | "lastEditedAt"> {
    return { lastEditedBy: by.id, lastEditedAt: `${this.now.toISOString().slice(0, 16)}:00.000Z` };
  }

  #emit(page: string, by: Author, touched: Hint["touched"], merge: boolean, kind: Hint["kind"] = "changed"): Sent {
    const last = this.sent.findLast((it) => it.page === page);
    const isFresh =
      last?.gone === false && last.hint.kind === kind && this.now.getTime() - Date.parse(last.hint.at) < WINDOW_MS;
    if (merge && last && isFresh) {
      const authors = [...last.hint.authors, by].filter(
        (it, index, all) => index === all.findIndex((a) => a.id === it.id && a.kind === it.kind),
      );
      last.hint = { ...last.hint, authors, touched: [...new Set([...last.hint.touched, ...touched])] };
      return last;
    }
    this.#events += 1;
    const sent: Sent = {
      page,
      gone: false,
      hint: { event: `e${this.#events}`, at: this.now.toISOString(), kind, authors: [by], touched },
    };
    this.sent.push(sent);
    return sent;
  }
}

/** The fields that requirements read say the same as the card's own values. */
function mirrored(card: CardSeen): CardSeen {
  const { track, bodies, owner } = model.rules.card;
  const owners = card.fields[owner.name];
  return {
    ...card,
    owners: Array.isArray(owners) ? owners : [],
    fields: {
      ...card.fields,
      [track.name]: card.track === null ? null : trackOf(model, card.track).name,
      [bodies.name]: card.bodies.map((body) => bodyOf(model, body).name),
    },
  };
}
