// SPDX-License-Identifier: EUPL-1.2
/**
 * What is known of a page after the service has written it. A write answers with the whole page, and in it may stand what
 * somebody changed since the page was last read: nobody has judged that, so it is not known yet. Kept as it was, it
 * differs from the board, and the next look finds it even if its event is lost.
 */
import type { Model } from "../model/model.ts";
import { type CardPatch, type CardSeen, propertyOf } from "./card.ts";
import type { DecisionPatch, DecisionSeen } from "./decision.ts";

const edit = ["lastEditedBy", "lastEditedAt"] as const;

/** The card as it was known, with what the patch wrote as the board now shows it. */
export function cardAfterWrite({ rules }: Model, known: CardSeen, patch: CardPatch, answer: CardSeen): CardSeen {
  const keys = Object.keys(patch) as (keyof CardPatch)[];
  const names = keys.map((key) => rules.card[propertyOf(key)].name);
  return {
    ...known,
    ...picked(answer, [...keys, ...edit]),
    fields: { ...known.fields, ...picked(answer.fields, names) },
    shown: { ...known.shown, ...picked(answer.shown, keys) },
  };
}

/** The row as it was known, with what the patch wrote as the board now shows it, and who edited it last. */
export function rowAfterWrite(known: DecisionSeen, patch: DecisionPatch, answer: DecisionSeen): DecisionSeen {
  return { ...known, ...picked(answer, [...Object.keys(patch), ...edit]) };
}

/** Those of the keys that the values have, in the values' order. */
function picked<Values extends object>(values: Values, keys: readonly string[]): Pick<Values, keyof Values & string> {
  const entries = Object.entries(values).filter(([key]) => keys.includes(key));
  return Object.fromEntries(entries) as Pick<Values, keyof Values & string>;
}
