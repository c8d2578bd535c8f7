// SPDX-License-Identifier: EUPL-1.2
/**
 * Teams channels as a sender sees them: a workflow each, that begins with «When a Teams webhook request is received» and
 * ends by posting the card. The trigger takes whatever is JSON and answers 202; what is no card fails in the workflow
 * afterwards, where only its owner sees it.
 */
import { Hono } from "hono";
import { z } from "zod";

const text = z.string().min(1);
const run = z.strictObject({
  type: z.literal("TextRun"),
  text,
  weight: z.enum(["Default", "Lighter", "Bolder"]).optional(),
  size: z.enum(["Default", "Small", "Medium", "Large", "ExtraLarge"]).optional(),
});
const block = z.strictObject({ type: z.literal("RichTextBlock"), id: text.optional(), inlines: z.array(run).min(1) });
const openUrl = z.strictObject({
  type: z.literal("Action.OpenUrl"),
  title: text,
  url: z.url({ protocol: /^https?$/ }),
});
/** The part of Adaptive Card 1.4 that is used here. */
const card = z.strictObject({
  $schema: text.optional(),
  type: z.literal("AdaptiveCard"),
  version: z.enum(["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"]),
  lang: text.optional(),
  fallbackText: text.optional(),
  body: z.array(block),
  actions: z.array(openUrl).optional(),
});
const message = z.object({
  type: z.literal("message"),
  attachments: z
    .array(z.object({ contentType: z.literal("application/vnd.microsoft.card.adaptive"), content: card }))
    .min(1),
});
export type PostedCard = z.infer<typeof card>;

export type Posted = Readonly<{ channel: string; card: PostedCard; trackingId: string | null; at: Date }>;

export interface TeamsWorld {
  readonly app: Hono;
  /** Where a channel's workflow listens, on a server at this base. */
  webhook(channel: string, base: string): string;
  posted(): readonly Posted[];
  /** Runs of workflows that began and came to nothing, with the reason. */
  failedRuns(): readonly string[];
  /** The next request is answered so. */
  answerNext(status: number, headers?: Readonly<Record<string, string>>): void;
  /** The workflow is switched off, and on again. */
  switchOff(channel: string): void;
  switchOn(channel: string): void;
}

const LARGEST_BYTES = 28 * 1024;
const MOST_IN_A_SECOND = 4;

/** `signature`: the secret part of every address. */
export function createTeamsWorld(options: {
  channels: readonly string[];
  signature: string;
  now?: () => Date;
}): TeamsWorld {
  const { channels, signature, now = () => new Date() } = options;
  const posted: Posted[] = [];
  const failed: string[] = [];
  const off = new Set<string>();
  let next: Response | null = null;
  let lately: number[] = [];
  const isTooMuch = () => {
    const at = Date.now();
    lately = [...lately.filter((it) => at - it < 1_000), at];
    return lately.length > MOST_IN_A_SECOND;
  };
  const app = new Hono();
  app.post("/workflows/:channel/triggers/manual/paths/invoke", async (c) => {
    const answer = next;
    next = null;
    if (answer) return answer;
    const { channel } = c.req.param();
    if (!channels.includes(channel)) return problem(404, "WorkflowNotFound");
    if (c.req.query("sig") !== signature) return problem(401, "AuthorizationFailed");
    if (off.has(channel)) return problem(400, "WorkflowTriggerIsNotEnabled");
    if (isTooMuch()) return problem(429, "TooManyRequests", { "retry-after": "1" });
    const body = await c.req.text();
    const json = jsonOf(body);
    if (json === undefined || !c.req.header("content-type")?.startsWith("application/json"))
      return problem(400, "InvalidRequestContent");
    const result = message.safeParse(json);
    const [first] = result.data?.attachments ?? [];
    if (Buffer.byteLength(body) > LARGEST_BYTES) failed.push("RequestEntityTooLarge");
    else if (!first) failed.push(z.prettifyError(result.error ?? new z.ZodError([])));
    else {
      const trackingId = c.req.header("x-ms-client-tracking-id") ?? null;
      posted.push({ channel, card: first.content, trackingId, at: now() });
    }
    return c.body(null, 202);
  });
  return {
    app,
    webhook: (channel, base) =>
      `${base}/workflows/${channel}/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${signature}`,
    posted: () => posted,
    failedRuns: () => failed,
    answerNext(status, headers = {}) {
      next = new Response(null, { status, headers });
    },
    switchOff: (channel) => void off.add(channel),
    switchOn: (channel) => void off.delete(channel),
  };
}

function problem(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json({ error: { code, message: code } }, { status, headers });
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
