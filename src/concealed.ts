// SPDX-License-Identifier: EUPL-1.2
/** Objects that hold a secret and do not show it: neither in a log line, nor in JSON, nor in an error's printout. */
import { inspect } from "node:util";

const HIDDEN = "[hidden]";

/** The object itself; whoever prints it sees the named values hidden. A spread copy has them in the open again. */
export function concealed<T extends object>(value: T, secrets: readonly (keyof T & string)[]): T {
  return Object.defineProperties(
    value,
    printedAs(() => withoutSecrets(value, secrets)),
  );
}

/**
 * A copy whose keys cannot be listed: pino takes the object it logs apart by its keys and never asks for its JSON.
 * A spread copy is empty, so that nothing works with half the settings by mistake.
 */
export function envelope<T extends object>(value: T, secrets: readonly (keyof T & string)[]): T {
  const contents = Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, { value: inside }]));
  return Object.defineProperties({}, { ...contents, ...printedAs(() => withoutSecrets(value, secrets)) }) as T;
}

function withoutSecrets<T extends object>(value: T, secrets: readonly (keyof T & string)[]): object {
  const hidden = secrets.filter((key) => value[key] !== null).map((key) => [key, HIDDEN] as const);
  return { ...value, ...Object.fromEntries(hidden) };
}

function printedAs(shown: () => object): PropertyDescriptorMap {
  return { toJSON: { value: shown }, [inspect.custom]: { value: shown } };
}
