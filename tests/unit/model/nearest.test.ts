// SPDX-License-Identifier: EUPL-1.2
/** Which name a person may have meant. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { amongKnown, nearest } from "../../../src/model/nearest.ts";

test.each([
  ["olle", ["mette", "ole"], "ole"],
  ["Mette", ["mette", "ole"], "mette"],
  ["måde", ["maade", "moede"], "maade"],
  ["wipp", ["wip", "name"], "wip"],
  ["per", ["mette", "karin"], undefined],
  ["x", [], undefined],
])("%s among %j: %s", (name, known, meant) => {
  expect(nearest(name, known)).toBe(meant);
});

test("a long list is cut, a name that stands twice is listed once", () => {
  expect(amongKnown("x", ["abcd", "abcd", "efgh"])).toBe("known: abcd, efgh");
  expect(
    amongKnown(
      "x",
      [..."abcdefghi"].map((it) => it.repeat(5)),
    ),
  ).toMatch(/^known: aaaaa, .*hhhhh …$/u);
  expect(amongKnown("x", [])).toBe("known: none");
});

test("a known name with one letter more is always recognised", () => {
  const name = fc.stringMatching(/^[a-z]{4,12}$/u);
  fc.assert(
    fc.property(name, fc.nat(), fc.constantFrom(..."abcxyz"), (known, at, letter) => {
      const cut = at % (known.length + 1);
      expect(nearest(known.slice(0, cut) + letter + known.slice(cut), [known])).toBe(known);
    }),
  );
});
