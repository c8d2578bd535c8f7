// SPDX-License-Identifier: EUPL-1.2
/** A report as a page of its own under another page: a heading and a bullet for each line, in plain text. */
import type { BlockObjectRequest, Client, ListBlockChildrenResponse } from "@notionhq/client";
import type { CardId, UserId } from "../../core/card.ts";
import type { Report } from "../../core/reminders/section.ts";
import type { Board } from "../board.ts";
import { ask } from "./errors.ts";
import { uuid } from "./ids.ts";
import { itemsPerList, textItems } from "./rich-text.ts";

/** The port's part that writes reports. */
export function reportPages(notion: Client, self: UserId): Pick<Board, "writeReport" | "hasReport"> {
  return {
    writeReport: (under, report) => writeReportPage(notion, under, report),
    hasReport: (under, title) => hasReportPage(notion, self, under, title),
  };
}

/** One request for the whole page, so that it is there whole or not at all. */
async function writeReportPage(notion: Client, under: CardId, report: Report): Promise<void> {
  await ask("writing a report", () =>
    notion.pages.create({
      parent: { type: "page_id", page_id: under },
      properties: { title: { type: "title", title: textItems(report.title) } },
      children: blocksOf(report),
    }),
  );
}

/** Whether `self` has made a page of this title under the other one. A page in the bin is not listed. */
async function hasReportPage(notion: Client, self: UserId, under: CardId, title: string): Promise<boolean> {
  let cursor: string | null = null;
  do {
    const answer: ListBlockChildrenResponse = await ask("reading the page of reports", () =>
      notion.blocks.children.list({
        block_id: under,
        page_size: 100,
        ...(cursor === null ? {} : { start_cursor: cursor }),
      }),
    );
    const isThere = answer.results.some(
      (it) =>
        "type" in it && it.type === "child_page" && it.child_page.title === title && uuid(it.created_by.id) === self,
    );
    if (isThere) return true;
    cursor = answer.has_more ? answer.next_cursor : null;
  } while (cursor !== null);
  return false;
}

/** Notion takes a hundred blocks in a request: where there are more lines, several share one. */
function blocksOf({ sections }: Report): BlockObjectRequest[] {
  const room = itemsPerList - sections.length;
  const lines = sections.reduce((sum, it) => sum + it.lines.length, 0);
  const perBlock = Math.ceil(lines / Math.max(1, room - sections.length));
  return sections.flatMap(({ heading, lines }): BlockObjectRequest[] => {
    const bullets = Array.from({ length: Math.ceil(lines.length / perBlock) }, (_, index) => {
      const text = lines.slice(index * perBlock, (index + 1) * perBlock).join("\n");
      return { type: "bulleted_list_item" as const, bulleted_list_item: { rich_text: textItems(text) } };
    });
    return [{ type: "heading_2", heading_2: { rich_text: textItems(heading) } }, ...bullets];
  });
}
