// SPDX-License-Identifier: EUPL-1.2
/** What a person can do on the page: each command is one act in one of the two worlds, under that person's name. */
import { z } from "zod";
import type { PageWorld } from "./build-view.ts";
import { cardFields, decisionFields, optionsOf } from "./form.ts";
import { writeProperty } from "./property-values.ts";
import type { FieldView } from "./view.ts";

const person = z.string({ error: "Vælg først, hvem du er." }).min(1, { error: "Vælg først, hvem du er." });
const text = z.string().trim().min(1, { error: "Skriv noget først." }).max(20_000, { error: "Teksten er for lang." });
const label = z.string().trim().min(1, { error: "Vælg en mærkat først." }).max(50, { error: "Mærkaten er for lang." });
const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const issue = z.int().positive();

export const commandSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("move"), by: person, card: z.string(), phase: z.string().nullable() }),
  z.strictObject({ do: z.literal("edit"), by: person, card: z.string(), field: z.string(), value }),
  z.strictObject({ do: z.literal("decide"), by: person, row: z.string(), field: z.string(), value }),
  z.strictObject({ do: z.literal("comment"), by: person, card: z.string(), text }),
  z.strictObject({ do: z.literal("move-label"), issue, label }),
  z.strictObject({ do: z.literal("add-label"), issue, label }),
  z.strictObject({ do: z.literal("remove-label"), issue, label }),
  z.strictObject({ do: z.literal("comment-issue"), issue, text }),
  z.strictObject({ do: z.literal("close-issue"), issue }),
  z.strictObject({ do: z.literal("reopen-issue"), issue }),
]);
export type Command = z.infer<typeof commandSchema>;

/** A command that cannot be carried out, said in Danish to the person who gave it. Nothing has been changed. */
export class CommandRefused extends Error {
  override readonly name = "CommandRefused";
}

type Carry = { [Do in Command["do"]]: (world: PageWorld, command: Extract<Command, { do: Do }>) => void };

const carry: Carry = {
  move(world, { by, card, phase }) {
    const { name } = world.rules.card.phase;
    if (phase) mustBeOption(phase, optionsOf(world.notion.dataSource(world.notion.projects), name), name);
    known(world, world.notion.projects, card);
    world.notion.edit(by, card, { [name]: writeProperty("select", phase) });
  },
  edit(world, { by, card, field, value }) {
    known(world, world.notion.projects, card);
    const fields = cardFields(world.rules, world.notion.dataSource(world.notion.projects));
    world.notion.edit(by, card, { [field]: checkedWrite(fields, field, value) });
  },
  decide(world, { by, row, field, value }) {
    known(world, world.notion.decisions, row);
    const fields = decisionFields(world.rules, world.notion.dataSource(world.notion.decisions));
    world.notion.edit(by, row, { [field]: checkedWrite(fields, field, value) });
  },
  comment(world, { by, card, text }) {
    known(world, world.notion.projects, card);
    world.notion.comment(by, card, text);
  },
  "move-label"(world, { issue, label }) {
    const phases = world.rules.phases.map((phase) => phase.label);
    mustBeOption(label, phases, "faserne");
    for (const other of labelsOn(world, issue).filter((it) => phases.includes(it) && it !== label)) {
      world.github.unlabel(world.developer, issue, other);
    }
    if (!labelsOn(world, issue).includes(label)) world.github.label(world.developer, issue, label);
  },
  "add-label"(world, { issue, label }) {
    if (labelsOn(world, issue).includes(label)) throw new CommandRefused(`Opgaven har allerede mærkaten «${label}».`);
    world.github.label(world.developer, issue, label);
  },
  "remove-label"(world, { issue, label }) {
    if (!labelsOn(world, issue).includes(label)) throw new CommandRefused(`Opgaven har ikke mærkaten «${label}».`);
    world.github.unlabel(world.developer, issue, label);
  },
  "comment-issue": (world, { issue, text }) => {
    labelsOn(world, issue);
    world.github.comment(world.developer, issue, text);
  },
  "close-issue": (world, { issue }) => {
    labelsOn(world, issue);
    world.github.closeIssue(world.developer, issue, "completed");
  },
  "reopen-issue": (world, { issue }) => {
    labelsOn(world, issue);
    world.github.reopenIssue(world.developer, issue);
  },
};

/** Carries out one command. Throws `CommandRefused` with a Danish sentence when it cannot be done. */
export function carryOut(world: PageWorld, command: Command): void {
  if ("by" in command && !world.notion.people.some((it) => it.id === command.by && it.kind === "person")) {
    throw new CommandRefused("Vi kender ikke den person. Vælg en under «Jeg er».");
  }
  const step = carry[command.do] as (world: PageWorld, command: Command) => void;
  step(world, command);
}

function known(world: PageWorld, source: string, id: string): void {
  if (world.notion.pages(source).some((page) => page.id === id && !page.in_trash)) return;
  throw new CommandRefused("Kortet findes ikke mere. Genindlæs siden for at se tavlen, som den er nu.");
}

function labelsOn(world: PageWorld, number: number): string[] {
  const issue = world.github.issues().find((it) => it.number === number);
  if (!issue) throw new CommandRefused("Opgaven findes ikke mere i GitHub.");
  return issue.labels.map((it) => (typeof it === "string" ? it : (it.name ?? "")));
}

function mustBeOption(value: string, options: readonly string[], where: string): void {
  if (!options.includes(value)) throw new CommandRefused(`«${value}» findes ikke blandt valgene i ${where}.`);
}

type Given = z.infer<typeof value>;

function checkedWrite(fields: readonly FieldView[], name: string, given: Given) {
  const field = fields.find((it) => it.name === name);
  if (!field) throw new CommandRefused(`Feltet «${name}» skrives af Faseport og kan ikke rettes her.`);
  const problem = problemWith(field, given);
  if (problem) throw new CommandRefused(`${problem} Skriv det om, så gemmer vi det.`);
  return writeProperty(field.type, given);
}

/** What is wrong with a value for this field, as a Danish sentence; null when it can be saved. */
function problemWith({ name, type, options }: FieldView, given: Given): string | null {
  const list = Array.isArray(given) ? given : null;
  switch (type) {
    case "number":
      return given === null || (typeof given === "number" && given >= 0)
        ? null
        : `«${name}» skal være et tal, nul eller derover.`;
    case "checkbox":
      return typeof given === "boolean" ? null : `«${name}» kan kun være ja eller nej.`;
    case "date":
      return given === null || z.iso.date().safeParse(given).success ? null : `«${name}» skal være en dato.`;
    case "url":
      return given === null || given === "" || z.url().safeParse(given).success
        ? null
        : `«${name}» skal være en adresse, der begynder med https://.`;
    case "select":
      return given === null || (typeof given === "string" && options.includes(given))
        ? null
        : `«${name}» har ikke det valg.`;
    case "multi_select":
      return list?.every((it) => options.includes(it)) ? null : `«${name}» har ikke alle de valg.`;
    case "people":
      return list ? null : `«${name}» skal være personer.`;
    default:
      return typeof given === "string" || given === null ? null : `«${name}» skal være tekst.`;
  }
}
