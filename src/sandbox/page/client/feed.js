// SPDX-License-Identifier: EUPL-1.2
/** «Hvad Faseport gør lige nu». */
import { downtimeSwitch } from "./downtime.js";
import { h } from "./elements.js";
import { state } from "./store.js";

/** @import { FeedEntry, View } from "../view.ts" */

/** @param {View} view */
export function feed(view) {
  return [
    h(
      "header",
      {},
      h("h2", { id: "feed-title" }, "Hvad Faseport gør lige nu"),
      downtimeSwitch(view),
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "data-action": "tall-feed",
          "aria-expanded": String(state.tallFeed),
          "aria-controls": "feed-lines",
        },
        state.tallFeed ? "Vis færre" : "Vis flere",
      ),
    ),
    h(
      "div",
      {
        id: "feed-lines",
        role: "log",
        "aria-live": "polite",
        "aria-relevant": "additions",
        "aria-labelledby": "feed-title",
        tabindex: 0,
      },
      view.feed.length === 0
        ? h("p", { class: "muted" }, "Alt er roligt. Flyt et kort, så kan du følge med her.")
        : h("ol", {}, view.feed.map(feedLine)),
    ),
  ];
}

/** @param {FeedEntry} entry */
const feedLine = ({ id, at, time, kind, cardTitle, text }) =>
  h(
    "li",
    { "data-key": `feed ${id}` },
    h("time", { datetime: at }, time),
    h("span", { class: `kind kind-${kind.toLowerCase()}` }, kind),
    h("p", {}, cardTitle !== "" && h("strong", {}, `${cardTitle}: `), text),
  );
