// SPDX-License-Identifier: EUPL-1.2
/** What the connection is allowed in Notion, found out without writing anything. */
import { APIErrorCode, type Client, isHTTPResponseError } from "@notionhq/client";
import { translate } from "./errors.ts";

/** What a connection can be allowed, in the words of Notion's own page. */
export const capabilities = [
  "read content",
  "update content",
  "insert content",
  "read comments",
  "insert comments",
  "read user information",
] as const;
export type Capability = (typeof capabilities)[number];

/** How to give a connection what it lacks. */
export const capabilityAdvice =
  "In Notion: Settings → Connections → Develop or manage connections → the connection → Capabilities; tick it and save";

/** An id that is none: whoever is allowed to ask is told that there is nothing. */
const NOWHERE = "00000000-0000-0000-0000-000000000000";

/**
 * Notion tells nowhere what a connection may do, so each capability is asked for at a place that does not exist: «there
 * is nothing» (404, or 400 before it) means that it may, 403 that it may not. Nothing is written. A capability that
 * Notion should check only later is not found lacking here, but at the first use.
 */
export async function lackingCapabilities(notion: Client): Promise<readonly Capability[]> {
  const page = { page_id: NOWHERE };
  const attempts: Readonly<Record<Capability, () => Promise<unknown>>> = {
    "read content": () => notion.pages.retrieve(page),
    "update content": () => notion.pages.update({ ...page, properties: {} }),
    "insert content": () =>
      notion.pages.create({ parent: { type: "data_source_id", data_source_id: NOWHERE }, properties: {} }),
    "read comments": () => notion.comments.list({ block_id: NOWHERE }),
    "insert comments": () => notion.comments.create({ parent: page, rich_text: [{ text: { content: "–" } }] }),
    "read user information": () => notion.users.list({ page_size: 1 }),
  };
  const lacking: Capability[] = [];
  for (const capability of capabilities)
    if (!(await isAllowed(capability, attempts[capability]))) lacking.push(capability);
  return lacking;
}

async function isAllowed(capability: Capability, attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (!isHTTPResponseError(error)) throw translate(error, `asking whether the connection may ${capability}`);
    if (error.status === 400 || error.code === APIErrorCode.ObjectNotFound) return true;
    const isFull = error.additional_data?.block_limit !== undefined;
    if (error.code === APIErrorCode.RestrictedResource && !isFull) return false;
    throw translate(error, `asking whether the connection may ${capability}`);
  }
}
