// SPDX-License-Identifier: EUPL-1.2
/** What must not leave the board, and what is said when it stands on a card (DOMAIN 7, cases 48 and 49). */
import type { Model } from "../model/model.ts";
import type { CardSeen } from "./card.ts";
import { type Course, say, withNext } from "./course.ts";
import { message } from "./messages.ts";

/** Something that may be a Danish civil registration number: six digits of a date, four more, any dash or space between (case 48). */
const cprLike = /(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[\p{Pd}\s]{0,3}\d{4}(?!\d)/u;

/** Whether a text holds something that may be a civil registration number. */
export function hasCpr(text: string): boolean {
  return cprLike.test(text);
}

const everyCprLike = new RegExp(cprLike, "gu");

/** The text with dots for every number that may be a civil registration number: for what is sent to people outside the board. */
export function withoutCpr(text: string): string {
  return text.replace(everyCprLike, "••••••-••••");
}

/** The board's address of a card repeats its title, which may be one that must not leave the board; its id is enough. */
export function withoutTitle(url: string): string {
  return url.replace(/\/[^/?#]*-([0-9a-f]{32})(?=$|[?#])/u, "/$1");
}

export function isConfidential(model: Model, { fields }: Pick<CardSeen, "fields">): boolean {
  return fields[model.rules.card.confidentiality.name] === model.rules.confidential;
}

/** Says what is kept from the tracker, once: a number in a field that would be sent (B14), a card made confidential (B15). */
export function takePrivacy(course: Course): Course {
  return takeConfidentiality(takeNumbers(course));
}

/** B14, once for each field until the number is gone from it. */
function takeNumbers(course: Course): Course {
  const { seen, next } = course;
  const found = sentFields(course.model, seen.card).filter(({ text }) => hasCpr(text));
  const names = found.map(({ name }) => name);
  const told = found
    .filter(({ name }) => !next.withheld.includes(name))
    .reduce((held, { name }) => say(held, message("B14", { felt: name }), { actors: [] }), course);
  return sameNames(names, next.withheld) ? told : withNext(told, { withheld: names });
}

/** The fields of people's own whose text a task shows. */
function sentFields(model: Model, { title, fields }: CardSeen): readonly { name: string; text: string }[] {
  const { title: named, question } = model.rules.card;
  return [
    { name: named.name, text: title },
    { name: question.name, text: String(fields[question.name] ?? "") },
  ];
}

/** B15 to the owner, and to the secretariat that the tracker remembers what it has shown (B29). Not before there is a task. */
function takeConfidentiality(course: Course): Course {
  const { model, seen, next } = course;
  const confidential = isConfidential(model, seen.card);
  if (confidential === next.confidential) return course;
  const changed = withNext(course, { confidential });
  if (!confidential || seen.task === undefined || seen.task.url === null) return changed;
  const toOwner = say(changed, message("B15", {}), { actors: [] });
  return say(toOwner, message("B29", { projekt: seen.card.projectId, link: seen.task.url }), { actors: [] });
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
