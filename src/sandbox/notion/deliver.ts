// SPDX-License-Identifier: EUPL-1.2
/** Sends events to subscribers, signed as Notion signs them, and tries again when one is not acknowledged. */
import { createHmac, randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Subscription } from "../world.ts";
import type { Event } from "./events.ts";

/** Notion's documented number of attempts. */
const mostAttempts = 8;

export type Sender = (url: string, init: RequestInit) => Promise<Response>;

type Envelope = Readonly<{ workspace_id: string; workspace_name: string; integration_id: string }>;

/** X-Notion-Signature of these bytes: HMAC-SHA256 with the subscription's verification token. */
export function sign(body: string, token: string): string {
  return `sha256=${createHmac("sha256", token).update(body).digest("hex")}`;
}

export interface Deliveries {
  subscribe(subscription: Subscription, id: string): void;
  deliver(event: Event): void;
  mode(mode: "flow" | "hold" | "lose"): void;
  handshake(): Promise<readonly number[]>;
  /** Sends a verification token to an address and waits for somebody to type it in; the status, or null for no answer. */
  propose(url: string): Promise<number | null>;
  verify(token: string, newId: () => string): boolean;
  /** Number of events on their way, pauses between attempts included; held ones are not. */
  underway(): number;
  close(): void;
}

/** `settled` is called whenever an event was acknowledged or given up. */
export function deliveries(envelope: Envelope, send: Sender, retryBaseMs: number, settled: () => void): Deliveries {
  const subscribers = new Map<string, Subscription & { id: string }>();
  const held: Event[] = [];
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  let mode: "flow" | "hold" | "lose" = "flow";
  let underway = 0;
  let pending: Subscription | null = null;

  async function deliverTo(subscriber: Subscription & { id: string }, event: Event): Promise<void> {
    underway += 1;
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      if (await post(send, subscriber, payload(envelope, subscriber.id, event, attempt), stop.signal)) break;
      if (attempt === mostAttempts || stop.signal.aborted) break;
      await pause(retryBaseMs * 2 ** (attempt - 1), null, { signal: stop.signal }).catch(() => null);
    }
    underway -= 1;
    settled();
  }

  function deliver(event: Event): void {
    if (mode === "lose" || stop.signal.aborted) return;
    if (mode === "hold") held.push(event);
    else for (const subscriber of subscribers.values()) void deliverTo(subscriber, event);
  }

  return {
    subscribe: (subscription, id) => void subscribers.set(subscription.url, { ...subscription, id }),
    deliver,
    mode(next) {
      mode = next;
      if (mode !== "hold") for (const event of held.splice(0)) deliver(event);
    },
    async handshake() {
      const answers = [...subscribers.values()].map(async ({ url, secret }) => {
        const body = JSON.stringify({ verification_token: secret });
        return (await send(url, request(body, secret, stop.signal))).status;
      });
      return Promise.all(answers);
    },
    async propose(url) {
      // «Resend token» sends the same one; another address is another subscription.
      const secret = pending?.url === url ? pending.secret : `secret_${randomBytes(32).toString("base64url")}`;
      pending = { url, secret };
      const body = JSON.stringify({ verification_token: secret });
      return send(url, request(body, secret, stop.signal)).then(
        ({ status }) => status,
        () => null,
      );
    },
    verify(token, newId) {
      if (pending === null || pending.secret !== token) return false;
      subscribers.set(pending.url, { ...pending, id: newId() });
      pending = null;
      return true;
    },
    underway: () => underway,
    close: () => stop.abort(),
  };
}

/** The event as it goes out: the same id in every attempt. */
function payload(envelope: Envelope, subscription: string, event: Event, attempt: number): string {
  return JSON.stringify({
    id: event.id,
    timestamp: event.at,
    workspace_id: envelope.workspace_id,
    workspace_name: envelope.workspace_name,
    subscription_id: subscription,
    integration_id: envelope.integration_id,
    authors: event.by.map(({ id, kind }) => ({ id, type: kind })),
    attempt_number: attempt,
    api_version: "2026-03-11",
    ...event.happening,
  });
}

function request(body: string, secret: string, signal: AbortSignal): RequestInit {
  const headers = { "content-type": "application/json", "x-notion-signature": sign(body, secret) };
  return { method: "POST", headers, body, signal };
}

/** Whether the subscriber took it. A refused or broken connection counts as no. */
async function post(send: Sender, to: Subscription, body: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await send(to.url, request(body, to.secret, signal));
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
