// SPDX-License-Identifier: EUPL-1.2
/** What a person can do on the page: each command is one act in one of the two worlds, under that person's name. */
import { z } from "zod";
import type { PropertyWrite } from "../world.ts";
import type { PageWorld } from "./build-view.ts";
import { checkedWrite, given, mustBeOption } from "./checked-write.ts";
import { arrivalOf, stepNames } from "./clock-steps.ts";
import { cardFields, decisionFields, optionsOf } from "./form.ts";
import { readProperty, readText, writeProperty } from "./property-values.ts";
import { CommandRefused } from "./refused.ts";

const person = z.string({ error: "Vælg først, hvem du er." }).min(1, { error: "Vælg først, hvem du er." });
const text = z.string().trim().min(1, { error: "Skriv noget først." }).max(20_000, { error: "Teksten er for lang." });
const label = z.string().trim().min(1, { error: "Vælg en mærkat først." }).max(50, { error: "Mærkaten er for lang." });
const title = z
  .string()
  .trim()
  .min(1, { error: "Giv kortet en titel først." })
  .max(500, { error: "Titlen er for lang." });
const issue = z.int().positive();

export const commandSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("move"), by: person, card: z.string(), phase: z.string().nullable() }),
  z.strictObject({ do: z.literal("edit"), by: person, card: z.string(), field: z.string(), value: given }),
  z.strictObject({ do: z.literal("decide"), by: person, row: z.string(), field: z.string(), value: given }),
  z.strictObject({ do: z.literal("comment"), by: person, card: z.string(), text }),
  z.strictObject({
    do: z.literal("create"),
    by: person,
    title,
    phase: z.string().nullable(),
    track: z.string().nullable(),
  }),
  z.strictObject({ do: z.literal("copy"), by: person, card: z.string() }),
  z.strictObject({ do: z.literal("trash"), by: person, card: z.string() }),
  z.strictObject({ do: z.literal("restore"), by: person, card: z.string() }),
  z.strictObject({ do: z.literal("move-away"), by: person, card: z.string() }),
  z.strictObject({ do: z.literal("move-back"), by: person, card: z.string() }),
  z.strictObject({ do: z.literal("together"), by: person, and: person, row: z.string(), item: text }),
  z.strictObject({ do: z.literal("advance"), step: z.enum(stepNames) }),
  z.strictObject({ do: z.literal("downtime"), isDown: z.boolean() }),
  z.strictObject({ do: z.literal("move-label"), issue, label }),
  z.strictObject({ do: z.literal("add-label"), issue, label }),
  z.strictObject({ do: z.literal("remove-label"), issue, label }),
  z.strictObject({ do: z.literal("comment-issue"), issue, text }),
  z.strictObject({ do: z.literal("close-issue"), issue }),
  z.strictObject({ do: z.literal("reopen-issue"), issue }),
]);
export type Command = z.infer<typeof commandSchema>;

/** Answers the id of the card it made, where it makes one. */
type Step<Given> = (world: PageWorld, command: Given) => string | undefined;
type Carry = { [Do in Command["do"]]: Step<Extract<Command, { do: Do }>> };

const carry: Carry = {
  move(world, { by, card, phase }) {
    known(world, world.notion.projects, card);
    world.notion.edit(by, card, chosen(world, world.rules.card.phase.name, phase));
  },
  create(world, { by, title, phase, track }) {
    const { card } = world.rules;
    return world.notion.create(by, world.notion.projects, {
      [card.title.name]: writeProperty("title", title),
      ...chosen(world, card.phase.name, phase),
      ...chosen(world, card.track.name, track),
    });
  },
  copy(world, { by, card }) {
    known(world, world.notion.projects, card);
    return world.notion.duplicate(by, card);
  },
  trash(world, { by, card }) {
    known(world, world.notion.projects, card);
    world.notion.trash(by, card);
  },
  restore(world, { by, card }) {
    if (!world.notion.pages(world.notion.projects).some((page) => page.id === card && page.in_trash))
      throw new CommandRefused("Kortet ligger ikke i papirkurven mere.");
    world.notion.restore(by, card);
  },
  "move-away"(world, { by, card }) {
    known(world, world.notion.projects, card);
    world.notion.move(by, card, world.notion.elsewhere);
  },
  "move-back"(world, { by, card }) {
    if (!world.notion.pages(world.notion.elsewhere).some((page) => page.id === card))
      throw new CommandRefused("Kortet ligger ikke i den anden database mere.");
    world.notion.move(by, card, world.notion.projects);
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
  together(world, { by, and, row, item }) {
    known(world, world.notion.decisions, row);
    const { decision } = world.rules;
    const { properties } = world.notion.page(row);
    if (by === and) throw new CommandRefused("Vælg to forskellige personer.");
    if (readProperty(properties[decision.box.name]) === true)
      throw new CommandRefused("Fluebenet er allerede sat. Fjern det først.");
    if (readText(properties[decision.item.name]) === item)
      throw new CommandRefused(`Der står allerede »${item}« i ${decision.item.name}. Skriv noget andet.`);
    world.notion.edit(by, row, { [decision.box.name]: writeProperty("checkbox", true) });
    world.notion.edit(and, row, { [decision.item.name]: writeProperty(decision.item.type, item) });
  },
  comment(world, { by, card, text }) {
    known(world, world.notion.projects, card);
    world.notion.comment(by, card, text);
  },
  advance({ clock, municipality, rules }, { step }) {
    const now = clock.now();
    const arrival = arrivalOf(step, { municipality, timeZone: rules.timeZone, now });
    if (!arrival) throw new CommandRefused("Næste møde er ikke lagt ind. Vælg et andet spring.");
    clock.advance(arrival.getTime() - now.getTime());
  },
  downtime({ downtime }, { isDown }) {
    if (!downtime) throw new CommandRefused("Sandkassen har ikke selv startet Faseport og kan ikke lukke den.");
    downtime.turn(isDown);
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
    if (labelsOn(world, issue).includes(label)) throw new CommandRefused(`Opgaven har allerede mærkaten »${label}«.`);
    world.github.label(world.developer, issue, label);
  },
  "remove-label"(world, { issue, label }) {
    if (!labelsOn(world, issue).includes(label)) throw new CommandRefused(`Opgaven har ikke mærkaten »${label}«.`);
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

/** Carries out one command and answers the id of the card it made. Throws `CommandRefused` when it cannot be done. */
export function carryOut(world: PageWorld, command: Command): string | null {
  if ("by" in command) mustBePerson(world, command.by);
  if ("and" in command) mustBePerson(world, command.and);
  const step = carry[command.do] as Step<Command>;
  return step(world, command) ?? null;
}

function mustBePerson(world: PageWorld, id: string): void {
  if (world.notion.people.some((it) => it.id === id && it.kind === "person")) return;
  throw new CommandRefused("Vi kender ikke den person. Vælg en under »Jeg er«.");
}

/** A choice on the board, one of its options or none. */
function chosen(world: PageWorld, name: string, option: string | null): Record<string, PropertyWrite> {
  if (option) mustBeOption(option, optionsOf(world.notion.dataSource(world.notion.projects), name), name);
  return { [name]: writeProperty("select", option) };
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
