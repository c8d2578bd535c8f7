// SPDX-License-Identifier: EUPL-1.2
/** What Notion counts: requests per connection in a window of 60 seconds, which may be spent at any pace. */
import type { Municipality } from "../../model/municipality.ts";
import type { Need, Window } from "../../rate/budget.ts";

/** 180 a minute; 600 on the Business and Enterprise plans. */
export function notionWindows({ budgets }: Municipality): readonly Window[] {
  return [{ name: "requests", limit: budgets.notion.perMinute, ms: 60_000 }];
}

/** Every request counts the same. */
export const anyRequest: Need = { requests: 1 };
