// SPDX-License-Identifier: EUPL-1.2
/** Copies, the trash, and the way back from it. */
import { h } from "./elements.js";
import { saveAllDrafts } from "./fields.js";
import { announce, cardOf, focusOn, send, state } from "./store.js";

/** @import { CardView, View } from "../view.ts" */

/** What one can do to a whole card. @param {CardView} card */
export function cardActs(card) {
  const error = state.errors.get(`copy ${card.id}`) ?? state.errors.get(`trash ${card.id}`);
  return [
    h(
      "p",
      { class: "row card-acts" },
      h("button", { type: "button", class: "quiet", "data-action": "copy" }, "Lav en kopi"),
      h("button", { type: "button", class: "quiet", "data-action": "trash" }, "Læg i papirkurven"),
    ),
    error && h("p", { class: "error", role: "alert" }, error),
  ];
}

/** @param {View} view */
export const trash = ({ trash: cards }) =>
  cards.length > 0 &&
  h(
    "details",
    { class: "trash", "data-key": "trash" },
    h("summary", {}, `Papirkurv (${cards.length})`),
    h(
      "ul",
      {},
      cards.map(({ id, number, title }) =>
        h(
          "li",
          { "data-key": `trashed ${id}` },
          h("span", { class: "number" }, number),
          h("span", {}, title),
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              "data-action": "restore",
              "data-restore": id,
              "aria-label": `Hent tilbage: ${title}`,
            },
            "Hent tilbage",
          ),
          errorOf(id),
        ),
      ),
    ),
  );

/** @param {string} id */
function errorOf(id) {
  const error = state.errors.get(`restore ${id}`);
  return error !== undefined && h("p", { class: "error", role: "alert" }, error);
}

/** Copies the card whose panel is open, as it stands. */
export async function copy() {
  const card = state.open;
  if (card === null) return;
  saveAllDrafts();
  const done = await send({ do: "copy", by: state.me, card }, `copy ${card}`);
  const made = done && cardOf(done.made ?? "");
  if (made) announce(`Kopien «${made.title}» er lavet som ${made.number}.`);
}

export async function throwAway() {
  const card = cardOf(state.open ?? "");
  if (!card) return;
  saveAllDrafts();
  if (!(await send({ do: "trash", by: state.me, card: card.id }, `trash ${card.id}`))) return;
  announce(`${card.title} ligger i papirkurven, og kan hentes tilbage derfra.`);
  focusOn(".trash summary");
}

/** @param {HTMLElement} button */
export async function restore(button) {
  const card = button.dataset.restore ?? "";
  if (!(await send({ do: "restore", by: state.me, card }, `restore ${card}`))) return;
  announce(`${cardOf(card)?.title ?? "Kortet"} er hentet tilbage.`);
  focusOn(`[data-id="${CSS.escape(card)}"] [data-action="open"]`);
}
