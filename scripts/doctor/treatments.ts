// SPDX-License-Identifier: EUPL-1.2
/** What the doctor can put right when it is asked to. Each gives what it did, or would do, as lines to print. */
import { Permanent } from "../../src/core/errors.ts";
import { takeUp } from "../../src/jobs/held.ts";
import { type JobName, jobNames, type Payload } from "../../src/jobs/registry.ts";
import { restorePhases } from "../../src/sync/repair.ts";
import { isThere, type Memory, type Patient } from "./world.ts";

/** Restores lost phases and takes up the cards that waited for it. */
export async function* repair(patient: Patient, dryRun: boolean): AsyncIterable<string> {
  const { ledger, producer } = memoryOf(patient);
  if (typeof patient.board === "string") throw new Permanent(`nothing can be repaired: ${patient.board}`);
  const world = { ...patient, ledger, board: patient.board.board, notify: () => {} };
  let count = 0;
  for await (const { projectId, phase } of restorePhases(world, dryRun)) {
    count += 1;
    yield dryRun ? `would show ${projectId} in «${phase}»` : `${projectId} shows «${phase}» again`;
  }
  if (count === 0) yield "no card has lost its phase";
  if (dryRun) return;
  await takeUp(world, producer);
  if (count > 0) yield "A phase that was made again is the last column: drag it to its place on the board.";
}

/** Does again what was given up. */
export async function* replay(patient: Patient, dryRun: boolean): AsyncIterable<string> {
  const { producer } = memoryOf(patient);
  let count = 0;
  for (const name of jobNames) {
    for (const job of await producer.queues[name].getFailed()) {
      count += 1;
      if (dryRun) continue;
      await producer.add<JobName>(name, job.data as Payload<JobName>);
      await job.remove();
    }
  }
  yield `${count} given up ${count === 1 ? "job" : "jobs"} ${dryRun ? "would be" : "will be"} done again`;
}

/** Takes a notice away that a person has dealt with. One whose reason still holds is told again. */
export async function* dismiss(patient: Patient, id: string, dryRun: boolean): AsyncIterable<string> {
  const { ledger } = memoryOf(patient);
  if (!(await ledger.notices.stands(id))) throw new Permanent(`no notice ${id} stands; --json gives their ids`);
  if (dryRun) yield `would take away the notice ${id}`;
  else {
    if (id === "unseen") await ledger.notices.dropUnseen(await ledger.notices.unseen());
    await ledger.notices.withdraw(id);
    yield `the notice ${id} is taken away`;
  }
}

function memoryOf({ memory }: Patient): Memory {
  if (isThere(memory)) return memory;
  throw new Permanent(memory ?? "the service has not been started here yet, so there is nothing to repair");
}
