// SPDX-License-Identifier: EUPL-1.2
/** Two people at once on one decision: Notion merges what they do, and nobody can see who did which. */
import { h } from "./elements.js";
import { announce, send, state } from "./store.js";

/** @import { DecisionView, View } from "../view.ts" */

/** @param {string} row @param {"by" | "and" | "item"} what */
const draftKey = (row, what) => `together ${what} ${row}`;

/** @param {View} view @param {DecisionView} row */
export function together(view, { id, body }) {
  const error = state.errors.get(`together ${id}`);
  return h(
    "details",
    { class: "together", "data-key": `together ${id}` },
    h("summary", {}, "Flere på én gang"),
    h(
      "p",
      { class: "muted" },
      "Notion slår rettelser sammen, når flere retter i samme øjeblik. Så kan ingen se, hvem der gjorde hvad.",
    ),
    h(
      "form",
      {
        class: "decision-fields",
        "data-submit": "together",
        "data-row": id,
        "aria-label": `Flere på én gang: ${body}`,
      },
      person(view, id, "by", `${view.names.box} sættes af`),
      person(view, id, "and", `${view.names.item} rettes af`),
      item(view, id),
      h("p", { class: "row" }, h("button", { type: "submit" }, "Gør begge dele i samme øjeblik")),
      error && h("p", { class: "error", role: "alert" }, error),
      state.saved.has(`together ${id}`) && h("span", { class: "done" }, "Begge dele er gjort."),
    ),
  );
}

/** @param {View} view @param {string} row @param {"by" | "and"} what @param {string} name */
function person(view, row, what, name) {
  const id = `together-${what}-${row}`;
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, name),
    h(
      "select",
      { id, "data-draft": draftKey(row, what), value: typed(row, what) },
      h("option", { value: "" }, "Vælg …"),
      view.people.map((it) => h("option", { value: it.id }, it.name)),
    ),
  );
}

/** @param {View} view @param {string} row */
function item(view, row) {
  const id = `together-item-${row}`;
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, `${view.names.item} bliver`),
    h("input", {
      id,
      type: "text",
      autocomplete: "off",
      "data-draft": draftKey(row, "item"),
      value: typed(row, "item"),
    }),
  );
}

/** @param {string} row @param {"by" | "and" | "item"} what */
const typed = (row, what) => String(state.drafts.get(draftKey(row, what)) ?? "");

/** @param {HTMLElement} form */
export async function actTogether(form) {
  const row = form.dataset.row ?? "";
  const [by, and, item] = [typed(row, "by"), typed(row, "and"), typed(row, "item")];
  if (await send({ do: "together", row, by, and, item }, `together ${row}`)) announce("Begge dele er gjort.");
}
