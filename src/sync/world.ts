// SPDX-License-Identifier: EUPL-1.2
/** What the looks need of the world around them. */
import type { Board } from "../board/board.ts";
import type { CardId } from "../core/card.ts";
import type { NoticeTold } from "../core/notice.ts";
import type { Step } from "../core/plan.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import type { Difference } from "./differences.ts";

export type SyncWorld = Readonly<{
  model: Model;
  board: Board;
  ledger: Ledger;
  now: () => Promise<Date>;
  /** The service's own log: what was judged, and why. */
  report: (entry: SyncReport) => void;
  /** A look at everything found this, and no event had told of it, or not yet. */
  drifted: (found: Difference["kind"] | "task" | "idea") => void;
  /** Tells the administrator. */
  notify: (told: NoticeTold) => void;
}>;

export type SyncReport = Readonly<{
  card: CardId;
  projectId: string;
  rules: readonly string[];
  said: readonly string[];
  steps: readonly Step["do"][];
  /** The events that the judgement answers, and milliseconds since the oldest; null when none led to it. */
  events: readonly string[];
  waitedMs: number | null;
}>;
