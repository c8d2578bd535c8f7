// SPDX-License-Identifier: EUPL-1.2
/** What the service remembers, held against the board as it is: notices, given up work, cards. */
import type { Position } from "../../src/core/card.ts";
import { render } from "../../src/core/messages.ts";
import { differenceNotices } from "../../src/core/notice.ts";
import { jobNames } from "../../src/jobs/registry.ts";
import { phaseOf } from "../../src/model/model.ts";
import type { Finding } from "./finding.ts";
import { isThere, type Memory, type Patient } from "./world.ts";

export async function* standingNotices({ model, memory }: Patient): AsyncIterable<Finding> {
  if (!isThere(memory)) return;
  for (const { id, said, since, holds } of await memory.ledger.notices.all()) {
    const waits = holds ? " Nothing is done on the board until then; what happens there is kept." : "";
    yield {
      what: `${render(model, said)} (since ${since})`,
      todo: `Do what it says.${waits} The service takes the notice back when it sees that it is so no more.`,
      notice: id,
    };
  }
}

const mendBoard =
  "npm run setup -- --dry-run shows what setup adds; what it leaves to you is put right in Notion. Cards are not examined until then.";

/** A message that names several things, one by one; any other as it is. */
function lines(message: string): readonly string[] {
  const named = message.split("\n").filter((line) => line.startsWith("- "));
  return named.length > 0 ? named.map((line) => line.slice(2)) : [message];
}

/** Those that are told already stand among the notices. */
export async function* differences({ model, memory, board }: Patient): AsyncIterable<Finding> {
  if (typeof board === "string") {
    for (const what of lines(board)) yield { what, todo: mendBoard };
    return;
  }
  for (const { id, said } of differenceNotices(model, board.shape.differences)) {
    if (isThere(memory) && (await memory.ledger.notices.stands(id))) continue;
    yield {
      what: render(model, said),
      todo: "The service notices it at its next look at the board, or when it starts. npm run setup adds what is missing.",
    };
  }
}

export async function* failedJobs({ memory }: Patient): AsyncIterable<Finding> {
  if (!isThere(memory)) return;
  const { ledger, producer } = memory;
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

export async function* strayCards({ model, memory, board, cards }: Patient): AsyncIterable<Finding> {
  if (typeof board === "string" || !isThere(memory)) return;
  const { ledger } = memory;
  const show = ({ state, phase }: Position) =>
    `${phase === null ? "no phase" : phaseOf(model, phase).name}, ${model.rules.states[state]}`;
  const listed = new Set<string>();
  for (const card of await cards()) {
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

async function* gone({ ledger }: Pick<Memory, "ledger">, listed: ReadonlySet<string>): AsyncIterable<Finding> {
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
