// SPDX-License-Identifier: EUPL-1.2
/** The columns with their cards. */
import { downtimeNotice } from "./downtime.js";
import { h } from "./elements.js";
import { newCard } from "./new-card.js";
import { offBoard } from "./off-board.js";
import { state } from "./store.js";

/** @import { CardView, ColumnView, View } from "../view.ts" */

/** @param {View} view */
export function board(view) {
  return [
    h("div", { class: "notices", role: "status" }, downtimeNotice(view)),
    h(
      "div",
      { class: "howto" },
      h(
        "p",
        { id: "howto" },
        "Med tastatur: ",
        keys("Tab"),
        " til et kort, ",
        keys("mellemrum"),
        " løfter det, ",
        keys("←"),
        " ",
        keys("→"),
        " vælger kolonne, ",
        keys("mellemrum"),
        " slipper, ",
        keys("Esc"),
        " fortryder. ",
        keys("Enter"),
        " på titlen åbner kortet.",
      ),
      state.connected
        ? null
        : h(
            "p",
            { class: "lost", role: "status" },
            "Forbindelsen til sandkassen er væk. Siden prøver igen af sig selv.",
          ),
    ),
    h(
      "div",
      { class: "columns" },
      view.columns.map((column) => columnOf(view, column)),
    ),
    offBoard(view),
  ];
}

/** @param {string} key */
const keys = (key) => h("kbd", {}, key);

/** @param {View} view @param {ColumnView} column */
function columnOf(view, column) {
  const cards = view.cards.filter((card) => card.phase === column.phase);
  const open = cards.filter((card) => !card.closed);
  const closed = cards.filter((card) => card.closed);
  const index = view.columns.indexOf(column);
  const isOver = state.moving?.over === column.phase;
  return h(
    "section",
    {
      class: `column step-${Math.min(index, 5)}${isOver ? " over" : ""}`,
      "data-phase": column.phase,
      "data-key": `column ${column.phase}`,
      "aria-labelledby": `column-${index}`,
    },
    h(
      "header",
      {},
      h("h2", { id: `column-${index}` }, column.title, " ", count(open.length)),
      h("p", { class: "purpose" }, column.purpose),
    ),
    open.length > 0
      ? h(
          "ul",
          { class: "cards" },
          open.map((card) => h("li", {}, cardOf(view, card))),
        )
      : h("p", { class: "empty" }, "Ingen kort her lige nu."),
    newCard(view, column),
    closed.length > 0 && closedCards(view, closed),
  );
}

/** @param {number} number */
const count = (number) =>
  h("span", { class: "count" }, String(number), h("span", { class: "visually-hidden" }, " kort"));

/** @param {View} view @param {readonly CardView[]} cards */
const closedCards = (view, cards) =>
  h(
    "details",
    { class: "closed" },
    h("summary", {}, `Afsluttet (${cards.length})`),
    h(
      "ul",
      { class: "cards" },
      cards.map((card) => h("li", {}, cardOf(view, card))),
    ),
  );

/** @param {View} view @param {CardView} card */
function cardOf(view, card) {
  const moving = state.moving?.card === card.id ? ` moving-${state.moving.by}` : "";
  const classes = [
    "card",
    card.parked && "parked",
    state.open === card.id && "chosen",
    state.moved.has(card.id) && "moved",
  ];
  return h(
    "article",
    {
      class: classes.filter(Boolean).join(" ") + moving,
      tabindex: 0,
      draggable: "true",
      "data-card": card.number,
      "data-id": card.id,
      "data-key": card.id,
      "aria-label": `${card.number} ${card.title}${card.parked ? `, ${card.state}` : ""}`,
      "aria-roledescription": "kort, der kan flyttes",
      "aria-describedby": "howto",
    },
    h(
      "p",
      { class: "card-top" },
      h("span", { class: "number" }, card.number),
      h("span", { class: "track" }, card.track || "Intet spor"),
    ),
    h("h3", {}, h("button", { type: "button", class: "title", "data-action": "open" }, card.title)),
    (card.parked || card.closed) && h("p", { class: "badge" }, card.state),
    card.bodies.length > 0 &&
      h(
        "ul",
        { class: "bodies", "aria-label": "Udvalg" },
        card.bodies.map((body) => h("li", {}, body)),
      ),
    standing(view, card),
    card.owners.length > 0 ? owners(card) : h("p", { class: "owner muted" }, "Ingen ejer"),
    note(card),
  );
}

/** What stands between the card and its next phase. @param {View} view @param {CardView} card */
function standing(view, card) {
  const lines = [
    card.missing && fact("missing", view.names.missing, card.missing),
    card.approvals && fact("approvals", view.names.approvals, card.approvals),
    card.wish && fact("wish", view.names.wish, card.wish),
  ];
  return lines.some(Boolean) && h("dl", { class: "facts" }, lines);
}

/** @param {string} kind @param {string} name @param {string} text */
const fact = (kind, name, text) => h("div", { class: kind }, h("dt", {}, name), h("dd", {}, text));

/** @param {CardView} card */
const owners = (card) =>
  h(
    "p",
    { class: "owner" },
    h("span", { class: "initials", "aria-hidden": "true" }, initials(card.owners[0] ?? "")),
    h("span", { class: "visually-hidden" }, "Ejer: "),
    card.owners.join(" og "),
  );

/** @param {string} name */
const initials = (name) =>
  name
    .split(" ")
    .map((part) => part[0] ?? "")
    .slice(0, 2)
    .join("");

/** @param {CardView} card */
function note(card) {
  const error = state.errors.get(`move ${card.id}`);
  if (error) return h("p", { class: "error", role: "alert" }, error);
  const text = state.note?.card === card.id ? state.note.text : "";
  return text !== "" && h("p", { class: "said" }, h("span", { class: "small-label" }, "Faseport svarer"), text);
}
