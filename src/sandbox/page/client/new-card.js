// SPDX-License-Identifier: EUPL-1.2
/** A new card in a column: its title, its track, and there it is. */
import { h } from "./elements.js";
import { announce, cardOf, focusOn, send, set, state, update } from "./store.js";

/** @import { ColumnView, View } from "../view.ts" */

/** @param {string} phase @param {"title" | "track"} what */
const draftKey = (phase, what) => `new ${what} ${phase}`;
/** @param {string} phase */
const errorKey = (phase) => `create ${phase}`;

/** @param {View} view @param {ColumnView} column */
export function newCard(view, { phase, title }) {
  if (state.creating !== phase)
    return h(
      "button",
      { type: "button", class: "add", "data-action": "new-card", "aria-label": `Nyt kort i ${title}` },
      h("span", { "aria-hidden": "true" }, "+ "),
      "Nyt kort",
    );
  const error = state.errors.get(errorKey(phase));
  return h(
    "form",
    { class: "new-card", "data-submit": "create", "aria-label": `Nyt kort i ${title}`, novalidate: true },
    h("label", { for: "new-title" }, view.names.title),
    h("input", {
      id: "new-title",
      type: "text",
      autocomplete: "off",
      "data-draft": draftKey(phase, "title"),
      value: typed(phase, "title"),
      "aria-invalid": error ? "true" : null,
      "aria-describedby": error ? "new-error" : null,
    }),
    h("label", { for: "new-track" }, view.names.track),
    h(
      "select",
      { id: "new-track", "data-draft": draftKey(phase, "track"), value: typed(phase, "track") },
      h("option", { value: "" }, "Ikke valgt"),
      tracks(view).map((track) => h("option", { value: track }, track)),
    ),
    error && h("p", { class: "error", id: "new-error", role: "alert" }, error),
    h(
      "p",
      { class: "row" },
      h("button", { type: "submit", class: "main" }, "Opret"),
      h("button", { type: "button", "data-action": "cancel-new-card" }, "Fortryd"),
    ),
  );
}

/** @param {View} view */
const tracks = (view) =>
  view.groups.flatMap((group) => group.fields).find((field) => field.name === view.names.track)?.options ?? [];

/** @param {string} phase @param {"title" | "track"} what */
const typed = (phase, what) => String(state.drafts.get(draftKey(phase, what)) ?? "");

/** @param {Element} element */
const phaseOf = (element) => element.closest("[data-phase]")?.getAttribute("data-phase") ?? "";

/** @param {HTMLElement} button */
export function openNewCard(button) {
  const phase = phaseOf(button);
  set({ creating: phase });
  focusOn("#new-title");
}

/** What is typed stays, and is there again when the form is opened. */
export function closeNewCard() {
  const phase = state.creating;
  if (phase === null) return;
  update(() => {
    state.creating = null;
    state.errors.delete(errorKey(phase));
  });
  focusOn(`[data-phase="${CSS.escape(phase)}"] [data-action="new-card"]`);
}

/** @param {HTMLElement} form */
export async function create(form) {
  const phase = phaseOf(form);
  const [title, track] = [typed(phase, "title"), typed(phase, "track")];
  const command = { do: "create", by: state.me, title, phase: phase || null, track: track || null };
  const made = await send(command, errorKey(phase));
  if (!made) return focusOn("#new-title");
  update(() => {
    state.creating = null;
    for (const what of /** @type {const} */ (["title", "track"])) state.drafts.delete(draftKey(phase, what));
  });
  const card = cardOf(made.made ?? "");
  if (!card) return;
  announce(`${card.title} er oprettet som ${card.number}.`);
  focusOn(`[data-id="${CSS.escape(card.id)}"] [data-action="open"]`);
}
