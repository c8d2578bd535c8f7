// SPDX-License-Identifier: EUPL-1.2
/** Moving a card between columns, with the mouse and with the keyboard. Either way only the phase is written. */
import { announce, cardOf, send, set, state } from "./store.js";

/** @import { CardView } from "../view.ts" */

/** @param {EventTarget | null} target @param {string} selector @returns {HTMLElement | null} */
const around = (target, selector) =>
  target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(selector)) : null;

/** @param {string} phase */
const titleOf = (phase) => state.view?.columns.find((column) => column.phase === phase)?.title ?? phase;

/** @param {HTMLElement} board */
export function followMoves(board) {
  board.addEventListener("dragstart", start);
  board.addEventListener("dragover", over);
  board.addEventListener("drop", drop);
  board.addEventListener("dragend", end);
  board.addEventListener("keydown", key);
  board.addEventListener("focusout", (event) => {
    // Focus that leaves for another place in the page lets go of the card; a redraw that moves the card does not.
    if (state.moving?.by === "keyboard" && event.relatedTarget) cancel();
  });
}

/** @param {DragEvent} event */
function start(event) {
  const card = cardOf(around(event.target, "[data-card]")?.dataset.id ?? "");
  if (!card || !event.dataTransfer) return;
  event.dataTransfer.setData("text/plain", card.title);
  event.dataTransfer.effectAllowed = "move";
  state.moving = { card: card.id, over: card.phase, by: "mouse" };
  // Drawn after the browser has taken its picture of the card: a change before that would be in the picture.
  setTimeout(() => set({}));
}

/** @param {DragEvent} event */
function over(event) {
  const column = around(event.target, "[data-phase]");
  const { moving } = state;
  if (!column || moving?.by !== "mouse") return;
  event.preventDefault();
  const phase = column.dataset.phase ?? "";
  if (phase !== moving.over) set({ moving: { ...moving, over: phase } });
}

/** @param {DragEvent} event */
function drop(event) {
  const column = around(event.target, "[data-phase]");
  const { moving } = state;
  if (!column || moving?.by !== "mouse") return;
  event.preventDefault();
  end();
  void move(moving.card, column.dataset.phase ?? "");
}

function end() {
  set({ moving: null });
}

/** @param {KeyboardEvent} event */
function key(event) {
  const element = around(event.target, "[data-card]");
  if (!element || event.target !== element || event.altKey || event.ctrlKey || event.metaKey) return;
  const card = cardOf(element.dataset.id ?? "");
  const step = card && steps[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  step(card);
}

/** @type {Record<string, (card: CardView) => void>} */
const steps = {
  " ": (card) => liftOrDrop(card),
  Enter: (card) => liftOrDrop(card),
  ArrowLeft: () => choose(-1),
  ArrowRight: () => choose(1),
  Escape: () => cancel(),
};

/** @param {CardView} card */
function liftOrDrop(card) {
  const { moving } = state;
  if (moving?.by === "keyboard" && moving.card === card.id) {
    end();
    if (moving.over === card.phase) return announce(`${card.title} bliver i ${titleOf(card.phase)}.`);
    return void move(card.id, moving.over);
  }
  set({ moving: { card: card.id, over: card.phase, by: "keyboard" } });
  announce(
    `${card.title} er løftet fra ${titleOf(card.phase)}. Vælg kolonne med venstre og højre pil, slip med mellemrum.`,
  );
}

/** @param {number} direction */
function choose(direction) {
  const { moving, view } = state;
  if (!view || moving?.by !== "keyboard") return;
  const at = view.columns.findIndex((column) => column.phase === moving.over);
  const next = view.columns[Math.max(0, Math.min(view.columns.length - 1, at + direction))];
  if (!next) return;
  set({ moving: { ...moving, over: next.phase } });
  announce(`${next.title}, kolonne ${view.columns.indexOf(next) + 1} af ${view.columns.length}.`);
  document
    .querySelector(`[data-phase="${CSS.escape(next.phase)}"]`)
    ?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function cancel() {
  const card = cardOf(state.moving?.card ?? "");
  if (state.moving?.by !== "keyboard" || !card) return;
  end();
  announce(`Fortrudt. ${card.title} bliver i ${titleOf(card.phase)}.`);
}

/** Writes the phase, as a drag on the board does. Dropping a card where it is does nothing. @param {string} id @param {string} phase */
async function move(id, phase) {
  const card = cardOf(id);
  if (!card || card.phase === phase) return;
  set({ note: { card: id, text: "" } });
  const done = await send({ do: "move", by: state.me, card: id, phase: phase === "" ? null : phase }, `move ${id}`);
  if (done) announce(`${card.title} er flyttet til ${titleOf(phase)}.`);
}
