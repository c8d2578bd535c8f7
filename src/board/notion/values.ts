// SPDX-License-Identifier: EUPL-1.2
/** Property values of a page, found by property id and read in the model's words. */
import type { PageObjectResponse } from "@notionhq/client";
import type { FieldValue, UserId } from "../../core/card.ts";
import { Permanent } from "../../core/errors.ts";
import type { PropertyType } from "../../model/rules.ts";
import { plainId, uuid } from "./ids.ts";
import { plainText } from "./rich-text.ts";
import type { Column, Sheet } from "./sheet.ts";

export type PageValue = PageObjectResponse["properties"][string];
export type ValueOf<Type extends PropertyType> = Extract<PageValue, { type: Type }>;

/** A page's values by the model's keys. */
export type Values = Readonly<{
  /** null: the board lacks the property, which only happens to those the service can do without. */
  at<Type extends PropertyType>(key: string, type: Type): ValueOf<Type> | null;
  /** What the rules call the value: a requirement compares with this. */
  field(column: Column): FieldValue;
}>;

/**
 * The values of one page. Throws Permanent when a needed property is gone or has another type: read as empty it would
 * look like forty cards that lost their phase.
 */
export function valuesOf(page: PageObjectResponse, sheet: Sheet): Values {
  const byId = new Map(Object.values(page.properties).map((value) => [plainId(value.id), value]));
  const find = (column: Column): PageValue | null => {
    const value = column.bound && byId.get(plainId(column.bound.id));
    if (value?.type === column.want.type) return value;
    if (!column.want.needed) return null;
    throw new Permanent(
      `«${sheet.title}» has lost its property "${column.want.name}" (${column.want.type}). Restore it in Notion`,
      { whole: "board" },
    );
  };
  return {
    at: (key, type) => {
      const value = find(sheet.column(key));
      return value && isOf(value, type) ? value : null;
    },
    field: (column) => {
      const value = find(column);
      return value && fieldValue(value, column);
    },
  };
}

/** The option that a select shows: the rules' key and name if they have it, else the board's name alone. */
export function choice(value: ValueOf<"select"> | null, column: Column): { key: string | null; name: string } | null {
  const option = value?.select;
  if (!option) return null;
  const known = column.option(option.id);
  return known ? { key: known.key, name: known.name } : { key: null, name: option.name };
}

/** Users in a people property; a group is nobody who could be told or could tick. */
export function users(value: ValueOf<"people"> | null): readonly UserId[] {
  return (value?.people ?? []).filter((it) => it.object === "user").map((it) => uuid(it.id));
}

export function pageIds(value: ValueOf<"relation"> | null): readonly string[] {
  return (value?.relation ?? []).map((it) => uuid(it.id));
}

/** A running number such as INNO-12; "" for none. */
export function runningNumber(value: ValueOf<"unique_id"> | null): string {
  const { prefix, number } = value?.unique_id ?? { prefix: null, number: null };
  if (number === null) return "";
  return prefix ? `${prefix}-${number}` : String(number);
}

type Readers = { readonly [Type in PropertyType]: (value: ValueOf<Type>, column: Column) => FieldValue };

const readers: Readers = {
  title: (it) => plainText(it.title),
  rich_text: (it) => plainText(it.rich_text),
  select: (it, column) => choice(it, column)?.name ?? null,
  multi_select: (it, column) => it.multi_select.map((option) => column.option(option.id)?.name ?? option.name),
  people: (it) => users(it),
  number: (it) => it.number,
  checkbox: (it) => it.checkbox,
  date: (it) => it.date?.start ?? null,
  url: (it) => it.url,
  relation: (it) => pageIds(it),
  unique_id: (it) => runningNumber(it),
};

function fieldValue(value: PageValue, column: Column): FieldValue {
  const read = <Type extends PropertyType>(type: Type): FieldValue =>
    isOf(value, type) ? readers[type](value, column) : null;
  return read(column.want.type);
}

function isOf<Type extends PropertyType>(value: PageValue, type: Type): value is ValueOf<Type> {
  return value.type === type;
}
