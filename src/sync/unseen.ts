// SPDX-License-Identifier: EUPL-1.2
/** Cards that the service knows and cannot see, although the board is there (case 31). Nothing is concluded from that. */
import type { CardId } from "../core/card.ts";
import { unseenNotice } from "../core/notice.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { open, type WatchWorld, withdraw } from "./watch-board.ts";

/** INNO-9 before INNO-10. */
const inOrder = new Intl.Collator("da", { numeric: true });
/** How many are looked for at a time: each costs a call. */
const AT_A_TIME = 20;

/** Puts down that a card is not to be seen. Told with the first; the notice names them all. */
export async function tellUnseen(world: WatchWorld, card: CardId): Promise<void> {
  const { ledger } = world;
  await ledger.notices.addUnseen(card);
  const notice = unseenNotice(world.model, await namesOf(ledger, await ledger.notices.unseen()));
  if (!(await open(world, notice))) await ledger.notices.reword(notice);
}

/** Looks for the unseen cards again, and gives those that are back. */
export async function* findUnseen(world: WatchWorld): AsyncIterable<CardId> {
  const { ledger, board, model } = world;
  const unseen = await ledger.notices.unseen();
  if (unseen.length === 0) return;
  for (const card of unseen.slice(0, AT_A_TIME)) {
    // One that was moved elsewhere is seen, and its look says so.
    if ((await board.readCard(card)) === null) continue;
    await ledger.notices.dropUnseen([card]);
    yield card;
  }
  const notice = unseenNotice(model, await namesOf(ledger, await ledger.notices.unseen()));
  if ((await ledger.notices.unseen()).length === 0) await withdraw(world, notice);
  else await ledger.notices.reword(notice);
}

/** By number, or by title where the board has no numbers. */
async function namesOf(ledger: Ledger, cards: readonly CardId[]): Promise<readonly string[]> {
  const records = await Promise.all(cards.map((card) => ledger.card(card)));
  const names = records.flatMap((kept) => (kept ? kept.record.seen.projectId || kept.record.seen.title : []));
  return names.sort(inOrder.compare);
}
