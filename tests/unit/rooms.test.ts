// SPDX-License-Identifier: EUPL-1.2
/** The walls between the rooms (docs/architecture.md): the lint rules let through what belongs and refuse what does not. */
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

const project = join(import.meta.dirname, "../..");

/** For each file: what it may import, and what it must not. */
const rooms = {
  "src/model/a.ts": { may: ["./rules.ts", "zod", "yaml", "node:fs"], mayNot: ["../core/card.ts", "ioredis", "hono"] },
  "src/core/a.ts": {
    may: ["./card.ts", "../model/model.ts"],
    mayNot: ["../board/board.ts", "../ledger/ledger.ts", "../config.ts", "zod", "pino", "node:fs", "node:fs/promises"],
  },
  "src/core/reminders/a.ts": {
    may: ["./rule.ts", "../calendar.ts", "../../model/model.ts"],
    mayNot: ["../../ledger/ledger.ts", "../../board/board.ts", "zod", "node:fs"],
  },
  "src/board/notion/a.ts": {
    may: [
      "./client.ts",
      "../board.ts",
      "../../core/card.ts",
      "../../model/rules.ts",
      "@notionhq/client",
      "node:crypto",
    ],
    mayNot: ["../../tracker/tracker.ts", "../../ledger/ledger.ts", "../../jobs/queues.ts", "@octokit/rest", "bullmq"],
  },
  "src/tracker/github/a.ts": {
    may: ["./issues.ts", "../tracker.ts", "../../core/card.ts", "@octokit/rest", "@octokit/auth-app"],
    mayNot: ["../../board/board.ts", "../../sandbox/world.ts", "@notionhq/client", "ioredis"],
  },
  "src/channels/a.ts": {
    may: ["./channel.ts", "../core/errors.ts", "../model/model.ts"],
    mayNot: ["../board/board.ts", "../tracker/tracker.ts", "../ledger/ledger.ts", "../config.ts", "ioredis"],
  },
  "src/channels/mail/a.ts": {
    may: ["./message.ts", "../channel.ts", "../../core/errors.ts", "nodemailer", "hono/html"],
    mayNot: ["../../board/notion/client.ts", "../../jobs/queues.ts", "../../ledger/ledger.ts", "hono", "bullmq"],
  },
  "src/ledger/a.ts": {
    may: ["../core/card.ts", "../redis/redis.ts", "ioredis"],
    mayNot: ["../board/board.ts", "../jobs/queues.ts", "bullmq", "@notionhq/client"],
  },
  "src/rate/a.ts": {
    may: ["./budget.ts", "../core/errors.ts", "../redis/client.ts", "../redis/unreachable.ts"],
    mayNot: [
      "ioredis",
      "../redis/redis.ts",
      "../core/card.ts",
      "../board/notion/client.ts",
      "../tracker/tracker.ts",
      "../model/model.ts",
      "bullmq",
    ],
  },
  "src/telemetry/a.ts": {
    may: ["./definitions.ts", "prom-client", "bullmq-otel", "@opentelemetry/api", "node:async_hooks"],
    mayNot: ["../core/card.ts", "../ledger/ledger.ts", "../jobs/queues.ts", "bullmq", "ioredis"],
  },
  "src/redis/a.ts": {
    may: ["../core/errors.ts", "ioredis", "node:fs/promises"],
    mayNot: ["../core/card.ts", "../ledger/ledger.ts", "../config.ts", "bullmq"],
  },
  "src/sync/a.ts": {
    may: [
      "../core/plan.ts",
      "../telemetry/trail.ts",
      "../ledger/ledger.ts",
      "../board/board.ts",
      "../tracker/tracker.ts",
    ],
    mayNot: ["../board/notion/client.ts", "../tracker/github/github.ts", "../web/app.ts", "@notionhq/client", "bullmq"],
  },
  "src/channels/comment/a.ts": {
    may: ["../channel.ts", "../../core/errors.ts", "../../board/board.ts"],
    mayNot: ["../../ledger/ledger.ts", "../../board/notion/client.ts", "../../jobs/queues.ts", "bullmq"],
  },
  "src/delivery/a.ts": {
    may: ["../core/reminders/round.ts", "../ledger/ledger.ts", "../channels/channel.ts", "../board/board.ts"],
    mayNot: ["../jobs/queues.ts", "../sync/observe.ts", "../board/notion/client.ts", "@notionhq/client", "bullmq"],
  },
  "src/jobs/a.ts": {
    may: ["../sync/sync-card.ts", "../core/errors.ts", "../redis/redis.ts", "bullmq", "ioredis"],
    mayNot: [
      "../web/app.ts",
      "../board/notion/client.ts",
      "../tracker/github/github.ts",
      "@notionhq/client",
      "@octokit/rest",
    ],
  },
  "src/web/a.ts": {
    may: ["../jobs/queues.ts", "../ledger/ledger.ts", "../board/board.ts", "hono", "hono/html", "@hono/node-server"],
    mayNot: ["../board/notion/client.ts", "../tracker/github/github.ts", "../sandbox/world.ts", "@octokit/rest"],
  },
  "src/sandbox/notion/a.ts": {
    may: ["../world.ts", "../../model/rules.ts", "hono", "@notionhq/client", "node:http"],
    mayNot: ["../../core/card.ts", "../../board/notion/client.ts", "../../ledger/ledger.ts", "../../jobs/queues.ts"],
  },
  "src/sandbox/a.ts": {
    may: ["./world.ts", "../model/rules.ts"],
    mayNot: [
      "../core/card.ts",
      "../tracker/tracker.ts",
      "../web/app.ts",
      "../sync/observe.ts",
      "../config.ts",
      "bullmq",
    ],
  },
  "src/a.ts": {
    may: ["./board/notion/notion.ts", "./tracker/github/github.ts", "./web/app.ts", "pino"],
    mayNot: ["./sandbox/world.ts", "../tests/redis-server.ts", "../scripts/demo.ts"],
  },
  "src/service/a.ts": {
    may: ["../config.ts", "../board/notion/notion.ts", "../jobs/queues.ts", "../web/app.ts", "ioredis", "pino"],
    mayNot: ["../sandbox/world.ts", "../../tests/redis-server.ts", "../../scripts/demo.ts"],
  },
  "scripts/a.ts": { may: ["../src/sandbox/world.ts", "../src/board/notion/notion.ts"], mayNot: [] },
  "tests/a.ts": { may: ["../src/sandbox/world.ts", "../src/core/card.ts"], mayNot: [] },
} as const;

