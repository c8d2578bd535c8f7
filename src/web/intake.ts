// SPDX-License-Identifier: EUPL-1.2
/** What comes in at the door is kept and enqueued before it is acknowledged. */
import type { BoardEvent, BoardInbound } from "../board/board.ts";
import type { CardId, Hint, RowId } from "../core/card.ts";
import { asksForCard } from "../core/intake.ts";
import { trackerUser } from "../core/task-request.ts";
import type { Producer } from "../jobs/queues.ts";
import { taskPage } from "../ledger/hints.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import { isUnreachable } from "../redis/unreachable.ts";
import type { TrackerEvent, TrackerInbound } from "../tracker/tracker.ts";

/** What became of an event; one that was taken by its sender's id, and what it is about by our id. */
export type Receipt =
  | Readonly<{ kind: "taken"; event: string; about: string }>
  | Readonly<{ kind: "ignored" | "malformed" | "unavailable" }>;

export type Intake = Readonly<{
  verify(body: Uint8Array, signature: string | undefined): Promise<boolean>;
  /** `name` and `delivery` are headers that only some senders have. */
  receive(json: unknown, name: string | undefined, delivery: string | undefined): Promise<Receipt>;
}>;

type Report = (entry: Readonly<{ event: string; why: string }>) => void;

/**
 * Takes the board's events: a hint is kept, and its card will be looked at. `follow` takes over what another process knows
 * of the board, and tells whether that is news: a field made anew is foreign only to who does not know it yet.
 */
export function boardIntake(
  inbound: BoardInbound,
  ledger: Ledger,
  producer: Producer,
  report: Report,
  follow: () => Promise<boolean>,
): Intake {
  const carry: Carry<BoardEvent> = {
    card: ({ card, hint }) => keep(ledger, producer, card, hint, card),
    decision: async ({ row, hint }) => keep(ledger, producer, row, hint, await ledger.cardOfRow(row)),
    left: async ({ page, hint }) => {
      const card = (await ledger.card(page)) ? page : await ledger.cardOfRow(page);
      return card === null
        ? ignored(report, "board", "a page that is none of the service's was moved")
        : keep(ledger, producer, page, hint, card);
    },
    // The token of a subscription is caught by hand at setup; one that comes later replaces nothing.
    handshake: async () => ignored(report, "handshake", "a verification token came, and none is awaited"),
    schema: async ({ event }) => {
      await producer.add("schema", {});
      report({ event, why: "the board's fields or options have changed" });
      return { kind: "taken", event, about: "board" };
    },
    ignored: async ({ why }) => ignored(report, "board", why),
    malformed: async ({ why }) => {
      report({ event: "board", why });
      return { kind: "malformed" };
    },
  };
  return {
    verify: (body, signature) => inbound.verify(body, signature),
    receive: (json) => {
      const event = inbound.parse(json);
      return whileReachable(async () => {
        const isStale = event.kind === "ignored" && event.isForeign === true && (await follow());
        return dispatch(carry, isStale ? inbound.parse(json) : event);
      });
    },
  };
}

type Around = Readonly<{ model: Model; ledger: Ledger; producer: Producer; report: Report }>;

/** Takes the tracker's events: a hint is kept, and the task is looked at; one that no card has only if it asks for a card. */
export function trackerIntake(inbound: TrackerInbound, around: Around): Intake {
  const { model, ledger, producer, report } = around;
  const carry = (delivery: string | undefined): Carry<TrackerEvent> => ({
    async task({ task, hint, labels }) {
      const card = await ledger.tasks.cardOf(task);
      if (card === null && !asksForCard(model, labels))
        return ignored(report, "tracker", "the task belongs to no card");
      const event = trackerUser(delivery ?? `${task}-${hint.at}`);
      // Both on one connection, in this order: the hint is there before the job is.
      await Promise.all([ledger.hints.keep(taskPage(task), { ...hint, event }), producer.add("task", { task })]);
      return { kind: "taken", event, about: taskPage(task) };
    },
    ignored: async ({ why }) => ignored(report, "tracker", why),
    malformed: async ({ why }) => {
      report({ event: "tracker", why });
      return { kind: "malformed" };
    },
  });
  return {
    verify: (body, signature) => inbound.verify(body, signature),
    receive: (json, name, delivery) => {
      const event = inbound.parse(name, json);
      return whileReachable(() => dispatch(carry(delivery), event));
    },
  };
}

/** A hint is kept first, so that the look that follows finds it; a row nobody knows is looked up by a job of its own. */
async function keep(
  ledger: Ledger,
  producer: Producer,
  page: CardId | RowId,
  hint: Hint,
  card: CardId | null,
): Promise<Receipt> {
  // Both on one connection, in this order: the hint is there before the job is.
  const job = () => (card === null ? producer.add("row", { row: page }) : producer.add("sync", { card }));
  await Promise.all([ledger.hints.keep(page, hint), job()]);
  return { kind: "taken", event: hint.event, about: card ?? page };
}

/** Redis away is not the sender's fault, and not the end of the event: it is told to come again. */
async function whileReachable(work: () => Promise<Receipt>): Promise<Receipt> {
  try {
    return await work();
  } catch (error) {
    if (isUnreachable(error)) return { kind: "unavailable" };
    throw error;
  }
}

function ignored(report: Report, event: string, why: string): Receipt {
  report({ event, why });
  return { kind: "ignored" };
}

/** Every kind of event has its way of being taken. */
type Carry<Event extends { readonly kind: string }> = {
  readonly [Kind in Event["kind"]]: (event: Extract<Event, { kind: Kind }>) => Promise<Receipt>;
};

function dispatch<Event extends { readonly kind: string }>(carry: Carry<Event>, event: Event): Promise<Receipt> {
  const kind = event.kind as Event["kind"];
  return carry[kind](event as Extract<Event, { kind: typeof kind }>);
}
