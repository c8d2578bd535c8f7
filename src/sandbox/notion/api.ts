// SPDX-License-Identifier: EUPL-1.2
/** The public API's door: token, version, budget, faults, the journal of calls and the shape of every answer. */
import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Call, FaultPlan } from "../world.ts";
import type { Budget } from "./budget.ts";
import { checkBlockLimit, checkCapability } from "./capabilities.ts";
import { type Bindings, drop, problemOf } from "./fault.ts";
import type { Past } from "./past.ts";
import { Problem } from "./problem.ts";
import { blockRoutes } from "./routes/blocks.ts";
import { commentRoutes } from "./routes/comments.ts";
import { databaseRoutes } from "./routes/databases.ts";
import { pageRoutes } from "./routes/pages.ts";
import { searchRoutes } from "./routes/search.ts";
import { sourceRoutes } from "./routes/sources.ts";
import { userRoutes } from "./routes/users.ts";
import { viewRoutes } from "./routes/views.ts";
import type { Workspace } from "./workspace.ts";

/** The only version spoken here: a caller that forgets to ask for it would get other shapes from the real API. */
const spoken = "2026-03-11";

export type Door = Readonly<{
  token: string;
  budget: Budget;
  calls: Call[];
  plan: () => FaultPlan | null;
  rowsBehind: Past["rows"];
}>;

export function notionApi(workspace: Workspace, door: Door): Hono {
  const api = new Hono();
  api.use(journal(workspace, door));
  api.use(trouble(workspace, door));
  api.use(admission(door));
  api.use(permission(workspace));
  api.route("/", userRoutes(workspace));
  api.route("/", searchRoutes(workspace));
  api.route("/", databaseRoutes(workspace));
  api.route("/", viewRoutes(workspace));
  api.route("/", sourceRoutes(workspace, door.rowsBehind));
  api.route("/", pageRoutes(workspace));
  api.route("/", blockRoutes(workspace));
  api.route("/", commentRoutes(workspace));
  api.notFound((context) =>
    refuse(context, workspace, new Problem(400, "invalid_request_url", "Invalid request URL.")),
  );
  api.onError((error, context) => {
    if (error instanceof Problem) return refuse(context, workspace, error);
    throw error;
  });
  return api;
}

/** Writes down every request with the status it got (0: a broken connection), and tells what time it is over there. */
function journal(workspace: Workspace, door: Door): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req;
    const at = workspace.clock.now().toISOString();
    const by = tokenOf(context) === door.token ? workspace.bot.id : null;
    const note = (status: number): void => void door.calls.push({ at, method, path, status, by });
    try {
      await next();
    } catch (error) {
      note(0);
      throw error;
    }
    const isSent = context.res.headers.has("x-hono-already-sent");
    note(isSent ? 0 : context.res.status);
    if (!isSent) context.header("date", workspace.clock.now().toUTCString());
  };
}

/** Switches on what the fault plan says, before or after the request takes effect. */
function trouble(workspace: Workspace, door: Door): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req;
    const fault = door.plan()?.({ method, path }) ?? null;
    if (fault === null) return next();
    if (fault.kind === "stale") {
      context.set("behindMs", fault.ms);
      return next();
    }
    const answer = async (created?: string): Promise<Response> =>
      fault.kind === "status"
        ? refuse(context, workspace, problemOf(fault, path, created))
        : drop(context.env as Bindings | undefined);
    if (!fault.afterSaving) return answer();
    await next();
    if (!context.res.ok) return;
    const saved = (await context.res.clone().json()) as { id: string };
    const made = method === "POST" && path === "/v1/pages" ? saved.id : undefined;
    context.res = undefined;
    context.res = await answer(made);
  };
}

/** What the connection may do, and whether the workspace has room for more. */
function permission(workspace: Workspace): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req;
    checkCapability(method, path, workspace.capabilities);
    checkBlockLimit(method, path, workspace.isFull);
    await next();
  };
}

/** Token, then version, then budget. */
function admission(door: Door): MiddlewareHandler {
  return async (context, next) => {
    if (tokenOf(context) !== door.token) throw new Problem(401, "unauthorized", "API token is invalid.");
    const version = context.req.header("notion-version");
    if (version !== spoken) throw wrongVersion(version);
    door.budget.spend();
    await next();
  };
}

function wrongVersion(version: string | undefined): Problem {
  const header = "Notion-Version header";
  const wanted = version === undefined ? "defined" : `\`"${spoken}"\``;
  const words = `${header} failed validation: ${header} should be ${wanted}, instead was \`${JSON.stringify(version)}\`.`;
  return new Problem(400, version === undefined ? "missing_version" : "validation_error", words);
}

function tokenOf(context: Context): string | undefined {
  return context.req.header("authorization")?.replace(/^Bearer /, "");
}

function refuse(context: Context, workspace: Workspace, problem: Problem): Response {
  const id = workspace.ids.uuid("request");
  const body = {
    object: "error",
    status: problem.status,
    code: problem.code,
    message: problem.message,
    ...(problem.details === undefined ? {} : { additional_data: problem.details }),
    request_id: id,
  };
  return context.json(body, problem.status, { ...problem.headers, "x-notion-request-id": id });
}
