// SPDX-License-Identifier: EUPL-1.2
/** Whoever is to be reached by mail must have an address. Owners are whoever the board names: a missing one shows when it is needed. */
import type { ConfigFile } from "./config-file.ts";
import type { Municipality } from "./municipality.ts";
import type { Problem } from "./problems.ts";

export function checkChannels(config: ConfigFile<Municipality>): readonly Problem[] {
  return [...checkPeople(config), ...checkAdministrators(config)];
}

/** The roles whose people the municipality names. */
function rolesOf({ people, secretariat, leaders, bodies }: Municipality) {
  return {
    leader: [leaders.default],
    secretariat,
    approver: bodies.flatMap(({ approvers }) => approvers.map(({ person }) => person)),
    everyone: people.map(({ key }) => key),
  } as const;
}

function checkPeople(config: ConfigFile<Municipality>): readonly Problem[] {
  const { people, channels } = config.value;
  const roles = Object.entries(rolesOf(config.value)) as [keyof ReturnType<typeof rolesOf>, readonly string[]][];
  const byMail = roles.filter(([role]) => channels[role] === "email");
  return people.flatMap(({ key, email }, index) => {
    const role = byMail.find(([, keys]) => keys.includes(key))?.[0];
    if (email !== undefined || role === undefined) return [];
    return [config.problem(["people", index], `${key} without email`, `needs email: channels.${role} is email`)];
  });
}

function checkAdministrators(config: ConfigFile<Municipality>): readonly Problem[] {
  const { channels, administrators } = config.value;
  if (channels.administrator !== "email" || administrators.length > 0) return [];
  const allowed = 'needs administrators: [{ name: "…", email: "…" }]';
  return [config.problem(["channels", "administrator"], "email, and nobody in administrators", allowed)];
}
