// SPDX-License-Identifier: EUPL-1.2
/** What sending reminders needs of the world around it. */
import type { Board } from "../board/board.ts";
import type { CommentChannel } from "../channels/comment/comment.ts";
import type { OutsideChannels } from "../channels/open.ts";
import type { UserId } from "../core/card.ts";
import type { NoticeTold } from "../core/notice.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import type { ChannelName } from "../model/municipality.ts";

export type DeliveryWorld = Readonly<{
  model: Model;
  board: Pick<Board, "gone">;
  ledger: Ledger;
  /** The way that is always there. */
  comments: CommentChannel;
  /** The ways that the municipality has chosen beside it. */
  outside: OutsideChannels;
  now: () => Promise<Date>;
  /** Tells the administrator. */
  notify: (told: NoticeTold) => void;
  /** The service's own log: who was sent what, and how. */
  sent: (entry: SentReport) => void;
}>;

export type SentReport = Readonly<{ letter: string; person: UserId; by: ChannelName; said: readonly string[] }>;
