// SPDX-License-Identifier: EUPL-1.2
/** Who acts on the stand-in: developers, and the service itself as a user or as an app's bot. */
import { createHash } from "node:crypto";

/** An account; `viaApp` when it acts with an app's installation token. */
export type Account = Readonly<{ login: string; viaApp: boolean }>;

/** A GitHub App and its one installation. The public key belongs to the private key that the service signs with. */
export type AppOptions = Readonly<{ id: number; slug: string; installationId: number; publicKey: string }>;

/** A stable number for a name: the same login has the same id in every run. */
export function idOf(name: string): number {
  return createHash("sha256").update(name.toLowerCase()).digest().readUInt32BE(0);
}

/** The opaque id of GraphQL, which every object carries. */
export function nodeId(kind: string, id: number): string {
  return Buffer.from(`${kind}:${id}`).toString("base64");
}

export function isBot(login: string): boolean {
  return login.endsWith("[bot]");
}

/** Logins are compared without regard to case, as GitHub does. */
export function sameLogin(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
