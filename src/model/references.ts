// SPDX-License-Identifier: EUPL-1.2
/** What one place says about another: people, bodies, tracks, dates, the time zone and the country of the holidays. */
import type { ConfigFile, Path } from "./config-file.ts";
import { countries } from "./holidays.ts";
import type { Municipality } from "./municipality.ts";
import { amongKnown } from "./nearest.ts";
import type { Problem } from "./problems.ts";
import type { Rules } from "./rules.ts";

/** References and dates within the municipality. */
export function checkMunicipality(config: ConfigFile<Municipality>): readonly Problem[] {
  const { people, secretariat, leaders, bodies } = config.value;
  const known = people.map(({ key }) => key);
  const person = (path: Path, key: string) =>
    known.includes(key) ? [] : [config.problem(path, `"${key}", which is no person`, amongKnown(key, known))];
  return [
    ...secretariat.flatMap((key, index) => person(["secretariat", index], key)),
    ...person(["leaders", "default"], leaders.default),
    ...bodies.flatMap(({ approvers, meetings }, index) => [
      ...approvers.flatMap((it, at) => person(["bodies", index, "approvers", at, "person"], it.person)),
      ...approvers.flatMap((it, at) => checkTerm(config, ["bodies", index, "approvers", at], it)),
      ...checkMeetings(config, ["bodies", index, "meetings"], meetings),
    ]),
  ];
}

/** What the rules say about themselves and about the world. */
export function checkRules(config: ConfigFile<Rules>): readonly Problem[] {
  return [...checkDefaultTrack(config), ...checkTimeZone(config), ...checkCountry(config)];
}

/** Bodies that the rules name must be bodies of the municipality. */
export function checkBodies(rules: ConfigFile<Rules>, municipality: ConfigFile<Municipality>): readonly Problem[] {
  const known = municipality.value.bodies.map(({ key }) => key);
  return rules.value.gates.flatMap((gate, index) =>
    (gate.alsoDecidedBy ?? []).flatMap(({ body }, also) => {
      if (known.includes(body)) return [];
      const found = `"${body}", which is no body in ${municipality.file}`;
      return [rules.problem(["gates", index, "alsoDecidedBy", also, "body"], found, amongKnown(body, known))];
    }),
  );
}

type Term = Municipality["bodies"][number]["approvers"][number];

function checkTerm(config: ConfigFile, path: Path, { from, to }: Term): readonly Problem[] {
  if (to === undefined || from <= to) return [];
  return [config.problem([...path, "to"], `${to}, before the term begins`, `needs ${from} or later`)];
}

function checkMeetings(config: ConfigFile, path: Path, meetings: readonly string[]): readonly Problem[] {
  return meetings.flatMap((date, index) => {
    const before = meetings[index - 1];
    if (before === undefined || before < date) return [];
    const found = before === date ? `${date} twice` : `${date} after ${before}`;
    return [config.problem([...path, index], found, "needs each meeting once, the earliest first")];
  });
}

function checkDefaultTrack(config: ConfigFile<Rules>): readonly Problem[] {
  const { tracks } = config.value;
  const defaults = tracks.flatMap((track, index) => (track.default ? [index] : []));
  if (defaults.length === 0) {
    return [
      config.problem(
        ["tracks"],
        "no default track",
        "needs default: true on the track that an empty one counts as",
        "key",
      ),
    ];
  }
  const first = tracks[defaults[0] ?? 0]?.key;
  return defaults
    .slice(1)
    .map((index) =>
      config.problem(["tracks", index, "default"], `a default track beside ${first}`, "needs exactly one", "key"),
    );
}

function checkTimeZone(config: ConfigFile<Rules>): readonly Problem[] {
  const { timeZone } = config.value;
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return [];
  } catch {
    // The known zones are hundreds: an example and the nearest one say more than their list.
    const { 1: meant } = amongKnown(timeZone, Intl.supportedValuesOf("timeZone")).split("; ");
    const allowed = `needs a name such as Europe/Copenhagen${meant === undefined ? "" : `; ${meant}`}`;
    return [config.problem(["timeZone"], `"${timeZone}", which is no time zone`, allowed)];
  }
}

function checkCountry(config: ConfigFile<Rules>): readonly Problem[] {
  const { holidays } = config.value.reminders;
  if (countries().includes(holidays)) return [];
  return [
    config.problem(
      ["reminders", "holidays"],
      `"${holidays}", whose holidays are not known`,
      "needs a country code such as DK",
    ),
  ];
}
