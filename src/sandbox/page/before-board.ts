// SPDX-License-Identifier: EUPL-1.2
/** The board page's address before there is a board: it says so, and becomes the board as soon as somebody has made it. */
import { Hono } from "hono";
import { html } from "hono/html";
import type { BoardPage } from "./page.ts";

/** `make` is called once, at the first request after `isThere`. */
export function boardOnceThere(isThere: () => boolean, make: () => BoardPage): BoardPage {
  let board: BoardPage | null = null;
  const current = (): BoardPage | null => {
    if (board === null && isThere()) board = make();
    return board;
  };
  const app = new Hono();
  app.all("*", (c) => current()?.app.fetch(c.req.raw, c.env) ?? c.html(nothingYet, 404));
  return {
    app,
    tell: (told) => current()?.tell(told),
    close: () => board?.close(),
  };
}

const nothingYet = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>No board yet – sandbox</title>
  </head>
  <body>
    <p>There is no board in this workspace yet. npm run setup makes it; then load this page again.</p>
    <p><a href="/connection">The connection's webhook</a></p>
  </body>
</html>`;