const cases = Object.entries(rooms).flatMap(([file, { may, mayNot }]) => [
  ...may.map((target) => ({ file, target, refused: false })),
  ...mayNot.map((target) => ({ file, target, refused: true })),
]);

const findings = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
});

let folder: string;
/** Rules broken, by the path of the file that breaks them. */
const broken = new Map<string, string[]>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "faseport-rooms-"));
  await copyFile(join(project, "biome.json"), join(folder, "biome.json"));
  for (const [number, { file, target }] of cases.entries()) {
    await put(numbered(file, number), `import type { It } from "${target}";\nexport type That = It;\n`);
  }
  await put("src/web/environment.ts", "export const home = process.env.HOME;\n");
  await put("src/config.ts", "export const home = process.env.HOME;\n");
  await put("src/jobs/unsafe.ts", "export const read = (it: any) => it;\n");
  await put(
    "src/jobs/floating.ts",
    "async function work(): Promise<void> {}\nexport function start(): void {\n  work();\n}\n",
  );
  for (const { category, location } of findings.parse(JSON.parse(await lint())).diagnostics) {
    broken.set(location.path, [...(broken.get(location.path) ?? []), category]);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

const numbered = (file: string, number: number) => file.replace(/a\.ts$/, `import-${number}.ts`);

/** Biome ends with 1 when it finds something, which it should here. */
function lint(): Promise<string> {
  const words = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."];
  const { promise, resolve } = Promise.withResolvers<string>();
  execFile(join(project, "node_modules/.bin/biome"), words, { cwd: folder, maxBuffer: 1e8 }, (_, stdout) =>
    resolve(stdout),
  );
  return promise;
}

test.for(cases.map((it, number) => ({ ...it, number })))("$file and $target (refused: $refused)", (it) => {
  const rules = broken.get(numbered(it.file, it.number)) ?? [];
  expect(rules).toEqual(it.refused ? ["lint/style/noRestrictedImports"] : []);
});

test.for<[string, string | undefined]>([
  ["src/web/environment.ts", "lint/style/noProcessEnv"],
  ["src/config.ts", undefined],
  ["src/jobs/unsafe.ts", "lint/suspicious/noExplicitAny"],
  ["src/jobs/floating.ts", "lint/nursery/noFloatingPromises"],
])("%s breaks %s", ([path, rule]) => {
  expect(broken.get(path)).toEqual(rule && [rule]);
});
