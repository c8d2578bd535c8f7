// SPDX-License-Identifier: EUPL-1.2
/** What rows were a little while ago: a query's index lags behind the pages themselves, and now and then it shows. */
import type { Change, Page, Workspace } from "./workspace.ts";

type Version = Readonly<{ at: number; page: Page }>;

/** An index that lags further than this is no index any more. */
const REACH_MS = 10 * 60_000;

export interface Past {
  take(change: Change): void;
  /** The rows as they were `ms` milliseconds ago; those made since are not among them. */
  rows(ms: number): readonly Page[];
}

export function past(workspace: () => Workspace): Past {
  const versions = new Map<string, readonly Version[]>();
  return {
    take(change) {
      if (change.kind !== "properties" && change.kind !== "lifecycle") return;
      const { page } = change;
      const at = workspace().clock.now().getTime();
      const known = versions.get(page.id) ?? [];
      const first = known.findLastIndex((it) => it.at <= at - REACH_MS);
      const copy = { ...page, values: new Map(page.values) };
      versions.set(page.id, [...known.slice(Math.max(0, first)), { at, page: copy }]);
    },
    rows(ms) {
      const until = workspace().clock.now().getTime() - ms;
      return [...versions.values()].flatMap((all) => all.findLast(({ at }) => at <= until)?.page ?? []);
    },
  };
}
