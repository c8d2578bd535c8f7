// SPDX-License-Identifier: EUPL-1.2
/** The Notion board: opened once, then every method of the port is one call in the normal case. */
import type { Client, PageObjectResponse, PartialPageObjectResponse } from "@notionhq/client";
import type { CardSeen, RowId } from "../../core/card.ts";
import type { DecisionSeen } from "../../core/decision.ts";
import type { Model } from "../../model/model.ts";
import type { Board, BoardInbound, Shape } from "../board.ts";
import { type Binding, refuseProblems } from "./binding.ts";
import { cardOf, cardProperties, namesOption, newCardProperties, type PageProperties } from "./card-page.ts";
import { type ClientSettings, notionClient } from "./client.ts";
import { findMarker, writeComment } from "./comments.ts";
import { decisionOf, decisionProperties, newDecisionProperties } from "./decision-row.ts";
import { ask, askIfThere } from "./errors.ts";
import { uuid } from "./ids.ts";
import { editedRows, isRowOf, phaseless, query, unread, wholePage } from "./pages.ts";
import { reportPages } from "./report-page.ts";
import { markOf, type Reading, readShape, type Sources } from "./shape.ts";
import { type Bound, boundTo, type Sheet } from "./sheet.ts";
import { goneUsers } from "./users.ts";
import { notionInbound } from "./webhook.ts";

export type NotionOptions = ClientSettings &
  Sources &
  Readonly<{
    model: Model;
    /** The memory of the last start, if the ledger has one. */
    remembered?: Binding | null;
  }>;

export type OpenedNotion = Readonly<{
  board: Board;
  inbound(secret: string): BoardInbound;
  /** What the board is made of now. */
  shape: Shape;
}>;

/** The binding that the process works with at the moment. */
type Live = { binding: Binding; bound: Bound };

/**
 * Reads who the service is and what the board looks like (three calls), and binds the model to it.
 * Throws Permanent naming everything that is missing, or that the service has no access to.
 */
export async function openNotion(options: NotionOptions): Promise<OpenedNotion> {
  const { model, remembered = null } = options;
  const notion = notionClient(options);
  const self = uuid((await ask("asking Notion who the service is", () => notion.users.me({}))).id);
  const reading = await readShape(notion, options, model, self, remembered);
  refuseProblems(reading.problems);
  const live: Live = liveWith(reading.binding, model);
  return {
    board: boardOn(notion, options, live),
    inbound: (secret) => notionInbound(() => live.bound, secret),
    shape: shapeOf(reading),
  };
}

function boardOn(notion: Client, options: NotionOptions, live: Live): Board {
  const { model } = options;
  const readCard = async (page: Answer): Promise<CardSeen> => {
    const { cards } = live.bound;
    return cardOf(await wholePage(notion, page, cards, unread), cards);
  };
  const readRow = async (page: Answer): Promise<DecisionSeen> => {
    const { rows } = live.bound;
    return decisionOf(await wholePage(notion, page, rows, []), rows);
  };
  const refresh = async (): Promise<Shape> => {
    const reading = await readShape(notion, options, model, live.binding.self, live.binding);
    if (!reading.differences.some(({ hinders }) => hinders)) Object.assign(live, liveWith(reading.binding, model));
    return shapeOf(reading, live.binding);
  };
  /** The option that a write by name has made again is known before the answer is read. */
  const knowing = async (properties: PageProperties, page: Answer): Promise<Answer> => {
    if (namesOption(properties)) await refresh();
    return page;
  };
  return {
    self: live.binding.self,
    mark: () => markOf(live.binding),
    refresh,
    follow: (memory) => void Object.assign(live, liveWith(memory as Binding, model)),
    readCard: (id) => readPage(notion, id, live.bound.cards, readCard),
    readDecision: (id) => readPage(notion, id, live.bound.rows, readRow),
    async writeCard(id, patch, before) {
      const properties = cardProperties(patch, before, live.bound.cards);
      const page = await ask("writing a card", () => notion.pages.update({ page_id: id, properties }));
      return readCard(await knowing(properties, page));
    },
    async createCard(card) {
      const properties = newCardProperties(card, live.bound.cards);
      const parent = { type: "data_source_id" as const, data_source_id: live.bound.cards.id };
      const page = await ask("creating a card", () => notion.pages.create({ parent, properties }));
      return readCard(await knowing(properties, page));
    },
    async findByTask(url) {
      const { cards } = live.bound;
      const property = cards.column("task").bound?.id ?? "";
      for await (const { rows: found } of query(notion, cards, { filter: { property, url: { equals: url } } })) {
        if (found[0]) return readCard(found[0]);
      }
      return null;
    },
    async writeDecision(id, patch) {
      const properties = decisionProperties(patch, live.bound.rows);
      const page = await ask("writing a decision", () => notion.pages.update({ page_id: id, properties }));
      return readRow(await knowing(properties, page));
    },
    async createDecision(row) {
      const properties = newDecisionProperties(row, live.bound.rows);
      const parent = { type: "data_source_id" as const, data_source_id: live.bound.rows.id };
      const page = await ask("creating a decision", () => notion.pages.create({ parent, properties }));
      return readRow(await knowing(properties, page));
    },
    decisionsOf: (card) => decisionsOf(notion, card, live.bound.rows),
    comment: (card, comment) => writeComment(notion, card, comment),
    hasComment: (card, marker) => findMarker(notion, live.binding.self, card, marker),
    ...reportPages(notion, live.binding.self),
    async *cards(since) {
      const { cards } = live.bound;
      for await (const page of editedRows(notion, cards, since)) yield cardOf(page, cards);
    },
    async *cardsWithoutPhase() {
      const { cards } = live.bound;
      for await (const { rows } of query(notion, cards, phaseless(cards)))
        for (const page of rows) yield cardOf(await wholePage(notion, page, cards, unread), cards);
    },
    async *decisions(since) {
      const { rows } = live.bound;
      for await (const page of editedRows(notion, rows, since)) yield decisionOf(page, rows);
    },
    gone: (users) => goneUsers(notion, users),
  };
}

type Answer = PageObjectResponse | PartialPageObjectResponse;

/** null also for a page that was moved out of the data source. */
async function readPage<Noun>(
  notion: Client,
  id: RowId,
  sheet: Sheet,
  read: (page: Answer) => Promise<Noun>,
): Promise<Noun | "elsewhere" | null> {
  const page = await askIfThere(`reading a page of «${sheet.title}»`, () => notion.pages.retrieve({ page_id: id }));
  if (page === null) return null;
  return "parent" in page && !isRowOf(page, sheet) ? "elsewhere" : read(page);
}

/** A query leaves out what is in the trash. */
async function decisionsOf(notion: Client, card: string, rows: Sheet): Promise<readonly DecisionSeen[]> {
  const property = rows.column("card").bound?.id ?? "";
  const found: DecisionSeen[] = [];
  const answers = query(notion, rows, {
    filter: { property, relation: { contains: card } },
    sorts: [{ timestamp: "created_time", direction: "ascending" }],
  });
  for await (const answer of answers) {
    for (const row of answer.rows) found.push(decisionOf(await wholePage(notion, row, rows, []), rows));
  }
  return found;
}

function liveWith(binding: Binding, model: Model): Live {
  return { binding, bound: boundTo(binding, model) };
}

/** What is remembered is what is worked with: a board that hinders is still the one it was before. */
function shapeOf({ binding, differences }: Reading, used: Binding = binding): Shape {
  return { differences, memory: used };
}
