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

/** What a free plan that is used up means, and what to do. */
export const fullAdvice =
  "the free plan's blocks are used up, so no decision rows or cards can be made. Upgrade the plan, or remove members of the workspace";

/** An id that is none: whoever is allowed to ask is told that there is nothing. */
const NOWHERE = "00000000-0000-0000-0000-000000000000";

/**
 * Notion tells nowhere what a connection may do, so each capability is asked for at a place that does not exist: «there
 * is nothing» (404, or 400 before it) means that it may, 403 that it may not. Nothing is written. A capability that
 * Notion should check only later is not found lacking here, but at the first use.
 */
export async function lackingCapabilities(
  notion: Client,
): Promise<Readonly<{ lacking: readonly Capability[]; isFull: boolean }>> {
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
  const answers = await Promise.all(
    capabilities.map(async (capability) => [capability, await attempted(capability, attempts[capability])] as const),
  );
  const those = (answer: "refused" | "full") => answers.flatMap(([it, given]) => (given === answer ? [it] : []));
  return { lacking: those("refused"), isFull: those("full").length > 0 };
}

/** `full`: allowed, but a free plan's blocks are used up. */
async function attempted(
  capability: Capability,
  attempt: () => Promise<unknown>,
): Promise<"allowed" | "refused" | "full"> {
  try {
    await attempt();
    return "allowed";
  } catch (error) {
    const doing = `asking whether the connection may ${capability}`;
    if (!isHTTPResponseError(error)) throw translate(error, doing);
    if (error.status === 400 || error.code === APIErrorCode.ObjectNotFound) return "allowed";
    if (error.additional_data?.block_limit !== undefined) return "full";
    if (error.code === APIErrorCode.RestrictedResource) return "refused";
    throw translate(error, doing);
  }
}
