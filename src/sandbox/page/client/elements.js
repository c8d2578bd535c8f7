// SPDX-License-Identifier: EUPL-1.2
/**
 * Drawing: elements from plain calls, and a redraw that changes only what differs. The page is drawn anew for every
 * view, so a redraw must leave the focus, the scroll position, an open fold and half-typed text where they are.
 */

/** @typedef {string | number | boolean | null | undefined} Attribute */
/** @typedef {Node | string | null | false | undefined | readonly Child[]} Child */

/** Set as properties: their attributes only say what the control began with. */
const properties = new Set(["value", "checked"]);

/**
 * An element. `false`, null and undefined leave an attribute out; text is always text, never markup.
 * @param {string} tag
 * @param {Record<string, Attribute>} attributes
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (properties.has(name) || value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  for (const name of properties) if (name in attributes) Reflect.set(element, name, attributes[name]);
  return element;
}

/** @param {Node} parent @param {readonly Child[]} children */
function append(parent, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (typeof child === "string" || child instanceof Node) parent.appendChild(toNode(child));
    else append(parent, child);
  }
}

/** @param {Node | string} child */
const toNode = (child) => (typeof child === "string" ? document.createTextNode(child) : child);

/**
 * Makes the content of `root` equal to `children`, keeping every element that can be kept. Elements with `data-key` are
 * recognised wherever under the root they are now.
 * @param {Element} root
 * @param {...Child} children
 */
export function redraw(root, ...children) {
  const active = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const place = active && root.contains(active) ? placeOf(active) : null;
  const wanted = document.createElement("div");
  append(wanted, children);
  const keyed = new Map();
  for (const element of root.querySelectorAll("[data-key]")) keyed.set(element.getAttribute("data-key"), element);
  morphChildren(root, wanted, keyed);
  if (place && document.activeElement !== active) focusAgain(root, active, place);
}

/** How to find the focused element again after its card has moved: itself, or by what it was in which keyed element. */
function placeOf(/** @type {HTMLElement} */ element) {
  const key = element.closest("[data-key]")?.getAttribute("data-key") ?? null;
  return { key, id: element.id, action: element.getAttribute("data-action") };
}

/**
 * @param {Element} root
 * @param {HTMLElement | null} element
 * @param {{ key: string | null, id: string, action: string | null }} place
 */
function focusAgain(root, element, { key, id, action }) {
  if (element?.isConnected) return element.focus({ preventScroll: true });
  const around = key ? root.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  const found =
    (id && document.getElementById(id)) || (action && around?.querySelector(`[data-action="${action}"]`)) || around;
  if (found instanceof HTMLElement) found.focus({ preventScroll: true });
}

/**
 * @param {Node} from
 * @param {Node} to
 * @param {Map<string | null, Element>} keyed
 */
function morphChildren(from, to, keyed) {
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const kept = keptFor(wanted, at, keyed);
    if (!kept) {
      from.insertBefore(wanted, at);
      continue;
    }
    if (kept === at) at = at.nextSibling;
    else from.insertBefore(kept, at);
    morph(kept, wanted, keyed);
  }
  while (at) {
    const next = at.nextSibling;
    at.parentNode?.removeChild(at);
    at = next;
  }
}

/**
 * The node that can become the wanted one: the one with its key, else the next of the same kind without a key.
 * @param {Node} wanted
 * @param {ChildNode | null} at
 * @param {Map<string | null, Element>} keyed
 * @returns {ChildNode | null}
 */
function keptFor(wanted, at, keyed) {
  const key = wanted instanceof Element ? wanted.getAttribute("data-key") : null;
  if (key !== null) {
    const known = keyed.get(key);
    keyed.delete(key);
    return known?.nodeName === wanted.nodeName ? known : null;
  }
  for (let node = at; node; node = node.nextSibling) {
    const isKeyed = node instanceof Element && node.hasAttribute("data-key");
    if (!isKeyed) return node.nodeName === wanted.nodeName ? node : null;
  }
  return null;
}

/**
 * @param {Node} from
 * @param {Node} to
 * @param {Map<string | null, Element>} keyed
 */
function morph(from, to, keyed) {
  if (!(from instanceof Element) || !(to instanceof Element)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  morphAttributes(from, to);
  const wantedValue = to instanceof HTMLSelectElement ? to.value : null;
  if (!(from instanceof HTMLTextAreaElement)) morphChildren(from, to, keyed);
  morphControl(from, to, wantedValue);
}

/** @param {Element} from @param {Element} to */
function morphAttributes(from, to) {
  for (const { name } of [...from.attributes]) {
    // A fold that a person has opened stays open.
    if (!to.hasAttribute(name) && !(name === "open" && from.nodeName === "DETAILS")) from.removeAttribute(name);
  }
  for (const { name, value } of [...to.attributes]) {
    if (name === "open" && from.nodeName === "DETAILS") continue;
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

/** @param {Element} from @param {Element} to @param {string | null} selected what a select shows, read before its options moved */
function morphControl(from, to, selected) {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
    if (from.checked !== to.checked) from.checked = to.checked;
    if (from.type !== "checkbox" && from.value !== to.value) from.value = to.value;
  } else if (from instanceof HTMLTextAreaElement && to instanceof HTMLTextAreaElement) {
    if (from.value !== to.value) from.value = to.value;
  } else if (from instanceof HTMLSelectElement && selected !== null && from.value !== selected) {
    from.value = selected;
  }
}
