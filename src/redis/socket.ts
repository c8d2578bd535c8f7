// SPDX-License-Identifier: EUPL-1.2
/** Where the embedded Redis listens. The kernel allows a socket's path about a hundred bytes; a data folder may be longer. */
import { createHash } from "node:crypto";
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Permanent } from "../core/errors.ts";

/** Bytes that fit on Linux (108) and macOS (104), with the closing zero. Redis would cut a longer path without a word. */
const LIMIT = 103;

/** The socket's path for a data folder: inside it, or in a private folder named after it where paths are short. */
export async function socketFor(dataDir: string, temporary = tmpdir()): Promise<string> {
  const inside = join(dataDir, "r.sock");
  if (Buffer.byteLength(inside) <= LIMIT) return inside;
  const folder = join(temporary, `faseport-${createHash("sha256").update(dataDir).digest("hex").slice(0, 16)}`);
  const short = join(folder, "r.sock");
  if (Buffer.byteLength(short) > LIMIT) {
    throw new Permanent(
      `${inside} and ${short} are both too long for a socket (${LIMIT} bytes): choose a shorter FASEPORT_DATA`,
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await refuseForeign(folder);
  return short;
}

/** The temporary folder is everybody's: somebody may have made ours first, to listen in. */
async function refuseForeign(folder: string): Promise<void> {
  const seen = await lstat(folder);
  const mine = seen.isDirectory() && seen.uid === process.getuid?.() && (seen.mode & 0o077) === 0;
  if (!mine) throw new Permanent(`${folder} belongs to somebody else or is open to others: remove it and start again`);
}
