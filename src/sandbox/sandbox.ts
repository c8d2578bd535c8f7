// SPDX-License-Identifier: EUPL-1.2
/** The whole other side of the wire: both worlds, their clock, and the board page, each served on a port of its own. */
import { createHash, randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { Hono } from "hono";
import type { Municipality } from "../model/municipality.ts";
import type { Rules } from "../model/rules.ts";
import { decisionColumns, elsewhereColumns, projectColumns } from "./board-columns.ts";
import { sandboxClock } from "./clock.ts";
import type { AppOptions } from "./github/people.ts";
import { createGithubWorld, type GithubSandbox } from "./github/world.ts";
import type { NotionSandbox } from "./notion/options.ts";
import { createNotionWorld } from "./notion/world.ts";
import { boardOnceThere } from "./page/before-board.ts";
import { connectionRoutes } from "./page/connection.ts";
import { type BoardPage, createPage, type ServiceControl, type Told } from "./page/page.ts";
import { seedBoard } from "./seed.ts";
import type { NotionPerson, SandboxClock } from "./world.ts";

export type SandboxOptions = Readonly<{
  rules: Rules;
  municipality: Municipality;
  /** What the sandbox's clock shows first. */
  start: Date;
  /** Automations and agents of the workspace, beside the municipality's people. */
  machines?: readonly NotionPerson[];
  /** 0 or absent: any free port. Always on 127.0.0.1. */
  ports?: Readonly<{ page?: number; notion?: number; github?: number }>;
  /** Edits within this many milliseconds become one Notion event. */
  aggregationMs?: number;
  /** Given: ids, tokens and secrets are the same in each run. */
  seed?: string;
  /** True: the workspace has no board yet, only a page that is shared with the connection, and the repository no webhook. */
  empty?: boolean;
  /** The GitHub App that the service may act as, beside the token. */
  app?: AppOptions;
  /** The service's process; given, it can be ended and started on the page. It must come back at the same address. */
  service?: ServiceControl;
}>;

export interface Sandbox {
  readonly notion: NotionSandbox;
  readonly github: GithubSandbox;
  readonly clock: SandboxClock;
  /** The board page. */
  readonly url: string;
  readonly notionUrl: string;
  readonly githubUrl: string;
  /** GET answers {"now": ISO instant}. */
  readonly clockUrl: string;
  /** The variables a service needs to work against this sandbox; of an empty one, what its setup starts from. */
  environment(): Record<string, string>;
  /** Both worlds send their events to this service from now on. */
  connect(serviceUrl: string): void;
  /** A line of the service's log, for the page. */
  tell(told: Told): void;
  close(): Promise<void>;
}

const REPO = "furesoe-kommune/innovation";
const BOT = "faseport-bot";
const DEVELOPER = "anders-dev";
/** A developer who is in no list of the municipality's. */
const STRANGER = "ida-udvikler";

/** Starts a seeded sandbox. Rejects with the server's own error when a port is taken; nothing is left listening then. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = sandboxClock(options.start);
  const secret = secretsFrom(options.seed);
  const notion = notionWorld(options, clock, secret("ntn"));
  if (options.empty !== true) seedBoard(notion, options.rules, options.municipality, options.start);
  // Nobody subscribes yet: what seeding would have told is sent to no one, and is over before anybody can.
  await notion.delivered();
  const developers = options.municipality.people.flatMap((person) => person.github ?? []);
  const github = createGithubWorld({
    clock,
    repo: REPO,
    token: secret("ghp"),
    bot: options.app ? `${options.app.slug}[bot]` : BOT,
    ...(options.app && { app: options.app }),
    developers: [...new Set([DEVELOPER, ...developers, STRANGER])],
  });
  const page = boardOnceThere(
    () => notion.projects !== "" && notion.decisions !== "",
    () => createPage({ ...options, notion, github, clock, developer: DEVELOPER }),
  );
  const { page: pagePort = 0, notion: notionPort = 0, github: githubPort = 0 } = options.ports ?? {};
  const servers: ServerType[] = [];
  const close = async () => {
    page.close();
    notion.close();
    github.close();
    await Promise.all(servers.map(stop));
  };
  try {
    const url = await serveOn(pages(page, notion, clock), pagePort, servers);
    const notionUrl = await serveOn(notion.api, notionPort, servers);
    const githubUrl = await serveOn(github.api, githubPort, servers);
    const clockUrl = `${url}/clock`;
    const secrets = { notion: secret("secret"), github: secret("hook") };
    return {
      notion,
      github,
      clock,
      url,
      notionUrl,
      githubUrl,
      clockUrl,
      environment: () => ({
        NOTION_TOKEN: notion.token,
        NOTION_API_URL: notionUrl,
        GITHUB_TOKEN: github.token,
        GITHUB_API_URL: githubUrl,
        GITHUB_REPO: github.repo,
        FASEPORT_CLOCK: clockUrl,
        ...(options.empty !== true && {
          NOTION_WEBHOOK_SECRET: secrets.notion,
          NOTION_PROJECTS: notion.projects,
          NOTION_DECISIONS: notion.decisions,
          GITHUB_WEBHOOK_SECRET: secrets.github,
        }),
      }),
      connect(serviceUrl) {
        const base = serviceUrl.replace(/\/+$/, "");
        notion.subscribe({ url: `${base}/webhooks/notion`, secret: secrets.notion });
        github.subscribe({ url: `${base}/webhooks/github`, secret: secrets.github });
      },
      tell: page.tell,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function notionWorld(options: SandboxOptions, clock: SandboxClock, token: string): NotionSandbox {
  const { rules, municipality, machines = [], aggregationMs, seed } = options;
  return createNotionWorld({
    clock,
    token,
    people: [...municipality.people.flatMap(usersOf), ...machines],
    projects: projectColumns(rules, municipality),
    decisions: decisionColumns(rules, municipality),
    elsewhere: elsewhereColumns(rules),
    relation: { projects: rules.card.decisions.name, decisions: rules.decision.card.name },
    columns: rules.card.phase.name,
    ...(options.empty === true && { empty: true }),
    ...(aggregationMs === undefined ? {} : { aggregationMs }),
    ...(seed === undefined ? {} : { seed }),
  });
}

const usersOf = ({ key, name, notion }: Municipality["people"][number]): NotionPerson[] =>
  notion.map((id) => ({ id, name, kind: "person", email: `${key}@kommune.example` }));

/** What the page's port serves: the clock and the connection's settings, and the board, if there is one. */
function pages(board: BoardPage, notion: NotionSandbox, clock: SandboxClock): Hono {
  const app = new Hono();
  app.get("/clock", (c) => c.json({ now: clock.now().toISOString() }));
  app.route("/connection", connectionRoutes(notion));
  app.all("*", (c) => board.app.fetch(c.req.raw, c.env));
  return app;
}

/** Tokens and secrets that look like the real ones: random, or derived from the seed. */
function secretsFrom(seed: string | undefined): (kind: string) => string {
  return (kind) => {
    const part = seed === undefined ? randomBytes(32) : createHash("sha256").update(`${seed}/${kind}`).digest();
    return `${kind}_${part.toString("hex")}`;
  };
}

/** Serves an app on 127.0.0.1 and answers its address. */
function serveOn(app: Hono, port: number, servers: ServerType[]): Promise<string> {
  const server = createAdaptorServer({ fetch: app.fetch });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      servers.push(server);
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function stop(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
