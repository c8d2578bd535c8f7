// SPDX-License-Identifier: EUPL-1.2
/** Where the service's Redis comes from: the address it is given, or a private one that it starts and ends itself. */
import { openEmbedded } from "./embedded.ts";
import { openRemote } from "./remote.ts";

type Login = Readonly<{ username?: string; password?: string }>;
type Encrypted = Readonly<{ tls?: Record<string, never> }>;
export type Address = Readonly<{ host: string; port: number }>;

/** A server, by its socket or its address; given as it stands to ioredis. */
export type ServerConnection =
  | (Login & Readonly<{ path: string }>)
  | (Login & Encrypted & Address & Readonly<{ db: number }>);
/** The primary that sentinels know by a name, whichever server that is at the moment. */
export type SentinelConnection = Login &
  Encrypted &
  Readonly<{ sentinels: readonly Address[]; name: string; db: number; sentinelPassword?: string }>;
/** Some of a cluster's nodes: they know the others. */
export type ClusterConnection = Login & Encrypted & Readonly<{ cluster: readonly Address[] }>;

/** How to reach it: `connect.ts` opens it. */
export type RedisConnection = ServerConnection | SentinelConnection | ClusterConnection;

export type OpenRedis = Readonly<{
  connection: RedisConnection;
  /** For people and logs: which Redis this is. Holds no password. */
  where: string;
  /** Ends the embedded Redis and waits until its data is on disk; does nothing to somebody else's. May be called twice. */
  close(): Promise<void>;
}>;

export type RedisWish = Readonly<{
  /** Address of a running Redis (REDIS_URL). Undefined: the embedded one. */
  url?: string | undefined;
  /** Folder of the embedded Redis (FASEPORT_DATA); made if absent. */
  dataDir: string;
  /** False: nothing is written to disk, for tests. Default true: every write is on disk within a second. */
  durable?: boolean;
  /** Folder for a fetched server program. Default `.cache/redis` beside the project. */
  cacheDir?: string;
  /** Where to look for programs, as in PATH. Default: the process's own. */
  searchPath?: string;
  /** One line for people about what takes time or needs attention. Default: standard error. */
  tell?: (line: string) => void;
  /** Called once if the embedded Redis ends without having been asked to. The service cannot go on then. */
  onLost?: (reason: Error) => void;
}>;

/**
 * Opens the service's Redis. An address that does not answer is an error, never a reason to fall back to another Redis:
 * decisions would end up in two places. Throws Permanent for whatever a person has to mend; it says what to do.
 */
export async function openRedis(wish: RedisWish): Promise<OpenRedis> {
  const tell = wish.tell ?? ((line: string) => process.stderr.write(`${line}\n`));
  return wish.url === undefined ? openEmbedded(wish, tell) : openRemote(wish.url, tell);
}
