// SPDX-License-Identifier: EUPL-1.2
/** The nouns: a card as the board shows it, where it stands, and the hints that say who touched it. */
import type { BodyKey, PhaseKey, TrackKey } from "../model/model.ts";
import type { CardPropertyKey, DecisionPropertyKey, StateKey } from "../model/rules.ts";

export type CardId = string;
export type RowId = string;
/** A user id of the board. Not every user is a person of the municipality's list. */
export type UserId = string;

/** A field's value in plain data: text, choice, date (ISO) as string; choices and people (user ids) as list; empty as null, "" or []. */
export type FieldValue = string | number | boolean | null | readonly string[];

export type Position = Readonly<{ state: StateKey; phase: PhaseKey | null }>;

/** A phase option on the board that the model does not have. */
export type UnknownPhase = Readonly<{ unknown: string }>;

/** The fields of a card that the service writes, as the board shows them now. */
export type ServiceFields = Readonly<{
  confirmed: string;
  approvals: string;
  missing: string;
  wish: string;
  lastMessage: string;
  /** A local date. */
  nextMeasurement: string | null;
  task: string | null;
}>;

const everyServiceField: Readonly<Record<keyof ServiceFields, true>> = {
  confirmed: true,
  approvals: true,
  missing: true,
  wish: true,
  lastMessage: true,
  nextMeasurement: true,
  task: true,
};
export const serviceFields = Object.keys(everyServiceField) as readonly (keyof ServiceFields)[];

/** A card as read from the board, in the model's words. */
export type CardSeen = Readonly<{
  id: CardId;
  title: string;
  /** Notion's running number, such as INNO-12; "" when the board has none. */
  projectId: string;
  url: string;
  /** ISO, truncated to the minute by the board. */
  createdAt: string;
  createdBy: UserId;
  /** null: empty, or an option the model does not have. */
  state: StateKey | null;
  phase: PhaseKey | UnknownPhase | null;
  track: TrackKey | null;
  bodies: readonly BodyKey[];
  /** Options of the bodies property that are no body of the municipality; kept when the property is written. */
  otherBodies: readonly string[];
  owners: readonly UserId[];
  /** Every property that people edit, by its name in the rules; a requirement reads its field here. */
  fields: Readonly<Record<string, FieldValue>>;
  shown: ServiceFields;
  /** The last editor of anything on the card: evidence against, never for. */
  lastEditedBy: UserId;
  /** ISO, truncated to the minute by the board. */
  lastEditedAt: string;
  inTrash: boolean;
  /** Moved to another database: nothing of it can be read there, and all else here is as it was read last. */
  elsewhere: boolean;
}>;

/** Whether the card is off the board: in its bin, or elsewhere. Nothing of it is judged until it is back. */
export function isAway({ inTrash, elsewhere }: CardSeen): boolean {
  return inTrash || elsewhere;
}

/** What to change on a card, in one write. Absent: leave as it is. */
export type CardPatch = Readonly<
  Partial<
    ServiceFields & {
      title: string;
      owners: readonly UserId[];
      state: StateKey;
      phase: PhaseKey | null;
      track: TrackKey | null;
      bodies: readonly BodyKey[];
      needsFunding: boolean;
    }
  >
>;

/** The property that a part of a patch is written to. */
export function propertyOf(key: keyof CardPatch): CardPropertyKey {
  return key === "owners" ? "owner" : key;
}

/** A card to create in the idea bank: an idea that came from elsewhere, as plain text. */
export type NewCard = Readonly<{ title: string; challenge: string; owners: readonly UserId[]; task: string }>;

export type AuthorKind = "person" | "bot" | "agent";
export type Author = Readonly<{ id: UserId; kind: AuthorKind }>;

/** What an event tells: look again, and this is who touched it. Never a value. */
export type Hint = Readonly<{
  event: string;
  /** When the event says it happened, ISO with milliseconds. */
  at: string;
  kind: "created" | "changed" | "trashed" | "restored";
  authors: readonly Author[];
  /** Keys of the touched properties; the name for a field without a key. Empty when the event names none. */
  touched: readonly (CardPropertyKey | DecisionPropertyKey | (string & {}))[];
}>;
