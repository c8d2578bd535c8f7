// SPDX-License-Identifier: EUPL-1.2
/**
 * What really happened, put down by whoever acts and not by the service: the boxes people ticked, the guarded fields the
 * secretariat changed, and everything that people wrote and that must still stand there in the end.
 */
import type { PlainValue } from "../../src/sandbox/page/property-values.ts";

/** A card when the witness first saw it. `adopted`: it was on the board before the service. */
export type FirstSight = Readonly<{ adopted: boolean; bodies: readonly string[]; funding: boolean; gated: boolean }>;

/** What a row was made for, as the service made it. */
export type RowFor = Readonly<{ card: string; gate: string; body: string; passage: number }>;

/** Somebody changed anything of a row, or threw it away. `at`: a time of the machine's; `clock`: of the sandbox's, just before. */
export type RowAct = Readonly<{ row: string; by: string; at: number; clock: string; what: string }>;

/** Somebody set or cleared a row's box. */
export type BoxAct = RowAct & Readonly<{ box: boolean }>;

/** Somebody dragged a card into a column, or labelled its issue so. `clock`: by the sandbox's clock, in milliseconds. */
export type Ask = Readonly<{ card: string; phase: string; clock: number; isLabel: boolean }>;

/** Somebody changed a guarded field so that less is asked for. `what`: a body's name, the funding, the track. */
export type Loosening = Readonly<{ card: string; by: string; what: string; at: number }>;

/** Something a developer put on an issue. `journal`: how long the tracker's journal was then. */
export type Foreign = Readonly<{ issue: number; kind: "line" | "label"; text: string; journal: number }>;

/** `at`: by the sandbox's clock. */
export type Deed = Readonly<{ card: string; at: string; what: string }>;

export class Witness {
  readonly cards = new Map<string, FirstSight>();
  readonly rows = new Map<string, RowFor>();
  readonly boxActs: BoxAct[] = [];
  readonly rowActs: RowAct[] = [];
  readonly asks: Ask[] = [];
  readonly loosenings: Loosening[] = [];
  /** Every card's comments by people, in their order. */
  readonly comments = new Map<string, string[]>();
  /** Values of people's own fields, by page and property. */
  readonly fields = new Map<string, Readonly<{ page: string; name: string; value: PlainValue }>>();
  /** What developers put on issues and did not take away again. */
  foreign: readonly Foreign[] = [];
  /** Issues that developers made, deleted or moved away. */
  readonly developersOwn = new Set<number>();
  readonly gone = new Set<number>();
  /** Everything that was done, for whoever reads a failure. */
  readonly deeds: Deed[] = [];

  keepField(page: string, name: string, value: PlainValue): void {
    this.fields.set(`${page} ${name}`, { page, name, value });
  }

  keepComment(card: string, text: string): void {
    this.comments.set(card, [...(this.comments.get(card) ?? []), text]);
  }

  /** The row's box acts up to a moment, oldest first. */
  actsOn(row: string, until: number): readonly BoxAct[] {
    return this.boxActs.filter((act) => act.row === row && act.at <= until);
  }

  /** The rows made for a body's decision on a gate of a card. */
  rowsFor({ card, gate, body }: Omit<RowFor, "passage">): readonly string[] {
    return [...this.rows]
      .filter(([, it]) => it.card === card && it.gate === gate && it.body === body)
      .map(([row]) => row);
  }
}
