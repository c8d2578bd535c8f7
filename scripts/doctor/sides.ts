// SPDX-License-Identifier: EUPL-1.2
/** The two remote sides, the clock and Redis: whether the service may work, and whether what it keeps is safe. */
import { capabilityAdvice, fullAdvice } from "../../src/board/notion/capabilities.ts";
import { askInfo } from "../../src/redis/info.ts";
import { isExposed, unsafeSettings } from "../../src/redis/remote.ts";
import type { Finding } from "./finding.ts";
import { isThere, orWhyNot, type Patient } from "./world.ts";

export async function* notionFaults({ notion }: Patient): AsyncIterable<Finding> {
  const allowed = await orWhyNot(() => notion.lacking());
  if (typeof allowed === "string") {
    yield {
      what: allowed,
      todo: "If it is the token: put NOTION_TOKEN right in .env, the secret on the connection's page in Notion.",
    };
    return;
  }
  for (const capability of allowed.lacking)
    yield { what: `the Notion connection may not ${capability}`, todo: `${capabilityAdvice}.` };
  if (allowed.isFull) yield { what: `Notion: ${fullAdvice.split(". ")[0]}`, todo: `${fullAdvice.split(". ")[1]}.` };
}

export async function* githubFaults({ github }: Patient): AsyncIterable<Finding> {
  if (typeof github === "string") {
    yield {
      what: github,
      todo: "If it is the credentials: put GITHUB_TOKEN (or the app's settings) and GITHUB_REPO right in .env.",
    };
    return;
  }
  const { name, hasIssues, isArchived } = await github.look();
  if (isArchived)
    yield { what: `${name} is archived`, todo: "Unarchive it, or name another repository in GITHUB_REPO." };
  if (!hasIssues) yield { what: `${name} has no issues`, todo: "Settings → General → Features → Issues." };
  if (!(await github.mayWrite()))
    yield {
      what: `issues and labels of ${name} may not be written`,
      todo: "Give the token, or the app, «Issues: read and write».",
    };
}

/** A clock further off than this breaks what is signed with a time, and dates events wrongly. In milliseconds. */
const SKEW_MS = 60_000;

export async function* clockFaults({ github, now }: Patient): AsyncIterable<Finding> {
  if (typeof github === "string") return;
  const before = await now();
  const { at } = await github.look();
  const after = await now();
  if (at === null) return;
  const behind = at.getTime() - after.getTime();
  const ahead = before.getTime() - at.getTime();
  if (Math.max(behind, ahead) < SKEW_MS) return;
  const seconds = Math.round(Math.max(behind, ahead) / 1000);
  yield {
    what: `the clock is ${seconds} seconds ${behind > ahead ? "behind" : "ahead of"} GitHub's`,
    todo: "Let the machine keep time (timedatectl set-ntp true). FASEPORT_CLOCK is for tests only.",
  };
}

/** The part of its memory that Redis may fill before somebody should look. */
const ALMOST_FULL = 0.9;

export async function* redisFaults({ memory }: Patient): AsyncIterable<Finding> {
  if (typeof memory === "string")
    yield { what: memory, todo: "Start Redis, or put REDIS_URL right. Nothing that is in it is examined until then." };
  if (!isThere(memory)) return;
  const info = await orWhyNot(() => askInfo(memory.connection, 5_000));
  if (typeof info === "string") return;
  for (const fault of unsafeSettings(info, memory.connection)) {
    const [what = fault, todo = ""] = fault.split(": ");
    yield { what: `Redis: ${what}`, todo: `${capital(todo)} in its configuration.` };
  }
  if (info.aof_last_write_status === "err" || info.aof_last_bgrewrite_status === "err")
    yield { what: "Redis could not write its append-only file", todo: "Look at its log and at the room on its disk." };
  const [used, most] = [Number(info.used_memory ?? 0), Number(info.maxmemory ?? 0)];
  if (most > 0 && used > most * ALMOST_FULL)
    yield {
      what: "Redis has almost used up its memory",
      todo: "Raise maxmemory: with noeviction it takes nothing more when it is full.",
    };
  if (isExposed(memory.connection))
    yield {
      what: "Redis is on another machine, without password and encryption",
      todo: "Use rediss:// (or rediss+sentinel://, rediss+cluster://) and a password.",
    };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
