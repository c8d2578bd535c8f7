// SPDX-License-Identifier: EUPL-1.2
/** A decision and its row: both ways, by id. */
import type { PageObjectResponse } from "@notionhq/client";
import type { DecisionPatch, DecisionSeen, NewDecision } from "../../core/decision.ts";
import type { DecisionPropertyKey, DecisionStatus } from "../../model/rules.ts";
import { given, type PageProperties, type PropertyWrite } from "./card-page.ts";
import { uuid } from "./ids.ts";
import { plainText, textItems } from "./rich-text.ts";
import { optionWrite, type Sheet } from "./sheet.ts";
import { choice, pageIds, users, valuesOf } from "./values.ts";

export function decisionOf(page: PageObjectResponse, sheet: Sheet): DecisionSeen {
  const values = valuesOf(page, sheet);
  const option = (key: DecisionPropertyKey) => choice(values.at(key, "select"), sheet.column(key));
  const text = (key: DecisionPropertyKey) => plainText(values.at(key, "rich_text")?.rich_text ?? []);
  const date = (key: DecisionPropertyKey) => values.at(key, "date")?.date?.start ?? null;
  const status = option("status")?.key ?? null;
  return {
    id: uuid(page.id),
    cards: pageIds(values.at("card", "relation")),
    gate: option("gate")?.key ?? null,
    body: option("body")?.key ?? null,
    passage: values.at("passage", "number")?.number ?? null,
    title: plainText(values.at("title", "title")?.title ?? []),
    question: text("question"),
    status: status !== null && isStatus(status) ? status : null,
    box: values.at("box", "checkbox")?.checkbox ?? false,
    outcome: option("outcome")?.name ?? null,
    meeting: date("meeting"),
    item: text("item"),
    minutes: values.at("minutes", "url")?.url ?? null,
    remark: text("remark"),
    disqualified: users(values.at("disqualified", "people")),
    registeredBy: users(values.at("registeredBy", "people")),
    registeredAt: date("registeredAt"),
    createdBy: uuid(page.created_by.id),
    lastEditedBy: uuid(page.last_edited_by.id),
    lastEditedAt: page.last_edited_time,
    inTrash: page.in_trash,
  };
}

/** The properties that one PATCH writes for a patch. */
export function decisionProperties(patch: DecisionPatch, sheet: Sheet): PageProperties {
  const properties: PageProperties = {};
  for (const { property, write } of Object.values(writers)) {
    const { bound } = sheet.column(property);
    const value = write(patch, sheet);
    if (value && bound) properties[bound.id] = value;
  }
  return properties;
}

/** The properties of a row to create. */
export function newDecisionProperties(row: NewDecision, sheet: Sheet): PageProperties {
  const { card, ...rest } = row;
  return decisionProperties({ ...rest, cards: [card] }, sheet);
}

type Writer = Readonly<{
  property: DecisionPropertyKey;
  write: (patch: DecisionPatch, sheet: Sheet) => PropertyWrite | null;
}>;

/** One writer for each thing a patch may change; null when the patch leaves it as it is. */
const writers: Readonly<Record<keyof DecisionPatch, Writer>> = {
  cards: { property: "card", write: (patch) => given(patch.cards, (ids) => ({ relation: ids.map((id) => ({ id })) })) },
  gate: { property: "gate", write: (patch, sheet) => given(patch.gate, (key) => select(key, "gate", sheet)) },
  body: { property: "body", write: (patch, sheet) => given(patch.body, (key) => select(key, "body", sheet)) },
  passage: { property: "passage", write: (patch) => given(patch.passage, (number) => ({ number })) },
  title: { property: "title", write: (patch) => given(patch.title, (it) => ({ title: textItems(it) })) },
  question: { property: "question", write: (patch) => given(patch.question, (it) => ({ rich_text: textItems(it) })) },
  status: { property: "status", write: (patch, sheet) => given(patch.status, (key) => select(key, "status", sheet)) },
  box: { property: "box", write: (patch) => given(patch.box, (checkbox) => ({ checkbox })) },
  registeredBy: {
    property: "registeredBy",
    write: (patch) => given(patch.registeredBy, (ids) => ({ people: ids.map((id) => ({ object: "user", id })) })),
  },
  registeredAt: {
    property: "registeredAt",
    write: (patch) => given(patch.registeredAt, (start) => ({ date: start === null ? null : { start } })),
  },
};

function select(key: string, property: DecisionPropertyKey, sheet: Sheet): PropertyWrite {
  return { select: optionWrite(sheet.column(property), key) };
}

const statuses: Readonly<Record<DecisionStatus, true>> = {
  waiting: true,
  ready: true,
  approved: true,
  declined: true,
  postponed: true,
  used: true,
  void: true,
  expired: true,
};

function isStatus(key: string): key is DecisionStatus {
  return Object.hasOwn(statuses, key);
}
