// SPDX-License-Identifier: EUPL-1.2
/** A card and its page: both ways, by id. */
import type { PageObjectResponse, UpdatePageParameters } from "@notionhq/client";
import {
  type CardPatch,
  type CardSeen,
  type FieldValue,
  type NewCard,
  propertyOf,
  type ServiceFields,
  type UnknownPhase,
} from "../../core/card.ts";
import type { BodyKey } from "../../model/model.ts";
import type { CardPropertyKey, StateKey } from "../../model/rules.ts";
import { stateKeys } from "../../model/rules.ts";
import { uuid } from "./ids.ts";
import { plainText, textItems } from "./rich-text.ts";
import { optionWrite, type Sheet } from "./sheet.ts";
import { choice, runningNumber, users, type Values, valuesOf } from "./values.ts";

export type PageProperties = NonNullable<UpdatePageParameters["properties"]>;
export type PropertyWrite = PageProperties[string];

export function cardOf(page: PageObjectResponse, sheet: Sheet): CardSeen {
  const values = valuesOf(page, sheet);
  const key = (property: CardPropertyKey) => choice(values.at(property, "select"), sheet.column(property))?.key ?? null;
  return {
    id: uuid(page.id),
    title: plainText(values.at("title", "title")?.title ?? []),
    projectId: runningNumber(values.at("projectId", "unique_id")),
    url: page.url,
    createdAt: page.created_time,
    createdBy: uuid(page.created_by.id),
    state: stateOf(key("state")),
    phase: phaseOf(values, sheet),
    track: key("track"),
    ...bodiesOf(values, sheet),
    owners: users(values.at("owner", "people")),
    fields: fieldsOf(values, sheet),
    shown: shownOf(values),
    lastEditedBy: uuid(page.last_edited_by.id),
    lastEditedAt: page.last_edited_time,
    inTrash: page.in_trash,
    elsewhere: false,
  };
}

/** The properties that one PATCH writes for a patch. */
export function cardProperties(patch: CardPatch, before: Before, sheet: Sheet): PageProperties {
  const properties: PageProperties = {};
  for (const key of patchKeys) {
    const { bound } = sheet.column(propertyOf(key));
    const write = writers[key](patch, sheet, before);
    if (write && bound) properties[bound.id] = write;
  }
  return properties;
}

/** The properties of a new card in the idea bank. */
export function newCardProperties({ challenge, ...card }: NewCard, sheet: Sheet): PageProperties {
  const { bound } = sheet.column("challenge");
  const patch: CardPatch = { ...card, state: "idea" };
  const properties = cardProperties(patch, { otherBodies: [] }, sheet);
  return bound ? { ...properties, [bound.id]: text(challenge) } : properties;
}

/** What of the card before a write goes into it. */
type Before = Pick<CardSeen, "otherBodies">;

type Writer = (patch: CardPatch, sheet: Sheet, before: Before) => PropertyWrite | null;

/** One writer for each thing a patch may change; null when the patch leaves it as it is. */
const writers: Readonly<Record<keyof CardPatch, Writer>> = {
  title: (patch) => given(patch.title, (title) => ({ title: textItems(title) })),
  owners: (patch) => given(patch.owners, (people) => ({ people: people.map((id) => ({ id })) })),
  state: (patch, sheet) => given(patch.state, (key) => select(key, "state", sheet)),
  phase: (patch, sheet) => given(patch.phase, (key) => select(key, "phase", sheet)),
  track: (patch, sheet) => given(patch.track, (key) => select(key, "track", sheet)),
  bodies: (patch, sheet, before) => given(patch.bodies, (keys) => bodies(keys, sheet, before)),
  needsFunding: (patch) => given(patch.needsFunding, (checkbox) => ({ checkbox })),
  confirmed: (patch) => given(patch.confirmed, text),
  approvals: (patch) => given(patch.approvals, text),
  missing: (patch) => given(patch.missing, text),
  wish: (patch) => given(patch.wish, text),
  lastMessage: (patch) => given(patch.lastMessage, text),
  nextMeasurement: (patch) => given(patch.nextMeasurement, (start) => ({ date: start === null ? null : { start } })),
  // Notion clears a URL with null; "" is refused.
  task: (patch) => given(patch.task, (url) => ({ url: url || null })),
};

/** Whether a write names an option instead of giving its id: it makes one that the board has lost (sheet.ts). */
export function namesOption(properties: PageProperties): boolean {
  return Object.values(properties).some((write) => {
    const { select, multi_select: several = [] } = write as {
      select?: object | null;
      multi_select?: readonly object[];
    };
    return [select ?? {}, ...several].some((option) => "name" in option);
  });
}

/** The record above has exactly the patch's keys. */
const patchKeys = Object.keys(writers) as (keyof CardPatch)[];

export function given<Value>(value: Value | undefined, write: (value: Value) => PropertyWrite): PropertyWrite | null {
  return value === undefined ? null : write(value);
}

function text(value: string): PropertyWrite {
  return { rich_text: textItems(value) };
}

function select(key: string | null, property: CardPropertyKey, sheet: Sheet): PropertyWrite {
  return { select: key === null ? null : optionWrite(sheet.column(property), key) };
}

/** A list replaces the whole value: what is no body of the municipality goes along. */
function bodies(keys: readonly BodyKey[], sheet: Sheet, before: Before): PropertyWrite {
  const own = keys.map((key) => optionWrite(sheet.column("bodies"), key));
  return { multi_select: [...own, ...before.otherBodies.map((id) => ({ id }))] };
}

function phaseOf(values: Values, sheet: Sheet): string | UnknownPhase | null {
  const phase = choice(values.at("phase", "select"), sheet.column("phase"));
  return phase && (phase.key ?? { unknown: phase.name });
}

function stateOf(key: string | null): StateKey | null {
  return stateKeys.find((it) => it === key) ?? null;
}

/** `otherBodies` are option ids: a write puts them back exactly, whatever they are called by then. */
function bodiesOf(values: Values, sheet: Sheet): Pick<CardSeen, "bodies" | "otherBodies"> {
  const column = sheet.column("bodies");
  const ids = (values.at("bodies", "multi_select")?.multi_select ?? []).map((it) => it.id);
  return {
    bodies: ids.flatMap((id) => column.option(id)?.key ?? []),
    otherBodies: ids.filter((id) => !column.option(id)),
  };
}

function fieldsOf(values: Values, sheet: Sheet): Readonly<Record<string, FieldValue>> {
  const people = sheet.columns.filter((column) => column.want.owner !== "service");
  return Object.fromEntries(people.map((column) => [column.want.name, values.field(column)]));
}

function shownOf(values: Values): ServiceFields {
  const shown = (key: CardPropertyKey) => plainText(values.at(key, "rich_text")?.rich_text ?? []);
  return {
    confirmed: shown("confirmed"),
    approvals: shown("approvals"),
    missing: shown("missing"),
    wish: shown("wish"),
    lastMessage: shown("lastMessage"),
    nextMeasurement: dateShown(values.at("nextMeasurement", "date")?.date),
    task: values.at("task", "url")?.url ?? null,
  };
}

/** A date that somebody has made a period, as ISO has it: not what the service wrote. */
function dateShown(date: Readonly<{ start: string; end: string | null }> | null | undefined): string | null {
  if (!date) return null;
  return date.end === null ? date.start : `${date.start}/${date.end}`;
}
