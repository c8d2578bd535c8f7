// SPDX-License-Identifier: EUPL-1.2
/** Answers put into the municipality's file: only what is new, comments kept, nothing taken away. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type KommuneWish, mergeKommune, nothingWished } from "../../../scripts/setup/merge-kommune.ts";
import { municipalitySchema } from "../../../src/model/municipality.ts";

const example = readFileSync("config/kommune.example.yaml", "utf8");
const id = "00000000-0000-4000-8000-0000000000aa";

const whole: KommuneWish = {
  people: [
    { key: "asta", name: "Asta Formand", notion: id, github: null },
    { key: "bo", name: "Bo Leder", notion: id.replace("aa", "bb"), github: "bo-leder" },
  ],
  secretariat: ["bo"],
  leader: "bo",
  bodies: [{ key: "kultur", name: "Kultur og Fritid" }],
  approvers: [{ body: "kultur", person: "asta", from: "2026-01-01", to: "2029-12-31" }],
  meetings: [{ body: "kultur", dates: ["2027-01-06", "2027-02-03"] }],
};

describe("a new file", () => {
  it("holds every answer, is right by the model's own schema, and a second time nothing changes", () => {
    const { text, changes, mistakes } = mergeKommune("", whole);
    expect(mistakes).toEqual([]);
    expect(changes).toHaveLength(7);
    expect(municipalitySchema.parse(parse(text))).toMatchObject({
      people: [
        { key: "asta", notion: [id] },
        { key: "bo", github: "bo-leder" },
      ],
      secretariat: ["bo"],
      leaders: { default: "bo" },
      bodies: [
        {
          name: "Kultur og Fritid",
          label: "udvalg:kultur",
          approvers: [{ person: "asta", from: "2026-01-01", to: "2029-12-31" }],
          meetings: ["2027-01-06", "2027-02-03"],
        },
      ],
    });
    expect(mergeKommune(text, whole)).toEqual({ text, changes: [], mistakes: [] });
  });
});

describe("a file that is there", () => {
  const merged = (wish: Partial<KommuneWish>) => mergeKommune(example, { ...nothingWished, ...wish });

  it("is left letter by letter when nothing is new", () => {
    const same = {
      ...nothingWished,
      meetings: [{ body: "udi", dates: ["2026-12-16"] }],
      secretariat: ["sanne"],
      leader: "lise",
    };
    expect(mergeKommune(example, same)).toEqual({ text: example, changes: [], mistakes: [] });
  });

  it.each<
    [
      string,
      Partial<KommuneWish>,
      readonly string[],
      (file: ReturnType<typeof municipalitySchema.parse>) => unknown,
      unknown,
    ]
  >([
    [
      "next year's meetings are added in order",
      { meetings: [{ body: "byraad", dates: ["2027-02-24", "2027-01-01"] }] },
      ["byraad meets 2027-02-24, 2027-01-01"],
      ({ bodies }) => bodies[2]?.meetings,
      ["2026-12-16", "2027-01-01", "2027-01-27", "2027-02-24"],
    ],
    [
      "a person gets a login",
      {
        people: [
          { key: "mette", name: "Mette Formand", notion: "00000000-0000-4000-8000-000000000001", github: "mette" },
        ],
      },
      ["person mette is mette on GitHub"],
      ({ people }) => people[0]?.github,
      "mette",
    ],
    [
      "an approver is added beside the others",
      { approvers: [{ body: "byraad", person: "mette", from: "2027-01-01", to: null }] },
      ["mette may tick for byraad from 2027-01-01"],
      ({ bodies }) => bodies[2]?.approvers.map(({ person }) => person),
      ["bodil", "mette"],
    ],
  ])("%s, and every comment stays", (_, wish, changes, part, expected) => {
    const { text, ...rest } = merged(wish);
    expect(rest).toEqual({ changes, mistakes: [] });
    expect(part(municipalitySchema.parse(parse(text)))).toEqual(expected);
    for (const comment of example.match(/#.*/gu) ?? []) expect(text).toContain(comment.trim());
  });

  it.each<[string, Partial<KommuneWish>, string]>([
    [
      "a body of another name",
      { bodies: [{ key: "udi", name: "Digitalisering" }] },
      "the body udi is called «Digitalisering og Innovation»",
    ],
    [
      "meetings of no body",
      { meetings: [{ body: "udo", dates: ["2027-01-01"] }] },
      "there is no body with the key udo",
    ],
    [
      "an approver of no body",
      { approvers: [{ body: "udo", person: "mette", from: "2027-01-01", to: null }] },
      "there is no body with the key udo",
    ],
  ])("%s is said, and the file stays as it is", (_, wish, mistake) => {
    expect(merged(wish)).toEqual({ text: example, changes: [], mistakes: [expect.stringContaining(mistake)] });
  });
});
