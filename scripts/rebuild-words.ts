// SPDX-License-Identifier: EUPL-1.2
/** What is taken back of a lost ledger, and what is not, as text. */
import { phaseName, placeName } from "../src/core/messages.ts";
import { confirmedBy, type Doubt, rebuild } from "../src/core/rebuild.ts";
import { readConfirmed } from "../src/core/shown.ts";
import { bodyOf, type Model, personByUser } from "../src/model/model.ts";
import type { Remnant } from "../src/sync/recall.ts";

export type Recalled = Readonly<{
  card: string;
  projectId: string;
  place: string;
  passage: number;
  /** Decisions that are open or ended, and each yes that counts for the gate ahead. */
  decisions: number;
  yes: readonly string[];
  issue: string | null;
  notBelieved: readonly string[];
}>;

const doubts: Readonly<Record<Doubt, string>> = {
  "not ticked": "its box and «Registreret af» do not agree",
  "no day": "its day is missing or lies ahead",
  "no approver": "somebody named was not free to decide for this committee that day",
  "not the last word": "its status or «Beslutning» says otherwise",
  "edited since": "somebody else edited the row last",
  twice: "there are two rows for it",
};

/** What the first look at a card will believe, by the same rule. */
export function recalledOf(model: Model, { card, rows, task, taskPhase }: Remnant, self: string): Recalled {
  const said = readConfirmed(model, card.shown.confirmed);
  const confirmed = confirmedBy(model, card.shown.confirmed, taskPhase);
  if (!said || !confirmed) throw new Error(`card ${card.id} says nothing of where it stood`);
  const { accepted, doubts: doubted } = rebuild(model, { card, confirmed, rows, self, now: new Date() });
  const isMoved = said.position.phase !== confirmed.position.phase;
  const open = accepted.decisions.filter(({ ended, registration }) => ended === null && registration !== null);
  return {
    card: card.id,
    projectId: card.projectId,
    place: placeName(model, confirmed.position),
    passage: confirmed.passage,
    decisions: accepted.decisions.length,
    yes: open.map(({ gate, body, registration }) => {
      const names = registration?.by.map((user) => personByUser(model, user)?.name ?? user).join(", ");
      return `${gate} ${bodyOf(model, body).name}: ${names}, ${registration?.at.slice(0, 10)}`;
    }),
    issue: task?.url ?? null,
    notBelieved: [
      ...(isMoved
        ? [`the card says ${phaseName(model, said.position.phase)}, its issue an earlier phase: that one counts`]
        : []),
      ...doubted.map(
        ({ row, doubt }) =>
          `${row.gate} ${bodyOf(model, row.body ?? "").name}: ${doubts[doubt]}; it must be given again`,
      ),
    ],
  };
}

export function recalledText(model: Model, recalled: readonly Recalled[]): string {
  const lines = recalled.flatMap(({ projectId, place, passage, decisions, yes, issue, notBelieved }) => [
    `  ${projectId.padEnd(8)}  ${place}, ${model.rules.decision.passage.name.toLowerCase()} ${passage}, ${decisions} decisions, ${issue ? "issue found" : "no issue"}`,
    ...yes.map((line) => `            yes      ${line}`),
    ...notBelieved.map((line) => `            NOT      ${line}`),
  ]);
  const not = recalled.reduce((sum, { notBelieved }) => sum + notBelieved.length, 0);
  const sum = `${recalled.length} cards taken back; ${not === 0 ? "nothing was left out." : `${not} things were not believed: see NOT above.`}`;
  return [...lines, sum].join("\n");
}
