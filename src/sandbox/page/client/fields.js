// SPDX-License-Identifier: EUPL-1.2
/** One control per kind of field, each saved by itself when it changes. What is typed stays as a draft until it is saved. */
import { h } from "./elements.js";
import { announce, offline, send, state, update } from "./store.js";

/** @import { FieldView } from "../view.ts" */
/** @import { PlainValue } from "../property-values.ts" */

/** What a control writes: a field of a card or of a decision row. @typedef {{ do: "edit" | "decide", on: string, field: FieldView, saved: PlainValue }} Place */

/** The controls of the last drawing, by their key. @type {Map<string, Place>} */
const places = new Map();

/** @param {Place} place */
const keyOf = ({ do: what, on, field }) => `${what} ${on} ${field.name}`;

/** @param {Place} place */
export function field(place) {
  const key = keyOf(place);
  places.set(key, place);
  const value = state.drafts.has(key) ? (state.drafts.get(key) ?? null) : place.saved;
  const error = state.errors.get(key);
  const id = `control ${key}`.replaceAll(/[^\wæøåÆØÅ-]+/g, "-");
  const common = {
    id,
    "data-control": key,
    "aria-invalid": error ? "true" : null,
    "aria-describedby": error ? `${id}-error` : null,
  };
  const kind = `field field-${place.field.type.replace("_", "-")}`;
  return h("div", { class: kind, "data-key": id }, controlOf(place.field, value, common), remark(key, id, error));
}

/** @param {string} key @param {string} id @param {string | undefined} error */
function remark(key, id, error) {
  if (error) {
    const again = h(
      "button",
      { type: "button", class: "quiet", "data-action": "save-again", "data-again": key },
      "Prøv igen",
    );
    return h("p", { class: "error", id: `${id}-error`, role: "alert" }, error, error === offline && [" ", again]);
  }
  return state.saved.has(key) && h("span", { class: "saved" }, "Gemt");
}

/** @typedef {Record<string, string | null>} Common */

/** @param {FieldView} field @param {PlainValue} value @param {Common} common */
function controlOf(field, value, common) {
  switch (field.type) {
    case "checkbox":
      return h(
        "label",
        { class: "tick" },
        h("input", { ...common, type: "checkbox", checked: value === true }),
        field.name,
      );
    case "multi_select":
      return choices(field, value, common);
    case "select":
      return labelled(field, common, h("select", { ...common, value: String(value ?? "") }, options(field, value)));
    case "people":
      return labelled(field, common, peopleSelect(value, common));
    case "number":
      return labelled(field, common, input("number", value, { ...common, min: "0", inputmode: "decimal" }));
    case "date":
      return labelled(field, common, input("date", value, common));
    case "url":
      return labelled(field, common, input("url", value, { ...common, placeholder: "https://" }));
    default:
      return labelled(field, common, h("textarea", { ...common, rows: 1, value: String(value ?? "") }));
  }
}

/** @param {FieldView} field @param {Common} common @param {HTMLElement} control */
const labelled = (field, common, control) => [h("label", { for: common.id }, field.name), control];

/** @param {string} type @param {PlainValue} value @param {Common} attributes */
const input = (type, value, attributes) => h("input", { ...attributes, type, value: String(value ?? "") });

/** @param {FieldView} field @param {PlainValue} value */
const options = (field, value) => [
  h("option", { value: "" }, "Ikke valgt"),
  [...new Set([...field.options, ...(typeof value === "string" && value !== "" ? [value] : [])])].map((it) =>
    h("option", { value: it }, it),
  ),
];

/** One person, as nearly always; several are shown together and kept until another is chosen. @param {PlainValue} value @param {Common} common */
function peopleSelect(value, common) {
  const people = state.view?.people ?? [];
  const chosen = Array.isArray(value) ? value : [];
  const nameOf = (/** @type {string} */ id) => people.find((person) => person.id === id)?.name ?? "Ukendt";
  const several = chosen.length > 1 ? [h("option", { value: chosen.join(",") }, chosen.map(nameOf).join(" og "))] : [];
  return h(
    "select",
    { ...common, value: chosen.join(",") },
    h("option", { value: "" }, "Ikke valgt"),
    several,
    people.map((person) => h("option", { value: person.id }, person.name)),
  );
}

