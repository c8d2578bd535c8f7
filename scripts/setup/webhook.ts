// SPDX-License-Identifier: EUPL-1.2
/** Walks a person through Notion's webhook subscription, which can only be made by hand. */
import { awaitToken, notionPath } from "./catch-token.ts";

export type Walk = Readonly<{
  place: Readonly<{ port: number; host: string }>;
  minutes: number;
  /** The public address; null: it was not said. */
  url: string | null;
  say: (line: string) => void;
}>;

/** The token, shown once to whoever has to type it into Notion; null: none came in time. */
export async function catchToken({ place, minutes, url, say }: Walk): Promise<string | null> {
  const awaiting = await awaitToken(place, minutes * 60_000);
  try {
    say(`
Now the webhook subscription, by hand, within ${minutes} minutes:
  1. In Notion: Settings → Connections → the connection → Webhooks → Create a subscription
  2. Webhook URL: ${url ?? "the service's public address"}${notionPath}
     API version: 2025-09-03 or later
     Events: everything under Page and under Data source; nothing else is needed
  3. Create it. Notion sends a verification token here, and it appears below.
Waiting at ${awaiting.url} …`);
    const token = await awaiting.token;
    if (token === null) {
      say("No token came. Run setup again when you are ready; nothing else has to be done twice.");
      return null;
    }
    say(`
The verification token, shown this once (it is kept as NOTION_WEBHOOK_SECRET):

  ${token}

  4. In Notion: Verify, paste it, and save. Should Notion not accept it, somebody else has sent it: take
     NOTION_WEBHOOK_SECRET out of .env and run setup again.`);
    return token;
  } finally {
    await awaiting.close();
  }
}
