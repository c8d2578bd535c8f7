// SPDX-License-Identifier: EUPL-1.2
/** An explanation as plain text, in the model's language: headings, and lines that a screen reader reads in order. */
import type { Message, MessageId } from "../model/messages.ts";
import type { Model } from "../model/model.ts";
import { localDate } from "./calendar.ts";
import type { Explanation, NextExplained, RequirementExplained, WaitingExplained } from "./explain.ts";
import type { DecisionExplained, Doubt } from "./explain-decisions.ts";
import type { DragExplained } from "./explain-drags.ts";
import type { MoveRule } from "./judge-move.ts";
import { longDate, phrase } from "./messages.ts";

/** The texts that need no value: what can stand in a table. */
type PlainId = {
  [Id in MessageId]: Extract<Message, { id: Id }>["params"] extends Record<string, never> ? Id : never;
}[MessageId];

/** Why, for a move that nothing is said of; null: its message says why. */
const reasons: Readonly<Record<MoveRule, PlainId | null>> = {
  T1: null,
  T2: null,
  T3: null,
  T4: null,
  T5: null,
  T5u: "W69",
  T6: null,
  T7: "W70",
  T8: "W71",
  T9: null,
  T10: null,
  T11: null,
  T12: null,
  T14: null,
  T18: "W72",
  A20: null,
};

const doubts: Readonly<Record<Doubt, PlainId>> = {
  expired: "W52",
  waiting: "W53",
  "taken-back": "W54",
  "no-meeting": "W55",
};

/** The whole explanation, ending with a line feed. The model's language must be the one it was made in. */
export function explanationText(model: Model, explained: Explanation): string {
  const { card, accepted, next, stop, earlier, wish, waiting, drags, fields } = explained;
  const word = (id: PlainId) => phrase(model, id, {});
  const parts = [
    [[card.projectId, card.title].filter((it) => it !== "").join(" "), card.url],
    accepted.inBin ? [word("W42")] : [],
    section(word("W40"), [placeText(model, accepted)]),
    next ? nextLines(model, next) : [word("W44")],
    section(
      model.rules.closing.question,
      stop.map((it) => decisionText(model, it)),
    ),
    section(
      word("W61"),
      waiting.map((it) => waitingText(model, it)),
    ),
    section(model.rules.card.wish.name, wish ? [phrase(model, "W68", { navn: wish.by, til: wish.phase })] : []),
    section(
      word("W57"),
      drags.flatMap((drag) => dragLines(model, drag)),
    ),
    section(
      word("W56"),
      earlier.map((it) => `${it.to}, ${decisionText(model, it)}`),
    ),
    section(
      word("W65"),
      fields.map((field) => fieldText(model, field)),
    ),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(printable).join("\n"))
    .join("\n\n")}\n`;
}

/** A heading and what belongs to it, set in; nothing when there is nothing. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [heading, ...lines.map((line) => `  ${line}`)] : [];
}

function placeText(model: Model, accepted: Explanation["accepted"]): string {
  const { phaseName, stateName, track, passage, since } = accepted;
  const places = [...new Set([phaseName, stateName]), track];
  const sted = `${places.join(" · ")} · ${model.rules.decision.passage.name.toLowerCase()} ${passage}`;
  return since === null ? sted : phrase(model, "W41", { sted, dato: dayOf(model, since) });
}

function nextLines(model: Model, { gate, from, to, question, requires, advises, decisions }: NextExplained) {
  const heading = phrase(model, "W43", { fra: from, til: gate === null ? to : `${to} (${gate})` });
  return section(heading, [
    question,
    ...section(
      phrase(model, "W45", {}),
      requires.map((it) => requirementText(model, it)),
    ),
    ...section(
      phrase(model, "W46", {}),
      advises.map((it) => requirementText(model, it)),
    ),
    ...section(
      phrase(model, "W47", {}),
      decisions.map((it) => decisionText(model, it)),
    ),
  ]);
}

function requirementText(model: Model, { text, met }: RequirementExplained): string {
  return phrase(model, met ? "W48" : "W49", { krav: text });
}

/** «Ældre og Sundhed: Godkendt · registreret af Karin Formand den 23. november 2026 · Punkt: 4». */
function decisionText(model: Model, decision: DecisionExplained): string {
  const { body, statusName, registered, notes, meeting, doubt, status } = decision;
  const isOpen = registered === null && (status === "waiting" || status === "ready" || status === "postponed");
  return [
    `${body}: ${statusName}`,
    ...(registered ? [phrase(model, "W50", { navn: registered.by, dato: longDate(model, registered.date) })] : []),
    ...(doubt ? [phrase(model, doubts[doubt], {})] : []),
    ...notes.map(({ field, text }) => `${field}: ${text}`),
    ...(isOpen ? [meetingText(model, meeting)] : []),
  ].join(" · ");
}

function meetingText(model: Model, meeting: DecisionExplained["meeting"]): string {
  if (!meeting) return phrase(model, "W02", {});
  return phrase(model, "W51", { moede: longDate(model, meeting.date), frist: longDate(model, meeting.deadline) });
}

/** «Fase → 2. Nytænk: kortet sættes tilbage til Udforsk (T3, A01)», then why. */
function dragLines(model: Model, { property, option, outcome, rules, said, settledName }: DragExplained) {
  const answer = {
    stays: () => phrase(model, "W58", {}),
    accepted: () => phrase(model, "W59", { sted: settledName }),
    "put-back": () => phrase(model, "W60", { sted: settledName }),
  }[outcome]();
  const ids = [...rules, ...said.map(({ id }) => id)].join(", ");
  const silent = rules.flatMap((rule) => reasons[rule] ?? []).map((id) => phrase(model, id, {}));
  return section(`${property} → ${option}: ${answer} (${ids})`, [...silent, ...said.map(({ text }) => text)]);
}

function waitingText(model: Model, { field, body, kind, since, until }: WaitingExplained): string {
  const params = { felt: field, udvalg: body ?? "", siden: timeOf(model, since), frist: timeOf(model, until) };
  const { udvalg: _none, ...ofCard } = params;
  const texts = {
    ticked: () => phrase(model, "W62", params),
    unticked: () => phrase(model, "W63", params),
    changed: () => phrase(model, "W64", ofCard),
  };
  return texts[kind]();
}

function fieldText(model: Model, { field, shown, wanted }: Explanation["fields"][number]): string {
  const said = (text: string) => (text === "" ? phrase(model, "W67", {}) : text);
  const felt = `${field}: ${said(shown)}`;
  return shown === wanted ? felt : phrase(model, "W66", { felt, vaerdi: said(wanted) });
}

function dayOf(model: Model, instant: string): string {
  return longDate(model, localDate(model, new Date(instant)));
}

/** «23. november 2026 kl. 09.05», in the municipality's time zone. */
function timeOf(model: Model, instant: string): string {
  const locale = model.rules.language === "da" ? "da-DK" : "en-GB";
  const { timeZone } = model.rules;
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "long", timeStyle: "short" }).format(new Date(instant));
}

/** One line, whatever a card's text holds: a terminal obeys control characters, and a line feed would begin a line of ours. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cc}+/gu, " ");
}
