// SPDX-License-Identifier: EUPL-1.2
/** What still ties a person to the board: as long as anything does, the service goes on writing to them, and of them. */
import { type BodyKey, type Model, personByUser } from "../model/model.ts";
import type { CardPropertyKey } from "../model/rules.ts";
import { localDate } from "./calendar.ts";
import type { UserId } from "./card.ts";
import { fieldOf, type RemindedCard } from "./reminders/situation.ts";
import { isFilled } from "./requirements.ts";

export type Tie =
  | Readonly<{ kind: "approver"; body: BodyKey }>
  | Readonly<{ kind: "secretariat" | "leader" | "listed" }>
  | Readonly<{ kind: "card"; projectId: string; property: string }>;

const named = ["owner", "leader", "effectOwner"] as const satisfies readonly CardPropertyKey[];

/**
 * The ties of a person who is known by any of the user ids, on the day of `now`. A card ties whom it names until it is
 * closed with what was learned, for until then it gives reminders (P14); in the bin it does not.
 */
export function tiesOf(
  model: Model,
  cards: readonly RemindedCard[],
  users: readonly UserId[],
  now: Date,
): readonly Tie[] {
  const { bodies, secretariat, leaders } = model.municipality;
  const today = localDate(model, now);
  const keys = users.flatMap((user) => personByUser(model, user)?.key ?? []);
  const isPerson = (key: string) => keys.includes(key);
  const approves = bodies.filter(({ approvers }) =>
    approvers.some(({ person, to }) => isPerson(person) && (to === undefined || today <= to)),
  );
  return [
    ...approves.map(({ key: body }) => ({ kind: "approver", body }) as const),
    ...(secretariat.some(isPerson) ? [{ kind: "secretariat" } as const] : []),
    ...(isPerson(leaders.default) ? [{ kind: "leader" } as const] : []),
    // Whoever is in the list gets what everyone gets (D04).
    ...(keys.length > 0 ? [{ kind: "listed" } as const] : []),
    ...cards.filter((card) => isOpen(model, card)).flatMap((card) => namedOn(model, card, users)),
  ];
}

function isOpen(model: Model, card: RemindedCard): boolean {
  const { trashed, position } = card.accepted;
  if (trashed) return false;
  return position.state !== "closed" || !isFilled(fieldOf({ model }, card, "learning"));
}

function namedOn(model: Model, card: RemindedCard, users: readonly UserId[]): readonly Tie[] {
  return named
    .filter((key) => {
      const value = key === "owner" ? card.seen.owners : fieldOf({ model }, card, key);
      return Array.isArray(value) && value.some((user) => users.includes(user));
    })
    .map((key) => ({ kind: "card", projectId: card.seen.projectId, property: model.rules.card[key].name }));
}
