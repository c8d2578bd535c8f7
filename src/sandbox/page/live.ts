// SPDX-License-Identifier: EUPL-1.2
/** The newest view, and a way to wait for the next one. Many changes in a moment become one view. */
import type { View } from "./view.ts";

/** A whole edit of the service (page, row, comment) falls within this; shorter redraws would only flicker. In milliseconds. */
const SETTLE = 40;
/** With nobody looking there is nothing to draw, only what Faseport does to be noticed. In milliseconds. */
const UNWATCHED = 500;
/** How much longer than the last drawing took that must be at least: a crowded board that nobody looks at costs little. */
const UNWATCHED_PAUSES = 25;

export interface Live {
  current(): View;
  /** Something changed: a new view follows shortly. */
  changed(): void;
  /** A new view at once, for an answer that must show what the asker just did. */
  now(): View;
  /** The first view newer than this version; null when the page is closed or the signal fires. */
  next(version: number, signal: AbortSignal): Promise<View | null>;
  close(): void;
}

export function createLive(build: (version: number) => View): Live {
  let tookMs = 0;
  let view = draw(1);
  let timer: NodeJS.Timeout | null = null;
  const ended = new AbortController();
  const waiting = new Set<(view: View | null) => void>();
  ended.signal.addEventListener("abort", () => release(null));

  function release(next: View | null): void {
    for (const wake of waiting) wake(next);
    waiting.clear();
  }
  function draw(version: number): View {
    const began = performance.now();
    const drawn = build(version);
    tookMs = performance.now() - began;
    return drawn;
  }
  function now(): View {
    if (timer) clearTimeout(timer);
    timer = null;
    view = draw(view.version + 1);
    release(view);
    return view;
  }
  return {
    current: () => (timer ? now() : view),
    now,
    changed() {
      const unwatched = Math.max(UNWATCHED, UNWATCHED_PAUSES * tookMs);
      if (!ended.signal.aborted) timer ??= setTimeout(now, waiting.size > 0 ? SETTLE : unwatched);
    },
    next(version, signal) {
      if (ended.signal.aborted || signal.aborted) return Promise.resolve(null);
      if (view.version > version) return Promise.resolve(view);
      if (timer) clearTimeout(timer);
      if (timer) timer = setTimeout(now, SETTLE);
      return new Promise((resolve) => {
        const wake = (next: View | null) => {
          signal.removeEventListener("abort", stop);
          resolve(next);
        };
        const stop = () => {
          waiting.delete(wake);
          resolve(null);
        };
        waiting.add(wake);
        signal.addEventListener("abort", stop, { once: true });
      });
    },
    close() {
      if (timer) clearTimeout(timer);
      ended.abort();
    },
  };
}
