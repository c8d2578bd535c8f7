// SPDX-License-Identifier: EUPL-1.2
/** What a gate asks of a card's fields, and what is still missing. */
import type { Model, PhaseKey } from "../model/model.ts";
import type { Requirement } from "../model/rules.ts";
import type { CardSeen, FieldValue } from "./card.ts";
import { list, phrase } from "./messages.ts";

export type Fields = CardSeen["fields"];

/** The requirements that the fields do not meet, in the model's order. */
export function unmet(requirements: readonly Requirement[], fields: Fields): readonly Requirement[] {
  return requirements.filter((requirement) => !meets(requirement, fields[requirement.field] ?? null));
}

/** What closing asks for: from any phase, and more from the last one (T10, T11). */
export function closingRequirements({ phases, rules }: Model, phase: PhaseKey | null): readonly Requirement[] {
  const isLast = phase === phases.at(-1)?.key;
  return [...rules.closing.requires, ...((isLast && rules.closing.fromLastPhase?.requires) || [])];
}

/** Whether a value meets a requirement. Every test the requirement names must hold; the loader lets it name one. */
export function meets(requirement: Requirement, value: FieldValue): boolean {
  const checks: readonly [wanted: unknown, holds: () => boolean][] = [
    [requirement.filled, () => isFilled(value)],
    [requirement.endsWith, () => typeof value === "string" && value.trim().endsWith(requirement.endsWith ?? "")],
    [requirement.includesAny, () => itemsOf(value).some((item) => requirement.includesAny?.includes(item))],
    [requirement.countAtLeast, () => itemsOf(value).length >= (requirement.countAtLeast ?? 0)],
    [requirement.atLeast, () => typeof value === "number" && value >= (requirement.atLeast ?? 0)],
    [requirement.equals, () => value === requirement.equals],
    [requirement.not, () => isFilled(value) && value !== requirement.not],
    [requirement.minLength, () => typeof value === "string" && value.trim().length >= (requirement.minLength ?? 0)],
  ];
  const asked = checks.filter(([wanted]) => wanted !== undefined);
  return asked.length > 0 && asked.every(([, holds]) => holds());
}

/** Whether a field holds anything: text beyond spaces, a choice, a number (0 too), a tick. */
export function isFilled(value: FieldValue): boolean {
  if (typeof value === "string") return value.trim() !== "";
  if (typeof value === "number") return true;
  if (typeof value === "boolean") return value;
  return value !== null && value.length > 0;
}

/** «Testrunder (mindst 1)»: what a person has to fill in. */
export function gapText(model: Model, requirement: Requirement): string {
  const felt = requirement.field;
  const { endsWith, includesAny, countAtLeast, atLeast, equals, not, minLength } = requirement;
  if (endsWith !== undefined) return phrase(model, "W11", { felt, vaerdi: endsWith });
  if (includesAny !== undefined) return phrase(model, "W12", { felt, vaerdi: includesAny.join(", ") });
  if (countAtLeast !== undefined) return phrase(model, "W13", { felt, vaerdi: String(countAtLeast) });
  if (atLeast !== undefined) return phrase(model, "W13", { felt, vaerdi: String(atLeast) });
  if (equals !== undefined) return phrase(model, "W14", { felt, vaerdi: String(equals) });
  if (not !== undefined) return phrase(model, "W15", { felt, vaerdi: not });
  if (minLength !== undefined) return phrase(model, "W16", { felt, vaerdi: String(minLength) });
  return phrase(model, "W10", { felt });
}

/** The gaps as one list, «Intet» when there are none. */
export function gapList(model: Model, gaps: readonly Requirement[]): string {
  if (gaps.length === 0) return phrase(model, "W01", {});
  return list(
    model,
    gaps.map((gap) => gapText(model, gap)),
  );
}

function itemsOf(value: FieldValue): readonly string[] {
  return Array.isArray(value) ? value : [];
}
