// SPDX-License-Identifier: EUPL-1.2
/**
 * A process that can be ended or frozen at any of its calls, in the middle of the test's own: all that it asks of Redis and
 * of Notion is counted, and from its end on nothing more of it gets through.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { Redis } from "ioredis";
import type { Board } from "../../src/board/board.ts";
import { openNotion } from "../../src/board/notion/notion.ts";
import { commentChannel } from "../../src/channels/comment/comment.ts";
import { deliver } from "../../src/delivery/deliver.ts";
import { holdRound } from "../../src/delivery/hold-round.ts";
import type { DeliveryWorld } from "../../src/delivery/world.ts";
import { Ledger } from "../../src/ledger/ledger.ts";
import { type House, model } from "./house.ts";

class Killed extends Error {
  override readonly name = "Killed";
}

/** What becomes of the call at which a process ends: it never left, it was done and not answered, or it arrives later. */
export type Ending = "unsent" | "done" | "late";

/** What happens to a process at one of its calls, counted from 1: from its beginning, or from the first message it writes. */
export type Fate = Readonly<{
  at: number;
  from: "beginning" | "message";
  how: Ending | Readonly<{ frozenUntil: Promise<void> }>;
}>;
export type Call = Readonly<{ to: "redis" | "notion"; isWrite: boolean }>;

export class Life {
  readonly calls: Call[] = [];
  /** Calls that were on their way when the process ended. */
  readonly late: (() => Promise<unknown>)[] = [];
  #fate: Fate | null = null;
  isOver = false;
  #hasBegun = false;
  readonly #reached = Promise.withResolvers<void>();

  /** Counts its calls from now on: what it asked while it started is none of its work. */
  begin(fate: Fate | null): void {
    this.#fate = fate;
    this.#hasBegun = true;
  }

  /** Resolves when its fate is there. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  async call<Answer>(call: Call, make: () => Promise<Answer>): Promise<Answer> {
    if (!this.#hasBegun) return make();
    if (this.isOver) throw new Killed();
    this.calls.push(call);
    const fate = this.#fate;
    if (fate === null || fate.at !== this.#counted(fate.from)) return make();
    this.#reached.resolve();
    if (typeof fate.how === "object") {
      await fate.how.frozenUntil;
      return make();
    }
    this.isOver = true;
    if (fate.how === "done" || (fate.how === "late" && call.to === "redis")) await make();
    if (fate.how === "late" && call.to === "notion") this.late.push(make);
    throw new Killed();
  }

  #counted(from: Fate["from"]): number {
    const first = from === "beginning" ? 0 : this.calls.findIndex(({ isWrite }) => isWrite);
    return first < 0 ? 0 : this.calls.length - first;
  }
}

export type Mortal = Readonly<{
  life: Life;
  /** What it is there for. */
  work(): Promise<void>;
  end(): void;
}>;

/** Whose call it is. */
const living = new AsyncLocalStorage<Life>();

/** The board as every process has it: each call is its caller's. */
export async function boardOfMortals({ environment, sandbox }: House): Promise<Board> {
  const { board } = await openNotion({
    model,
    token: environment.NOTION_TOKEN ?? "",
    apiUrl: environment.NOTION_API_URL ?? "",
    projects: environment.NOTION_PROJECTS ?? "",
    decisions: environment.NOTION_DECISIONS ?? "",
    fetch: (url, init) => {
      const make = async () => sandbox.notion.api.fetch(new Request(url, init));
      const isWrite = init?.method === "POST" && /\/(?:comments|pages)$/u.test(String(url));
      return living.getStore()?.call({ to: "notion", isWrite }, make) ?? make();
    },
  });
  return board;
}

export type MortalWorld = DeliveryWorld & Readonly<{ board: Board }>;

/** The day's round, and a try at each message on its way. */
async function remind(world: MortalWorld): Promise<void> {
  for (const key of await holdRound(world)) await deliver(world, key);
}

/** Opens a process on a house whose own service has stopped. */
export async function mortal(
  house: House,
  board: Board,
  now: () => Promise<Date>,
  work: (world: MortalWorld) => Promise<void> = remind,
): Promise<Mortal> {
  const life = new Life();
  const redis = new MortalRedis(String(house.environment.REDIS_URL).replace("unix://", ""), life);
  await redis.connect();
  await redis.ping();
  const ledger = new Ledger(redis);
  const comments = commentChannel(board, { overviews: null });
  const silent = { notify: () => {}, sent: () => {}, outside: () => null };
  const world: MortalWorld = { model, board, ledger, comments, now, ...silent };
  return {
    life,
    work: () => living.run(life, () => work(world)),
    end: () => redis.disconnect(),
  };
}

class MortalRedis extends Redis {
  readonly #life: Life;

  constructor(path: string, life: Life) {
    super({ path, lazyConnect: true });
    this.#life = life;
    this.on("error", () => {});
  }

  override sendCommand(...args: Parameters<Redis["sendCommand"]>): ReturnType<Redis["sendCommand"]> {
    // Without a life it is still being made; the client's stream over keys waits for ever when it is told of an error.
    if (!this.#life || args[0].name === "scan") return super.sendCommand(...args);
    const answer = this.#life.call({ to: "redis", isWrite: false }, async () => super.sendCommand(...args));
    // Some of the client's own commands are answered by callback, and leave the promise alone.
    answer.catch(() => {});
    return answer;
  }
}
