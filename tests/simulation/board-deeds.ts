// SPDX-License-Identifier: EUPL-1.2
/** What staff, politicians, secretaries and machines do on the board. Each answers whether there was something to do. */
import { readText } from "../../src/sandbox/page/property-values.ts";
import { machines, model, people } from "../integration/house.ts";
import { bodyNames, filled, gatedTrack, hostileTexts, phaseNames, requiredFields, text, value } from "./cards.ts";
import type { Chance } from "./chance.ts";
import { chairs, firstSight, type Stage } from "./stage.ts";

const { rules } = model;
const { states } = rules;
const staff = [people.anders, people.lise];
const everybody = [...Object.values(people), machines.automation.id, machines.agent.id];

type Deed = (on: Stage, dice: Chance) => boolean;

/** Drags the card so many columns on or back. */
function drag(on: Stage, by: string, step: number): boolean {
  const from = phaseNames.indexOf(text(on.page(), "Fase"));
  const to = phaseNames[Math.min(phaseNames.length - 1, Math.max(0, from + step))] ?? null;
  const isIdea = text(on.page(), "Tilstand") === states.idea;
  if (to === phaseNames[from]) return false;
  on.edit(by, { Fase: to, ...(isIdea ? { Tilstand: states.active } : {}) });
  return true;
}

const isTicked = (row: Parameters<typeof value>[0]) => value(row, "Godkendt") === true;

