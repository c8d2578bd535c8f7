// SPDX-License-Identifier: EUPL-1.2
/** What the two data sources are made of now, read anew and bound to the model. */
import { createHash } from "node:crypto";
import { type Client, type DataSourceObjectResponse, isFullDataSource } from "@notionhq/client";
import type { UserId } from "../../core/card.ts";
import { Permanent } from "../../core/errors.ts";
import type { Model } from "../../model/model.ts";
import type { Difference } from "../board.ts";
import { type Binding, type BoundSource, bindSource } from "./binding.ts";
import { askOfBoard } from "./errors.ts";
import { uuid } from "./ids.ts";
import { wantedOfCards, wantedOfDecisions } from "./wanted.ts";

/** Ids of the two data sources. */
export type Sources = Readonly<{ projects: string; decisions: string }>;

export type Reading = Readonly<{
  binding: Binding;
  differences: readonly Difference[];
  /** What the service can't start without, one line each. */
  problems: readonly string[];
}>;

/** Two calls. Throws Permanent (`whole`) when the service has lost one of the two. */
export async function readShape(
  notion: Client,
  sources: Sources,
  model: Model,
  self: UserId,
  remembered: Binding | null,
): Promise<Reading> {
  const projects = await dataSource(notion, sources.projects, "NOTION_PROJECTS");
  const decisions = await dataSource(notion, sources.decisions, "NOTION_DECISIONS");
  const cards = bindSource("projects", projects, wantedOfCards(model), remembered?.projects ?? null);
  const rows = bindSource("decisions", decisions, wantedOfDecisions(model), remembered?.decisions ?? null);
  const elsewhere = misdirected(rows.source, cards.source, decisions);
  return {
    binding: { self, projects: cards.source, decisions: rows.source },
    differences: [...cards.differences, ...rows.differences, ...elsewhere],
    problems: [...cards.problems, ...rows.problems, ...elsewhere.map(describe)],
  };
}

/** Stands for a binding: another one has another. */
export function markOf(binding: Binding): string {
  return createHash("sha256").update(JSON.stringify(binding)).digest("base64url").slice(0, 22);
}

async function dataSource(notion: Client, id: string, setting: string): Promise<DataSourceObjectResponse> {
  const found = await askOfBoard(`reading the data source of ${setting}`, () =>
    notion.dataSources.retrieve({ data_source_id: id }),
  );
  if (!isFullDataSource(found)) {
    throw new Permanent(`Notion shows no schema of ${setting}: give the connection the capability to read content`, {
      whole: "board",
    });
  }
  return found;
}

/** A relation to another data source would find no card. */
function misdirected(
  rows: BoundSource,
  cards: BoundSource,
  decisions: DataSourceObjectResponse,
): readonly Difference[] {
  const { card } = rows.properties;
  const schema = Object.values(decisions.properties).find((it) => it.id === card?.id);
  if (schema?.type !== "relation" || uuid(schema.relation.data_source_id) === cards.id) return [];
  const about = { source: "decisions", title: rows.title, property: schema.name, option: null } as const;
  return [{ kind: "misdirected", ...about, expected: [cards.title], found: null, hinders: true }];
}

function describe({ title, property }: Difference): string {
  return `«${title}»: property "${property}" points at another data source than NOTION_PROJECTS`;
}
