// SPDX-License-Identifier: EUPL-1.2
/** Ids as Notion makes them: UUIDs, and short property ids that need URL-encoding. */
import { createHash, randomBytes } from "node:crypto";

/** Draws ids. Each stream counts for itself, so that one more request does not change the ids of pages. */
export interface Ids {
  uuid(stream: string): string;
  /** A property id as answers carry it: URL-encoded, such as `%5B%7C%7BF`. */
  property(): string;
}

// Real ids are four characters from here; most need escaping, which is what a reader must be ready for.
const alphabet = ":;<=>?@[\\]^_`{|}~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const needsEscape = ":;<=>?@[\\]^`{|}";

/** Random ids, or with a seed the same ids in every run. */
export function makeIds(seed: string | undefined): Ids {
  const counters = new Map<string, number>();
  const bytes = (stream: string): Buffer => {
    if (seed === undefined) return randomBytes(16);
    const count = (counters.get(stream) ?? 0) + 1;
    counters.set(stream, count);
    return createHash("sha256").update(`${seed}:${stream}:${count}`).digest().subarray(0, 16);
  };
  return { uuid: (stream) => asUuid(bytes(stream)), property: () => asPropertyId(bytes("property")) };
}

function asUuid(bytes: Buffer): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function asPropertyId(bytes: Buffer): string {
  const pick = (from: string, at: number): string => from.charAt(bytes.readUInt8(at) % from.length);
  return encodeURIComponent(pick(needsEscape, 0) + pick(alphabet, 1) + pick(alphabet, 2) + pick(alphabet, 3));
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const nil = "00000000-0000-0000-0000-000000000000";

/** Notion looks at the version and variant digits too: 12345678-1234-1234-1234-123456789abc is refused (recorded). */
export function isUuid(text: string): boolean {
  return text === nil || uuid.test(text);
}

/** Adds the hyphens that Notion lets a caller leave out in a path. */
export function hyphenated(text: string): string {
  const plain = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i.exec(text);
  return (plain ? plain.slice(1).join("-") : text).toLowerCase();
}
