// SPDX-License-Identifier: EUPL-1.2
/** «Sendte beskeder»: to whom the service has written, about what. Folded, and no live region: «Hvad Faseport gør lige nu» tells of each. */
import { h } from "./elements.js";

/** @import { SentView, View } from "../view.ts" */

/** @param {View} view */
export const sent = ({ sent: messages }) =>
  h(
    "details",
    { "data-key": "sent" },
    h("summary", { class: "sent-head" }, h("h2", { id: "sent-title" }, `Sendte beskeder (${messages.length})`)),
    messages.length === 0
      ? h("p", { class: "muted" }, "Ingen har fået besked endnu. Er der gået en uge, bliver nogen mindet om noget.")
      : h("ol", { "aria-labelledby": "sent-title", tabindex: 0 }, messages.map(message)),
  );

/** @param {SentView} message */
const message = ({ id, at, time, to, card, cardTitle, text, firstLine }) =>
  h(
    "li",
    { "data-key": `sent ${id}` },
    h("time", { datetime: at }, time),
    h("span", { class: "to" }, `Til ${to.join(" og ")}`),
    h(
      "p",
      {},
      h("button", { type: "button", class: "quiet", "data-action": "open-sent", "data-of": card }, cardTitle),
      ` ${firstLine} `,
      text !== "" && h("code", {}, text),
    ),
  );
