// SPDX-License-Identifier: EUPL-1.2
/** The card's panel: what it is, what is decided, what people say, and its issue beside it. */
import { h } from "./elements.js";
import { field, saveAllDrafts } from "./fields.js";
import { comments, issuePart, writer } from "./issue.js";
import { cardActs } from "./off-board.js";
import { cardOf, focusOn, set, state, update } from "./store.js";
import { together } from "./together.js";

/** @import { CardView, DecisionView, FieldGroup, View } from "../view.ts" */

/** @param {View} view */
export function panel(view) {
  const card = state.open ? cardOf(state.open) : undefined;
  return card && [panelOf(view, card)];
}

/** @param {View} view @param {CardView} card */
function panelOf(view, card) {
  const me = view.people.find((person) => person.id === state.me)?.name ?? "";
  return h(
    "section",
    {
      class: "panel",
      role: "dialog",
      "aria-modal": "false",
      "aria-labelledby": "panel-title",
      "data-key": `panel ${card.id}`,
    },
    h(
      "div",
      { class: "panel-head" },
      h(
        "p",
        { class: "card-top" },
        h("span", { class: "number" }, card.number),
        h("span", { class: "track" }, [card.phase, card.state].filter(Boolean).join(" · ")),
      ),
      h("h2", { id: "panel-title", tabindex: -1 }, card.title),
      h("p", { class: "muted" }, `Det, du retter her, gemmes som ${me}.`),
      cardActs(view, card),
      h("button", { type: "button", class: "close", "data-action": "close", "aria-label": "Luk kortet" }, "×"),
    ),
    h(
      "div",
      { class: "panel-body" },
      h(
        "div",
        { class: "panel-main" },
        service(card),
        decisions(view, card),
        view.groups.map((group) => groupPart(group, card)),
        talk(card),
      ),
      issuePart(view, card.issue),
    ),
  );
}

/** @param {CardView} card */
const service = (card) =>
  card.service.length > 0 &&
  h(
    "section",
    { class: "service", "aria-labelledby": "service-title", "data-key": "service" },
    h("h3", { id: "service-title" }, "Faseport skriver"),
    h(
      "dl",
      { class: "facts wide" },
      card.service.map(({ name, text }) =>
        h("div", {}, h("dt", {}, name), h("dd", {}, text.startsWith("http") ? link(text) : text)),
      ),
    ),
  );

/** Shown, not followed: the sandbox's addresses lead nowhere. @param {string} url */
const link = (url) => h("span", { class: "address" }, url.replace(/^https?:\/\//, ""));

/** @param {View} view @param {CardView} card */
function decisions(view, card) {
  const open = card.decisions.filter((row) => !row.settled);
  const settled = card.decisions.filter((row) => row.settled);
  return h(
    "section",
    { class: "decisions", "aria-labelledby": "decisions-title", "data-key": "decisions" },
    h("h3", { id: "decisions-title" }, "Politiske beslutninger"),
    open.length === 0 && h("p", { class: "empty" }, "Ingen beslutninger venter på dette kort."),
    open.map((row) => decision(view, row)),
    settled.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, `Tidligere beslutninger (${settled.length})`),
        settled.map((row) => decision(view, row)),
      ),
  );
}

/** @param {View} view @param {DecisionView} row */
function decision(view, row) {
  const [box, ...others] = view.decisionFields;
  const fields = [box, ...others].flatMap((it) => (it ? [it] : []));
  const control = (/** @type {typeof fields[number]} */ it) =>
    field({ do: "decide", on: row.id, field: it, saved: row.values[it.name] ?? null });
  const main = fields.filter(
    (it) => it.name === view.names.box || ["select", "date"].includes(it.type) || it.name === view.names.item,
  );
  const rest = fields.filter((it) => !main.includes(it));
  return h(
    "fieldset",
    { class: "decision", "data-key": `row ${row.id}`, "data-decision": row.body },
    h("legend", {}, h("span", {}, row.body), " ", h("span", { class: "gate" }, row.gate)),
    h("p", { class: "question" }, row.question),
    h("p", { class: "status" }, h("span", { class: "small-label" }, "Status"), " ", h("strong", {}, row.status)),
    h("div", { class: "decision-fields" }, main.map(control)),
    h("p", { class: "muted" }, row.registered === "" ? "Ikke registreret endnu." : `Registreret af ${row.registered}.`),
    rest.length > 0 && h("details", {}, h("summary", {}, "Referat, bemærkning og inhabile"), rest.map(control)),
    !row.settled && together(view, row),
  );
}

/** @param {FieldGroup} group @param {CardView} card */
function groupPart(group, card) {
  const fields = group.fields.map((it) =>
    field({ do: "edit", on: card.id, field: it, saved: card.values[it.name] ?? null }),
  );
  if (group.title === "Flere felter")
    return h(
      "details",
      { class: "group", "data-key": "group-rest" },
      h("summary", {}, group.title),
      h("div", { class: "fields" }, fields),
    );
  const id = `group-${group.title.replaceAll(" ", "-")}`;
  return h(
    "section",
    { class: "group", "aria-labelledby": id, "data-key": id },
    h("h3", { id }, group.title),
    h("div", { class: "fields" }, fields),
  );
}

/** @param {CardView} card */
const talk = (card) =>
  h(
    "section",
    { class: "talk", "aria-labelledby": "talk-title", "data-key": "talk" },
    h("h3", { id: "talk-title" }, `Kommentarer på kortet (${card.comments.length})`),
    card.comments.length === 0 ? h("p", { class: "empty" }, "Ingen har skrevet noget endnu.") : comments(card.comments),
    writer(`comment ${card.id}`, "Skriv en kommentar", "Skriv på kortet", "comment", card.id),
  );

/** @param {string} id */
export function openCard(id) {
  saveAllDrafts();
  update(() => {
    state.open = id;
    if (state.note?.card === id) state.note = null;
  });
  setTimeout(() =>
    document.querySelector(`[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" }),
  );
  focusOn("#panel-title");
}

/** Closes the panel and goes back to the card it was opened from. */
export function closeCard() {
  const id = state.open;
  if (id === null) return;
  saveAllDrafts();
  set({ open: null });
  focusOn(`[data-id="${CSS.escape(id)}"] [data-action="open"]`);
}
