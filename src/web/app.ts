// SPDX-License-Identifier: EUPL-1.2
/**
 * The door. Raw body, size, signature, shape, seen before, kept and enqueued: only then is an event acknowledged, so
 * that a sender who is not told «202» sends it again.
 */
import type { Queue } from "bullmq";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Explaining, explainRoutes } from "./explain.ts";
import type { Intake, Receipt } from "./intake.ts";
import { queueBoard } from "./queue-board.ts";
import { type Watched, watchRoutes } from "./watch.ts";

/** GitHub's largest issue event is far below this; Notion's are below 10 KB. */
const MAX_BODY_BYTES = 1_048_576;

/** What became of a request at a door that could be answered. */
type Received = Receipt | Readonly<{ kind: "unsigned" | "not-json" | "too-large" }>;
type Outcome = Received["kind"];

/** How a request was answered, after so many milliseconds; «broken»: with 500. Of a taken event its id, and what it is about. */
export type Answered = Readonly<{
  side: "board" | "tracker";
  outcome: Outcome | "broken";
  ms: number;
  event?: string;
  about?: string;
}>;

export type Door = Watched &
  Readonly<{
    board: Intake;
    tracker: Intake;
    explaining: Explaining;
    /** What the queue board shows. */
    queues: readonly Queue[];
    /** The process is ending: whoever asks is told to open another connection next time. */
    isClosing: () => boolean;
    /** A request was answered. */
    answered: (entry: Answered) => void;
    /** For the service's own log: why an event was not taken. Never the event's text. */
    report: (entry: Readonly<{ path: string; status: number; why: string }>) => void;
  }>;

/** The HTTP surface of the service. */
export function createApp(door: Door): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    if (door.isClosing()) c.header("connection", "close");
  });
  app.route("/", watchRoutes(door));
  app.route("/cards", explainRoutes(door.explaining, door.adminToken));
  app.route("/", queueBoard(door.queues, door.adminToken));
  app.post("/webhooks/notion", (c) => take(c, door, "board"));
  app.post("/webhooks/github", (c) => take(c, door, "tracker"));
  app.notFound((c) =>
    c.json({ error: "There is nothing here. Webhooks go to /webhooks/notion and /webhooks/github." }, 404),
  );
  app.onError((error, c) => {
    door.report({ path: c.req.path, status: 500, why: error.message });
    return c.json({ error: "Faseport could not answer. The reason is in its log." }, 500);
  });
  return app;
}

const signatures = { board: "x-notion-signature", tracker: "x-hub-signature-256" } as const;

async function take(c: Context, door: Door, side: "board" | "tracker"): Promise<Response> {
  const began = performance.now();
  let received: Received | Readonly<{ kind: "broken" }> = { kind: "broken" };
  try {
    received = await withinLimit(c, () => receive(c, door[side], c.req.header(signatures[side])));
    return answers[received.kind](c, door);
  } finally {
    const { kind, ...taken } = received;
    door.answered({ side, outcome: kind, ms: performance.now() - began, ...taken });
  }
}

/**
 * A body over the limit is refused. One that says its length is measured by its header (Node cuts off what goes beyond);
 * only one without is read through the counting stream, which costs several times as much.
 */
async function withinLimit(c: Context, work: () => Promise<Received>): Promise<Received> {
  if (saysItIsSmall(c)) return work();
  let received: Received = { kind: "too-large" };
  await counting(c, async () => {
    received = await work();
  });
  return received;
}

const counting = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.body(null) });

function saysItIsSmall(c: Context): boolean {
  const length = c.req.header("content-length");
  return length !== undefined && c.req.header("transfer-encoding") === undefined && Number(length) <= MAX_BODY_BYTES;
}

async function receive(c: Context, intake: Intake, signature: string | undefined): Promise<Received> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  if (!(await intake.verify(body, signature))) return { kind: "unsigned" };
  const json = parseJson(body);
  if (json === undefined) return { kind: "not-json" };
  return intake.receive(json, c.req.header("x-github-event"), c.req.header("x-github-delivery"));
}

/** What each outcome is answered with; complete by type. */
const answers: Readonly<Record<Outcome, (c: Context, door: Door) => Response>> = {
  taken: (c) => c.body(null, 202),
  ignored: (c) => c.body(null, 202),
  malformed: (c, door) => answer(c, door, 400, "the body is no event that this service knows the shape of"),
  "not-json": (c, door) => answer(c, door, 400, "the body is no JSON"),
  unsigned: (c, door) => answer(c, door, 401, "the signature is missing or not ours"),
  "too-large"(c, door) {
    // The rest of the body is not read, so the connection cannot carry another request.
    c.header("connection", "close");
    return answer(c, door, 413, `the body is larger than ${MAX_BODY_BYTES} bytes`);
  },
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