export const boardDeeds = {
  /** The owner drags it on, as one does when everything is ready; from the last phase back, to try something else. */
  advance: (on, dice) => drag(on, dice.pick(staff), text(on.page(), "Fase") === phaseNames.at(-1) ? -3 : 1),
  drag: (on, dice) => drag(on, dice.pick(everybody), dice.pick([1, 1, 2, -1, -1, -2, 3])),
  empty(on, dice) {
    on.edit(dice.pick(staff), { Fase: null });
    return true;
  },
  /** Whoever may, for a body that has not said yes. */
  approve(on, dice) {
    const row = on.openRows().find((it) => !isTicked(it));
    const chair = row && chairs[on.witness.rows.get(row.id)?.body ?? ""];
    if (!row || !chair) return false;
    on.editRow(dice.pick(chair), row, { Godkendt: true });
    return true;
  },
  toggle(on, dice) {
    const rows = on.rows().filter((it) => !it.in_trash);
    if (rows.length === 0) return false;
    const row = rows[Math.max(0, rows.length - 1 - dice.below(4))] ?? dice.pick(rows);
    on.editRow(dice.pick(everybody), row, { Godkendt: !isTicked(row) });
    return true;
  },
  withdraw(on, dice) {
    const row = on.rows().findLast((it) => !it.in_trash && isTicked(it));
    const chair = row && chairs[on.witness.rows.get(row.id)?.body ?? ""];
    if (!row || !chair) return false;
    on.editRow(dice.pick(chair), row, { Godkendt: false });
    return true;
  },
  /** What the secretary notes on a row is people's own. */
  minute(on, dice) {
    const rows = on.openRows();
    if (rows.length === 0) return false;
    const row = dice.pick(rows);
    const name = dice.pick(["Bemærkning", "Punkt"]);
    const note = `${dice.below(90) + 1}`;
    on.editRow(people.sanne, row, { [name]: note });
    on.witness.keepField(row.id, name, note);
    return true;
  },
  outcome(on, dice) {
    const rows = on.openRows();
    if (rows.length === 0) return false;
    const outcome = dice.pick(["Godkendt", "Ikke godkendt", "Udsat", "Anbefalet videre", null, null]);
    on.editRow(people.sanne, dice.pick(rows), dice.happens(0.7) ? { Beslutning: outcome } : { Mødedato: "2026-11-18" });
    return true;
  },
  /** Somebody changes what the service writes on a row. */
  meddle(on, dice) {
    const rows = on.rows().filter((it) => !it.in_trash);
    if (rows.length === 0) return false;
    const changes = [
      { Status: rules.decisionStatus.approved },
      { Udvalg: dice.pick(bodyNames) },
      { Omgang: 7 },
      { "Beslutning om": "Noget andet" },
      { "Registreret den": "2026-01-01" },
    ];
    on.editRow(dice.pick(everybody), dice.pick(rows), dice.pick(changes));
    return true;
  },
  blank(on, dice) {
    on.edit(dice.pick(staff), { [dice.pick(requiredFields)]: null });
    return true;
  },
  fill(on, dice) {
    const empty = requiredFields.filter((field) => readText(on.page().properties[field]) === "");
    on.edit(dice.pick(staff), Object.fromEntries(empty.map((field) => [field, filled(field)])));
    return empty.length > 0;
  },
  describe(on, dice) {
    const said = dice.pick(hostileTexts);
    on.edit(dice.pick(staff), dice.happens(0.5) ? { Navn: said } : { Innovationsspørgsmål: `${said}?` });
    return true;
  },
  /** A field that no rule knows. */
  file(on, dice) {
    on.editOwn(dice.pick(staff), dice.pick(["Sagsnr.", "Politisk ramme"]), `26/${dice.below(9_000)}`);
    return true;
  },
  comment(on, dice) {
    on.comment(dice.pick(Object.values(people)), dice.pick([...hostileTexts, "Godt gået"]));
    return true;
  },
  track(on, dice) {
    on.edit(dice.pick([people.sanne, ...staff]), {
      Spor: dice.pick([gatedTrack, gatedTrack, ...rules.tracks.map(({ name }) => name)]),
    });
    return true;
  },
  bodies(on, dice) {
    const kept = bodyNames.filter(() => dice.happens(0.6));
    on.edit(dice.pick([people.sanne, ...everybody]), { Udvalg: kept });
    return true;
  },
  fund(on, dice) {
    on.edit(dice.pick([people.sanne, ...staff]), { "Kræver bevilling": dice.happens(0.5) });
    return true;
  },
  pause(on, dice) {
    const to = text(on.page(), "Tilstand") === states.parked ? states.active : states.parked;
    on.edit(dice.pick(staff), { Tilstand: to, ...(dice.happens(0.2) ? { Fase: dice.pick(phaseNames) } : {}) });
    return true;
  },
  finish(on, dice) {
    on.edit(dice.pick(staff), { Tilstand: dice.pick([states.closed, states.closed, states.idea]) });
    return true;
  },
  /** Somebody changes what the service writes on the card. */
  overwrite(on, dice) {
    const names = [rules.card.confirmed, rules.card.approvals, rules.card.wish, rules.card.missing, rules.card.task];
    const { name, type } = dice.pick(names);
    on.edit(dice.pick(everybody), { [name]: type === "url" ? "https://eksempel.dk/1" : "rettet" });
    return true;
  },
  conceal(on, dice) {
    on.edit(dice.pick(staff), { Fortrolighed: dice.pick(["Fortrolig", "Åben"]) });
    return true;
  },
  bin(on, dice) {
    on.notion.trash(dice.pick(staff), on.card);
    return true;
  },
  binRow(on, dice) {
    const rows = on.rows();
    if (rows.length === 0) return false;
    const row = dice.pick(rows);
    on.binRow(dice.pick(row.in_trash ? staff : everybody), row);
    return true;
  },
  /** A copied row, tick and all, never counts. */
  copyRow(on, dice) {
    const rows = on.rows().filter((it) => !it.in_trash);
    if (rows.length === 0) return false;
    on.notion.duplicate(dice.pick(everybody), dice.pick(rows).id);
    return true;
  },
  copyCard(on, dice) {
    const copy = on.notion.duplicate(dice.pick(staff), on.card);
    firstSight(on, on.witness, copy, false);
    return true;
  },
} as const satisfies Record<string, Deed>;
