// SPDX-License-Identifier: EUPL-1.2
/**
 * The port to the Kanban tool, in domain words. An adapter translates; it holds no rule.
 * Every method throws RetryLater, Permanent or Refused (core/errors.ts), never an SDK's own error.
 */
import type { CardId, CardPatch, CardSeen, Hint, NewCard, RowId, UserId } from "../core/card.ts";
import type { DecisionPatch, DecisionSeen, NewDecision } from "../core/decision.ts";
import type { DifferenceFound } from "../core/notice.ts";
import type { Report } from "../core/reminders/section.ts";

/** A comment: people mentioned first, then the text, then a marker by which a repeat is recognised. */
export type Comment = Readonly<{ mentions: readonly UserId[]; text: string; marker: string }>;

export interface Board {
  /** The service's own user on the board. */
  readonly self: UserId;
  /** Stands for what the board was last known to be made of; changes with it. */
  mark(): string;
  /**
   * Reads fields and options again and works with them from then on, unless one of the differences hinders. Throws
   * Permanent (`whole`) when the board is not there for the service any more.
   */
  refresh(): Promise<Shape>;
  /** Works with what another process has read: a shape's `memory`. */
  follow(memory: unknown): void;
  /**
   * null: not there, or no longer shared with the service (the two look alike). "elsewhere": it is there, but lies in
   * another database or on another page, and has none of the fields. A trashed card is returned with `inTrash`.
   */
  readCard(id: CardId): Promise<CardSeen | "elsewhere" | null>;
  readDecision(id: RowId): Promise<DecisionSeen | "elsewhere" | null>;
  /** One write; returns the card as it is after it. Safe to repeat. */
  writeCard(id: CardId, patch: CardPatch, before: CardSeen): Promise<CardSeen>;
  /** Creates a card in the idea bank. Not safe to repeat: look with `findByTask` first when an earlier try may have been saved. */
  createCard(card: NewCard): Promise<CardSeen>;
  /** A card outside the bin that names this address as its task. A card is found only some seconds after it was made. */
  findByTask(url: string): Promise<CardSeen | null>;
  writeDecision(id: RowId, patch: DecisionPatch): Promise<DecisionSeen>;
  /** Not safe to repeat: look with `decisionsOf` first when an earlier try may have been saved. */
  createDecision(row: NewDecision): Promise<DecisionSeen>;
  /** Every row that points at the card, trashed ones left out. */
  decisionsOf(card: CardId): Promise<readonly DecisionSeen[]>;
  /** Not safe to repeat: look with `hasComment` first when an earlier try may have been saved. */
  comment(card: CardId, comment: Comment): Promise<void>;
  /** Whether one of the service's own open comments on the card carries the marker. */
  hasComment(card: CardId, marker: string): Promise<boolean>;
  /** Writes a report as a page under the page `under`. Not safe to repeat: look with `hasReport` first. */
  writeReport(under: CardId, report: Report): Promise<void>;
  /** Whether the service has written a report of this title under the page; one that people have thrown away is not there. */
  hasReport(under: CardId, title: string): Promise<boolean>;
  /** Cards edited at or after `since` (ISO; null: all), page by page, oldest edit first. */
  cards(since: string | null): AsyncIterable<CardSeen>;
  /** Cards outside the idea bank that show no phase. */
  cardsWithoutPhase(): AsyncIterable<CardSeen>;
  /** Rows edited at or after `since` (ISO; null: all). */
  decisions(since: string | null): AsyncIterable<DecisionSeen>;
  /**
   * Those of these users whom the board does not have any more: they left, or were deactivated (case 47), so that a message
   * would reach nobody. A guest is there. One call for each hundred members until all of these are found, and one for each
   * who is not listed: to be asked once for a whole round of messages, not for each. Where it throws, nobody is known to be
   * gone: Permanent names the capability that the connection lacks.
   */
  gone(users: readonly UserId[]): Promise<readonly UserId[]>;
}

export type SourceKey = "projects" | "decisions";

/** How the board's fields and options differ from what the rules expect. */
export type Difference = DifferenceFound & Readonly<{ source: SourceKey }>;

/** What the board's fields and options are. */
export type Shape = Readonly<{
  differences: readonly Difference[];
  /** What has to be remembered to know them again by id, as plain JSON; only the adapter reads it. */
  memory: unknown;
}>;

/** What an incoming event means. `ignored` says why, for the log. */
export type BoardEvent =
  | Readonly<{ kind: "handshake" }>
  | Readonly<{ kind: "card"; card: CardId; hint: Hint }>
  | Readonly<{ kind: "decision"; row: RowId; hint: Hint }>
  /** A page was moved to where the service has no business. Whether it was a card or a row, only the ledger knows. */
  | Readonly<{ kind: "left"; page: CardId | RowId; hint: Hint }>
  | Readonly<{ kind: "schema"; event: string }>
  /** `isForeign`: of fields that are not the service's, as far as the process knows. */
  | Readonly<{ kind: "ignored"; why: string; isForeign?: true }>
  | Readonly<{ kind: "malformed"; why: string }>;

/** The door's half of the board adapter: no network. */
export interface BoardInbound {
  /** Whether the signature header belongs to these bytes; false for a missing or malformed one. Constant time. */
  verify(body: Uint8Array, signature: string | undefined): Promise<boolean>;
  /** Reads an event whose signature was verified. Never throws. */
  parse(json: unknown): BoardEvent;
}
