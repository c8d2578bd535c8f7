// SPDX-License-Identifier: EUPL-1.2
/** Who a reminder goes to: a role becomes the persons who have it on this card and can still be reached. */
import { type BodyKey, type PersonKey, personOf } from "../../model/model.ts";
import type { CardPropertyKey } from "../../model/rules.ts";
import type { UserId } from "../card.ts";
import { approversOn } from "../tell.ts";
import { fieldOf, type RemindedCard, type Situation } from "./situation.ts";

export type ReminderRole = "owner" | "leader" | "effectOwner" | "secretariat" | "approver" | "everyone";

/** A person, and as what: «Effektansvarlig, else owner» is settled here. */
export type Addressee = Readonly<{ user: UserId; as: ReminderRole }>;
export type People = (role: ReminderRole) => readonly Addressee[];

/** The people of one card. */
export function peopleOfCard(situation: Situation, card: RemindedCard): People {
  const own = (key: CardPropertyKey, as: ReminderRole) =>
    addressed(situation, users(fieldOf(situation, card, key)), as);
  const owner = () => addressed(situation, card.seen.owners, "owner");
  const others = peopleOfBodies(situation, []);
  const roles: Readonly<Partial<Record<ReminderRole, () => readonly Addressee[]>>> = {
    owner,
    effectOwner: () => firstNamed(own("effectOwner", "effectOwner"), owner),
    leader: () => firstNamed(own("leader", "leader"), () => others("leader")),
  };
  return (role) => roles[role]?.() ?? others(role);
}

/** The people of bodies, and those of the municipality as a whole. */
export function peopleOfBodies(situation: Situation, bodies: readonly BodyKey[]): People {
  const { model, now } = situation;
  const { leaders, secretariat, people } = model.municipality;
  const named = (keys: readonly PersonKey[], as: ReminderRole) =>
    addressed(
      situation,
      keys.flatMap((key) => personOf(model, key)?.notion.slice(0, 1) ?? []),
      as,
    );
  const roles: Readonly<Record<ReminderRole, () => readonly Addressee[]>> = {
    owner: () => [],
    effectOwner: () => [],
    leader: () => firstNamed(named([leaders.default], "leader"), () => named(secretariat, "secretariat")),
    secretariat: () => named(secretariat, "secretariat"),
    approver: () =>
      named(
        bodies.flatMap((body) => approversOn(model, body, now).map(({ key }) => key)),
        "approver",
      ),
    everyone: () =>
      named(
        people.map(({ key }) => key),
        "everyone",
      ),
  };
  return (role) => roles[role]();
}

function firstNamed(first: readonly Addressee[], otherwise: () => readonly Addressee[]): readonly Addressee[] {
  return first.length > 0 ? first : otherwise();
}

function addressed({ gone }: Situation, list: readonly UserId[], as: ReminderRole): readonly Addressee[] {
  return [...new Set(list)].filter((user) => !gone.includes(user)).map((user) => ({ user, as }));
}

function users(value: unknown): readonly UserId[] {
  return Array.isArray(value) ? value.map(String) : [];
}
