// SPDX-License-Identifier: EUPL-1.2
/**
 * The door. Raw body, size, signature, shape, seen before, kept and enqueued: only then is an event acknowledged, so
 * that a sender who is not told «202» sends it again.
 */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Explaining, explainRoutes } from "./explain.ts";
import type { Intake, Receipt } from "./intake.ts";

/** GitHub's largest issue event is far below this; Notion's are below 10 KB. */
const MAX_BODY_BYTES = 1_048_576;

export type Health = Readonly<{ ready: boolean; checks: Readonly<Record<string, string>> }>;

export type Door = Readonly<{
  board: Intake;
  tracker: Intake;
  health: () => Promise<Health>;
  explaining: Explaining;
  /** null: what only an administrator may see is not there. */
  adminToken: string | null;
  /** For the service's own log: why an event was not taken. Never the event's text. */
  report: (entry: Readonly<{ path: string; status: number; why: string }>) => void;
}>;

/** The HTTP surface of the service. */
export function createApp(door: Door): Hono {
  const app = new Hono();
  app.get("/livez", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    const health = await door.health();
    return c.json(health, health.ready ? 200 : 503);
  });
  app.route("/cards", explainRoutes(door.explaining, door.adminToken));
  const limited = limit(door);
  app.post("/webhooks/notion", (c) => limited(c, () => take(c, door, door.board, c.req.header("x-notion-signature"))));
  app.post("/webhooks/github", (c) =>
    limited(c, () => take(c, door, door.tracker, c.req.header("x-hub-signature-256"))),
  );
  app.notFound((c) =>
    c.json({ error: "There is nothing here. Webhooks go to /webhooks/notion and /webhooks/github." }, 404),
  );
  app.onError((error, c) => {
    door.report({ path: c.req.path, status: 500, why: error.message });
    return c.json({ error: "Faseport could not answer. The reason is in its log." }, 500);
  });
  return app;
}

/**
 * A body over the limit is refused. One that says its length is measured by its header (Node cuts off what goes beyond);
 * only one without is read through the counting stream, which costs several times as much.
 */
function limit(door: Door): (c: Context, work: () => Promise<Response>) => Promise<Response> {
  const counting = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError(c) {
      // The rest of the body is not read, so the connection cannot carry another request.
      c.header("connection", "close");
      return answer(c, door, 413, `the body is larger than ${MAX_BODY_BYTES} bytes`);
    },
  });
  return async (c, work) => {
    if (saysItIsSmall(c)) return work();
    const done = Promise.withResolvers<Response>();
    const refused = await counting(c, async () => done.resolve(await work()));
    return refused ?? done.promise;
  };
}

function saysItIsSmall(c: Context): boolean {
  const length = c.req.header("content-length");
  return length !== undefined && c.req.header("transfer-encoding") === undefined && Number(length) <= MAX_BODY_BYTES;
}

async function take(c: Context, door: Door, intake: Intake, signature: string | undefined): Promise<Response> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  if (!(await intake.verify(body, signature))) return answer(c, door, 401, "the signature is missing or not ours");
  const json = parseJson(body);
  if (json === undefined) return answer(c, door, 400, "the body is no JSON");
  return receipts[(await intake.receive(json, c.req.header("x-github-event"), c.req.header("x-github-delivery"))).kind](
    c,
    door,
  );
}

/** What each receipt is answered with; complete by type. */
const receipts: Readonly<Record<Receipt["kind"], (c: Context, door: Door) => Response>> = {
  taken: (c) => c.body(null, 202),
  ignored: (c) => c.body(null, 202),
  malformed: (c, door) => answer(c, door, 400, "the body is no event that this service knows the shape of"),
  unavailable: (c, door) => answer(c, door, 503, "the queue cannot be reached; please send it again"),
};

function answer(c: Context, door: Door, status: 400 | 401 | 413 | 503, why: string): Response {
  door.report({ path: c.req.path, status, why });
  return c.json({ error: why }, status);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
