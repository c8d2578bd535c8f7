// SPDX-License-Identifier: EUPL-1.2
/** Puts the page together: what is drawn where, and which act follows which event. */
import { board, feed, top } from "./board.js";
import { redraw } from "./elements.js";
import { keepDraft, saveChange, saveDraft } from "./fields.js";
import { issueActions, keepTyped } from "./issue.js";
import { followMoves } from "./moving.js";
import { closeCard, openCard, panel } from "./panel.js";
import { actAs, drawWith, follow, send, set, state } from "./store.js";

/** @param {string} id */
function region(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the document has no #${id}`);
  return element;
}

const regions = { top: region("top"), board: region("board"), panel: region("panel"), feed: region("feed") };

drawWith(() => {
  const { view } = state;
  if (!view) return;
  redraw(regions.top, top(view));
  redraw(regions.board, board(view));
  redraw(regions.panel, panel(view));
  redraw(regions.feed, feed(view));
  document.body.classList.toggle("with-panel", state.open !== null);
  document.body.classList.toggle("tall-feed", state.tallFeed);
});

/** @type {Record<string, (element: HTMLElement) => void>} */
const actions = {
  ...issueActions,
  open: (element) => openCard(element.closest("[data-card]")?.getAttribute("data-id") ?? ""),
  close: () => closeCard(),
  "tall-feed": () => set({ tallFeed: !state.tallFeed }),
  "save-again": (element) => void saveDraft(element.dataset.again ?? ""),
  comment: (element) => {
    const card = element.dataset.issue ?? "";
    const text = String(state.drafts.get(`comment ${card}`) ?? "");
    void send({ do: "comment", by: state.me, card, text }, `comment ${card}`);
  },
};

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const element = event.target.closest("button[data-action]");
  if (element instanceof HTMLElement) return actions[element.dataset.action ?? ""]?.(element);
  const card = event.target.closest("[data-card]");
  if (card instanceof HTMLElement) openCard(card.dataset.id ?? "");
});
document.addEventListener("input", (event) => {
  keepDraft(event);
  keepTyped(event);
});
document.addEventListener("change", (event) => {
  const { target } = event;
  if (target instanceof HTMLSelectElement && target.dataset.action === "act-as") return actAs(target.value);
  saveChange(event);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.open !== null && state.moving === null) closeCard();
});

followMoves(regions.board);
follow();
