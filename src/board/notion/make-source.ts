// SPDX-License-Identifier: EUPL-1.2
/** Makes what a plan says is missing: a data source, properties, options. Nothing here takes anything away. */
import { type Client, type DataSourceObjectResponse, isFullDatabase, isFullDataSource } from "@notionhq/client";
import { Permanent } from "../../core/errors.ts";
import { ask } from "./errors.ts";
import { plainId, uuid } from "./ids.ts";
import { type Configuration, configurationOf, lostOptions, withOptions } from "./plan-source.ts";
import type { WantedProperty } from "./wanted.ts";

type Properties = Readonly<Record<string, Configuration>>;

/** The property that leads to another data source, and what it is called on the other side. */
export type Relation = Readonly<{ property: string; source: string; back: string }>;

export async function readSource(notion: Client, id: string): Promise<DataSourceObjectResponse> {
  const found = await ask(`reading the data source ${id}`, () => notion.dataSources.retrieve({ data_source_id: id }));
  if (isFullDataSource(found)) return found;
  throw new Permanent(`Notion shows no schema of the data source ${id}: the connection may not read content`);
}

type NewSource = Readonly<{
  page: string;
  title: string;
  wanted: readonly WantedProperty[];
  prefix: string;
  relation?: Relation;
}>;

/**
 * Makes a database with one data source, and answers the data source's id. Not safe to repeat: an answer that was lost may
 * have made it, so whoever tries again looks with `sourcesCalled` first.
 */
export async function makeSource(
  notion: Client,
  { page, title, wanted, prefix, relation }: NewSource,
): Promise<string> {
  const made = await ask(`making the database «${title}»`, () =>
    notion.databases.create({
      parent: { type: "page_id", page_id: page },
      title: [{ text: { content: title } }],
      is_inline: false,
      initial_data_source: { properties: propertiesOf(wanted, prefix, relation) },
    }),
  );
  const id = isFullDatabase(made) ? made.data_sources[0]?.id : undefined;
  if (id === undefined) throw new Permanent(`Notion has made «${title}» and does not show it: run setup again`);
  if (relation) await nameOtherSide(notion, uuid(id), relation);
  return uuid(id);
}

/** A relation among them is the one that is given; without one it is left out, for the other data source makes it. */
function propertiesOf(wanted: readonly WantedProperty[], prefix: string, relation?: Relation): Properties {
  const entries = wanted.flatMap((want) => {
    if (want.type !== "relation") return [[want.name, configurationOf(want, prefix)] as const];
    if (relation?.property !== want.name) return [];
    const dual_property = { synced_property_name: relation.back };
    return [
      [
        want.name,
        { relation: { data_source_id: relation.source, type: "dual_property" as const, dual_property } },
      ] as const,
    ];
  });
  return Object.fromEntries(entries);
}

/** The other side's property that has just come with ours gets its name, should Notion have chosen one itself. */
async function nameOtherSide(notion: Client, id: string, { property, source: other, back }: Relation): Promise<void> {
  const made = (await readSource(notion, id)).properties[property];
  if (made?.type !== "relation" || made.relation.type !== "dual_property") return;
  const { synced_property_id: synced, synced_property_name: name } = made.relation.dual_property;
  if (name === back) return;
  await ask(`naming «${back}»`, () =>
    notion.dataSources.update({ data_source_id: other, properties: { [synced]: { name: back } } }),
  );
}

/** Adds properties to a data source that is there. Safe to repeat only while they are still missing. */
export async function addProperties(
  notion: Client,
  id: string,
  { wanted, prefix, relation }: Pick<NewSource, "wanted" | "prefix" | "relation">,
): Promise<void> {
  const properties = propertiesOf(wanted, prefix, relation);
  if (Object.keys(properties).length === 0) return;
  await ask("making properties", () => notion.dataSources.update({ data_source_id: id, properties }));
  if (relation) await nameOtherSide(notion, id, relation);
}

/** Reads the list as it is now, adds to it, and makes sure that nothing has gone. */
export async function addOptions(notion: Client, id: string, property: string, add: readonly string[]): Promise<void> {
  const schema = (await readSource(notion, id)).properties[property];
  const list = schema && withOptions(schema, add);
  if (!schema || !list) return;
  const properties = { [schema.id]: list };
  const after = await ask(`adding options to «${property}»`, () =>
    notion.dataSources.update({ data_source_id: id, properties }),
  );
  const lost = isFullDataSource(after)
    ? lostOptions(
        schema,
        Object.values(after.properties).find((it) => plainId(it.id) === plainId(schema.id)),
      )
    : [];
  if (lost.length > 0)
    throw new Permanent(
      `«${property}» has lost ${lost.join(", ")} in Notion, while options were added to it. Make them again`,
    );
}
