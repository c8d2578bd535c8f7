// SPDX-License-Identifier: EUPL-1.2
/** What the wizard guesses, and when it rather does not. */
import { expect, it } from "vitest";
import { keyOf, proposedLogin } from "../../../scripts/setup/proposals.ts";

it.each([
  ["Ældre og Sundhed", [], "aeldre-og-sundhed"],
  ["Åse Ørsted-Krøyer", [], "aase-oersted-kroeyer"],
  ["René", ["rene", "rene-2"], "rene-3"],
  ["…", [], "person"],
])("%s beside %o gets the key %s", (name, taken, key) => {
  expect(keyOf(name, taken)).toBe(key);
});

const logins = ["anders-dev", "mskov", "lise.b", "bolund", "bo-lund"];

it.each([
  ["Anders Holm", "anders.dev@kommune.example", "anders-dev"],
  ["Mette Skov", null, "mskov"],
  ["Lise Bang", "lise.b@kommune.example", "lise.b"],
  // Two fit, so neither is proposed.
  ["Bo Lund", null, null],
  ["Ib", "ib@kommune.example", null],
])("%s (%s) may be %s", (name, email, login) => {
  expect(proposedLogin({ name, email }, logins)).toBe(login);
});
