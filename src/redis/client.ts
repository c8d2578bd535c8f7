// SPDX-License-Identifier: EUPL-1.2
/** A connection as the rest of the house uses it: to one server, or to the nodes of a cluster as if they were one. */
import type { Cluster, Redis } from "ioredis";

export type RedisClient = Redis | Cluster;

/**
 * What begins the service's keys, and keeps them apart from others' in one Redis. In a cluster the braces make it a hash
 * tag: what one step changes must lie on one node (Redis Cluster Specification, «Hash tags»).
 */
export function prefixOf(redis: RedisClient): string {
  return redis.isCluster ? "{faseport}" : "faseport";
}

/** The keys that match a pattern, as pages; one may come twice. Reads every node that takes writes. */
export async function* keysLike(redis: RedisClient, pattern: string): AsyncGenerator<readonly string[]> {
  for (const node of "nodes" in redis ? redis.nodes("master") : [redis])
    for await (const keys of node.scanStream({ match: pattern, count: 500 })) yield keys as string[];
}
