// SPDX-License-Identifier: EUPL-1.2
/** What the doctor looks at. Each check gives what is wrong, and what to do about it; a new one is a line in the list. */
import type { Position } from "../../src/core/card.ts";
import { render } from "../../src/core/messages.ts";
import { differenceNotices } from "../../src/core/notice.ts";
import { jobNames } from "../../src/jobs/registry.ts";
import { phaseOf } from "../../src/model/model.ts";
import type { Patient } from "./world.ts";

export type Finding = Readonly<{
  /** What is wrong, and what to do, each a sentence. */
  what: string;
  todo: string;
  /** The card's number, where it is about one. */
  card?: string;
  /** The notice's id, for `--dismiss`. */
  notice?: string;
}>;

export type Check = Readonly<{ id: string; looksAt: string; find(patient: Patient): AsyncIterable<Finding> }>;

export const checks: readonly Check[] = [
  { id: "notices", looksAt: "what the service has told and what still stands", find: standingNotices },
  { id: "board", looksAt: "the board's fields and options", find: differences },
  { id: "jobs", looksAt: "work that was given up", find: failedJobs },
  { id: "cards", looksAt: "cards that show something else than what was accepted", find: strayCards },
];

async function* standingNotices({ model, ledger }: Patient): AsyncIterable<Finding> {
  for (const { id, said, since, holds } of await ledger.notices.all()) {
    const waits = holds ? " Nothing is done on the board until then; what happens there is kept." : "";
    yield {
      what: `${render(model, said)} (since ${since})`,
      todo: `Do what it says.${waits} The service takes the notice back when it sees that it is so no more.`,
      notice: id,
    };
  }
}

/** Those that are told already stand among the notices. */
async function* differences({ model, ledger, notion }: Patient): AsyncIterable<Finding> {
  if (typeof notion === "string") {
    yield { what: notion, todo: "Put it right; cards are not examined until then." };
    return;
  }
  for (const { id, said } of differenceNotices(model, notion.shape.differences)) {
    if (await ledger.notices.stands(id)) continue;
    yield {
      what: render(model, said),
      todo: "The service notices it at its next look at the board, or when it starts.",
    };
  }
}

async function* failedJobs({ ledger, producer }: Patient): AsyncIterable<Finding> {
  for (const name of jobNames) {
    for (const job of await producer.queues[name].getFailed(0, 99)) {
      const { card } = job.data as { card?: string };
      const number = card === undefined ? undefined : (await ledger.card(card))?.record.seen.projectId;
      const about = number ? ` of ${number}` : "";
      const at = new Date(job.finishedOn ?? job.timestamp).toISOString();
      yield {
        what: `${name}${about} was given up at ${at} after ${job.attemptsMade} tries: ${job.failedReason}`,
        todo: "Remove the cause that it names; then npm run doctor -- --replay does it again.",
        ...(number && { card: number }),
      };
    }
  }
}

async function* strayCards({ model, ledger, notion }: Patient): AsyncIterable<Finding> {
  if (typeof notion === "string") return;
  const show = ({ state, phase }: Position) =>
    `${phase === null ? "no phase" : phaseOf(model, phase).name}, ${model.rules.states[state]}`;
  const listed = new Set<string>();
  for await (const card of notion.board.cards(null)) {
    listed.add(card.id);
    const kept = await ledger.card(card.id);
    const { projectId: number } = card;
    if (!kept) {
      yield {
        what: `${number} has not been looked at yet`,
        todo: "Start the service, or wait a moment.",
        card: number,
      };
      continue;
    }
    const { accepted, dirty } = kept.record;
    const { state, phase } = accepted.position;
    if (card.phase !== phase || card.state !== state) {
      const shown = card.phase !== null && typeof card.phase === "object" ? card.phase.unknown : null;
      const shows = shown ?? show({ state: card.state ?? state, phase: card.phase as string | null });
      const what = `${number} stands in «${show(accepted.position)}» and shows «${shows}»`;
      yield {
        what,
        todo: `npm run explain -- ${number} says why; a running service puts it right in a moment.`,
        card: number,
      };
    } else if (dirty) {
      yield {
        what: `work on ${number} was broken off`,
        todo: "A running service finishes it at night; or --replay.",
        card: number,
      };
    }
  }
  yield* gone({ ledger }, listed);
}

async function* gone({ ledger }: Pick<Patient, "ledger">, listed: ReadonlySet<string>): AsyncIterable<Finding> {
  for await (const id of ledger.cards()) {
    const record = listed.has(id) ? undefined : (await ledger.card(id))?.record;
    if (!record || record.accepted.trashed) continue;
    const { projectId: number } = record.seen;
    yield {
      what: `${number} is known and not on the board, nor in its bin as far as the service knows`,
      todo: "Share it with the connection again, or fetch it back; if it was deleted on purpose, there is nothing to do.",
      card: number,
    };
  }
}
