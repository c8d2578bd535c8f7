// SPDX-License-Identifier: EUPL-1.2
/** The board page as a Hono app: the document, the client's files, the view (once and as a stream), and the commands. */
import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { buildView, type PageWorld } from "./build-view.ts";
import { carryOut, commandSchema } from "./commands.ts";
import { page as document } from "./document.ts";
import { createDowntime, type ServiceControl } from "./downtime.ts";
import { createFeed, type Told } from "./feed.ts";
import { createLive, type Live } from "./live.ts";
import { CommandRefused } from "./refused.ts";

export type { ServiceControl } from "./downtime.ts";
export type { Told } from "./feed.ts";

export interface BoardPage {
  readonly app: Hono;
  /** A line of the service's log, shown under «Hvad Faseport gør lige nu». */
  tell(told: Told): void;
  /** Ends the streams and stops listening to the worlds. */
  close(): void;
}

/** Scripts and styles from this server only, nothing inline, nothing from elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const files: Readonly<Record<string, string>> = {
  "main.js": "text/javascript; charset=utf-8",
  "elements.js": "text/javascript; charset=utf-8",
  "store.js": "text/javascript; charset=utf-8",
  "head.js": "text/javascript; charset=utf-8",
  "downtime.js": "text/javascript; charset=utf-8",
  "new-card.js": "text/javascript; charset=utf-8",
  "off-board.js": "text/javascript; charset=utf-8",
  "together.js": "text/javascript; charset=utf-8",
  "feed.js": "text/javascript; charset=utf-8",
  "sent.js": "text/javascript; charset=utf-8",
  "board.js": "text/javascript; charset=utf-8",
  "moving.js": "text/javascript; charset=utf-8",
  "panel.js": "text/javascript; charset=utf-8",
  "fields.js": "text/javascript; charset=utf-8",
  "issue.js": "text/javascript; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
  "acts.css": "text/css; charset=utf-8",
  "board.css": "text/css; charset=utf-8",
  "panel.css": "text/css; charset=utf-8",
  "narrow.css": "text/css; charset=utf-8",
  "icon.svg": "image/svg+xml",
};

/** The page shows the clock to the minute. In milliseconds. */
const MINUTE = 60_000;

export type PageOptions = Omit<PageWorld, "downtime"> & Readonly<{ service?: ServiceControl }>;

export function createPage({ service, ...options }: PageOptions): BoardPage {
  const downtime = service ? createDowntime(options, service, () => live.changed()) : null;
  const world = { ...options, downtime };
  const feed = createFeed(world);
  const live = createLive((version) => {
    feed.observe();
    return buildView(world, version, feed.entries());
  });
  const minute = setInterval(live.changed, MINUTE).unref();
  const stop = [world.notion.onChange(live.changed), world.github.onChange(live.changed)];
  return {
    app: routes(world, live),
    tell(told) {
      feed.tell(told);
      live.changed();
    },
    close() {
      clearInterval(minute);
      for (const end of stop) end();
      live.close();
    },
  };
}

function routes(world: PageWorld, live: Live): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header("Content-Security-Policy", policy);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cache-Control", "no-store");
  });
  app.get("/", (c) => c.html(document()));
  app.get("/client/:file", async (c) => {
    const type = files[c.req.param("file")];
    if (!type) return c.notFound();
    return c.body(await readFile(new URL(`client/${c.req.param("file")}`, import.meta.url)), 200, {
      "content-type": type,
    });
  });
  app.get("/state", (c) => c.json(live.current()));
  app.get("/state/stream", (c) => streamSSE(c, (stream) => follow(stream, live)));
  app.post("/commands", async (c) => {
    if (!c.req.header("content-type")?.startsWith("application/json")) return c.json({ error: notJson }, 415);
    const given = commandSchema.safeParse(await c.req.json().catch(() => null));
    if (!given.success) return c.json({ error: sentence(given.error.issues) }, 400);
    try {
      const made = carryOut(world, given.data);
      return c.json({ view: live.now(), made });
    } catch (error) {
      if (!(error instanceof CommandRefused)) console.error(error);
      return c.json({ error: error instanceof CommandRefused ? error.message : broken }, 422);
    }
  });
  return app;
}

const notJson = "Siden sendte noget, sandkassen ikke forstår. Genindlæs siden, og prøv igen.";
const broken = "Det kunne ikke gemmes. Det, du skrev, er her stadig; prøv igen.";

/** Our own messages are Danish sentences; zod's own are not for people. */
function sentence(issues: readonly { message: string }[]): string {
  return (
    issues.find((issue) => issue.message.endsWith(".") && !issue.message.startsWith("Invalid"))?.message ?? notJson
  );
}

/** Sends the newest view each time there is one. A reader that lags gets the newest, never a queue of old ones. */
async function follow(stream: SSEStreamingApi, live: Live): Promise<void> {
  const gone = new AbortController();
  stream.onAbort(() => gone.abort());
  let view = live.current();
  while (!gone.signal.aborted) {
    await stream.writeSSE({ event: "view", id: String(view.version), data: JSON.stringify(view) });
    const next = await live.next(view.version, gone.signal);
    if (!next) return;
    view = next;
  }
}
