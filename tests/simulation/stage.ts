// SPDX-License-Identifier: EUPL-1.2
/** One card as people see it, and the only ways in which they act on it: every act is witnessed. */
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Issue } from "../../src/sandbox/world.ts";
import { model, people } from "../integration/house.ts";
import { bodyNames, cardWrite, gatedTrack, list, rowWrite, text, type Values, value } from "./cards.ts";
import type { RowAct, Witness } from "./witness.ts";

const { rules } = model;
const ended: readonly string[] = [rules.decisionStatus.used, rules.decisionStatus.void, rules.decisionStatus.expired];

export type Stage = ReturnType<typeof stage>;
type Page = ReturnType<Sandbox["notion"]["page"]>;

/** Opens the stage of one card. */
export function stage(
  { notion, github, clock }: Pick<Sandbox, "notion" | "github" | "clock">,
  witness: Witness,
  card: string,
) {
  const page = () => notion.page(card);
  const rows = (): readonly Page[] => {
    const shown = list(page(), rules.card.decisions.name);
    const all =
      shown.length < 25
        ? shown.map((id) => notion.page(id))
        : notion
            .pages(notion.decisions)
            .filter(
              (row) => list(row, rules.decision.card.name).includes(card) || witness.rows.get(row.id)?.card === card,
            );
    for (const row of all) meet(row);
    return all;
  };
  /** What a row was made for is put down before anybody can have changed it. */
  const meet = (row: Page) => {
    if (witness.rows.has(row.id) || row.created_by.id !== notion.bot.id) return;
    const [gate, body, passage] = [text(row, "Port"), text(row, "Udvalg"), Number(value(row, "Omgang"))];
    witness.rows.set(row.id, { card, gate, body, passage });
  };
  /** Who sets a field sets the whole of it: what it leaves out is taken off by them, whoever else did so before. */
  const loosen = (by: string, values: Values) => {
    const left = values.Udvalg;
    const lost = [
      ...(Array.isArray(left) ? bodyNames.filter((it) => !left.includes(it)) : []),
      ...(values["Kræver bevilling"] === false ? ["funding"] : []),
      ...(values.Spor !== undefined && values.Spor !== null && values.Spor !== gatedTrack ? ["track"] : []),
    ];
    for (const what of lost) witness.loosenings.push({ card, by, what, at: Date.now() });
  };
  const acting = (row: Page, by: string, what: string): RowAct => ({
    row: row.id,
    by,
    at: Date.now(),
    clock: clock.now().toISOString(),
    what,
  });
  const asked = (phase: string, isLabel: boolean) =>
    void witness.asks.push({ card, phase, clock: clock.now().getTime(), isLabel });
  return {
    card,
    asked,
    now: () => clock.now().toISOString(),
    page,
    rows,
    /** Rows that a decision is still asked of. */
    openRows: () => rows().filter((row) => !row.in_trash && !ended.includes(text(row, "Status"))),
    isClosed: () => text(page(), "Tilstand") === rules.states.closed,
    issue(): Issue | null {
      const url = text(page(), rules.card.task.name);
      const number = Number(url.split("/").at(-1));
      return url === "" || witness.gone.has(number)
        ? null
        : (github.issues().find((it) => it.number === number) ?? null);
    },
    edit(by: string, values: Values): void {
      loosen(by, values);
      notion.edit(by, card, cardWrite(values));
      if (typeof values.Fase === "string") asked(values.Fase, false);
    },
    editRow(by: string, row: Page, values: Values): void {
      meet(row);
      const act = acting(row, by, JSON.stringify(values));
      notion.edit(by, row.id, rowWrite(values));
      witness.rowActs.push(act);
      if (typeof values.Godkendt === "boolean" && value(row, "Godkendt") !== values.Godkendt)
        witness.boxActs.push({ ...act, box: values.Godkendt });
    },
    /** Throws a row away, or takes it out again. */
    binRow(by: string, row: Page): void {
      meet(row);
      const act = acting(row, by, row.in_trash ? "out of the bin" : "into the bin");
      if (row.in_trash) notion.restore(by, row.id);
      else notion.trash(by, row.id);
      witness.rowActs.push(act);
    },
    /** A value that is people's own and must still be there in the end. */
    editOwn(by: string, name: string, own: string): void {
      notion.edit(by, card, cardWrite({ [name]: own }));
      witness.keepField(card, name, own);
    },
    comment(by: string, said: string): void {
      notion.comment(by, card, said);
      witness.keepComment(card, said);
    },
    notion,
    github,
    witness,
  };
}

/** Puts down what a card says of itself when the witness first sees it. */
export function firstSight(sandbox: Pick<Sandbox, "notion">, witness: Witness, card: string, adopted: boolean): void {
  const page = sandbox.notion.page(card);
  const track = text(page, "Spor");
  witness.cards.set(card, {
    adopted,
    bodies: list(page, "Udvalg"),
    funding: value(page, "Kræver bevilling") === true,
    gated: track === "" || track === gatedTrack,
  });
}

/** Who ticks for a body, by the body's name; two for one of them. */
export const chairs: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  model.municipality.bodies.map(({ name, approvers }) => [
    name,
    approvers.map(({ person }) => people[person as keyof typeof people]),
  ]),
);
