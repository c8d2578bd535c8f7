// SPDX-License-Identifier: EUPL-1.2
/**
 * Connections to the service's Redis: one that fails at once, for the door, and two that wait, for the work behind it. Each
 * finds the present primary by itself when it changes.
 */
import { Cluster, Redis, type RedisOptions } from "ioredis";
import type { RedisClient } from "./client.ts";
import type { ClusterConnection, RedisConnection, SentinelConnection, ServerConnection } from "./redis.ts";

/**
 * A server that has not answered for so long, in milliseconds, is asked no more on this connection: nothing else would tell
 * of a machine that is gone without a word. Longer than BullMQ's workers wait for a job (ten seconds).
 */
const SILENCE_MS = 12_000;
/** Between two tries at a cluster whose node is gone, of which there are sixteen, in milliseconds: for who waits, and for the door. */
const PATIENCE_MS = 1_000;
const HASTE_MS = 50;
/** How often a cluster is asked which node has what, in milliseconds: a node that hangs does not say that it lost its part. */
const REFRESH_MS = 3_000;

/** Fails a command at once while Redis is away, so that a sender is told to come again (503) instead of waiting. */
export async function openDoorRedis(connection: RedisConnection): Promise<RedisClient> {
  return connected(clientOf(connection, { enableOfflineQueue: false, maxRetriesPerRequest: 1 }));
}

/** Waits for Redis to come back and then goes on. */
export async function openWorkRedis(connection: RedisConnection): Promise<RedisClient> {
  return connected(clientOf(connection, {}));
}

/** What BullMQ's workers make theirs from: it waits for Redis as long as it takes. */
export async function openWorkersRedis(connection: RedisConnection): Promise<RedisClient> {
  return connected(clientOf(connection, { maxRetriesPerRequest: null }));
}

type NodeOptions = Omit<RedisOptions, "replyMapping">;
type Options = Pick<
  NodeOptions,
  "enableOfflineQueue" | "maxRetriesPerRequest" | "connectTimeout" | "commandTimeout" | "enableReadyCheck"
> & {
  /** False: what does not answer at once is not tried again. Default true. */
  comesBack?: boolean;
};

/** Not connected yet. */
export function clientOf(connection: RedisConnection, { comesBack = true, ...wish }: Options): RedisClient {
  const once = { retryStrategy: () => null, sentinelRetryStrategy: () => null };
  const options = { socketTimeout: SILENCE_MS, ...wish, ...(!comesBack && once) };
  const redis =
    "cluster" in connection ? clusterOf(connection, options) : new Redis(serverOptions(connection, options));
  // Every failed command rejects where it was asked for; without a listener the connection's own events would be printed too.
  return redis.on("error", () => {});
}

function serverOptions(connection: ServerConnection | SentinelConnection, options: NodeOptions): NodeOptions {
  return {
    ...("sentinels" in connection ? askingSentinels(connection) : connection),
    lazyConnect: true,
    reconnectOnError: isReplaced,
    ...options,
  };
}

/**
 * A server that has become a replica says so, and one whose replicas have gone over to another primary refuses what would be
 * lost: both are left for the present one. What a replica refused is asked there again (2); the other may only be alone (1).
 */
function isReplaced({ message }: Error): 2 | 1 | false {
  if (/\bREADONLY\b/u.test(message)) return 2;
  return /\bNOREPLICAS\b/u.test(message) ? 1 : false;
}

function askingSentinels({ sentinels, tls, ...primary }: SentinelConnection): NodeOptions {
  return {
    ...primary,
    sentinels: [...sentinels],
    ...(tls && { tls, sentinelTLS: tls, enableTLSForSentinelMode: true }),
  };
}

function clusterOf({ cluster, ...login }: ClusterConnection, options: NodeOptions): Cluster {
  const { enableOfflineQueue = true, retryStrategy, ...ofNode } = options;
  const patience = enableOfflineQueue ? PATIENCE_MS : HASTE_MS;
  const made = new Cluster([...cluster], {
    lazyConnect: true,
    enableOfflineQueue,
    slotsRefreshInterval: REFRESH_MS,
    retryDelayOnFailover: patience,
    retryDelayOnClusterDown: patience,
    ...(retryStrategy && { clusterRetryStrategy: retryStrategy }),
    redisOptions: { ...login, ...ofNode, maxRetriesPerRequest: null },
    // A certificate is given to a name, which an address looked up before would not match.
    ...(login.tls && { dnsLookup: (name, tell) => tell(null, name) }),
  });
  return certain(made);
}

/**
 * A cluster that keeps or breaks its promise to connect. ioredis's own stays open for ever when the node is gone that it asks
 * whether all is well, and with it whoever waits: a start, a question, one of BullMQ's workers.
 */
function certain(cluster: Cluster): Cluster {
  const { connect, duplicate } = cluster;
  return Object.assign(cluster, {
    connect: async () => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const end = () => reject(new Error("Connection is closed."));
      cluster.once("ready", resolve).once("end", end);
      connect.call(cluster).then(resolve, reject);
      await promise.finally(() => cluster.off("ready", resolve).off("end", end));
    },
    duplicate: (...changed: Parameters<Cluster["duplicate"]>) => certain(duplicate.apply(cluster, changed)),
  });
}

async function connected(redis: RedisClient): Promise<RedisClient> {
  await redis.connect();
  return redis;
}
