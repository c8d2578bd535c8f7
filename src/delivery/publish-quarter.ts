// SPDX-License-Identifier: EUPL-1.2
/** What a quarter taught as a page on the board, where the municipality has a place for reports (D04). */
import type { Board } from "../board/board.ts";
import { quarterToWrite } from "../core/reminders/digests.ts";
import type { Report } from "../core/reminders/section.ts";
import { situationOf } from "../core/reminders/situation.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import { readFacts } from "./facts.ts";

type Publisher = Readonly<{ model: Model; board: Board; ledger: Ledger; now: () => Promise<Date> }>;

/** Writes the page in the first days of a quarter, if there is anything to tell. Safe to repeat. */
export async function publishQuarter({ model, board, ledger, now }: Publisher): Promise<void> {
  const page = model.municipality.reports?.page;
  if (page === undefined) return;
  const report = quarterToWrite(situationOf(await readFacts(model, ledger, await now())));
  if (report) await publish(board, page, report);
}

/** Looks first: an earlier try may have been saved. */
export async function publish(board: Board, page: string, report: Report): Promise<void> {
  if (!(await board.hasReport(page, report.title))) await board.writeReport(page, report);
}
