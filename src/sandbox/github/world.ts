// SPDX-License-Identifier: EUPL-1.2
/** A stateful GitHub of one repository: its public API, its signed events, and what people do on its pages. */
import type { IncomingMessage } from "node:http";
import { Hono } from "hono";
import type { GithubWorld, SandboxClock } from "../world.ts";
import { createAccess } from "./access.ts";
import { createBudget } from "./budget.ts";
import { createDeliveries, type Delivery } from "./deliveries.ts";
import { createDoor } from "./door.ts";
import { newHook } from "./hook-routes.ts";
import { checkComment, checkIssue } from "./input.ts";
import { payloadOf, pingOf } from "./payloads.ts";
import { type Account, type AppOptions, sameLogin } from "./people.ts";
import type { HookRecord, IssueRecord, News, RepositoryRecord } from "./records.ts";
import { createRoutes } from "./routes.ts";
import { type Place, showComment, showIssue } from "./show-issue.ts";
import { showApp } from "./show-repository.ts";
import { createStore, fullName, stamp } from "./store.ts";

export type GithubWorldOptions = Readonly<{
  clock: SandboxClock;
  /** owner/name */
  repo: string;
  token: string;
  /** The login behind the token; `<slug>[bot]` when the service acts as an app. */
  bot: string;
  /** Who else may act, and may be assigned. */
  developers: readonly string[];
  app?: AppOptions;
  /** Requests an hour before the primary limit, 5,000 as for a personal token. */
  hourly?: number;
  /** What the addresses in answers begin with. Default: GitHub's own. */
  apiUrl?: string;
  webUrl?: string;
  /** How deliveries are sent. Default: the global fetch. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}>;

/** What people do now and then, beyond the everyday of `GithubWorld`. */
export type GithubSandbox = GithubWorld &
  Readonly<{
    /** What the webhook's own page lists, oldest first. */
    deliveryLog: readonly Delivery[];
    assign(by: string, number: number, login: string): void;
    unassign(by: string, number: number, login: string): void;
    /** Puts one label in the place of those that begin alike, in one go: `fase:3-test` for any other `fase:…`. */
    moveLabel(by: string, number: number, label: string): void;
    deleteIssue(by: string, number: number): void;
    /** Makes a discussion of the issue: it stays closed and locked for good. */
    convertToDiscussion(by: string, number: number): void;
    /** Moves the issue to another repository; its old address redirects there. */
    transferIssue(by: string, number: number, repo: string): void;
    /** A pull request: it takes a number and is listed among the issues. */
    openPullRequest(by: string, title: string): number;
    renameRepository(repo: string): void;
    /** What the token may do is changed on its page. */
    grant(rights: Partial<RepositoryRecord["rights"]>): void;
    switchIssues(isOn: boolean): void;
    /** The repository's webhooks, as they are; to be changed as on its page. */
    readonly hooks: HookRecord[];
  }>;

type Parts = ReturnType<typeof assemble>;

export function createGithubWorld(options: GithubWorldOptions): GithubSandbox {
  const parts = assemble(options);
  const { store, place, budget, deliveries, door, listeners } = parts;
  const shown = (issue: IssueRecord) => showIssue(place(), issue);
  return {
    token: options.token,
    bot: options.bot,
    get repo() {
      return fullName(store.repository);
    },
    api: publicApi(parts),
    calls: door.calls,
    deliveryLog: deliveries.log,
    hooks: deliveries.hooks,
    subscribe(subscription) {
      const hook = newHook(subscription, stamp(options.clock), store.repository.owner);
      deliveries.add(hook, pingOf(hook, place()));
    },
    deliveries: deliveries.switchTo,
    delivered: deliveries.delivered,
    limit: budget.limit,
    faults: door.faults,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: deliveries.close,
    issues: () => store.issues.filter((it) => it.gone === null).map(shown),
    issue: (number) => shown(parts.issue(number)),
    commentsOf: (number) => parts.issue(number).comments.map((it) => showComment(place(), parts.issue(number), it)),
    ...peoplesActions(parts),
  };
}

function assemble(options: GithubWorldOptions) {
  const { clock, app = null } = options;
  const sites = { api: options.apiUrl ?? "https://api.github.com", web: options.webUrl ?? "https://github.com" };
  const listeners = new Set<() => void>();
  const deliveries = createDeliveries(options.fetch ?? ((url, init) => fetch(url, init)));
  const store = createStore(options.repo, clock, announce);
  const logins = [options.bot, ...options.developers];
  const shownApp = app && showApp(sites, app, store.repository.owner, store.repository.createdAt);
  const place = (repository: RepositoryRecord = store.repository): Place => ({ sites, repository, app: shownApp });

  function announce(news: readonly News[]): void {
    const openIssues = store.issues.filter((it) => it.gone === null && it.state === "open").length;
    const around = { place: place(), openIssues, elsewhere: place, installationId: app?.installationId ?? null };
    for (const it of news) deliveries.announce(payloadOf(it, around));
    for (const listener of listeners) listener();
  }

  const access = createAccess({ clock, token: options.token, bot: options.bot, app });
  const budget = createBudget(clock, options.hourly ?? 5_000);
  const routes = createRoutes({ store, access, budget, place, logins, deliveries, clock });
  const door = createDoor({ clock, access, budget, routes });
  return {
    store,
    place,
    budget,
    deliveries,
    door,
    listeners,
    logins,
    issue: (number: number) => issueOf(store, number),
  };
}

function issueOf(store: Parts["store"], number: number): IssueRecord {
  const issue = store.issues.find((it) => it.number === number && it.gone === null);
  if (!issue) throw new Error(`no issue ${number} in the sandbox`);
  return issue;
}

function publicApi({ door }: Parts): Hono {
  const api = new Hono();
  api.all("*", (c) => {
    const env = (c.env ?? {}) as { incoming?: IncomingMessage };
    return door.handle(c.req.raw, env.incoming);
  });
  // A dropped connection reaches an in-process caller as it does one over a socket: as a rejection.
  api.onError((error) => {
    throw error;
  });
  return api;
}

function peoplesActions({ store, logins, issue }: Parts) {
  const person = (login: string): Account => {
    if (!logins.some((it) => sameLogin(it, login))) throw new Error(`nobody called ${login} in the sandbox`);
    return { login, viaApp: false };
  };
  const labelsOf = (number: number) => issue(number).labels.map((it) => it.name);
  const without = (list: readonly string[], name: string) =>
    list.filter((it) => it.toLowerCase() !== name.toLowerCase());
  const change = (by: string, number: number, wanted: Parameters<typeof store.change>[2]) => {
    checkIssue(wanted, logins);
    store.change(person(by), issue(number), wanted);
  };
  const create = (by: string, wanted: Parameters<typeof store.create>[1]): number => {
    checkIssue(wanted, logins);
    return store.create(person(by), wanted).number;
  };
  return {
    create,
    edit: change,
    label: (by: string, number: number, label: string) => change(by, number, { labels: [...labelsOf(number), label] }),
    unlabel: (by: string, number: number, label: string) =>
      change(by, number, { labels: without(labelsOf(number), label) }),
    moveLabel(by: string, number: number, label: string): void {
      const group = `${label.split(":")[0]}:`;
      change(by, number, { labels: [...labelsOf(number).filter((name) => !name.startsWith(group)), label] });
    },
    closeIssue: (by: string, number: number, reason: "completed" | "not_planned") =>
      change(by, number, { state: "closed", stateReason: reason }),
    reopenIssue: (by: string, number: number) => change(by, number, { state: "open" }),
    comment(by: string, number: number, text: string): void {
      checkComment(text);
      store.comment(person(by), issue(number), text);
    },
    assign: (by: string, number: number, login: string) =>
      change(by, number, { assignees: [...issue(number).assignees, login] }),
    unassign: (by: string, number: number, login: string) =>
      change(by, number, { assignees: without(issue(number).assignees, login) }),
    deleteIssue: (by: string, number: number) => store.remove(person(by), issue(number)),
    convertToDiscussion: (by: string, number: number) => change(by, number, { state: "closed", converted: true }),
    transferIssue: (by: string, number: number, repo: string) => store.transfer(person(by), issue(number), repo),
    openPullRequest: (by: string, title: string) => create(by, { title, pullRequest: true }),
    renameRepository: store.rename,
    grant: (rights: Partial<RepositoryRecord["rights"]>) => void Object.assign(store.repository.rights, rights),
    switchIssues(isOn: boolean): void {
      store.repository.hasIssues = isOn;
    },
  };
}
