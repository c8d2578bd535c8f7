// SPDX-License-Identifier: EUPL-1.2
/** A small workspace for the sandbox's contract tests, and Notion's real client pointed at it. */
import { Client } from "@notionhq/client";
import { sandboxClock } from "../../src/sandbox/clock.ts";
import type { NotionSandbox, NotionWorldOptions } from "../../src/sandbox/notion/options.ts";
import { createNotionWorld } from "../../src/sandbox/notion/world.ts";
import type { NotionPerson, SandboxClock } from "../../src/sandbox/world.ts";

const person = (digit: number, name: string, kind: NotionPerson["kind"] = "person"): NotionPerson => ({
  id: `00000000-0000-4000-8000-00000000000${digit}`,
  name,
  kind,
});

export const anna = person(1, "Anna Dahl");
export const bo = person(2, "Bo Lund");
export const agent = person(3, "Referat-agent", "agent");

const monday = new Date("2027-01-04T08:00:42.123Z");

/** An event as a subscriber gets it. */
export type Received = Readonly<{ url: string; signature: string | null; body: string }>;

export interface Setup extends Disposable {
  readonly world: NotionSandbox;
  readonly clock: SandboxClock;
  readonly notion: Client;
  readonly received: readonly Received[];
  /** The subscriber's next answers; 200 when there are none left. "broken" is a connection that breaks. */
  readonly answers: (number | "broken")[];
  /** Every answer of the API: what was asked, and the body. */
  readonly traffic: readonly Readonly<{ method: string; path: string; status: number; body: unknown }>[];
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
}

export const token = "ntn_test";
export const secret = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl";
export const hook = "http://subscriber.test/webhooks/notion";

/** `using setup = open()` closes the workspace when the test ends. */
export function open(options: Partial<NotionWorldOptions> = {}): Setup {
  const clock = sandboxClock(monday);
  const received: Received[] = [];
  const answers: (number | "broken")[] = [];
  const world = createNotionWorld({
    clock,
    people: [anna, bo, agent],
    projects: [
      { name: "Navn", type: "title" },
      { name: "Fase", type: "select", options: ["1. Udforsk", "2. Nytænk", "3. Test"] },
      { name: "Udvalg", type: "multi_select", options: ["Byråd", "Ældre og Sundhed"] },
      { name: "Ejer", type: "people" },
      { name: "Udfordring", type: "rich_text" },
      { name: "Testrunder", type: "number" },
      { name: "Kræver bevilling", type: "checkbox" },
      { name: "I drift fra", type: "date" },
      { name: "Opgave", type: "url" },
      { name: "Beslutninger", type: "relation" },
      { name: "Projekt-id", type: "unique_id", prefix: "INNO" },
    ],
    decisions: [
      { name: "Beslutning om", type: "title" },
      { name: "Projekt", type: "relation" },
      { name: "Godkendt", type: "checkbox" },
    ],
    relation: { projects: "Beslutninger", decisions: "Projekt" },
    aggregationMs: 15,
    retryBaseMs: 1,
    seed: "contract",
    token,
    botName: "Faseport",
    fetch: async (url, init) => {
      const headers = new Headers(init.headers);
      received.push({ url, signature: headers.get("x-notion-signature"), body: String(init.body) });
      const answer = answers.shift() ?? 200;
      if (answer === "broken") throw new TypeError("fetch failed");
      return new Response(null, { status: answer });
    },
    ...options,
  });
  const traffic: Setup["traffic"][number][] = [];
  const fetch: Setup["fetch"] = async (url, init) => {
    const request = new Request(url, init);
    const answer = await world.api.fetch(request);
    const { pathname } = new URL(request.url);
    traffic.push({ method: request.method, path: pathname, status: answer.status, body: await answer.clone().json() });
    return answer;
  };
  return {
    world,
    clock,
    received,
    answers,
    traffic,
    fetch,
    notion: new Client({ auth: token, notionVersion: "2026-03-11", retry: false, fetch, logger: () => {} }),
    [Symbol.dispose]: () => world.close(),
  };
}

/** The bodies of the events received, oldest first. */
export function events(received: readonly Received[]): readonly Record<string, unknown>[] {
  return received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

export const title = (content: string) => ({ title: [{ text: { content } }] });
export const richText = (content: string) => ({ rich_text: [{ text: { content } }] });
export const option = (name: string) => ({ select: { name } });

/** A property's id, as the data source answers it. */
export function idOf(world: NotionSandbox, source: string, name: string): string {
  const property = world.dataSource(source).properties[name];
  if (!property) throw new Error(`No property ${name}`);
  return property.id;
}
