// SPDX-License-Identifier: EUPL-1.2
/** The card's issue on GitHub, and what a developer can do to it. */
import { h } from "./elements.js";
import { send, state, update } from "./store.js";

/** @import { CommentView, IssueView, TextPart, View } from "../view.ts" */

/** @param {View} view @param {IssueView | null} issue */
export function issuePart(view, issue) {
  return h(
    "section",
    { class: "issue", "aria-labelledby": "issue-title" },
    h("header", {}, h("h3", { id: "issue-title" }, "Opgaven i GitHub"), h("p", { class: "muted small" }, view.repo)),
    issue
      ? [shown(issue), developer(view, issue)]
      : h(
          "p",
          { class: "empty" },
          "Kortet har ingen opgave i GitHub endnu. Faseport opretter den, når projektet går i gang.",
        ),
  );
}

/** @param {IssueView} issue */
const shown = (issue) => [
  h(
    "p",
    { class: "issue-state" },
    h(
      "span",
      { class: issue.open ? "open" : "shut" },
      issue.open ? "Åben" : `Lukket${issue.reason === "not_planned" ? " (ikke planlagt)" : ""}`,
    ),
    h("span", { class: "number" }, `#${issue.number}`),
  ),
  h("h4", {}, issue.title),
  h(
    "ul",
    { class: "labels", "aria-label": "Mærkater" },
    issue.labels.map((label) => labelChip(issue, label)),
  ),
  errorAt(`remove-label ${issue.number}`),
  issue.body === "" ? h("p", { class: "muted" }, "Ingen beskrivelse.") : h("div", { class: "issue-body" }, issue.body),
  h("h4", {}, `Kommentarer på opgaven (${issue.comments.length})`),
  issue.comments.length === 0 ? h("p", { class: "muted small" }, "Ingen kommentarer endnu.") : comments(issue.comments),
];

/** @param {IssueView} issue @param {string} label */
const labelChip = (issue, label) =>
  h(
    "li",
    { "data-key": `label ${issue.number} ${label}` },
    label,
    h(
      "button",
      {
        type: "button",
        "aria-label": `Fjern mærkaten ${label}`,
        title: `Fjern ${label}`,
        "data-action": "remove-label",
        "data-issue": issue.number,
        "data-label": label,
      },
      "×",
    ),
  );

/** @param {readonly CommentView[]} list */
export const comments = (list) =>
  h(
    "ol",
    { class: "comments" },
    list.map((comment) =>
      h(
        "li",
        { class: comment.byService ? "by-service" : null, "data-key": `comment ${comment.id}` },
        h("p", { class: "who" }, h("strong", {}, comment.author), " ", h("time", {}, comment.at)),
        h("p", { class: "text" }, comment.parts.map(shownPart)),
      ),
    ),
  );

/** @param {TextPart} part */
function shownPart({ kind, text }) {
  if (kind === "text") return text;
  return kind === "mention" ? h("mark", {}, text) : h("span", { class: "reference" }, text);
}

/** @param {View} view @param {IssueView} issue */
function developer(view, issue) {
  const { number } = issue;
  const free = view.labels.filter((label) => !issue.labels.includes(label));
  const now = issue.labels.find((label) => view.phaseLabels.includes(label)) ?? "";
  return h(
    "section",
    { class: "developer", "aria-labelledby": "developer-title" },
    h("h4", { id: "developer-title" }, "Handl som udvikler"),
    h("p", { class: "muted small" }, `Du handler som ${view.developer}, ligesom på GitHubs egen side.`),
    chooser({
      action: "move-label",
      number,
      name: "Fasemærkat",
      verb: "Flyt mærkaten",
      options: view.phaseLabels,
      now,
    }),
    chooser({ action: "add-label", number, name: "Ny mærkat", verb: "Sæt mærkaten på", options: free, now: "" }),
    writer(`comment-issue ${number}`, "Kommentar på opgaven", "Kommentér opgaven", "comment-issue", String(number)),
    h(
      "p",
      { class: "row" },
      h(
        "button",
        { type: "button", "data-action": issue.open ? "close-issue" : "reopen-issue", "data-issue": number },
        issue.open ? "Luk opgaven" : "Genåbn opgaven",
      ),
    ),
    errorAt(`close-issue ${number}`),
    errorAt(`reopen-issue ${number}`),
  );
}

/** @param {{ action: string, number: number, name: string, verb: string, options: readonly string[], now: string }} of */
function chooser({ action, number, name, verb, options, now }) {
  const key = `${action} ${number}`;
  const id = `${action}-${number}`;
  const value = String(state.drafts.get(key) ?? now);
  return h(
    "div",
    { class: "chooser" },
    h("label", { for: id }, name),
    h(
      "div",
      { class: "row" },
      h(
        "select",
        { id, "data-draft": key, value },
        h("option", { value: "" }, "Vælg …"),
        options.map((label) => h("option", { value: label }, label)),
      ),
      h("button", { type: "button", "data-action": action, "data-issue": number }, verb),
    ),
    errorAt(key),
  );
}

/** A place to write a comment. @param {string} key @param {string} name @param {string} verb @param {string} action @param {string} on */
export function writer(key, name, verb, action, on) {
  const id = key.replaceAll(" ", "-");
  return h(
    "div",
    { class: "writer" },
    h("label", { for: id }, name),
    h("textarea", { id, rows: 2, "data-draft": key, value: String(state.drafts.get(key) ?? "") }),
    h("button", { type: "button", "data-action": action, "data-issue": on }, verb),
    errorAt(key),
  );
}

/** @param {string} key */
const errorAt = (key) => {
  const error = state.errors.get(key);
  return error !== undefined && h("p", { class: "error", role: "alert" }, error);
};

/** @param {Event} event */
export function keepTyped(event) {
  const control = event.target;
  const isControl =
    control instanceof HTMLTextAreaElement ||
    control instanceof HTMLSelectElement ||
    control instanceof HTMLInputElement;
  if (!isControl || !control.dataset.draft) return;
  const { draft } = control.dataset;
  update(() => void state.drafts.set(draft, control.value));
}

/** @type {Record<string, (button: HTMLElement) => void>} */
export const issueActions = {
  "move-label": (button) => withLabel("move-label", button),
  "add-label": (button) => withLabel("add-label", button),
  "remove-label": (button) => act("remove-label", button, { label: button.dataset.label ?? "" }),
  "comment-issue": (button) =>
    act("comment-issue", button, { text: String(state.drafts.get(`comment-issue ${button.dataset.issue}`) ?? "") }),
  "close-issue": (button) => act("close-issue", button, {}),
  "reopen-issue": (button) => act("reopen-issue", button, {}),
};

/** @param {string} action @param {HTMLElement} button */
function withLabel(action, button) {
  const select = document.getElementById(`${action}-${button.dataset.issue}`);
  act(action, button, { label: select instanceof HTMLSelectElement ? select.value : "" });
}

/** @param {string} action @param {HTMLElement} button @param {Record<string, string>} more */
function act(action, button, more) {
  const issue = Number(button.dataset.issue);
  void send({ do: action, issue, ...more }, `${action} ${issue}`);
}
