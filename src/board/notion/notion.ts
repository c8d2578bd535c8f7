// SPDX-License-Identifier: EUPL-1.2
/** The Notion board: opened once, then every method of the port is one call in the normal case. */
import {
  type Client,
  type DataSourceObjectResponse,
  isFullDataSource,
  type PageObjectResponse,
  type PartialPageObjectResponse,
} from "@notionhq/client";
import type { CardSeen, RowId } from "../../core/card.ts";
import type { DecisionSeen } from "../../core/decision.ts";
import { Permanent } from "../../core/errors.ts";
import type { Model } from "../../model/model.ts";
import type { Board, BoardInbound } from "../board.ts";
import { type Binding, type BindingChange, type BoundSource, bindSource, refuseProblems } from "./binding.ts";
import { cardOf, cardProperties, newCardProperties } from "./card-page.ts";
import { type ClientSettings, notionClient } from "./client.ts";
import { findMarker, writeComment } from "./comments.ts";
import { decisionOf, decisionProperties, newDecisionProperties } from "./decision-row.ts";
import { ask, askIfThere } from "./errors.ts";
import { uuid } from "./ids.ts";
import { editedRows, isRowOf, query, unread, wholePage } from "./pages.ts";
import { type Sheet, sheetOf } from "./sheet.ts";
import { wantedOfCards, wantedOfDecisions } from "./wanted.ts";
import { notionInbound } from "./webhook.ts";

export type NotionOptions = ClientSettings &
  Readonly<{
    /** Ids of the two data sources. */
    projects: string;
    decisions: string;
    model: Model;
    /** The binding of the last start, if the ledger has one. */
    remembered?: Binding | null;
  }>;

export type OpenedNotion = Readonly<{
  board: Board;
  inbound(secret: string): BoardInbound;
  /** To be remembered for the next start. */
  binding: Binding;
  /** How the board differs from what was remembered, to be told to the administrator (B19). */
  changes: readonly BindingChange[];
}>;

/**
 * Reads who the service is and what the board looks like (three calls), and binds the model to it.
 * Throws Permanent naming everything that is missing, or that the service has no access to.
 */
export async function openNotion(options: NotionOptions): Promise<OpenedNotion> {
  const notion = notionClient(options);
  const self = uuid((await ask("asking Notion who the service is", () => notion.users.me({}))).id);
  const projects = await dataSource(notion, options.projects, "NOTION_PROJECTS");
  const decisions = await dataSource(notion, options.decisions, "NOTION_DECISIONS");
  const { remembered = null, model } = options;
  const cards = bindSource("projects", projects, wantedOfCards(model), remembered?.projects ?? null);
  const rows = bindSource("decisions", decisions, wantedOfDecisions(model), remembered?.decisions ?? null);
  refuseProblems([...cards.problems, ...rows.problems, ...relationProblems(rows.source, projects, decisions)]);
  const binding: Binding = { self, projects: cards.source, decisions: rows.source };
  return {
    board: boardOn(notion, binding, model),
    inbound: (secret) => notionInbound(binding, model, secret),
    binding,
    changes: [...cards.changes, ...rows.changes],
  };
}

function boardOn(notion: Client, binding: Binding, model: Model): Board {
  const cards = sheetOf(binding.projects, wantedOfCards(model));
  const rows = sheetOf(binding.decisions, wantedOfDecisions(model));
  const whole = {
    card: async (page: Answer): Promise<CardSeen> => cardOf(await wholePage(notion, page, cards, unread), cards),
    row: async (page: Answer): Promise<DecisionSeen> => decisionOf(await wholePage(notion, page, rows, []), rows),
  };
  return {
    self: binding.self,
    readCard: (id) => readRow(notion, id, cards, whole.card),
    readDecision: (id) => readRow(notion, id, rows, whole.row),
    async writeCard(id, patch, before) {
      const properties = cardProperties(patch, before, cards);
      return whole.card(await ask("writing a card", () => notion.pages.update({ page_id: id, properties })));
    },
    async createCard(card) {
      const parent = { type: "data_source_id" as const, data_source_id: cards.id };
      const properties = newCardProperties(card, cards);
      return whole.card(await ask("creating a card", () => notion.pages.create({ parent, properties })));
    },
    async findByTask(url) {
      const property = cards.column("task").bound?.id ?? "";
      for await (const { rows: found } of query(notion, cards, { filter: { property, url: { equals: url } } })) {
        if (found[0]) return whole.card(found[0]);
      }
      return null;
    },
    async writeDecision(id, patch) {
      const properties = decisionProperties(patch, rows);
      return whole.row(await ask("writing a decision", () => notion.pages.update({ page_id: id, properties })));
    },
    async createDecision(row) {
      const properties = newDecisionProperties(row, rows);
      const parent = { type: "data_source_id" as const, data_source_id: rows.id };
      return whole.row(await ask("creating a decision", () => notion.pages.create({ parent, properties })));
    },
    decisionsOf: (card) => decisionsOf(notion, card, rows),
    comment: (card, comment) => writeComment(notion, card, comment),
    hasComment: (card, marker) => findMarker(notion, binding.self, card, marker),
    async *cards(since) {
      for await (const page of editedRows(notion, cards, since)) yield cardOf(page, cards);
    },
    async *decisions(since) {
      for await (const page of editedRows(notion, rows, since)) yield decisionOf(page, rows);
    },
  };
}

type Answer = PageObjectResponse | PartialPageObjectResponse;

/** null also for a page that was moved out of the data source. */
async function readRow<Noun>(
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

async function dataSource(notion: Client, id: string, setting: string): Promise<DataSourceObjectResponse> {
  const found = await askIfThere(`reading the data source of ${setting}`, () =>
    notion.dataSources.retrieve({ data_source_id: id }),
  );
  if (found === null) {
    throw new Permanent(
      `Notion shows no data source ${id}. Check ${setting}, and share the database with the connection (its menu ··· → Connections)`,
    );
  }
  if (!isFullDataSource(found)) {
    throw new Permanent(`Notion shows no schema of ${setting}: give the connection the capability to read content`);
  }
  return found;
}

/** A relation to another data source would find no card. */
function relationProblems(
  rows: BoundSource,
  projects: DataSourceObjectResponse,
  decisions: DataSourceObjectResponse,
): readonly string[] {
  const schema = Object.values(decisions.properties).find((it) => it.id === rows.properties.card?.id);
  if (schema?.type !== "relation" || uuid(schema.relation.data_source_id) === uuid(projects.id)) return [];
  return [`«${rows.title}»: property "${schema.name}" points at another data source than NOTION_PROJECTS`];
}
