// SPDX-License-Identifier: EUPL-1.2
/** What one can do to a whole card: a copy, the trash, another database; and the way back from the last two. */
import { h } from "./elements.js";
import { saveAllDrafts } from "./fields.js";
import { announce, cardOf, focusOn, send, state } from "./store.js";

/** @import { CardView, OffBoardView, View } from "../view.ts" */

/** A place beside the board. @typedef {"trash" | "elsewhere"} Place */

/** How a card gets there and back, and what is said of it. @type {Readonly<Record<Place, { leave: string, back: string, verb: string, gone: string }>>} */
const ways = {
  trash: {
    leave: "trash",
    back: "restore",
    verb: "Hent tilbage",
    gone: "ligger i papirkurven, og kan hentes tilbage derfra.",
  },
  elsewhere: {
    leave: "move-away",
    back: "move-back",
    verb: "Flyt tilbage",
    gone: "er flyttet til en anden database, og kan flyttes tilbage derfra.",
  },
};

/** @param {View} view @param {CardView} card */
export function cardActs(view, { id }) {
  const acts = ["copy", ways.trash.leave, ways.elsewhere.leave];
  const error = acts.map((act) => state.errors.get(`${act} ${id}`)).find((it) => it !== undefined);
  return [
    h(
      "p",
      { class: "row card-acts" },
      h("button", { type: "button", class: "quiet", "data-action": "copy" }, "Lav en kopi"),
      h(
        "button",
        { type: "button", class: "quiet", "data-action": "leave", "data-place": "trash" },
        "Læg i papirkurven",
      ),
      h(
        "button",
        { type: "button", class: "quiet", "data-action": "leave", "data-place": "elsewhere" },
        `Flyt til »${view.elsewhere.name}«`,
      ),
    ),
    error && h("p", { class: "error", role: "alert" }, error),
  ];
}

/** The cards that are not on the board. @param {View} view */
export const offBoard = ({ trash, elsewhere }) => [
  fold("trash", "Papirkurv", trash),
  fold("elsewhere", `Flyttet til »${elsewhere.name}«`, elsewhere.cards),
];

/** @param {Place} place @param {string} name @param {readonly OffBoardView[]} cards */
const fold = (place, name, cards) =>
  cards.length > 0 &&
  h(
    "details",
    { class: "off-board", "data-key": place },
    h("summary", {}, `${name} (${cards.length})`),
    h(
      "ul",
      {},
      cards.map((card) => row(place, card)),
    ),
  );

/** @param {Place} place @param {OffBoardView} card */
function row(place, { id, number, title }) {
  const { back, verb } = ways[place];
  const error = state.errors.get(`${back} ${id}`);
  return h(
    "li",
    { "data-key": `${place} ${id}` },
    number !== "" && h("span", { class: "number" }, number),
    h("span", {}, title),
    h(
      "button",
      {
        type: "button",
        class: "quiet",
        "data-action": "come-back",
        "data-place": place,
        "data-gone": id,
        "aria-label": `${verb}: ${title}`,
      },
      verb,
    ),
    error !== undefined && h("p", { class: "error", role: "alert" }, error),
  );
}

/** @param {HTMLElement} button */
const wayOf = (button) => ways[button.dataset.place === "elsewhere" ? "elsewhere" : "trash"];

/** Copies the card whose panel is open, as it stands. */
export async function copy() {
  const card = state.open;
  if (card === null) return;
  saveAllDrafts();
  const done = await send({ do: "copy", by: state.me, card }, `copy ${card}`);
  const made = done && cardOf(done.made ?? "");
  if (made) announce(`Kopien »${made.title}« er lavet som ${made.number}.`);
}

/** Takes the card whose panel is open off the board. @param {HTMLElement} button */
export async function leave(button) {
  const card = cardOf(state.open ?? "");
  if (!card) return;
  const way = wayOf(button);
  saveAllDrafts();
  if (!(await send({ do: way.leave, by: state.me, card: card.id }, `${way.leave} ${card.id}`))) return;
  announce(`${card.title} ${way.gone}`);
  focusOn(`[data-key="${way === ways.trash ? "trash" : "elsewhere"}"] summary`);
}

/** @param {HTMLElement} button */
export async function comeBack(button) {
  const card = button.dataset.gone ?? "";
  const { back } = wayOf(button);
  if (!(await send({ do: back, by: state.me, card }, `${back} ${card}`))) return;
  announce(`${cardOf(card)?.title ?? "Kortet"} er tilbage på tavlen.`);
  focusOn(`[data-id="${CSS.escape(card)}"] [data-action="open"]`);
}
