// SPDX-License-Identifier: EUPL-1.2
/** Keeps an eye on the board itself: is it there, is it still what the rules expect, and who is told when not (cases 12, 13, 31). */
import type { Shape } from "../board/board.ts";
import { isBoardAway, Permanent } from "../core/errors.ts";
import { accessNotice, differenceNotices, type Notice } from "../core/notice.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { SyncWorld } from "./world.ts";

export type WatchWorld = Pick<SyncWorld, "model" | "board" | "ledger" | "now" | "notify">;

type NoticeWorld = Pick<WatchWorld, "ledger" | "now" | "notify">;

const BINDING = "binding";
const MARK = "binding-mark";
const LOOKED_AT = "board-looked-at";
/** A look at everything looks at the board too, unless that was done since; half of the time between two nightly ones. */
const FRESH_MS = 12 * 3_600_000;

/** What was remembered of the board at the last look of any process; null: nothing yet. */
export function rememberedShape<Memory>(ledger: Ledger): Promise<Memory | null> {
  return ledger.note<Memory>(BINDING);
}

/**
 * Reads the board's fields and options again (two calls), works with them from then on, and tells what is new. Whether
 * the board can be worked on: it is there, and nothing that the rules need is gone.
 */
export async function lookAtBoard(world: WatchWorld): Promise<boolean> {
  try {
    const shape = await world.board.refresh();
    await keepShape(world, shape);
    return !shape.differences.some(({ hinders }) => hinders);
  } catch (error) {
    if (!isBoardAway(error)) throw error;
    await open(world, accessNotice(), error);
    return false;
  }
}

/** As `lookAtBoard`, at night: an event that tells of a changed board may have been lost. */
export async function lookAtBoardIfLongAgo(world: WatchWorld): Promise<boolean> {
  const lookedAt = await world.ledger.note<string>(LOOKED_AT);
  const isFresh = lookedAt !== null && (await world.now()).getTime() - Date.parse(lookedAt) < FRESH_MS;
  return isFresh || lookAtBoard(world);
}

/** As `lookAtBoard`, before something is concluded that a lost board would explain too. Throws Permanent (`whole`). */
export async function mustBeThere(world: WatchWorld): Promise<void> {
  if (await lookAtBoard(world)) return;
  throw new Permanent("nothing can be done on the board just now; npm run doctor says why", { whole: "board" });
}

/** Remembers what the board is made of and settles what is told of it. That it could be read ends the loss of access. */
export async function keepShape(world: WatchWorld, shape: Shape): Promise<void> {
  const { model, board, ledger } = world;
  await ledger.keepNote(BINDING, shape.memory);
  await ledger.keepNote(MARK, board.mark());
  await ledger.keepNote(LOOKED_AT, (await world.now()).toISOString());
  const notices = differenceNotices(model, shape.differences);
  for (const notice of notices) await open(world, notice);
  const ids = notices.map(({ id }) => id);
  const over = [...(await ledger.notices.keepOnly("schema", ids)), ...(await ledger.notices.keepOnly("access", []))];
  for (const notice of over) world.notify({ notice, is: "over" });
}

/** Works with what another process may have read. Whether it has. */
export async function followBoard({ board, ledger }: Pick<WatchWorld, "board" | "ledger">): Promise<boolean> {
  const mark = await ledger.note<string>(MARK);
  if (mark === null || mark === board.mark()) return false;
  board.follow(await ledger.note(BINDING));
  return true;
}

/** Whether work on the board may begin; to be asked before each piece. No call. */
export async function mayWork(world: Pick<WatchWorld, "board" | "ledger">): Promise<boolean> {
  await followBoard(world);
  return !(await world.ledger.notices.all()).some(({ holds }) => holds);
}

/** Puts a notice down, and says it if it is new. Whether it is. */
export async function open({ ledger, now, notify }: NoticeWorld, notice: Notice, cause?: Error): Promise<boolean> {
  const isNew = await ledger.notices.open(notice, await now());
  if (isNew) notify({ notice, is: "new", ...(cause && { cause }) });
  return isNew;
}

/** Takes a notice away, and says so if it stood. */
export async function withdraw({ ledger, notify }: Omit<NoticeWorld, "now">, notice: Notice): Promise<void> {
  if (await ledger.notices.withdraw(notice.id)) notify({ notice, is: "over" });
}
