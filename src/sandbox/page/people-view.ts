// SPDX-License-Identifier: EUPL-1.2
/** Whom one can act as on the page, what they are, and what everybody is called. */
import type { Municipality } from "../../model/municipality.ts";
import type { NotionWorld } from "../world.ts";
import type { PersonView } from "./view.ts";

/** Those who work on projects first, then the secretariat, those who decide, and the leaders. */
export function people(municipality: Municipality): readonly PersonView[] {
  const rank = (key: string) => {
    if (municipality.secretariat.includes(key)) return 1;
    if (municipality.bodies.some((body) => body.approvers.some((approver) => approver.person === key))) return 2;
    return key === municipality.leaders.default ? 3 : 0;
  };
  const roles = ["medarbejder", "sekretariat", "", ""];
  return municipality.people
    .map((person) => ({ person, rank: rank(person.key) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ person, rank: at }) => ({
      id: person.notion[0] ?? "",
      name: person.name,
      role: at === 2 ? seatsOf(municipality, person.key) : (roles[at] ?? ""),
    }));
}

function seatsOf(municipality: Municipality, key: string): string {
  const seats = municipality.bodies.filter((body) => body.approvers.some((approver) => approver.person === key));
  return seats.map((body) => body.name).join(", ");
}

/** A user's name as the workspace knows it. */
export function nameOf({ notion }: Readonly<{ notion: NotionWorld }>, id: string): string {
  return [notion.bot, ...notion.people].find((person) => person.id === id)?.name ?? "Ukendt";
}
