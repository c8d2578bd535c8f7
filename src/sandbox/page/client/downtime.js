// SPDX-License-Identifier: EUPL-1.2
/** The switch that ends the service and starts it again, and what the page says meanwhile. */
import { h } from "./elements.js";
import { announce, send, state } from "./store.js";

/** @import { View } from "../view.ts" */
/** @import { ServiceState } from "../downtime.ts" */

/** What is the matter, and what follows from it. @type {Readonly<Record<Exclude<ServiceState, "running">, readonly [string, string]>>} */
const notices = {
  stopping: ["Faseport lukker ned.", ""],
  down: [
    "Faseport er nede.",
    "Det, I gør på tavlen nu, får den ingen besked om, heller ikke bagefter. Når den starter igen, ser den selv hele tavlen igennem og følger de samme regler.",
  ],
  starting: ["Faseport starter.", "Den ser hele tavlen igennem for at finde det, der er sket imens."],
  "would-not-start": [
    "Faseport kom ikke i gang igen.",
    "Grunden står i terminalen. Slå kontakten fra for at prøve en gang til.",
  ],
};

/** @param {View} view */
export function downtimeNotice({ service }) {
  if (service === null || service === "running") return false;
  const [matter, more] = notices[service];
  return h("p", { class: "notice" }, h("strong", {}, matter), " ", more);
}

/** @param {View} view */
export function downtimeSwitch(view) {
  if (view.service === null) return false;
  const isDown = view.service !== "running" && view.service !== "starting";
  return h(
    "label",
    { class: "switch" },
    h("input", { type: "checkbox", role: "switch", id: "downtime", "data-action": "downtime", checked: isDown }),
    "Faseport er nede",
  );
}

/** @param {HTMLInputElement} control */
export async function turn(control) {
  const isDown = control.checked;
  if (await send({ do: "downtime", isDown }, "downtime")) return;
  // Not carried out: the switch goes back to what is.
  control.checked = !isDown;
  announce(state.errors.get("downtime") ?? "");
}
