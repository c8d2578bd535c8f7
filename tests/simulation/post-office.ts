// SPDX-License-Identifier: EUPL-1.2
/**
 * Between the stand-ins and the service: takes every signed event at once, as a network does, and hands it on in time,
 * late, twice, in another order, or never. A board's event that the service does not take is brought again, as Notion
 * does; a tracker's is not, as with GitHub.
 */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Chance } from "./chance.ts";

/** An event of the board's as it was sent at a time of the machine's, in milliseconds, whatever became of it. */
export type Sent = Told & Readonly<{ sentAt: number }>;

/** An event that the service has taken (2xx). Times in milliseconds: of the machine, and of the sandbox's clock. */
export type Taken = Told & Readonly<{ at: number; clock: number }>;

/** `stamped`: the moment that it tells of, by the sandbox's clock. `touched`: the ids of the properties that it names. */
type Told = Readonly<{
  event: string;
  stamped: number;
  about: string;
  authors: readonly string[];
  touched: readonly string[];
}>;

export interface PostOffice {
  readonly url: string;
  /** Everything the service took, oldest first; the same event may stand there twice. */
  readonly taken: readonly Taken[];
  /** Every event of the board's, by its id. */
  readonly sent: ReadonlyMap<string, Sent>;
  /** How often each fate was met. */
  readonly fates: Readonly<Record<Fate, number>>;
  /** From now on everything is handed on at once; `deaf`: everything is lost. */
  calm(): void;
  deaf(): void;
  /** Resolves when nothing is under way. */
  delivered(): Promise<void>;
  close(): void;
}

const weights = { "in-time": 74, lost: 7, twice: 6, late: 6, overtaken: 7 } as const;
type Fate = keyof typeof weights;
/** What may become of an event. */
export const fates = Object.keys(weights) as readonly Fate[];

const ATTEMPTS = 9;
const FIRST_PAUSE_MS = 60;

const boardEvent = z.object({
  id: z.string(),
  timestamp: z.string(),
  entity: z.object({ id: z.string() }),
  authors: z.array(z.object({ id: z.string(), type: z.string() })),
  data: z.object({ updated_properties: z.array(z.unknown()).optional() }).optional(),
});

/** `to` is where the service's door is now; `clock` what time it is there. */
export async function openPostOffice(of: { chance: Chance; to: () => string; clock: () => Date }): Promise<PostOffice> {
  const taken: Taken[] = [];
  const sent = new Map<string, Sent>();
  const met: Record<Fate, number> = { "in-time": 0, lost: 0, twice: 0, late: 0, overtaken: 0 };
  const counts = new Map<string, number>();
  let isCalm = false;
  let isDeaf = false;
  let underWay = 0;
  let isClosed = false;

  async function handOn(path: string, headers: IncomingHttpHeaders, body: Buffer): Promise<void> {
    const isBoard = path.endsWith("/notion");
    for (let attempt = 1; attempt <= (isBoard ? ATTEMPTS : 1) && !isClosed; attempt += 1) {
      if (await post(of.to() + path, headers, body)) {
        const event = isBoard ? toldIn(body) : null;
        if (event) taken.push({ ...event, at: Date.now(), clock: of.clock().getTime() });
        return;
      }
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }

  async function meet(path: string, headers: IncomingHttpHeaders, body: Buffer): Promise<void> {
    const about = /"(?:entity|issue)":\{[^{}]*?"(?:id|number)":"?([\w-]+)/u.exec(body.toString())?.[1] ?? path;
    const count = (counts.get(about) ?? 0) + 1;
    counts.set(about, count);
    const chance = of.chance.for(about, count);
    const fate = isDeaf ? "lost" : isCalm ? "in-time" : chance.weighted(weights);
    met[fate] += 1;
    const event = path.endsWith("/notion") ? toldIn(body) : null;
    if (event) sent.set(event.event, { ...event, sentAt: Date.now() });
    if (fate === "lost") return;
    if (fate === "late") await pause(500 + chance.below(4_000));
    if (fate === "overtaken") await pause(40 + chance.below(250));
    await handOn(path, headers, body);
    if (fate !== "twice") return;
    await pause(chance.below(1_500));
    await handOn(path, headers, body);
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => void parts.push(part));
    request.on("end", () => {
      response.writeHead(200).end();
      underWay += 1;
      void meet(request.url ?? "", request.headers, Buffer.concat(parts)).finally(() => {
        underWay -= 1;
      });
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    sent,
    fates: met,
    calm() {
      isCalm = true;
      isDeaf = false;
    },
    deaf() {
      isDeaf = true;
    },
    async delivered() {
      while (underWay > 0) await pause(10);
    },
    close() {
      isClosed = true;
      server.close();
      server.closeAllConnections();
    },
  };
}

function toldIn(body: Buffer): Told | null {
  const event = boardEvent.safeParse(JSON.parse(body.toString())).data;
  if (!event) return null;
  const authors = event.authors.map(({ id, type }) => `${type} ${id}`);
  const touched = (event.data?.updated_properties ?? []).filter((it) => typeof it === "string");
  return { event: event.id, stamped: Date.parse(event.timestamp), about: event.entity.id, authors, touched };
}

const kept = /^(?:content-type|user-agent|x-notion-|x-github-|x-hub-)/u;

async function post(url: string, headers: IncomingHttpHeaders, body: Buffer): Promise<boolean> {
  const own = Object.entries(headers).filter(([name]) => kept.test(name)) as [string, string][];
  try {
    const answer = await fetch(url, { method: "POST", headers: own, body, signal: AbortSignal.timeout(10_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
