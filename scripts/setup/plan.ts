// SPDX-License-Identifier: EUPL-1.2
/** What setup will do, decided before anything is done: from what was found on both sides, and from the answers. */
import { planSource, type SourcePlan } from "../../src/board/notion/plan-source.ts";
import { sourceTitles, type WantedProperty, wantedOfCards, wantedOfDecisions } from "../../src/board/notion/wanted.ts";
import { missingLabels, type WantedLabel, wantedLabels } from "../../src/core/labels.ts";
import type { Model } from "../../src/model/model.ts";
import { type HookPlan, hookEvent, hookPath, planHook } from "../../src/tracker/github/plan-hook.ts";
import { describeChange, type EnvChange } from "./env-file.ts";
import type { Found, FoundSource } from "./look.ts";

export type BoardPart = SourcePlan &
  Readonly<{
    title: string;
    wanted: readonly WantedProperty[];
    /** null: it is made. */
    id: string | null;
  }>;

export type TrackerHook =
  | HookPlan
  /** The token may not see webhooks, or there is no address: with what to do. */
  | Readonly<{ kind: "by hand"; why: string }>;

export type Plan = Readonly<{
  /** Where new databases go. */
  page: Readonly<{ id: string; title: string }> | null;
  projects: BoardPart;
  decisions: BoardPart;
  /** What a board is to be called; null: there is one. */
  board: string | null;
  labels: readonly WantedLabel[];
  hook: TrackerHook;
  /** Whether Notion's verification token is still to be caught, and where it is awaited. */
  webhook: "kept" | "catch" | "skipped";
  env: readonly EnvChange[];
  /** Variables that setup will know only when it has made what they name. */
  envLater: readonly string[];
  /** A line for each change of the municipality's file. */
  kommune: readonly string[];
  /** What stops setup before it has begun, each with what to do. */
  obstacles: readonly string[];
}>;

const BOARD_NAME = "Tavle";

export type PlanWish = Readonly<{
  model: Model;
  found: Found;
  url: string | null;
  isHookSecretKnown: boolean;
  webhook: Plan["webhook"];
  env: readonly EnvChange[];
  kommune: readonly string[];
}>;

export function planSetup({ model, found, url, isHookSecretKnown, webhook, env, kommune }: PlanWish): Plan {
  const projects = part(sourceTitles.projects, wantedOfCards(model), found.projects);
  const decisions = part(sourceTitles.decisions, wantedOfDecisions(model), found.decisions);
  return {
    page: found.page,
    projects,
    decisions,
    board: found.hasBoard ? null : BOARD_NAME,
    labels: missingLabels(wantedLabels(model), found.labels),
    hook: trackerHook(found, url, isHookSecretKnown),
    webhook,
    env,
    envLater: [
      ...(projects.id === null ? ["NOTION_PROJECTS"] : []),
      ...(decisions.id === null ? ["NOTION_DECISIONS"] : []),
      ...(webhook === "catch" ? ["NOTION_WEBHOOK_SECRET"] : []),
    ],
    kommune,
    obstacles: found.obstacles,
  };
}

function part(title: string, wanted: readonly WantedProperty[], found: FoundSource | null): BoardPart {
  const plan = planSource(wanted, found?.schema ?? null);
  return { ...plan, title: found?.title ?? title, wanted, id: found?.id ?? null };
}

function trackerHook(found: Found, url: string | null, isSecretKnown: boolean): TrackerHook {
  if (found.isApp) {
    const where = url === null ? `the service's address with ${hookPath}` : `${url}${hookPath}`;
    const why = `in the GitHub App's settings: Webhook active, URL ${where}, secret GITHUB_WEBHOOK_SECRET from .env; Subscribe to events: Issues`;
    // The app's webhook cannot have a secret that has just been made.
    return found.isAppTold && isSecretKnown ? { kind: "kept", id: 0 } : { kind: "by hand", why };
  }
  if (found.hooks === null) {
    return {
      kind: "by hand",
      why: `the token may not see webhooks. Give it «Webhooks: read and write» (a classic token: admin:repo_hook) and run setup again, or make one in the repository's Settings → Webhooks: ${url ?? "the service's address"}${hookPath}, application/json, secret GITHUB_WEBHOOK_SECRET from .env, event «${hookEvent}»`,
    };
  }
  return planHook(found.hooks, url, isSecretKnown);
}

/** Whether everything is as it should be. What only a person can do is no work of setup's. */
export function isDone(plan: Plan): boolean {
  return steps(plan).length === 0;
}

/** What setup will do, a line a step, in the order in which it does it. */
export function steps(plan: Plan): readonly string[] {
  const { projects, decisions, board, labels, hook, page } = plan;
  return [
    ...plan.kommune,
    ...plan.env.map((change) => `.env ${describeChange(change, isSecret)}`),
    ...sourceSteps(projects, page),
    ...sourceSteps(decisions, page),
    ...(board === null
      ? []
      : [`Notion: make the view «${board}» of «${projects.title}», a board with a column per phase`]),
    ...labels.map(({ name, description }) => `GitHub: make the label ${name} (${description})`),
    ...(hook.kind === "make" ? [`GitHub: make the webhook ${hook.url} (event ${hookEvent})`] : []),
    ...(hook.kind === "change" ? [`GitHub: mend the webhook ${hook.url}: ${hook.because.join(", ")}`] : []),
    ...(plan.webhook === "catch"
      ? ["Notion: wait for the verification token of a webhook subscription, which you make by hand"]
      : []),
    ...plan.envLater.map((name) => `.env + ${name}`),
  ];
}

function sourceSteps({ id, title, create, options }: BoardPart, page: Plan["page"]): readonly string[] {
  if (id === null)
    return [
      `Notion: make the database «${title}» on the page «${page?.title ?? "?"}», with ${create.length} properties`,
    ];
  return [
    ...create.map(({ name, type }) => `Notion: add the property «${name}» (${type}) to «${title}»`),
    ...options.map(
      ({ property, add }) => `Notion: add to «${property}» of «${title}»: ${add.map((it) => `«${it}»`).join(", ")}`,
    ),
  ];
}

/** What is left to a person, whatever setup does. */
export function byHand(plan: Plan): readonly string[] {
  const boards = [plan.projects, plan.decisions].flatMap(({ title, byHand: left }) =>
    left.map(({ what }) => `«${title}»: ${what}`),
  );
  const hook = plan.hook.kind === "by hand" ? [`GitHub: ${plan.hook.why}`] : [];
  const unknown =
    plan.hook.kind === "unknown" ? ["GitHub: no webhook leads here. Say with --url where the service is reached"] : [];
  const skipped =
    plan.webhook === "skipped"
      ? ["Notion: the webhook subscription is not made yet; npm run setup catches its token"]
      : [];
  return [...boards, ...hook, ...unknown, ...skipped];
}

/** By the names of the contract's table: whatever is a secret there is never printed. */
function isSecret(name: string): boolean {
  return /TOKEN|SECRET|PRIVATE_KEY$|REDIS_URL/u.test(name);
}
