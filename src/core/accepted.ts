// SPDX-License-Identifier: EUPL-1.2
/** What the service holds to be true of a card: the last accepted state. The ledger keeps it; every judgement starts from it. */

import type { Message } from "../model/messages.ts";
import type { BodyKey, GateId, PhaseKey, TrackKey } from "../model/model.ts";
import type { LastEdit } from "./attribution.ts";
import type { CardId, CardSeen, FieldValue, Hint, Position, RowId, UserId } from "./card.ts";
import type { DecisionSeen } from "./decision.ts";

/** A yes that counts: who gave it, when, on the evidence of which events, and what the gate's fields said then. */
export type Registration = Readonly<{
  by: readonly UserId[];
  at: string;
  events: readonly string[];
  /** The values of the gate's required fields when the yes was registered (DOMAIN 5.9). */
  content: Readonly<Record<string, FieldValue>>;
}>;

/** One body's decision on one gate in one passage. Its status is derived (core/gate.ts), never stored. */
export type Decision = Readonly<{
  gate: GateId;
  body: BodyKey;
  passage: number;
  /** null until the row has been created on the board. */
  row: RowId | null;
  registration: Registration | null;
  /** Used up by a passage; void since the card went back, a body was taken off or the track changed; or expired. */
  ended: "used" | "void" | "expired" | null;
  /**
   * Unticked by an approver after it had ended. Behind a passed gate the next one stays closed until it is ticked again
   * (B06); void, it is not restored with the rest should the card return (T5u).
   */
  disputed: boolean;
  /** The row as it was last read or written. */
  shown: DecisionSeen | null;
  /** When the row was last read with its box as registered: an older event cannot explain a later change. */
  settledAt: string | null;
}>;

/** How a card can return to where it was, as if it had never been dragged back (T5u). */
export type Undo = Readonly<{
  until: string;
  position: Position;
  since: string | null;
  passage: number;
  decisions: readonly Decision[];
  fields: CardSeen["fields"];
}>;

/** A message that must be said once. The marker makes a repeat recognisable on the board. */
export type Tell = Readonly<{
  message: Message;
  /** Said in the same breath: advice on the move that the message is about. */
  also: readonly Message[];
  mentions: readonly UserId[];
  marker: string;
  /**
   * When the card was moved, ISO, where the message is about a move; else null. Of many cards moved at once a person is
   * told of the first, and each card shows its own message all the same (case 6).
   */
  movedAt: string | null;
}>;

/** Since when a change waits, and what the events have told of its page so far: what comes later completes it. */
export type Waiting = Readonly<{
  since: string;
  hints: readonly Hint[];
  /** Who had edited the card last before the service itself wrote it, which hides that. */
  lastEdit?: LastEdit;
}>;

/** What reminders count from, beside the last edit. */
export type NoticedKey = "position" | "inOperationFrom" | "parkedUntil" | "effectStatus" | "outcome";
/** A value, and when the service first saw it, ISO. */
export type Noticed = Readonly<{ value: string; at: string }>;

export type Accepted = Readonly<{
  card: CardId;
  position: Position;
  /** When the card came to its phase, ISO; null: before the service knew it. A pause does not count as coming. */
  since: string | null;
  /** When a person last edited the card, ISO; until one has, when the service first saw it. Reminders count from it (P01). */
  touchedAt: string;
  /** Since when the service knows each present value: a date that is entered afterwards brings nothing of the past. */
  noticed: Readonly<Record<NoticedKey, Noticed>>;
  track: TrackKey;
  bodies: readonly BodyKey[];
  needsFunding: boolean;
  /** «Omgang»: how many times the card has begun its way forward. Starts at 1, grows when it goes back. */
  passage: number;
  /** How many passages were ever begun, one that was undone (T5u) among them; absent: as many as `passage` says. */
  passagesBegun?: number;
  decisions: readonly Decision[];
  /** The phase a refused drag asked for, and who dragged. */
  wish: Readonly<{ phase: PhaseKey; by: readonly UserId[] }> | null;
  /** A refused closing asked for a stop decision. */
  stopAsked: boolean;
  undo: Undo | null;
  /** Off the board when last looked at: in the bin, or in another database. */
  trashed: boolean;
  /** As it was last read, so that it is noticed when it changes (case 49). */
  confidential: boolean;
  /** Fields that are kept from the tracker because of what stands in them; the owner was told of each (B14). */
  withheld: readonly string[];
  /** The task that took the place of one that was gone, when the card was last told of such (B24). */
  replacedBy: string | null;
  lastMessage: string;
  /** When each refusal was last said, by what it said: not repeated within repeatMinutes. */
  told: Readonly<Record<string, string>>;
  /** Changes that wait for the event that says who made them: by property key, or by row id for its box. */
  waiting: Readonly<Record<string, Waiting>>;
  /** Refusals that are being carried out, by what they refuse: a repeat of one is the same one, not a second. */
  pending: readonly string[];
}>;

/** A line of the decision log: who, when, card, gate, body, passage, events, from, to, rule, model version (DOMAIN 5.10). */
export type LogLine = Readonly<{
  at: string;
  card: CardId;
  /** The card's number on the board (INNO-12): what people know it by. Never its title, which may be confidential. */
  projectId: string;
  rule: string;
  /** The persons who did it, as far as the events tell. */
  by: readonly UserId[];
  /** The bots and agents who did it, or may have had a hand in it; an agent by the user in whose name it acts. */
  machines: readonly UserId[];
  events: readonly string[];
  from: string;
  to: string;
  gate: GateId | null;
  body: BodyKey | null;
  /** Which of the card's passages the decision belongs to; null where the line is not of one body's decision. */
  passage: number | null;
  modelVersion: number;
}>;
