// SPDX-License-Identifier: EUPL-1.2
/** What a person gives a field, checked before it is written. */
import { z } from "zod";
import type { PropertyWrite } from "../world.ts";
import { writeProperty } from "./property-values.ts";
import { CommandRefused } from "./refused.ts";
import type { FieldView } from "./view.ts";

/** An earlier date is a year that was not typed to its end. */
const EARLIEST = "1900-01-01";

export const given = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
type Given = z.infer<typeof given>;

/** The write of one of these fields. Throws `CommandRefused` when it is none of them, or cannot hold the value. */
export function checkedWrite(fields: readonly FieldView[], name: string, value: Given): PropertyWrite {
  const field = fields.find((it) => it.name === name);
  if (!field) throw new CommandRefused(`Feltet »${name}« skrives af Faseport og kan ikke rettes her.`);
  const problem = problemWith(field, value);
  if (problem) throw new CommandRefused(`${problem} Skriv det om, så gemmer vi det.`);
  return writeProperty(field.type, value);
}

export function mustBeOption(value: string, options: readonly string[], where: string): void {
  if (!options.includes(value)) throw new CommandRefused(`»${value}« findes ikke blandt valgene i ${where}.`);
}

/** What is wrong with a value for this field, as a Danish sentence; null when it can be saved. */
function problemWith({ name, type, options }: FieldView, value: Given): string | null {
  const list = Array.isArray(value) ? value : null;
  switch (type) {
    case "number":
      return value === null || (typeof value === "number" && value >= 0)
        ? null
        : `»${name}« skal være et tal, nul eller derover.`;
    case "checkbox":
      return typeof value === "boolean" ? null : `»${name}« kan kun være ja eller nej.`;
    case "date":
      return value === null || (z.iso.date().safeParse(value).success && String(value) >= EARLIEST)
        ? null
        : `»${name}« skal være en dato med hele årstallet.`;
    case "url":
      return value === null || value === "" || z.url().safeParse(value).success
        ? null
        : `»${name}« skal være en adresse, der begynder med https://.`;
    case "select":
      return value === null || (typeof value === "string" && options.includes(value))
        ? null
        : `»${name}« har ikke det valg.`;
    case "multi_select":
      return list?.every((it) => options.includes(it)) ? null : `»${name}« har ikke alle de valg.`;
    case "people":
      return list ? null : `»${name}« skal være personer.`;
    default:
      return typeof value === "string" || value === null ? null : `»${name}« skal være tekst.`;
  }
}