/** @param {FieldView} field @param {PlainValue} value @param {Common} common */
function choices(field, value, common) {
  const chosen = Array.isArray(value) ? value : [];
  const box = (/** @type {string} */ option) =>
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        "data-control": common["data-control"],
        "data-option": option,
        checked: chosen.includes(option),
      }),
      option,
    );
  const { id, "aria-describedby": describedBy } = common;
  return h(
    "fieldset",
    { id, "aria-describedby": describedBy },
    h("legend", {}, field.name),
    h("div", { class: "choices" }, field.options.map(box)),
  );
}

/** The value a control holds now; undefined for elements that are no field of ours. @param {EventTarget | null} target */
function readControl(target) {
  if (
    !(
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    )
  )
    return;
  const key = target.dataset.control ?? "";
  const place = places.get(key);
  return place && { key, place, value: heldValue(place.field, target, key) };
}

/** @param {FieldView} field @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} control @param {string} key @returns {PlainValue} */
function heldValue(field, control, key) {
  const isOn = control instanceof HTMLInputElement && control.checked;
  if (field.type === "checkbox") return isOn;
  if (field.type === "multi_select") {
    const shown = state.drafts.get(key) ?? places.get(key)?.saved;
    const others = (Array.isArray(shown) ? shown : []).filter((it) => it !== control.dataset.option);
    const wanted = isOn ? [...others, control.dataset.option ?? ""] : others;
    return field.options.filter((option) => wanted.includes(option));
  }
  if (field.type === "people") return control.value === "" ? [] : control.value.split(",");
  return control.value;
}

/** Keeps what is being typed, so that a redraw cannot take it. @param {Event} event */
export function keepDraft(event) {
  const read = readControl(event.target);
  if (read) update(() => void state.drafts.set(read.key, read.value));
}

/** @param {Event} event */
export function saveChange(event) {
  const read = readControl(event.target);
  if (!read) return;
  state.drafts.set(read.key, read.value);
  if (!isHalfTyped(read)) void saveDraft(read.key);
}

/** Saves what was still being typed when one goes on. @param {EventTarget | null} target */
export function saveLeft(target) {
  const read = readControl(target);
  if (read && isHalfTyped(read)) void saveDraft(read.key);
}

/** A date tells of each digit of its year: 0002, 0020, 0202. @param {{ place: Place, value: PlainValue }} read */
const isHalfTyped = ({ place, value }) =>
  place.field.type === "date" && typeof value === "string" && value !== "" && value < "1000";

/** Saves what is typed and not yet saved on this card or row. @param {string} key */
export async function saveDraft(key) {
  const place = places.get(key);
  if (!place || !state.drafts.has(key)) return;
  const value = asSaved(place.field, state.drafts.get(key) ?? null);
  if (isSame(value, place.saved)) {
    return update(() => {
      state.drafts.delete(key);
      state.errors.delete(key);
    });
  }
  const target = place.do === "edit" ? { card: place.on } : { row: place.on };
  const isSaved = await send({ do: place.do, by: state.me, ...target, field: place.field.name, value }, key);
  if (isSaved) announce(`${place.field.name} er gemt.`);
}

/** Saves every draft that was typed in the panel, before it closes. */
export function saveAllDrafts() {
  for (const key of [...state.drafts.keys()]) void saveDraft(key);
}

/** @param {PlainValue} one @param {PlainValue} other */
const isSame = (one, other) => JSON.stringify(one ?? "") === JSON.stringify(other ?? "");

/** An empty control means an empty field; a number is sent as one, and what is no number as it stands, so that the answer can say so. @param {FieldView} field @param {PlainValue} value */
function asSaved({ type }, value) {
  if (value === "") return type === "title" || type === "rich_text" ? "" : null;
  if (type !== "number" || typeof value !== "string") return value;
  const number = Number(value.replace(",", "."));
  return Number.isNaN(number) ? value : number;
}
