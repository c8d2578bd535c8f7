// SPDX-License-Identifier: EUPL-1.2
/** What only an administrator may see: behind FASEPORT_ADMIN_TOKEN, and not there at all without it. */
import { createHash, timingSafeEqual } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";

/**
 * Lets a request through that bears the token; 401 to any other, 404 while no token is set. A page for a browser has the
 * browser ask for a name and a password: the token is the password, and the name says nothing.
 */
export function adminOnly(token: string | null, scheme: Scheme = "Bearer"): MiddlewareHandler {
  return async (c, next) => {
    c.header("cache-control", "no-store");
    if (token === null) return c.json({ error: "Set FASEPORT_ADMIN_TOKEN to a long random text to open this." }, 404);
    const authorization = c.req.header("authorization") ?? "";
    const given = scheme === "Basic" ? passwordIn(authorization) || bearerIn(authorization) : bearerIn(authorization);
    if (!isSame(given, token)) {
      c.header("www-authenticate", `${scheme} realm="Faseport"`);
      return c.json({ error: "Send «Authorization: Bearer …» with the value of FASEPORT_ADMIN_TOKEN." }, 401);
    }
    return next();
  };
}

type Scheme = "Bearer" | "Basic";

/** As `adminOnly`, but whoever is on this machine needs no token. */
export function adminOrLocal(token: string | null): MiddlewareHandler {
  const adminsOnly = adminOnly(token);
  return (c, next) => (isLocal(c) ? next() : adminsOnly(c, next));
}

/** What a proxy on this machine says that it passes on; to us all of it comes from this machine. */
const passedOn = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

function isLocal(c: Context): boolean {
  const { address = "" } = getConnInfo(c).remote;
  return /^(::ffff:)?127\.|^::1$/u.test(address) && !passedOn.some((name) => c.req.header(name) !== undefined);
}

function bearerIn(authorization: string): string {
  return /^bearer /iu.test(authorization) ? authorization.slice("bearer ".length).trim() : "";
}

function passwordIn(authorization: string): string {
  if (!/^basic /iu.test(authorization)) return "";
  const pair = Buffer.from(authorization.slice("basic ".length).trim(), "base64").toString();
  return pair.includes(":") ? pair.slice(pair.indexOf(":") + 1) : "";
}

/** In the same time whatever they hold: digests are of one length, and tell nothing of how much was right. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
