// SPDX-License-Identifier: EUPL-1.2
/** Whether both sides tell of what happens. Without webhooks everything still works, minutes later, and no tick can be attributed. */
import type { CardSeen } from "../../src/core/card.ts";
import { type Hook, hookEvent, hookPath, ownHooks, shortcomings } from "../../src/tracker/github/plan-hook.ts";
import { heardOf } from "../../src/web/heard.ts";
import type { Finding } from "./finding.ts";
import { isThere, orWhyNot, type Patient } from "./world.ts";

export async function* githubWebhookFaults({ github, memory }: Patient): AsyncIterable<Finding> {
  if (typeof github === "string") return;
  const app = await orWhyNot(async () => github.app());
  if (typeof app === "string") return;
  if (app !== null) {
    if (!app.events.includes(hookEvent))
      yield {
        what: "the GitHub App is not told of issues",
        todo: "In its settings: Permissions & events → Subscribe to events → Issues.",
      };
    return;
  }
  const hooks = await orWhyNot(() => github.hooks());
  // Who may not see the webhooks cannot say that there is none.
  if (hooks === null || typeof hooks === "string") return;
  const ours = ownHooks(hooks, null);
  const faultsOf = (hook: Hook) => [...shortcomings(hook), ...(isThere(memory) ? unanswered(hook) : [])];
  if (ours.some((hook) => faultsOf(hook).length === 0)) return;
  if (ours.length === 0)
    yield {
      what: `no webhook of the repository leads to ${hookPath}`,
      todo: "npm run setup -- --url ADDRESS makes it.",
    };
  for (const hook of ours)
    for (const what of faultsOf(hook)) yield { what: `the webhook ${hook.url}: ${what}`, todo: mend(hook) };
}

/** Before the service has been started for the first time, nobody could have answered. */
function unanswered({ answered }: Hook): readonly string[] {
  const failed = answered !== null && (answered < 200 || answered >= 300);
  return failed ? [`its last delivery was answered with ${answered}`] : [];
}

function mend({ answered }: Hook): string {
  if (answered === 401)
    return "GITHUB_WEBHOOK_SECRET is not the webhook's: take it out of .env, and npm run setup gives both a new one. Then start again.";
  return "npm run setup mends it; if it leads to a wrong address or the service was down, redeliver on the webhook's page.";
}

/** An event may be a few minutes late. */
const LATE_MS = 10 * 60_000;
/** What came unsigned is told for so long. */
const RECENT_MS = 7 * 24 * 3_600_000;

/** Compared with the board: what was edited and never told of shows a dead webhook; a quiet board shows nothing. */
export async function* notionWebhookFaults({ memory, board, cards, now }: Patient): AsyncIterable<Finding> {
  if (!isThere(memory) || typeof board === "string") return;
  const at = (await now()).getTime();
  const { signed, unsigned } = await heardOf(memory.ledger, "board");
  if (unsigned !== null && at - Date.parse(unsigned) < RECENT_MS && (signed === null || signed < unsigned))
    yield {
      what: `events come to /webhooks/notion that are not signed with NOTION_WEBHOOK_SECRET, last at ${unsigned}`,
      todo: "The subscription was made anew: take NOTION_WEBHOOK_SECRET out of .env, delete the subscription in Notion, and run npm run setup.",
    };
  const edited = lastTold(await cards(), board.board.self);
  if (edited === null || at - edited.getTime() < LATE_MS) return;
  if (signed !== null && edited.getTime() - Date.parse(signed) < LATE_MS) return;
  yield {
    what: `the board was edited at ${edited.toISOString()}, and Notion ${signed === null ? "has never told of anything" : `has told of nothing since ${signed}`}`,
    todo: "In Notion: the connection → Webhooks: is the subscription active, and does its URL lead here? Without it ticks cannot be attributed.",
  };
}

/**
 * When something last happened that must have been told of: the newest edit. Before the service has ever written to the
 * board nothing needs to have been told.
 */
function lastTold(cards: readonly CardSeen[], self: string): Date | null {
  let newest: string | null = null;
  let isOurs = false;
  for (const { lastEditedAt, lastEditedBy } of cards) {
    if (newest === null || lastEditedAt > newest) newest = lastEditedAt;
    isOurs ||= lastEditedBy === self;
  }
  return newest !== null && isOurs ? new Date(newest) : null;
}
