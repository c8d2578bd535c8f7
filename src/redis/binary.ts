// SPDX-License-Identifier: EUPL-1.2
/** Finds a server program: installed, fetched earlier, or fetched now from the distribution. */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Permanent } from "../core/errors.ts";
import { canFetch, fetchPackages } from "./debian.ts";
import { isNewEnough, OLDEST } from "./info.ts";
import { claimWithin } from "./lock.ts";

const run = promisify(execFile);

/** A program that can be started; `libraries` is its LD_LIBRARY_PATH when it was unpacked rather than installed. */
export type Program = Readonly<{ command: string; version: string; libraries?: string }>;
type Place = Readonly<{ cacheDir?: string; searchPath?: string }>;

const NAMES = ["redis-server", "valkey-server"] as const;
const CACHE = join(import.meta.dirname, "../../.cache/redis");
/** A fetch takes seconds; another process may be at it over a slow line. */
const FETCH_MS = 300_000;

/** A Redis or Valkey server of version 6.2 or newer. Throws with what to install when there is none to be had. */
export async function findProgram(place: Place, tell: (line: string) => void): Promise<Program> {
  return (await installed(place.searchPath)) ?? (await fetched(place, tell));
}

async function installed(searchPath?: string): Promise<Program | null> {
  for (const name of NAMES) {
    const program = await tryProgram(name, searchPath === undefined ? {} : { searchPath });
    if (program) return program;
  }
  return null;
}

/** The program if it starts and is new enough. */
async function tryProgram(command: string, how: { libraries?: string; searchPath?: string }): Promise<Program | null> {
  const env = {
    ...(how.searchPath !== undefined && { PATH: how.searchPath }),
    ...(how.libraries !== undefined && { LD_LIBRARY_PATH: how.libraries }),
  };
  try {
    const { stdout } = await run(command, ["--version"], {
      timeout: 10_000,
      ...(Object.keys(env).length > 0 && { env }),
    });
    const version = /\bv=(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    if (!version || !isNewEnough(version)) return null;
    return { command, version, ...(how.libraries !== undefined && { libraries: how.libraries }) };
  } catch {
    return null;
  }
}

async function fetched(place: Place, tell: (line: string) => void): Promise<Program> {
  const root = join(place.cacheDir ?? CACHE, await platform());
  const earlier = await unpacked(root);
  if (earlier) return earlier;
  if (!(await canFetch(place.searchPath))) throw new Permanent(advice("and this system has no apt to fetch it with"));
  const claim = await claimWithin(`${root}.lock`, FETCH_MS);
  try {
    const meanwhile = await unpacked(root);
    if (meanwhile) return meanwhile;
    tell("Fetching Redis from the distribution's packages, once; nothing is installed on the system …");
    await fetchPackages(root, FETCH_MS).catch((cause) => {
      throw new Permanent(advice(`and fetching it failed: ${cause instanceof Error ? cause.message : cause}`), {
        cause,
      });
    });
    const program = await unpacked(root);
    if (!program)
      throw new Permanent(advice(`and what the distribution offers does not start or is too old (${root})`));
    tell(`Fetched Redis ${program.version} into ${root}`);
    return program;
  } finally {
    await claim.release();
  }
}

function advice(why: string): string {
  return (
    `No redis-server or valkey-server ${OLDEST} or newer was found, ${why}. Install one (Debian, Ubuntu: apt install ` +
    "redis-server; Fedora: dnf install valkey; macOS: brew install redis), or run one, for example " +
    "docker run -d -p 127.0.0.1:6379:6379 redis:7 redis-server --appendonly yes, and set REDIS_URL=redis://127.0.0.1:6379"
  );
}

/** The program in a folder of unpacked packages, if it is there and starts. */
async function unpacked(root: string): Promise<Program | null> {
  const libraries = (await libraryFolders(root)).join(":");
  for (const name of NAMES) {
    const program = await tryProgram(join(root, "usr/bin", name), { libraries });
    if (program) return program;
  }
  return null;
}

async function libraryFolders(root: string): Promise<readonly string[]> {
  const found = await Promise.all(
    ["usr/lib", "lib"].map(async (part) => {
      const entries = await readdir(join(root, part), { withFileTypes: true }).catch(() => []);
      return entries
        .filter((it) => it.isDirectory() && it.name.includes("-linux-"))
        .map((it) => join(root, part, it.name));
    }),
  );
  return found.flat();
}

/** Distribution, release and processor: a project folder may be shared between systems that cannot run each other's programs. */
async function platform(): Promise<string> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  const value = (key: string) => new RegExp(`^${key}="?([\\w.-]+)"?$`, "m").exec(release)?.[1] ?? "unknown";
  return `${value("ID")}-${value("VERSION_ID")}-${process.arch}`;
}
