// SPDX-License-Identifier: EUPL-1.2
/** A whole Notion workspace in memory: its public API, its webhooks, and the people who work in it. */
import type { Call, FaultPlan } from "../world.ts";
import { administration } from "./administration.ts";
import { type Aggregation, aggregate } from "./aggregate.ts";
import { notionApi } from "./api.ts";
import { budget } from "./budget.ts";
import { buildWorkspace } from "./build.ts";
import { commentsOn, showComment } from "./comments.ts";
import { deliveries } from "./deliver.ts";
import type { NotionSandbox, NotionWorldOptions } from "./options.ts";
import { past } from "./past.ts";
import { peopleActions } from "./people-actions.ts";
import { showSource } from "./show-source.ts";
import { showPage } from "./show-value.ts";
import { type Change, isTold, pageOf, sourceOf, type Workspace } from "./workspace.ts";

const defaultWindowMs = 800;
const defaultRetryBaseMs = 50;

/** Throws RangeError when the options cannot be a Notion workspace. Nothing listens and no timer runs until something changes. */
export function createNotionWorld(options: NotionWorldOptions): NotionSandbox {
  const calls: Call[] = [];
  const listeners = new Set<() => void>();
  const waiting = new Set<() => void>();
  let plan: FaultPlan | null = null;

  const record = (change: Change): void => {
    if (isTold(workspace, change)) aggregation.take(change);
    rowsPast.take(change);
    for (const listener of listeners) listener();
  };
  const rowsPast = past(() => workspace);
  const { workspace, board, elsewhere } = buildWorkspace(options, record);
  const isQuiet = (): boolean => aggregation.open() === 0 && post.underway() === 0;
  const release = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const settled = (): void => void (isQuiet() && release());
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  const integration = workspace.ids.uuid("integration");
  const envelope = { workspace_id: workspace.id, workspace_name: workspace.name, integration_id: integration };
  const post = deliveries(envelope, send, options.retryBaseMs ?? defaultRetryBaseMs, settled);
  const windowMs = options.aggregationMs ?? defaultWindowMs;
  const aggregation: Aggregation = aggregate(workspace, windowMs, post.deliver, settled);
  const requests = budget();
  const token = options.token ?? "ntn_sandbox";
  const api = notionApi(workspace, { token, budget: requests, calls, plan: () => plan, rowsBehind: rowsPast.rows });

  return {
    ...peopleActions(workspace),
    ...readings(workspace),
    api,
    calls,
    token,
    get projects() {
      return board().projects?.id ?? "";
    },
    get decisions() {
      return board().decisions?.id ?? "";
    },
    get databases() {
      const { projects, decisions } = board();
      return { projects: projects?.databaseId ?? "", decisions: decisions?.databaseId ?? "" };
    },
    elsewhere: elsewhere.id,
    ...administration(workspace, post),
    bot: workspace.bot,
    people: workspace.people,
    aggregationMs: windowMs,
    subscribe: (subscription) => post.subscribe(subscription, workspace.ids.uuid("subscription")),
    deliveries: post.mode,
    delivered: () => (isQuiet() ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    limit: requests.limit,
    faults(next) {
      plan = next;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sendHandshake: post.handshake,
    close() {
      aggregation.close();
      post.close();
      release();
    },
  };
}

/** What anybody sees who looks at the workspace, in the API's words. */
function readings(workspace: Workspace): Pick<NotionSandbox, "pages" | "page" | "dataSource" | "commentsOf"> {
  return {
    pages: (source) =>
      [...workspace.pages.values()]
        .filter((page) => page.source === source)
        .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
        .map((page) => showPage(workspace, page)),
    page: (id) => showPage(workspace, pageOf(workspace, id)),
    dataSource: (id) => showSource(workspace, sourceOf(workspace, id)),
    commentsOf: (page) => commentsOn(workspace, page).map((comment) => showComment(workspace, comment)),
  };
}
