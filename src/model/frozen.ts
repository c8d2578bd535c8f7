// SPDX-License-Identifier: EUPL-1.2
/** Data that nothing can change by mistake while the service runs. */

/** Freezes plain data all the way down, and returns it. */
export function frozen<T>(value: T): T {
  if (value === null || typeof value !== "object" || Object.isFrozen(value)) return value;
  if (value instanceof Set) return frozenSet(value);
  for (const inside of Object.values(value)) frozen(inside);
  return Object.freeze(value);
}

/** Object.freeze does not reach what a set holds, so its three ways to change are taken from it. */
function frozenSet<T extends Set<unknown>>(set: T): T {
  const refuse = (): never => {
    throw new TypeError("this set is frozen");
  };
  return Object.freeze(Object.assign(set, { add: refuse, delete: refuse, clear: refuse }));
}
