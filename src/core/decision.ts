// SPDX-License-Identifier: EUPL-1.2
/** A decision: one body's yes or no to one gate, for one card and one passage. */
import type { BodyKey, GateId } from "../model/model.ts";
import type { DecisionStatus } from "../model/rules.ts";
import type { CardId, RowId, UserId } from "./card.ts";

/** What identifies a decision, whether its row exists yet or not. */
export type DecisionKey = Readonly<{ card: CardId; gate: GateId; body: BodyKey; passage: number }>;

/** A decision row as read from the board. */
export type DecisionSeen = Readonly<{
  id: RowId;
  /** Cards in the relation; the service's rows have exactly one. */
  cards: readonly CardId[];
  gate: GateId | null;
  body: BodyKey | null;
  passage: number | null;
  title: string;
  question: string;
  status: DecisionStatus | null;
  box: boolean;
  /** The option's name in "Beslutning", or null. */
  outcome: string | null;
  /** ISO date. */
  meeting: string | null;
  item: string;
  minutes: string | null;
  remark: string;
  disqualified: readonly UserId[];
  registeredBy: readonly UserId[];
  registeredAt: string | null;
  createdBy: UserId;
  /** The last editor of anything on the row: evidence against, never for. */
  lastEditedBy: UserId;
  /** ISO, truncated to the minute by the board. */
  lastEditedAt: string;
  inTrash: boolean;
}>;

/** What to change on a row, in one write. Absent: leave as it is. */
export type DecisionPatch = Readonly<
  Partial<{
    cards: readonly CardId[];
    gate: GateId;
    body: BodyKey;
    passage: number;
    title: string;
    question: string;
    status: DecisionStatus;
    box: boolean;
    registeredBy: readonly UserId[];
    registeredAt: string | null;
  }>
>;

/** A row to create: the whole of the service's part. */
export type NewDecision = DecisionKey &
  Readonly<{
    title: string;
    question: string;
    status: DecisionStatus;
    box: boolean;
    registeredBy: readonly UserId[];
    registeredAt: string | null;
  }>;
