// SPDX-License-Identifier: EUPL-1.2
/** Who cannot be reached any more (case 47): asked of the board once a round, for everybody whom it may write to. */
import type { UserId } from "../core/card.ts";
import { isBoardAway, Permanent } from "../core/errors.ts";
import type { RemindedCard } from "../core/reminders/situation.ts";
import type { DeliveryWorld } from "./world.ts";

/** Nobody, where the connection may not ask: then a message to somebody who has left says so to nobody, and does no harm. */
export async function whoIsGone(
  { board, model }: DeliveryWorld,
  cards: readonly RemindedCard[],
): Promise<readonly UserId[]> {
  const { leader, effectOwner } = model.rules.card;
  const named = cards.flatMap(({ seen }) => [
    ...seen.owners,
    ...[leader, effectOwner].flatMap(({ name }) => users(seen.fields[name])),
  ]);
  const people = model.municipality.people.flatMap(({ notion }) => notion.slice(0, 1));
  try {
    return await board.gone([...new Set([...named, ...people])]);
  } catch (error) {
    if (error instanceof Permanent && !isBoardAway(error)) return [];
    throw error;
  }
}

function users(value: unknown): readonly UserId[] {
  return Array.isArray(value) ? value.map(String) : [];
}
