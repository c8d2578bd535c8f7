// SPDX-License-Identifier: EUPL-1.2
/** Who calls: a personal token, an app's JSON web token, or one of its installation tokens. */
import { createPublicKey, randomBytes, verify } from "node:crypto";
import type { SandboxClock } from "../world.ts";
import type { Account, AppOptions } from "./people.ts";
import { Answer, badCredentials } from "./replies.ts";

export type Caller =
  | Readonly<{ kind: "anonymous" }>
  | Readonly<{ kind: "app"; app: AppOptions }>
  | Readonly<{ kind: "user"; account: Account }>;

type Claims = { iss?: unknown; iat?: unknown; exp?: unknown };

const INSTALLATION_TOKEN_MS = 3_600_000;
const LONGEST_JWT_SECONDS = 600;

export type Access = ReturnType<typeof createAccess>;

export function createAccess(options: { clock: SandboxClock; token: string; bot: string; app: AppOptions | null }) {
  const { clock, app } = options;
  const installationTokens = new Map<string, number>();

  /** The caller behind an Authorization header. Throws the 401 that GitHub answers. */
  function callerOf(header: string | null): Caller {
    if (header === null) return { kind: "anonymous" };
    const [, scheme, credential] = /^(token|bearer) (\S+)$/i.exec(header) ?? [];
    if (!scheme || !credential) throw badCredentials();
    if (credential === options.token) return { kind: "user", account: { login: options.bot, viaApp: false } };
    const expires = installationTokens.get(credential);
    if (app && expires !== undefined && expires > clock.now().getTime()) {
      return { kind: "user", account: { login: `${app.slug}[bot]`, viaApp: true } };
    }
    if (app && credential.split(".").length === 3) return { kind: "app", app: checked(credential, app) };
    throw badCredentials();
  }

  function checked(jwt: string, of: AppOptions): AppOptions {
    const claims = claimsOf(jwt, of.publicKey);
    const now = clock.now().getTime() / 1000;
    if (claims === null || String(claims.iss) !== String(of.id)) throw undecodable();
    if (typeof claims.exp !== "number" || claims.exp < now) throw badClaim("Expiration time", "exp");
    if (claims.exp > now + LONGEST_JWT_SECONDS) throw badClaim("Expiration time", "exp");
    if (typeof claims.iat !== "number" || claims.iat > now) throw badClaim("Issued at", "iat");
    return of;
  }

  /** A new installation token and when it expires. */
  function issueToken(): { token: string; expiresAt: Date } {
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    const expiresAt = new Date(clock.now().getTime() + INSTALLATION_TOKEN_MS);
    installationTokens.set(token, expiresAt.getTime());
    return { token, expiresAt };
  }

  return { callerOf, issueToken };
}

function claimsOf(jwt: string, publicKey: string): Claims | null {
  const [head = "", payload = "", signature = ""] = jwt.split(".");
  const signed = Buffer.from(`${head}.${payload}`);
  const fits = verify("RSA-SHA256", signed, createPublicKey(publicKey), Buffer.from(signature, "base64url"));
  return fits ? (JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims) : null;
}

const undecodable = () => new Answer(401, "A JSON web token could not be decoded");
const badClaim = (name: string, claim: string) =>
  new Answer(401, `'${name}' claim ('${claim}') must be a numeric value representing a time within the allowed range`);
