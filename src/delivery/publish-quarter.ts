// SPDX-License-Identifier: EUPL-1.2
/**
 * What a quarter taught as a page on the board, once, where the municipality has a place for reports (D04): put the try
 * down, write, note it. Wherever this stops, the next round finds out what came of it (I9).
 */
import type { Board } from "../board/board.ts";
import type { CardId } from "../core/card.ts";
import { quarterToWrite } from "../core/reminders/digests.ts";
import type { Report } from "../core/reminders/section.ts";
import { situationOf } from "../core/reminders/situation.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import { readFacts } from "./facts.ts";
import { IN_FLIGHT_MS, LANDING_MS, mustBeOver } from "./under-way.ts";

type Publisher = Readonly<{
  model: Model;
  board: Pick<Board, "hasReport" | "writeReport">;
  ledger: Ledger;
  now: () => Promise<Date>;
}>;

/** Writes the page in the first days of a quarter, if there is anything to tell. Safe to repeat; throws RetryLater when it must be. */
export async function publishQuarter(publisher: Publisher): Promise<void> {
  const { model, ledger, now } = publisher;
  const page = model.municipality.reports?.page;
  if (page === undefined) return;
  const report = quarterToWrite(situationOf(await readFacts(model, ledger, await now())));
  if (report) await publish(publisher, page, report);
}

/** Looks first, also at a first try: it may be a second one, if Redis has lost its last moments or all that it knew. */
async function publish({ board, ledger, now }: Publisher, page: CardId, report: Report): Promise<void> {
  const { reports } = ledger;
  const { title } = report;
  const triedUntil = async (ms: number) => {
    return { state: "tried", overAt: new Date((await now()).getTime() + ms).toISOString() } as const;
  };
  const known = await reports.find(title);
  if (known.state === "written") return;
  if (known.state === "tried") mustBeOver(`the report «${title}»`, known.overAt, await now());
  if (await board.hasReport(page, title)) return void (await reports.keep(title, known, { state: "written" }));
  const trying = await reports.keep(title, known, await triedUntil(IN_FLIGHT_MS));
  try {
    await board.writeReport(page, report);
  } catch (error) {
    await reports.keep(title, trying, await triedUntil(LANDING_MS));
    throw error;
  }
  await reports.keep(title, trying, { state: "written" });
}
