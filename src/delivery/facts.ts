// SPDX-License-Identifier: EUPL-1.2
/** What reminders are judged from, as the ledger has it now. */
import type { CardId } from "../core/card.ts";
import type { Facts, RemindedCard } from "../core/reminders/situation.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";

/** Every card, for a reminder of one may depend on another, everything that was sent, and who was gone at the last round. */
export async function readFacts(model: Model, ledger: Ledger, now: Date): Promise<Facts> {
  const ids: CardId[] = [];
  for await (const id of ledger.cards()) ids.push(id);
  const kept = await Promise.all(ids.map((id) => ledger.card(id)));
  const cards: readonly RemindedCard[] = kept.flatMap((it) => it?.record ?? []);
  return { model, cards, sent: await ledger.letters.sent(), gone: await ledger.letters.gone(), now };
}
