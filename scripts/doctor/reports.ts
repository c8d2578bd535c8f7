// SPDX-License-Identifier: EUPL-1.2
/** Whether the page for reports is there. A municipality may do without one: then nothing is wrong. */
import type { Finding } from "./finding.ts";
import { orWhyNot, type Patient } from "./world.ts";

export async function* reportFaults({ model, notion }: Patient): AsyncIterable<Finding> {
  const page = model.municipality.reports?.page;
  if (page === undefined) return;
  // A Notion that cannot be asked is told of by its own check.
  if ((await orWhyNot(() => notion.hasPage(page))) !== false) return;
  yield {
    what: "the page for reports (reports.page in the municipality's file) is not there for the connection",
    todo: "Open the page in Notion and share it (··· → Connections), or name another by the id in its address. Overviews and the quarter's report cannot be written until then.",
  };
}
