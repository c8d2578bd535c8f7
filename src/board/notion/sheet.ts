// SPDX-License-Identifier: EUPL-1.2
/** One data source, ready to translate with: the model's keys and names beside the board's ids. */
import type { UserId } from "../../core/card.ts";
import { Bug } from "../../core/errors.ts";
import type { Model } from "../../model/model.ts";
import type { Binding, BoundProperty, BoundSource } from "./binding.ts";
import { plainId } from "./ids.ts";
import { type WantedOption, type WantedProperty, wantedOfCards, wantedOfDecisions } from "./wanted.ts";

export type Column = Readonly<{
  want: WantedProperty;
  /** null: the board lacks it, and the service can do without. */
  bound: BoundProperty | null;
  /** The option of the rules behind an option id of the board. */
  option(id: string): WantedOption | undefined;
}>;

export type Sheet = Readonly<{
  /** The data source's id. */
  id: string;
  title: string;
  columns: readonly Column[];
  column(key: string): Column;
  /** The key of a property of the board, given its id as Notion spells it; undefined for one that is not the service's. */
  keyOf(propertyId: string): string | undefined;
}>;

/** Both data sources, and who the service is. */
export type Bound = Readonly<{ self: UserId; cards: Sheet; rows: Sheet }>;

export function boundTo({ self, projects, decisions }: Binding, model: Model): Bound {
  return {
    self,
    cards: sheetOf(projects, wantedOfCards(model)),
    rows: sheetOf(decisions, wantedOfDecisions(model)),
  };
}

export function sheetOf(source: BoundSource, wanted: readonly WantedProperty[]): Sheet {
  const columns = wanted.map((want) => columnOf(want, source.properties[want.key] ?? null));
  const byKey = new Map(columns.map((column) => [column.want.key, column]));
  const keys = new Map(columns.flatMap(({ want, bound }) => (bound ? [[plainId(bound.id), want.key] as const] : [])));
  return {
    id: source.id,
    title: source.title,
    columns,
    column(key) {
      const column = byKey.get(key);
      if (!column) throw new Bug(`the rules have no property with the key ${key}`);
      return column;
    },
    keyOf: (propertyId) => keys.get(plainId(propertyId)),
  };
}

/**
 * The option to write: by its id, for an unknown name silently makes a new option, which is a new column. Just that is
 * what is wanted of one that the board has lost: a write by name makes it again and can take nothing away, as an edit of
 * the list of options could.
 */
export function optionWrite(column: Column, key: string): Readonly<{ id: string } | { name: string }> {
  const bound = column.bound?.options[key];
  if (bound) return { id: bound.id };
  const want = column.want.options.find((it) => it.key === key);
  if (!want) throw new Bug(`"${column.want.name}" has no option ${key} in the rules`);
  return { name: want.name };
}

function columnOf(want: WantedProperty, bound: BoundProperty | null): Column {
  const byId = new Map(
    want.options.flatMap((option) => {
      const id = bound?.options[option.key]?.id;
      return id === undefined ? [] : [[plainId(id), option] as const];
    }),
  );
  return { want, bound, option: (id) => byId.get(plainId(id)) };
}
