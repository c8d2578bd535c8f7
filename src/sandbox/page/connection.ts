// SPDX-License-Identifier: EUPL-1.2
/** The connection's settings, as an administrator meets them in Notion: its webhook subscription is made by hand. */
import { Hono } from "hono";
import { html } from "hono/html";
import type { NotionSandbox } from "../notion/options.ts";

/** Nothing but the page itself and its two forms. */
const policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function connectionRoutes(notion: NotionSandbox): Hono {
  const routes = new Hono();
  routes.use(async (c, next) => {
    await next();
    c.header("Content-Security-Policy", policy);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Cache-Control", "no-store");
  });
  routes.get("/", (c) => c.html(page("")));
  routes.post("/webhooks", async (c) => {
    const { url } = await c.req.parseBody();
    if (typeof url !== "string" || !URL.canParse(url)) return c.html(page("A URL is needed."), 400);
    const status = await notion.proposeSubscription(url);
    const answered = status === null ? "nobody answered" : `the answer was ${status}`;
    return c.html(page(`The verification token was sent to ${url}: ${answered}.`));
  });
  routes.post("/webhooks/verify", async (c) => {
    const { token } = await c.req.parseBody();
    const isRight = typeof token === "string" && notion.verifySubscription(token.trim());
    return c.html(page(isRight ? "The subscription is active." : "This is not the token."), isRight ? 200 : 400);
  });
  return routes;
}

function page(said: string) {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>The connection's webhook – sandbox</title>
    <link rel="stylesheet" href="/client/page.css" />
  </head>
  <body>
    <main class="plain">
      <h1>Webhooks of the connection</h1>
      <p>In Notion this is a tab of the connection's settings. Here it stands in for it.</p>
      <p role="status">${said}</p>
      <form method="post" action="/connection/webhooks">
        <label for="url">Webhook URL</label>
        <input id="url" name="url" type="url" required placeholder="https://…/webhooks/notion" />
        <button>Create subscription, or resend the token</button>
      </form>
      <form method="post" action="/connection/webhooks/verify">
        <label for="token">Verification token</label>
        <input id="token" name="token" required autocomplete="off" />
        <button>Verify subscription</button>
      </form>
    </main>
  </body>
</html>`;
}
