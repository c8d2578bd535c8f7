// SPDX-License-Identifier: EUPL-1.2
/** What a webhook event says: ids only, never a value. Shapes as documented for API version 2026-03-11. */
import type {
  CommentCreatedWebhookPayload,
  DataSourceSchemaUpdatedWebhookPayload,
  PageContentUpdatedWebhookPayload,
  PageCreatedWebhookPayload,
  PageDeletedWebhookPayload,
  PageMovedWebhookPayload,
  PagePropertiesUpdatedWebhookPayload,
  PageUndeletedWebhookPayload,
} from "@notionhq/client";
import type { NotionPerson } from "../world.ts";
import { type Comment, type DataSource, type Page, sourceOf, type Workspace } from "./workspace.ts";

type Sent =
  | CommentCreatedWebhookPayload
  | DataSourceSchemaUpdatedWebhookPayload
  | PageContentUpdatedWebhookPayload
  | PageCreatedWebhookPayload
  | PageDeletedWebhookPayload
  | PageMovedWebhookPayload
  | PagePropertiesUpdatedWebhookPayload
  | PageUndeletedWebhookPayload;

/** The part of an event that tells what happened. */
export type Happening = Sent extends infer One
  ? One extends Sent
    ? Readonly<Pick<One, "type" | "entity" | "data">>
    : never
  : never;

/** What happened, when last, and by whom; not yet addressed to a subscription. */
export type Event = Readonly<{ id: string; at: string; by: readonly NotionPerson[]; happening: Happening }>;

/** Notion names at most this many properties in one event. */
const mostProperties = 100;

function pageParent(workspace: Workspace, page: Page) {
  const source = sourceOf(workspace, page.source);
  return { id: source.databaseId, type: "database" as const, data_source_id: source.id };
}

type Lifecycle = "created" | "deleted" | "undeleted" | "moved";

/** The parent is where the page is now: of a moved page nothing tells where it came from. */
export function lifecycle(workspace: Workspace, page: Page, type: Lifecycle): Happening {
  const entity = { id: page.id, type: "page" as const };
  const data = { parent: pageParent(workspace, page) };
  switch (type) {
    case "created":
      return { type: "page.created", entity, data };
    case "deleted":
      return { type: "page.deleted", entity, data };
    case "undeleted":
      return { type: "page.undeleted", entity, data };
    case "moved":
      return { type: "page.moved", entity, data };
  }
}

/** Property ids URL-encoded, as everywhere in the API. */
export function propertiesUpdated(workspace: Workspace, page: Page, ids: readonly string[]): Happening {
  return {
    type: "page.properties_updated",
    entity: { id: page.id, type: "page" },
    data: { parent: pageParent(workspace, page), updated_properties: ids.slice(0, mostProperties) },
  };
}

/** The documentation gives a title's change as this event's example. */
export function contentUpdated(workspace: Workspace, page: Page): Happening {
  return {
    type: "page.content_updated",
    entity: { id: page.id, type: "page" },
    data: { parent: pageParent(workspace, page), updated_blocks: [{ id: page.id, type: "page" }] },
  };
}

export type Touched = Readonly<{ id: string; name: string; action: "created" | "updated" | "deleted" }>;

export function schemaUpdated(source: DataSource, touched: readonly Touched[]): Happening {
  return {
    type: "data_source.schema_updated",
    entity: { id: source.id, type: "data_source" },
    data: { parent: { id: source.databaseId, type: "database" }, updated_properties: touched.slice(0, mostProperties) },
  };
}

export function commentCreated(comment: Comment): Happening {
  return {
    type: "comment.created",
    entity: { id: comment.id, type: "comment" },
    data: { page_id: comment.page, parent: { id: comment.page, type: "page" } },
  };
}
