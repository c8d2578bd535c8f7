// SPDX-License-Identifier: EUPL-1.2
/** `GET /cards/:id/explain`: why a card stands where it stands, from the ledger alone. Names persons, so behind the token. */
import { type Context, Hono } from "hono";
import { RetryLater } from "../core/errors.ts";
import { type Explanation, explain } from "../core/explain.ts";
import { explanationText } from "../core/explain-text.ts";
import { inLanguage } from "../core/messages.ts";
import { findCard, parseReference } from "../ledger/find-card.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Model } from "../model/model.ts";
import { isUnreachable } from "../redis/unreachable.ts";
import { adminOnly } from "./admin.ts";

export type Explaining = Readonly<{
  model: Model;
  ledger: Ledger;
  now: () => Promise<Date>;
}>;

/** An explanation; or why there is none, said so that the asker knows what to do. */
export type Explained =
  | Readonly<{ kind: "explained"; explanation: Explanation }>
  | Readonly<{ kind: "unreadable" | "unknown"; said: string }>;

/** Explains the card that a person names: by number, page id or address. */
export async function explainCard({ model, ledger, now }: Explaining, named: string): Promise<Explained> {
  const reference = parseReference(named);
  if (!reference) {
    return { kind: "unreadable", said: "Name a card by its number (INNO-3), its page id, or its address in Notion." };
  }
  const record = await findCard(ledger, reference);
  if (!record) {
    const said =
      "Faseport knows no such card. Check the number (Projekt-id) or the address; a new card is known some seconds after it was made, if the service runs.";
    return { kind: "unknown", said };
  }
  const { accepted, seen } = record;
  const log = await ledger.logOf(seen.id);
  return { kind: "explained", explanation: explain(model, accepted, seen, await now(), log) };
}

/** The route, to be mounted at /cards. `?lang=da|en`; JSON to whoever accepts that. */
export function explainRoutes(explaining: Explaining, adminToken: string | null): Hono {
  const app = new Hono();
  app.get("/:id/explain", adminOnly(adminToken), async (c) => {
    const language = c.req.query("lang") ?? explaining.model.rules.language;
    if (language !== "da" && language !== "en") return c.json({ error: "lang is da or en" }, 400);
    const model = inLanguage(explaining.model, language);
    try {
      return answer(c, model, await explainCard({ ...explaining, model }, c.req.param("id")));
    } catch (error) {
      if (!isUnreachable(error) && !(error instanceof RetryLater)) throw error;
      return c.json({ error: "The ledger cannot be read just now; ask again in a moment." }, 503);
    }
  });
  return app;
}

const statuses = { unreadable: 400, unknown: 404 } as const;

function answer(c: Context, model: Model, explained: Explained): Response {
  if (explained.kind !== "explained") return c.json({ error: explained.said }, statuses[explained.kind]);
  const { explanation } = explained;
  if (c.req.header("accept")?.includes("application/json")) return c.json(explanation);
  c.header("x-content-type-options", "nosniff");
  return c.text(explanationText(model, explanation));
}
