// SPDX-License-Identifier: EUPL-1.2
/** Which webhook is the service's, and what is to be done about it. */
import { expect, it } from "vitest";
import { type Hook, planHook } from "../../../src/tracker/github/plan-hook.ts";

const url = "https://faseport.example.dk";
const good: Hook = {
  id: 1,
  url: `${url}/webhooks/github`,
  contentType: "json",
  events: ["issues"],
  active: true,
  hasSecret: true,
  answered: 202,
};
const foreign: Hook = { ...good, id: 9, url: "https://ci.example.dk/hook" };

it.each<[string, readonly Hook[], string | null, boolean, unknown]>([
  ["there is none", [foreign], url, false, { kind: "make", url: good.url }],
  ["there is none, and no address", [foreign], null, true, { kind: "unknown" }],
  ["it is right", [foreign, good], url, true, { kind: "kept", id: 1 }],
  ["it is right, found by its path", [foreign, good], null, true, { kind: "kept", id: 1 }],
  [
    "it leads elsewhere",
    [good],
    "https://other.example.dk",
    true,
    { kind: "make", url: "https://other.example.dk/webhooks/github" },
  ],
  ["all events", [{ ...good, events: ["*"] }], url, true, { kind: "kept", id: 1 }],
  ["its secret is not known", [good], url, false, { kind: "change", because: ["its secret is not known here"] }],
  ["it is off", [{ ...good, active: false }], url, true, { kind: "change", because: ["it is switched off"] }],
  [
    "no issues",
    [{ ...good, events: ["push"] }],
    url,
    true,
    { kind: "change", because: ["it does not send the event «issues»"] },
  ],
  [
    "a form",
    [{ ...good, contentType: "form" }],
    url,
    true,
    { kind: "change", because: ["it sends form and not json"] },
  ],
  [
    "unsigned",
    [{ ...good, hasSecret: false }],
    url,
    true,
    { kind: "change", because: [expect.stringContaining("no secret")] },
  ],
])("%s", (_, hooks, base, isSecretKnown, expected) => {
  expect(planHook(hooks, base, isSecretKnown)).toMatchObject(expected as object);
});
