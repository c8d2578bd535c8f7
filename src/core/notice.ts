// SPDX-License-Identifier: EUPL-1.2
/** What an administrator is told: said once, and standing until it is so no more. There is no card to say it on. */
import type { Message } from "../model/messages.ts";
import type { Model } from "../model/model.ts";
import { list, message, phrase } from "./messages.ts";

/** Which part of the service's watch a notice comes from: it is withdrawn by the same. */
export type Topic = "access" | "schema" | "phases" | "unseen" | "channels";

export type Notice = Readonly<{
  /** The same for the same matter, so that it is not told twice. */
  id: string;
  topic: Topic;
  said: Message;
  /** Nothing is done on the board as long as it stands. */
  holds: boolean;
}>;

/** What is to be said to the administrator: a new notice with its cause, or that an old one stands no more. */
export type NoticeTold = Readonly<{ notice: Notice; is: "new" | "over"; cause?: Error }>;

/**
 * How the board's fields and options differ from what the rules expect. `unknown`: an option of a guarded field that the
 * rules do not have. `mistyped`: no longer the type that is read; used as if it were missing. `misdirected`: a relation to
 * another data source. `replaced` is only of the moment: deleted and made anew under the same name since the board was
 * last read.
 */
export type DifferenceFound = Readonly<{
  kind: "renamed" | "replaced" | "missing" | "mistyped" | "misdirected" | "unknown";
  /** Which data source, and what the board calls it. */
  source: string;
  title: string;
  /** The name in the rules. */
  property: string;
  option: string | null;
  /** What the rules expect: a name, a type, or for an unknown option the names of those there should be. */
  expected: readonly string[];
  /** What there is instead; null: nothing. */
  found: string | null;
  /** Nothing can be done on the board until a person has put it right. */
  hinders: boolean;
}>;

/** B35: the board is lost to the service. */
export function accessNotice(): Notice {
  return { id: "access", topic: "access", said: message("B35", {}), holds: true };
}

/** B36: many cards have lost their phase at once. Only those cards wait. */
export function massLossNotice(cards: number): Notice {
  return { id: "phases", topic: "phases", said: message("B36", { antal: String(cards) }), holds: false };
}

/** B38: reminders cannot be sent by a channel, and stand on the cards instead. */
export function channelNotice(channel: string): Notice {
  return { id: `channel ${channel}`, topic: "channels", said: message("B38", { kanal: channel }), holds: false };
}

/** B37: cards that are not in the bin and yet not there. */
export function unseenNotice(model: Model, projectIds: readonly string[]): Notice {
  return { id: "unseen", topic: "unseen", said: message("B37", { liste: list(model, projectIds) }), holds: false };
}

/**
 * B19: one notice for each thing that is otherwise than the rules say. An option made anew is none: it is found again by
 * its name, and nothing is left for a person to do.
 */
export function differenceNotices(model: Model, differences: readonly DifferenceFound[]): readonly Notice[] {
  const lasting = differences.filter(({ kind, option }) => kind !== "replaced" || option === null);
  return lasting.map((difference) => differenceNotice(model, difference));
}

function differenceNotice(model: Model, difference: DifferenceFound): Notice {
  const { title, hinders } = difference;
  const said = message("B19", {
    database: title,
    aendringer: changeText[difference.kind](model, difference),
    forventet: expectedText(model, difference),
  });
  return { id: differenceId(difference), topic: "schema", said, holds: hinders };
}

/** Tells differences apart; the same one found again has the same. */
function differenceId({
  kind,
  source,
  property,
  option,
  found,
}: Pick<DifferenceFound, "kind" | "source" | "property" | "option" | "found">): string {
  return ["schema", kind, source, property, option ?? "", found ?? ""].join(" | ");
}

/** The id of the notice about an option of the phase that the rules do not have (A20). */
export function unknownPhaseId(model: Model, name: string): string {
  const property = model.rules.card.phase.name;
  return differenceId({ kind: "unknown", source: "projects", property, option: name, found: name });
}

type Say = (model: Model, difference: DifferenceFound) => string;

/** Every kind has its words. */
const changeText: Readonly<Record<DifferenceFound["kind"], Say>> = {
  renamed: (model, { property: felt, option: valg, found }) =>
    valg === null
      ? phrase(model, "W80", { felt, navn: found ?? "" })
      : phrase(model, "W81", { valg, felt, navn: found ?? "" }),
  missing: (model, { property: felt, option: valg }) =>
    valg === null ? phrase(model, "W82", { felt }) : phrase(model, "W83", { valg, felt }),
  mistyped: (model, { property: felt, found }) => phrase(model, "W84", { felt, navn: found ?? "" }),
  misdirected: (model, { property: felt }) => phrase(model, "W85", { felt }),
  unknown: (model, { property: felt, found }) => phrase(model, "W86", { felt, navn: found ?? "" }),
  replaced: (model, { property: felt }) => phrase(model, "W87", { felt }),
};

function expectedText(model: Model, { kind, expected }: DifferenceFound): string {
  if (kind === "mistyped") return phrase(model, "W90", { navn: expected[0] ?? "" });
  return list(
    model,
    expected.map((navn) => phrase(model, "W89", { navn })),
  );
}
