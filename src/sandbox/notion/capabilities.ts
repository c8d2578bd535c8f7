// SPDX-License-Identifier: EUPL-1.2
/** What the connection is allowed, as ticked on its page in Notion: an endpoint beyond it is refused before anything is read. */
import { Problem } from "./problem.ts";

export const capabilities = [
  "readContent",
  "updateContent",
  "insertContent",
  "readComments",
  "insertComments",
  "readUsers",
  "readEmails",
] as const;
export type Capability = (typeof capabilities)[number];

/** The first line that fits decides. */
const needs: readonly (readonly [request: RegExp, Capability])[] = [
  [/^GET \/v1\/users/, "readUsers"],
  [/^GET \/v1\/comments/, "readComments"],
  [/^POST \/v1\/comments/, "insertComments"],
  [/^POST \/v1\/(search$|data_sources\/[^/]+\/query$)/, "readContent"],
  [/^POST \//, "insertContent"],
  [/^PATCH \//, "updateContent"],
  [/^GET \//, "readContent"],
];

/** Throws the 403 that Notion answers; who the connection is may always be asked. */
export function checkCapability(method: string, path: string, held: ReadonlySet<Capability>): void {
  if (path === "/v1/users/me") return;
  const needed = needs.find(([request]) => request.test(`${method} ${path}`))?.[1];
  if (needed !== undefined && !held.has(needed))
    throw new Problem(403, "restricted_resource", "Insufficient permissions for this endpoint.");
}

/** A free workspace that has used up its blocks: what would make a page is refused, all else works. */
export function checkBlockLimit(method: string, path: string, isReached: boolean): void {
  if (!isReached || method !== "POST" || !/^\/v1\/(pages|databases)$/.test(path)) return;
  throw new Problem(403, "restricted_resource", "This workspace has reached its block limit.", {
    block_limit: "block_creation",
  });
}
