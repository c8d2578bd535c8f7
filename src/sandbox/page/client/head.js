// SPDX-License-Identifier: EUPL-1.2
/** The head: what this is, the sandbox's clock and the ways to move it, and whom one acts as. */
import { h } from "./elements.js";
import { announce, send, state } from "./store.js";

/** @import { ClockStepView, View } from "../view.ts" */

/** @param {View} view */
export function top(view) {
  return [
    h("div", { class: "brand" }, h("img", { src: "/client/icon.svg", alt: "", width: 30, height: 30 }), name()),
    h(
      "p",
      { class: "try" },
      h("strong", {}, "Prøv det: "),
      "Træk et kort fra Udforsk til Nytænk, og se, hvad der sker. Skift så til en formand, og giv projektet et ja.",
    ),
    clock(view),
    h("div", { class: "me" }, h("label", { for: "me", class: "small-label" }, "Jeg er"), personSelect(view)),
  ];
}

const name = () =>
  h("div", {}, h("h1", {}, "Faseport"), h("p", { class: "muted" }, "Sandkasse med opdigtede projekter"));

/** @param {View} view */
function personSelect(view) {
  const options = view.people.map(({ id, name, role }) =>
    h("option", { value: id }, role === "" ? name : `${name} (${role})`),
  );
  return h("select", { id: "me", "data-action": "act-as", value: state.me }, options);
}

/** @param {View} view */
const clock = (view) =>
  h(
    "div",
    { class: "clock" },
    h(
      "p",
      { class: "today" },
      h("span", { class: "small-label" }, "Sandkassens dato"),
      h("span", {}, `${view.today} kl. ${view.time}`),
    ),
    h(
      "details",
      { class: "pulldown", "data-key": "clock" },
      h("summary", {}, "Flyt uret"),
      h("ul", {}, view.steps.map(clockStep)),
    ),
  );

/** @param {ClockStepView} step */
const clockStep = ({ step, name, arrival }) =>
  h(
    "li",
    {},
    arrival === null
      ? h("p", { class: "muted" }, `${name}: næste møde er ikke lagt ind`)
      : h(
          "button",
          { type: "button", "data-action": "advance", "data-step": step },
          h("span", {}, name),
          " ",
          h("span", { class: "arrival" }, arrival),
        ),
  );

/** Folds a pulldown that is open, and goes back to what opened it. @param {Element | null} inside @returns {boolean} whether there was one */
export function foldPulldown(inside) {
  const fold = inside?.closest("details.pulldown[open]");
  if (!(fold instanceof HTMLDetailsElement)) return false;
  fold.open = false;
  fold.querySelector("summary")?.focus();
  return true;
}

/** A pulldown lies over the page: it folds when one goes on elsewhere. @param {EventTarget | null} target */
export function foldPulldownsBut(target) {
  for (const fold of document.querySelectorAll("details.pulldown[open]")) {
    if (fold instanceof HTMLDetailsElement && !(target instanceof Node && fold.contains(target))) fold.open = false;
  }
}

/** @param {HTMLElement} button */
export async function advance(button) {
  const isDone = await send({ do: "advance", step: button.dataset.step ?? "" }, "advance");
  foldPulldown(button);
  announce(
    isDone ? `Uret er flyttet til ${state.view?.today} kl. ${state.view?.time}.` : (state.errors.get("advance") ?? ""),
  );
}
