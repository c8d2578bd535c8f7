// SPDX-License-Identifier: EUPL-1.2
/** What the administrator is written when something is wrong with the board, and when it is so no more (ADR 12). */
import type { Model } from "../model/model.ts";
import { fingerprint } from "./fingerprint.ts";
import { phrase, render } from "./messages.ts";
import type { Notice } from "./notice.ts";
import type { Recipient } from "./reminders/reach.ts";
import { type Written, written } from "./written.ts";

/** Who it is written to: each by name where it comes by mail, all at once in a channel. */
export function administratorsOf({ municipality: { administrators, channels } }: Model): readonly Recipient[] {
  const user = "administrator";
  if (channels.administrator !== "email") return [{ user, name: "Administrator", email: null }];
  return administrators.map(({ name, email }) => ({ user, name, email }));
}

/** A notice with the instant, ISO, since which it stands. */
export type Standing = Notice & Readonly<{ since: string }>;

/** What stands and has not been told, and what has been told and stands no more. */
export type News = Readonly<{ begun: readonly Standing[]; over: readonly Standing[] }>;

/** What has changed since the administrator was told. Something that came and went meanwhile, or went and came back, is no news. */
export function newsOf(standing: readonly Standing[], told: readonly Standing[]): News {
  const isAmong = (some: readonly Standing[], { id }: Standing) => some.some((it) => it.id === id);
  return {
    begun: standing.filter((it) => !isAmong(told, it)),
    over: told.filter((it) => !isAmong(standing, it)),
  };
}

/** The same news have the same key, whoever they are written to. */
export function newsKey({ begun, over }: News): string {
  const all = [...begun.map((it) => `+ ${it.id} ${it.since}`), ...over.map((it) => `- ${it.id} ${it.since}`)];
  return `notice-${fingerprint(all.sort().join("\n"))}`;
}

export function noticeLetter(model: Model, { begun, over }: News): Written {
  return written({
    subject: begun.length > 0 ? phrase(model, "W109", {}) : phrase(model, "W110", {}),
    paragraphs: [
      ...begun.map(({ said }) => render(model, said)),
      ...over.map(({ said }) => phrase(model, "W111", { tekst: render(model, said) })),
      phrase(model, "W112", {}),
    ],
    cards: [],
  });
}
