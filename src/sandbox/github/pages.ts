// SPDX-License-Identifier: EUPL-1.2
/** Pagination as GitHub does it: per_page up to 100, and a Link header with absolute addresses by the repository's id. */
import { validationFailed } from "./replies.ts";

const DEFAULT_SIZE = 30;
const LARGEST = 100;

export type Page<T> = Readonly<{ items: readonly T[]; link: string | null }>;

export function pageOf<T>(url: URL, repositoryId: number, all: readonly T[]): Page<T> {
  const size = Math.min(LARGEST, whole(url, "per_page", DEFAULT_SIZE));
  const page = whole(url, "page", 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const items = all.slice((page - 1) * size, page * size);
  const links = [
    ...(page > 1 ? [link(url, repositoryId, page - 1, "prev")] : []),
    ...(page < last ? [link(url, repositoryId, page + 1, "next"), link(url, repositoryId, last, "last")] : []),
    ...(page > 1 ? [link(url, repositoryId, 1, "first")] : []),
  ];
  return { items, link: links.length > 0 ? links.join(", ") : null };
}

function whole(url: URL, name: string, otherwise: number): number {
  const value = Number(url.searchParams.get(name) ?? otherwise);
  return Number.isInteger(value) && value >= 1 ? value : otherwise;
}

function link(url: URL, repositoryId: number, page: number, rel: string): string {
  const target = new URL(url);
  target.pathname = target.pathname.replace(/^\/repos\/[^/]+\/[^/]+/, `/repositories/${repositoryId}`);
  target.searchParams.set("page", String(page));
  return `<${target.href}>; rel="${rel}"`;
}

/** The instant in a `since` parameter in milliseconds, or null when there is none. */
export function sinceOf(url: URL): number | null {
  const text = url.searchParams.get("since");
  if (text === null) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw validationFailed({ resource: "Issue", code: "invalid", field: "since" });
  return at;
}
