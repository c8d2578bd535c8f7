// SPDX-License-Identifier: EUPL-1.2
/** Opens the two remote sides on their shared budgets: for the service, and for a command that works beside it. */
import { type OpenedNotion, openNotion } from "../board/notion/notion.ts";
import type { Settings } from "../config.ts";
import type { Side } from "../core/errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { mustUnderstand } from "../ledger/version.ts";
import type { Model } from "../model/model.ts";
import type { Left } from "../rate/shared-budget.ts";
import { prefixOf, type RedisClient } from "../redis/client.ts";
import { rememberedShape } from "../sync/watch-board.ts";
import { type Called, countedFetch } from "../telemetry/counted-fetch.ts";
import { createGithub, type GithubTracker } from "../tracker/github/github.ts";
import { openBudgets } from "./budgets.ts";

export type Sides = Readonly<{
  notion: OpenedNotion;
  tracker: GithubTracker;
  /** Keeps which repository it is, for the next start. The board's shape is kept by `keepShape`. */
  remember(): Promise<void>;
  /** What each side's budget still allows now, read through a connection of the asker's. */
  left(redis: RedisClient): Promise<readonly (Left & Readonly<{ side: "board" | "tracker" }>)[]>;
  /** Ends every wait for a budget, so that what waits can be put off. */
  close(): void;
}>;

export type SidesWish = Readonly<{
  settings: Settings;
  model: Model;
  redis: RedisClient;
  ledger: Ledger;
  /** A side says that its budget is spent: nothing is asked of it for so many milliseconds. */
  onStop: (side: Side, ms: number) => void;
  /** A side was asked, and answered or not. */
  onCall?: (call: Called & Readonly<{ side: "board" | "tracker" }>) => void;
  /** Carries out an opening, perhaps again and again while the side is away. */
  opening?: <Opened>(open: () => Promise<Opened>) => Promise<Opened>;
}>;

/** Throws Permanent when a side cannot be used as it is, RetryLater when it is away. */
export async function openSides(wish: SidesWish): Promise<Sides> {
  const { settings, model, redis, ledger, onStop, onCall, opening = (open) => open() } = wish;
  const fetchOf = (side: "board" | "tracker") => countedFetch((call) => onCall?.({ ...call, side }));
  await mustUnderstand(redis, prefixOf(redis));
  const budgets = openBudgets(redis, prefixOf(redis), model, onStop);
  const notion = await opening(async () =>
    openNotion({
      ...settings.board,
      model,
      budget: budgets.board,
      fetch: fetchOf("board"),
      remembered: await rememberedShape(ledger),
    }),
  );
  // A repository that takes over the old name of ours is not taken for it: it is remembered by its id.
  const name = `${settings.tracker.owner}/${settings.tracker.repo}`;
  const known = await ledger.note<Readonly<{ name: string; id: number }>>("repository");
  const knownRepository = known?.name === name ? known.id : null;
  const reached = { ...settings.tracker, budget: budgets.tracker, fetch: fetchOf("tracker") };
  const tracker = await opening(() => createGithub({ ...reached, knownRepository }));
  return {
    notion,
    tracker,
    async remember() {
      await ledger.keepNote("repository", { name, id: tracker.repositoryId });
    },
    async left(redis) {
      const [board, ofTracker] = await Promise.all([budgets.board.left(redis), budgets.tracker.left(redis)]);
      return [
        ...board.map((it) => ({ ...it, side: "board" as const })),
        ...ofTracker.map((it) => ({ ...it, side: "tracker" as const })),
      ];
    },
    close: () => budgets.close(),
  };
}
