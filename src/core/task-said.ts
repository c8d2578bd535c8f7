// SPDX-License-Identifier: EUPL-1.2
/** What is said on a task: in Danish with the English below, to everybody and to nobody by name (DOMAIN 7). */
import type { Message, MessageId } from "../model/messages.ts";
import type { Model } from "../model/model.ts";
import { fingerprint } from "./fingerprint.ts";
import { inLanguage, render } from "./messages.ts";
import type { TaskNote } from "./task-link.ts";

/** The texts that a task may be told. None of them has a place for a person's name. */
type NotedId = Extract<MessageId, "A25" | "A25m" | "A25s" | "A25t" | "A26" | "A31" | "B25" | "B28" | "B30">;
type Noted = Extract<Message, { id: NotedId }>;

/** What is to be said, in whichever language the model it is given speaks. */
export type Saying = (model: Model) => Noted;

/** `topic`: what it answers; said again only when it is another one, or long after. */
export type Said = Readonly<{ topic: string; note: TaskNote }>;

/** Puts a saying in words. The marker is made of `occasion`: the same one twice is one comment. */
export function noteOf(model: Model, saying: Saying, occasion: string): Said {
  const said = saying(model);
  const texts = (["da", "en"] as const).map((language) => inLanguage(model, language));
  const text = texts.map((speaking) => render(speaking, saying(speaking))).join("\n\n");
  const topic = `${said.id} ${JSON.stringify(said.params)}`;
  return { topic, note: { text, marker: `${said.id}-${fingerprint(`${occasion} ${topic}`)}` } };
}
