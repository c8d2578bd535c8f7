// SPDX-License-Identifier: EUPL-1.2
/** Text by id and language: what the service says, and the words it says it with. */
import type { Message, MessageId, MessageParams } from "../model/messages.ts";
import { type BodyKey, bodyOf, type Model, type PhaseKey, phaseOf } from "../model/model.ts";
import type { Position } from "./card.ts";

/** A message ready to be said. Keeps id and parameters of one kind together. */
export function message<Id extends MessageId>(id: Id, params: MessageParams<Id>): Extract<Message, { id: Id }> {
  return { id, params } as unknown as Extract<Message, { id: Id }>;
}

/** The message's text in the model's language, with every placeholder filled. */
export function render(model: Model, said: Message): string {
  const params: Readonly<Record<string, string>> = said.params;
  return model.texts[said.id][model.rules.language].replace(
    /\{(\w+)\}/gu,
    (whole, name: string) => params[name] ?? whole,
  );
}

/** The same model, speaking another language. Names of phases, fields and bodies are the municipality's own and stay. */
export function inLanguage(model: Model, language: Model["rules"]["language"]): Model {
  return { ...model, rules: { ...model.rules, language } };
}

/** A word or phrase of the messages file, rendered. */
export function phrase<Id extends MessageId>(model: Model, id: Id, params: MessageParams<Id>): string {
  return render(model, message(id, params));
}

/** «a, b og c». */
export function list(model: Model, items: readonly string[], and = phrase(model, "W17", {})): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")}${and}${last}`;
}

/** «a, b eller c». */
export function choice(model: Model, items: readonly string[]): string {
  return list(model, items, phrase(model, "W73", {}));
}

/** «14. oktober 2026» in Danish, «14 October 2026» in English. */
export function longDate(model: Model, date: string): string {
  return longDates[model.rules.language].format(new Date(`${date}T00:00:00Z`));
}

/** Made once: making a format costs a hundred times what using it does. */
const longDates = {
  da: new Intl.DateTimeFormat("da-DK", { timeZone: "UTC", dateStyle: "long" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "long" }),
} as const satisfies Record<Model["rules"]["language"], Intl.DateTimeFormat>;

/** «marts 2027», of a month as 2027-03. */
export function monthName(model: Model, month: string): string {
  const { language } = model.rules;
  const named = new Intl.DateTimeFormat(language === "da" ? "da-DK" : "en-GB", {
    timeZone: "UTC",
    month: "long",
    year: "numeric",
  });
  return named.format(new Date(`${month}-01T00:00:00Z`));
}

/** A phase as people say it; the idea bank for none. */
export function phaseName(model: Model, phase: PhaseKey | null): string {
  return phase === null ? model.rules.states.idea : phaseOf(model, phase).short;
}

/** Where a card stands, as people say it: the phase, or the state when that says more. */
export function placeName(model: Model, position: Position): string {
  if (position.state === "closed" || position.state === "idea") return model.rules.states[position.state];
  return phaseName(model, position.phase);
}

/** The bodies by name; the field that names them while it is empty. */
export function bodyNames(model: Model, bodies: readonly BodyKey[]): string {
  if (bodies.length === 0) return model.rules.card.bodies.name;
  return list(
    model,
    bodies.map((body) => bodyOf(model, body).name),
  );
}
