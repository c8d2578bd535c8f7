// SPDX-License-Identifier: EUPL-1.2
/** The HTML document: the frame that the client fills. */
import { html } from "hono/html";

export function page() {
  return html`<!doctype html>
<html lang="da">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Faseport – innovationstavlen</title>
    <link rel="icon" href="/client/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/client/page.css" />
    <link rel="stylesheet" href="/client/board.css" />
    <link rel="stylesheet" href="/client/panel.css" />
    <link rel="stylesheet" href="/client/acts.css" />
    <link rel="stylesheet" href="/client/narrow.css" />
    <script type="module" src="/client/main.js"></script>
  </head>
  <body>
    <a class="skip" href="#board">Gå til tavlen</a>
    <header class="top" id="top"></header>
    <div class="work">
      <main id="board" tabindex="-1" aria-label="Innovationstavlen">
        <p class="loading">Henter tavlen …</p>
        <noscript><p class="loading">Tavlen bruger JavaScript. Slå det til, og genindlæs siden.</p></noscript>
      </main>
      <div id="panel"></div>
    </div>
    <section class="feed" id="feed" aria-labelledby="feed-title"></section>
    <section class="sent" id="sent" aria-labelledby="sent-title"></section>
    <p class="visually-hidden" id="announcer" role="status" aria-live="assertive" aria-atomic="true"></p>
  </body>
</html>`;
}
