// SPDX-License-Identifier: EUPL-1.2
/** What the page knows: the newest view from the server, and what this person is in the middle of. */

/** @import { CardView, View } from "../view.ts" */
/** @import { PlainValue } from "../property-values.ts" */

/**
 * @typedef {object} State
 * @property {View | null} view
 * @property {string} me the user id one acts as
 * @property {string | null} open the card whose panel is open
 * @property {{ card: string, over: string, by: "mouse" | "keyboard" } | null} moving
 * @property {{ card: string, text: string } | null} note what the service last said about the card moved here
 * @property {Set<string>} moved cards that changed column a moment ago
 * @property {Map<string, PlainValue>} drafts by control: typed, not yet saved
 * @property {Map<string, string>} errors by control: why it is not saved
 * @property {Set<string>} saved controls saved a moment ago
 * @property {boolean} connected
 * @property {boolean} tallFeed
 * @property {string | null} creating the column in which a new card is being written
 */

const ME = "faseport-me";
/** How long «Gemt» and the ring around a moved card stay, in milliseconds. */
const MOMENT = 2600;

/** @type {State} */
export const state = {
  view: null,
  me: sessionStorage.getItem(ME) ?? "",
  open: null,
  moving: null,
  note: null,
  moved: new Set(),
  drafts: new Map(),
  errors: new Map(),
  saved: new Set(),
  connected: true,
  tallFeed: false,
  creating: null,
};

/** @type {() => void} */
let draw = () => {};
let isDrawing = false;

/** Says how the page is drawn; called once. @param {() => void} how */
export function drawWith(how) {
  draw = how;
}

/** Changes the state and draws once, however many changes come before the next frame. @param {() => void} change */
export function update(change) {
  change();
  if (isDrawing) return;
  isDrawing = true;
  queueMicrotask(() => {
    isDrawing = false;
    draw();
  });
}

/** Changes parts of the state, and draws. @param {Partial<State>} parts */
export function set(parts) {
  update(() => void Object.assign(state, parts));
}

/** @param {string} id @returns {CardView | undefined} */
export const cardOf = (id) => state.view?.cards.find((card) => card.id === id);

/** @param {string} id */
export function actAs(id) {
  sessionStorage.setItem(ME, id);
  set({ me: id });
}

/** Takes a view from the server, unless a newer one is already here. @param {View} view */
export function take(view) {
  const before = state.view;
  if (before && before.version >= view.version) return;
  update(() => {
    state.view = view;
    if (!view.people.some((person) => person.id === state.me)) state.me = view.people[0]?.id ?? "";
    if (state.open && !view.cards.some((card) => card.id === state.open)) state.open = null;
    if (before) notice(before, view);
  });
}

/** Marks the cards that changed column, and keeps what the service says about the one moved here. @param {View} before @param {View} after */
function notice(before, after) {
  for (const card of after.cards) {
    const earlier = before.cards.find((it) => it.id === card.id);
    if (earlier && earlier.phase !== card.phase) passing(state.moved, card.id);
    const said = card.comments.at(-1);
    const isNew = said?.byService && !earlier?.comments.some((it) => it.id === said.id);
    if (isNew && state.note?.card === card.id) {
      state.note = { card: card.id, text: wordsOf(said.parts) };
    }
  }
}

/** The words of a message: whom it is to stands first, its reference last. @param {CardView["comments"][number]["parts"]} parts */
function wordsOf(parts) {
  const first = parts.findIndex((part) => part.kind === "text" && /\w/.test(part.text));
  const words = parts.slice(Math.max(0, first)).filter((part) => part.kind !== "reference");
  return words
    .map((part) => part.text)
    .join("")
    .trim();
}

/** @param {Set<string>} marked @param {string} key */
function passing(marked, key) {
  marked.add(key);
  setTimeout(() => update(() => void marked.delete(key)), MOMENT);
}

/** @type {Promise<unknown>} */
let queue = Promise.resolve();
/** The only error that passes by itself: the same can be sent again. */
export const offline = "Der er ingen forbindelse til sandkassen. Intet er tabt; prøv igen om lidt.";

/**
 * Sends a command, after those before it. The control's draft goes when it is saved, and stays, with the reason, when not.
 * @param {Record<string, unknown>} command
 * @param {string} control
 * @returns {Promise<{ made: string | null } | null>} the card it made, if it made one; null when it was not carried out
 */
export function send(command, control) {
  const sent = queue.then(() => carryOut(command, control));
  queue = sent;
  return sent;
}

/** @param {Record<string, unknown>} command @param {string} control */
async function carryOut(command, control) {
  const draft = state.drafts.get(control);
  const answer = await post(command);
  update(() => {
    if ("error" in answer) return void state.errors.set(control, answer.error);
    state.errors.delete(control);
    if (state.drafts.get(control) === draft) state.drafts.delete(control);
    passing(state.saved, control);
  });
  if ("error" in answer) return null;
  take(answer.view);
  return { made: answer.made };
}

/** @param {Record<string, unknown>} command @returns {Promise<{ view: View, made: string | null } | { error: string }>} */
async function post(command) {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/commands", { method: "POST", headers, body: JSON.stringify(command) });
    return await response.json();
  } catch {
    return { error: offline };
  }
}

/** Follows the server's views; the browser reconnects by itself. */
export function follow() {
  const stream = new EventSource("/state/stream");
  stream.addEventListener("view", (event) => take(JSON.parse(event.data)));
  const connected = (/** @type {boolean} */ is) => () => {
    if (state.connected !== is) set({ connected: is });
  };
  stream.addEventListener("open", connected(true));
  stream.addEventListener("error", connected(false));
}

/** Takes the reader to what is drawn next. @param {string} selector */
export function focusOn(selector) {
  // The drawing itself is put off to a microtask, so that several changes are drawn once.
  setTimeout(() => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement) found.focus();
  });
}

let isOdd = false;

/** Reads a sentence to those who use a screen reader, also when it says the same twice. @param {string} sentence */
export function announce(sentence) {
  const announcer = document.getElementById("announcer");
  isOdd = !isOdd;
  if (announcer) announcer.textContent = sentence + (isOdd ? "\u00a0" : "");
}
