// SPDX-License-Identifier: EUPL-1.2
/** Opens the two remote sides on their shared budgets: for the service, and for a command that works beside it. */
import type { Redis } from "ioredis";
import { type OpenedNotion, openNotion } from "./board/notion/notion.ts";
import { openBudgets } from "./budgets.ts";
import type { Settings } from "./config.ts";
import type { Side } from "./core/errors.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Model } from "./model/model.ts";
import { rememberedShape } from "./sync/watch-board.ts";
import { createGithub, type GithubTracker } from "./tracker/github/github.ts";

/** Keeps the service's keys apart from others' in one Redis. */
export const PREFIX = "faseport";

export type Sides = Readonly<{
  notion: OpenedNotion;
  tracker: GithubTracker;
  /** Keeps which repository it is, for the next start. The board's shape is kept by `keepShape`. */
  remember(): Promise<void>;
  /** Ends every wait for a budget, so that what waits can be put off. */
  close(): void;
}>;

export type SidesWish = Readonly<{
  settings: Settings;
  model: Model;
  redis: Redis;
  ledger: Ledger;
  /** A side says that its budget is spent: nothing is asked of it for so many milliseconds. */
  onStop: (side: Side, ms: number) => void;
  /** Carries out an opening, perhaps again and again while the side is away. */
  opening?: <Opened>(open: () => Promise<Opened>) => Promise<Opened>;
}>;

/** Throws Permanent when a side cannot be used as it is, RetryLater when it is away. */
export async function openSides(wish: SidesWish): Promise<Sides> {
  const { settings, model, redis, ledger, onStop, opening = (open) => open() } = wish;
  const budgets = openBudgets(redis, PREFIX, model, onStop);
  const notion = await opening(async () =>
    openNotion({ ...settings.board, model, budget: budgets.board, remembered: await rememberedShape(ledger) }),
  );
  // A repository that takes over the old name of ours is not taken for it: it is remembered by its id.
  const name = `${settings.tracker.owner}/${settings.tracker.repo}`;
  const known = await ledger.note<Readonly<{ name: string; id: number }>>("repository");
  const knownRepository = known?.name === name ? known.id : null;
  const tracker = await opening(() => createGithub({ ...settings.tracker, budget: budgets.tracker, knownRepository }));
  return {
    notion,
    tracker,
    async remember() {
      await ledger.keepNote("repository", { name, id: tracker.repositoryId });
    },
    close: () => budgets.close(),
  };
}
