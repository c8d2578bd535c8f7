// SPDX-License-Identifier: EUPL-1.2
/** Puts the page together: what is drawn where, and which act follows which event. */
import { board } from "./board.js";
import { turn } from "./downtime.js";
import { redraw } from "./elements.js";
import { feed } from "./feed.js";
import { keepDraft, saveChange, saveDraft, saveLeft } from "./fields.js";
import { advance, foldPulldown, foldPulldownsBut, top } from "./head.js";
import { issueActions, keepTyped } from "./issue.js";
import { followMoves } from "./moving.js";
import { closeNewCard, create, openNewCard } from "./new-card.js";
import { comeBack, copy, leave as leaveBoard } from "./off-board.js";
import { closeCard, openCard, panel } from "./panel.js";
import { sent } from "./sent.js";
import { actAs, drawWith, follow, send, set, state } from "./store.js";
import { actTogether } from "./together.js";

/** @param {string} id */
function region(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the document has no #${id}`);
  return element;
}

const regions = {
  top: region("top"),
  board: region("board"),
  panel: region("panel"),
  sent: region("sent"),
  feed: region("feed"),
};

drawWith(() => {
  const { view } = state;
  if (!view) return;
  redraw(regions.top, top(view));
  redraw(regions.board, board(view));
  redraw(regions.panel, panel(view));
  redraw(regions.sent, sent(view));
  redraw(regions.feed, feed(view));
  document.body.classList.toggle("with-panel", state.open !== null);
  document.body.classList.toggle("tall-feed", state.tallFeed);
});

/** @type {Record<string, (element: HTMLElement) => void>} */
const actions = {
  ...issueActions,
  open: (element) => openCard(element.closest("[data-card]")?.getAttribute("data-id") ?? ""),
  "open-sent": (element) => openCard(element.dataset.of ?? ""),
  close: () => closeCard(),
  "tall-feed": () => set({ tallFeed: !state.tallFeed }),
  "new-card": (element) => openNewCard(element),
  "cancel-new-card": () => closeNewCard(),
  advance: (element) => void advance(element),
  copy: () => void copy(),
  leave: (element) => void leaveBoard(element),
  "come-back": (element) => void comeBack(element),
  "save-again": (element) => void saveDraft(element.dataset.again ?? ""),
  comment: (element) => {
    const card = element.dataset.issue ?? "";
    const text = String(state.drafts.get(`comment ${card}`) ?? "");
    void send({ do: "comment", by: state.me, card, text }, `comment ${card}`);
  },
};

/** @type {Record<string, (form: HTMLElement) => void>} */
const submits = {
  create: (form) => void create(form),
  together: (form) => void actTogether(form),
};

document.addEventListener("click", (event) => {
  foldPulldownsBut(event.target);
  if (!(event.target instanceof Element)) return;
  const element = event.target.closest("button[data-action]");
  if (element instanceof HTMLElement) return actions[element.dataset.action ?? ""]?.(element);
  const card = event.target.closest("[data-card]");
  if (card instanceof HTMLElement) openCard(card.dataset.id ?? "");
});
document.addEventListener("focusout", (event) => saveLeft(event.target));
document.addEventListener("focusin", (event) => foldPulldownsBut(event.target));
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target instanceof HTMLElement) submits[event.target.dataset.submit ?? ""]?.(event.target);
});
document.addEventListener("input", (event) => {
  keepDraft(event);
  keepTyped(event);
});
document.addEventListener("change", (event) => {
  const { target } = event;
  if (target instanceof HTMLSelectElement && target.dataset.action === "act-as") return actAs(target.value);
  if (target instanceof HTMLInputElement && target.dataset.action === "downtime") return void turn(target);
  saveChange(event);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target instanceof Element) leave(event.target);
});

/** Leaves the innermost thing one is in. @param {Element} from */
function leave(from) {
  if (foldPulldown(from)) return;
  if (from.closest(".new-card")) return closeNewCard();
  if (state.open !== null && state.moving === null) closeCard();
}

followMoves(regions.board);
follow();
