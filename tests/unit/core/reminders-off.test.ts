// SPDX-License-Identifier: EUPL-1.2
/** Reminders off for a role: nobody is sent anything as that, and those who come after are told all the same. */
import { describe, expect, it } from "vitest";
import type { Model } from "../../../src/model/model.ts";
import type { Municipality } from "../../../src/model/municipality.ts";
import { anders, karin, lise, sanne } from "./fixtures.ts";
import { lines, model, reminded, through } from "./reminder-fixtures.ts";

const names = { [anders]: "anders", [karin]: "karin", [lise]: "lise", [sanne]: "sanne" };
const withChannels = (channels: Partial<Municipality["channels"]>): Model => ({
  ...model,
  municipality: { ...model.municipality, channels: { ...model.municipality.channels, ...channels } },
});
const everyday = { track: "hverdag", bodies: [] };
const still = reminded({ accepted: { ...everyday, position: { state: "active", phase: "nytaenk" } } });
const followed = (fields = {}) =>
  reminded({
    accepted: { ...everyday, position: { state: "active", phase: "foelg-op" } },
    fields: {
      "I drift fra": "2026-11-30",
      Udfald: null,
      Effektansvarlig: [],
      Effektstatus: "Som forventet",
      ...fields,
    },
  });

type Story = readonly [what: string, off: readonly (keyof Municipality["channels"])[], expected: readonly string[]];

const quiet: readonly Story[] = [
  ["nobody off", [], ["2026-12-21 P01 anders", "2027-01-08 P02 lise", "2027-01-22 P03 sanne", "2027-02-22 P03 sanne"]],
  [
    "the owner: the leader and the secretariat on the same days",
    ["owner"],
    ["2027-01-08 P02 lise", "2027-01-22 P03 sanne", "2027-02-22 P03 sanne"],
  ],
  [
    "the leader: the secretariat on the same day",
    ["leader"],
    ["2026-12-21 P01 anders", "2027-01-22 P03 sanne", "2027-02-22 P03 sanne"],
  ],
  [
    "the secretariat: no end of the chain, and nothing endless",
    ["secretariat"],
    ["2026-12-21 P01 anders", "2027-01-08 P02 lise"],
  ],
  ["everybody: silence", ["owner", "leader", "secretariat"], []],
];

describe("a quiet card, with reminders off for", () => {
  it.each(quiet)("%s", (_, off, expected) => {
    const rules = withChannels(Object.fromEntries(off.map((role) => [role, "off"])));
    const sent = through("2026-11-24", "2027-03-01", [still], { model: rules });
    expect(lines(sent, names)).toEqual(expected);
  });
});

describe("effect follow-up, with reminders off for", () => {
  const first = (off: Partial<Municipality["channels"]>, fields = {}) =>
    lines(through("2027-01-04", "2027-01-25", [followed(fields)], { model: withChannels(off) }), names);

  it.each<readonly [string, Partial<Municipality["channels"]>, object, readonly string[]]>([
    [
      "nobody: the owner stands in for an effect owner who is not named",
      {},
      {},
      ["2027-01-04 P10 anders", "2027-01-18 P11 lise"],
    ],
    ["the owner, who stands in: the leader on the same day", { owner: "off" }, {}, ["2027-01-18 P11 lise"]],
    [
      "the owner, and an effect owner is named",
      { owner: "off" },
      { Effektansvarlig: [karin] },
      ["2027-01-04 P10 karin", "2027-01-18 P11 lise"],
    ],
    ["effect owners only", { effectOwner: "off" }, {}, ["2027-01-04 P10 anders", "2027-01-18 P11 lise"]],
  ])("%s", (_, off, fields, expected) => {
    expect(first(off, fields)).toEqual(expected);
  });
});
