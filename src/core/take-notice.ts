// SPDX-License-Identifier: EUPL-1.2
/** What reminders count from: when a person last edited the card, and since when each date and choice stands as it does. */
import { type Model, personByUser } from "../model/model.ts";
import type { Accepted, Noticed, NoticedKey } from "./accepted.ts";
import type { CardSeen } from "./card.ts";
import { type Course, type Observation, withNext } from "./course.ts";

/** Puts down what has changed since the last look. Says nothing and logs nothing. */
export function takeNotice(course: Course): Course {
  const { model, seen, next } = course;
  const touchedAt = [next.touchedAt, ...editsByPersons(model, seen)].sort().at(-1) ?? next.touchedAt;
  return withNext(course, { touchedAt, noticed: noticedNow(model, next, seen) });
}

/** What is noticed of a card that nobody has looked at before: all of it now. */
export function noticedFirst(
  model: Model,
  accepted: Pick<Accepted, "position" | "trashed">,
  seen: Pick<Observation, "card" | "now">,
): Pick<Accepted, "touchedAt" | "noticed"> {
  const at = seen.now.toISOString();
  return { touchedAt: at, noticed: mapped((key) => ({ value: readers[key](model, accepted, seen.card), at })) };
}

/**
 * When persons edited the card, as events tell. Where an event was lost the page's last editor tells it, if that is one of
 * the municipality's people: another integration keeps no card alive.
 */
function editsByPersons(model: Model, { card, cardHints, self }: Observation): readonly string[] {
  const told = cardHints.filter(({ authors }) => authors.some((it) => it.kind === "person" && it.id !== self));
  const last = personByUser(model, card.lastEditedBy) ? [card.lastEditedAt] : [];
  return [...told.map(({ at }) => at), ...last];
}

function noticedNow(model: Model, next: Accepted, { card, now }: Observation): Accepted["noticed"] {
  return mapped((key) => {
    const [known, value] = [next.noticed[key], readers[key](model, next, card)];
    return known.value === value ? known : { value, at: now.toISOString() };
  });
}

type Reader = (model: Model, accepted: Pick<Accepted, "position" | "trashed">, card: CardSeen) => string;

const fieldOf =
  (key: Exclude<NoticedKey, "position">): Reader =>
  ({ rules }, _accepted, { fields }) =>
    String(fields[rules.card[key].name] ?? "");

/** A card that comes back from the bin begins anew, as one that is taken up again. */
const readers: Readonly<Record<NoticedKey, Reader>> = {
  position: (_model, { position: { state, phase }, trashed }) =>
    [state, phase ?? "-", ...(trashed ? ["away"] : [])].join(" "),
  inOperationFrom: fieldOf("inOperationFrom"),
  parkedUntil: fieldOf("parkedUntil"),
  effectStatus: fieldOf("effectStatus"),
  outcome: fieldOf("outcome"),
};
const keys = Object.keys(readers) as NoticedKey[];

function mapped(make: (key: NoticedKey) => Noticed): Accepted["noticed"] {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Accepted["noticed"];
}
