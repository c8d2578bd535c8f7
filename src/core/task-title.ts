// SPDX-License-Identifier: EUPL-1.2
/** A title that board and task both show: whoever changed it is followed, and the board wins when both did (DOMAIN 7). */
import { message, phrase } from "./messages.ts";
import { plainLine } from "./plain-text.ts";
import { hasCpr } from "./privacy.ts";
import type { TaskSeen, TaskWanted } from "./task.ts";
import type { TaskSynced } from "./task-link.ts";
import type { Saying } from "./task-said.ts";

/** UTF-16 units of a title that the board is asked to take over. */
const TITLE = 500;

type Change = "same" | "changed";
/** `card`: the task shows the card's. `task`: the card is asked to take over the task's. */
type Winner = "card" | "task" | "card, the other is kept";

/** What became of the card's title (rows) and of the task's (columns) since both sides last agreed. */
const winners: Readonly<Record<Change, Readonly<Record<Change, Winner>>>> = {
  same: { same: "card", changed: "task" },
  changed: { same: "card", changed: "card, the other is kept" },
};

export type TitleVerdict = Readonly<{
  /** The task's title that the card is asked to take over; null: the card's stands. */
  asked: string | null;
  said: readonly Saying[];
}>;

const cardStands: TitleVerdict = { asked: null, said: [] };

export function judgeTitle(wanted: TaskWanted, seen: TaskSeen, synced: TaskSynced | null): TitleVerdict {
  const theirs = plainLine(seen.title, TITLE);
  if (synced === null || theirs === plainLine(wanted.title) || theirs === "") return cardStands;
  const card = synced.title.card === wanted.title ? "same" : "changed";
  const task = synced.title.task === seen.title ? "same" : "changed";
  if (task === "changed" && hasCpr(theirs)) return { asked: null, said: [numberIn("W75")] };
  if (wanted.titleHeld) return cardStands;
  switch (winners[card][task]) {
    case "card":
      return cardStands;
    case "task":
      return { asked: theirs, said: [] };
    case "card, the other is kept":
      return { asked: null, said: [() => message("B28", { titel: theirs })] };
  }
}

/** A31: what looks like a civil registration number goes no further, in this direction either. */
export function numberIn(part: "W75" | "W76"): Saying {
  return (model) => message("A31", { felt: phrase(model, part, {}) });
}
