// SPDX-License-Identifier: EUPL-1.2
/** Sends signed webhook deliveries, once each: GitHub doesn't try again. */
import { createHmac, randomUUID } from "node:crypto";
import type { Payload } from "./payloads.ts";
import type { HookRecord } from "./records.ts";

type Mode = "flow" | "hold" | "lose";
type Send = (url: string, init: RequestInit) => Promise<Response>;

const ANSWER_WITHIN_MS = 10_000;

/** One delivery as the hook's own page would list it: `status` is null when nobody answered. */
export type Delivery = Readonly<{ guid: string; event: string; action: string | null; status: number | null }>;

export type Deliveries = ReturnType<typeof createDeliveries>;

export function createDeliveries(send: Send) {
  const hooks: HookRecord[] = [];
  const log: Delivery[] = [];
  const ended = new AbortController();
  let mode: Mode = "flow";
  let held: (() => void)[] = [];
  let queue: Promise<void> = Promise.resolve();

  async function deliver(hook: HookRecord, payload: Payload): Promise<void> {
    if (ended.signal.aborted) return;
    const guid = randomUUID();
    const body = JSON.stringify(payload.body);
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const headers = headersOf(hook, payload.event, guid, body);
    const status = await send(hook.url, { method: "POST", headers, body, signal }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => null,
    );
    const action = typeof payload.body.action === "string" ? payload.body.action : null;
    hook.lastCode = status;
    log.push({ guid, event: payload.event, action, status });
  }

  /** One after the other, so that a test can count on the order; the receiver must not. */
  function enqueue(hook: HookRecord, payload: Payload): void {
    const go = () => {
      queue = queue.then(() => deliver(hook, payload));
    };
    if (mode === "flow") go();
    else if (mode === "hold") held.push(go);
  }

  return {
    log,
    hooks,
    ping: enqueue,
    add(hook: HookRecord, ping: Payload): void {
      hooks.push(hook);
      enqueue(hook, ping);
    },
    announce(payload: Payload): void {
      for (const hook of hooks) if (hook.active && hook.events.includes(payload.event)) enqueue(hook, payload);
    },
    switchTo(next: Mode): void {
      mode = next;
      if (next === "hold") return;
      const waiting = held;
      held = [];
      if (next === "flow") for (const go of waiting) go();
    },
    async delivered(): Promise<void> {
      let seen: Promise<void>;
      do {
        seen = queue;
        await seen;
      } while (seen !== queue);
    },
    close(): void {
      held = [];
      ended.abort();
    },
  };
}

function headersOf(hook: HookRecord, event: string, guid: string, body: string): Record<string, string> {
  const digest = (algorithm: string) => createHmac(algorithm, hook.secret).update(body).digest("hex");
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/5ac1b3e",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(hook.id),
    "x-github-hook-installation-target-id": String(hook.id),
    "x-github-hook-installation-target-type": "repository",
    "x-hub-signature": `sha1=${digest("sha1")}`,
    "x-hub-signature-256": `sha256=${digest("sha256")}`,
  };
}
