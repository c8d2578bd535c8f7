// SPDX-License-Identifier: EUPL-1.2
/** What setup and the doctor do on GitHub beyond the tasks: what the credentials may do, labels, and the webhook. */
import type { Octokit } from "@octokit/rest";
import type { WantedLabel } from "../../core/labels.ts";
import { type ClientSettings, githubClient } from "./client.ts";
import { limitedFor, translate } from "./errors.ts";
import { type Hook, hookEvent } from "./plan-hook.ts";
import { openRepository, type Repository } from "./repository.ts";

export type RepositorySeen = Readonly<{
  /** owner/name as it is called now. */
  name: string;
  hasIssues: boolean;
  isArchived: boolean;
  /** When GitHub answered, by its own clock. */
  at: Date | null;
}>;

/** What the GitHub App was given, and what it is told of; null for a token. */
export type AppSeen = Readonly<{ permissions: Readonly<Record<string, string>>; events: readonly string[] }>;

export type GithubAdministration = Awaited<ReturnType<typeof administerGithub>>;

/**
 * Finds the repository. Every method throws RetryLater, Permanent or Refused; only those called make…, change… and ping…
 * write anything. Throws Permanent, saying what to change, when the credentials or the repository are not usable.
 */
export async function administerGithub(settings: ClientSettings & Readonly<{ owner: string; repo: string }>) {
  const octokit = githubClient(settings);
  const repository = await openRepository(octokit, { owner: settings.owner, repo: settings.repo }, null);
  return {
    kind: settings.auth.kind,
    look: () => look(octokit, repository),
    app: () => (settings.auth.kind === "app" ? appSeen(octokit) : null),
    mayWrite: () => mayWrite(octokit, repository),
    labels: () => labels(octokit, repository),
    makeLabel: (label: WantedLabel) =>
      repository.ask(`making the label ${label.name}`, (where) =>
        octokit.rest.issues.createLabel({ ...where, ...label }),
      ),
    assignees: () => assignees(octokit, repository),
    hooks: () => hooks(octokit, repository),
    makeHook: (url: string, secret: string) =>
      repository.ask("making the webhook", (where) =>
        octokit.rest.repos.createWebhook({
          ...where,
          events: [hookEvent],
          active: true,
          config: configOf(url, secret),
        }),
      ),
    changeHook: (id: number, url: string, secret: string) =>
      repository.ask("mending the webhook", (where) =>
        octokit.rest.repos.updateWebhook({
          ...where,
          hook_id: id,
          add_events: [hookEvent],
          active: true,
          config: configOf(url, secret),
        }),
      ),
  };
}

async function look(octokit: Octokit, repository: Repository): Promise<RepositorySeen> {
  const { data, headers } = await repository.ask("reading the repository", (where) => octokit.rest.repos.get(where));
  const at = headers.date === undefined ? null : new Date(headers.date);
  return { name: data.full_name, hasIssues: data.has_issues, isArchived: data.archived, at };
}

async function appSeen(octokit: Octokit): Promise<AppSeen> {
  try {
    const { data } = await octokit.rest.apps.getAuthenticated();
    const permissions = Object.entries(data?.permissions ?? {}).map(([name, level]) => [name, String(level)] as const);
    return { permissions: Object.fromEntries(permissions), events: data?.events ?? [] };
  } catch (error) {
    throw translate(error, "asking GitHub what the app may do");
  }
}

/**
 * Whether labels, and so issues, may be written. GitHub tells nowhere what a token may do, so a label without a name is
 * asked for: who may write is told that it has none (422), who may not is refused (403, 404). Nothing is written.
 */
async function mayWrite(octokit: Octokit, repository: Repository): Promise<boolean> {
  const [owner = "", repo = ""] = repository.name.split("/");
  try {
    await octokit.rest.issues.createLabel({ owner, repo, name: "" });
    return true;
  } catch (error) {
    if (statusOf(error) === 422) return true;
    if (isRefused(error)) return false;
    throw translate(error, "asking GitHub whether labels may be written");
  }
}

async function labels(octokit: Octokit, repository: Repository): Promise<readonly string[]> {
  const all = await paged((page) =>
    repository.ask("listing the labels", (where) => octokit.rest.issues.listLabelsForRepo({ ...where, ...page })),
  );
  return all.map(({ name }) => name);
}

async function assignees(octokit: Octokit, repository: Repository): Promise<readonly string[]> {
  const all = await paged((page) =>
    repository.ask("listing who can be assigned", (where) => octokit.rest.issues.listAssignees({ ...where, ...page })),
  );
  return all.map(({ login }) => login);
}

/** null: whoever may not administer the repository is not shown its webhooks. */
async function hooks(octokit: Octokit, repository: Repository): Promise<readonly Hook[] | null> {
  const [owner = "", repo = ""] = repository.name.split("/");
  try {
    const all = await paged((page) => octokit.rest.repos.listWebhooks({ owner, repo, ...page }));
    return all.map(({ id, active, events, config, last_response }) => ({
      id,
      active,
      events,
      url: config.url ?? "",
      contentType: config.content_type ?? "form",
      hasSecret: Boolean(config.secret),
      answered: last_response.code,
    }));
  } catch (error) {
    if (isRefused(error)) return null;
    throw translate(error, "listing the webhooks");
  }
}

const PAGE = 100;

type Page = Readonly<{ page: number; per_page: number }>;

/** Every item of a list; one that is shorter than asked for is the last. */
async function paged<T>(ask: (page: Page) => Promise<Readonly<{ data: readonly T[] }>>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await ask({ page, per_page: PAGE });
    all.push(...data);
    if (data.length < PAGE) return all;
  }
}

function configOf(url: string, secret: string) {
  return { url, secret, content_type: "json", insecure_ssl: "0" } as const;
}

/** Not allowed, as GitHub says it of what it shows (403) and of what it hides (404); a spent budget is neither. */
function isRefused(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || (status === 403 && limitedFor(error) === null);
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : null;
}
