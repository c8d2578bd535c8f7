// SPDX-License-Identifier: EUPL-1.2
/**
 * Takes over a board and gives every card its issue, by the service's own steps but without queues and sockets: a first fill
 * of ten thousand cards in minutes.
 */
import { Redis } from "ioredis";
import { openNotion } from "../../src/board/notion/notion.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { adopt } from "../../src/sync/adopt.ts";
import { mirrorTask } from "../../src/sync/mirror-task.ts";
import { syncCard } from "../../src/sync/sync-card.ts";
import { keepShape } from "../../src/sync/watch-board.ts";
import { createGithub } from "../../src/tracker/github/github.ts";
import { model } from "../integration/house.ts";

const HOUR_MS = 3_600_000;
/** GitHub takes 5,000 requests an hour of a token, and the sandbox no more. */
const AN_HOUR = 4_000;

/** How far `prepare` moves the sandbox's clock, in milliseconds. */
export function timeToPrepare(cards: number): number {
  return Math.floor(cards / AN_HOUR) * HOUR_MS;
}

/** `path`: the socket of an empty Redis. */
export async function prepare({ notion, github, clock, notionUrl, githubUrl }: Sandbox, path: string): Promise<void> {
  const redis = new Redis({ path });
  const ledger = new Ledger(redis);
  const { token, projects, decisions } = notion;
  const inProcess = (api: Sandbox["notion"]["api"]) => async (url: string | URL | Request, init?: RequestInit) =>
    api.fetch(new Request(url, init));
  const opened = await openNotion({
    token,
    projects,
    decisions,
    apiUrl: notionUrl,
    model,
    fetch: inProcess(notion.api),
  });
  const [owner = "", repo = ""] = github.repo.split("/");
  const auth = { kind: "token", token: github.token } as const;
  const tracker = await createGithub({ apiUrl: githubUrl, auth, owner, repo, fetch: inProcess(github.api) });
  const ignored = () => {};
  const told = { report: ignored, notify: ignored, drifted: ignored };
  const world = { model, board: opened.board, tracker, ledger, now: async () => new Date(), ...told };
  await keepShape(world, opened.shape);
  for (const [index, card] of ((await adopt(world)) ?? []).entries()) {
    if (index % AN_HOUR === AN_HOUR - 1) clock.advance(HOUR_MS);
    await syncCard(world, card, { inBulk: true });
    await mirrorTask(world, card);
    await syncCard(world, card, { inBulk: true });
  }
  redis.disconnect();
}
