// SPDX-License-Identifier: EUPL-1.2
/** What the wizard asks for when it was not given: how both sides are reached, and who decides. */
import type { NotionUser } from "../../src/board/notion/shared.ts";
import type { Ask, Choice } from "./ask.ts";
import { readDates } from "./dates.ts";
import type { Values } from "./env-file.ts";
import type { Known } from "./known.ts";
import type { KommuneWish } from "./merge-kommune.ts";
import { keyOf, proposedLogin } from "./proposals.ts";

/** Answers for the variables that are missing. */
export async function askForBasics({ isGiven }: Known, ask: Ask): Promise<Values> {
  return {
    ...(isGiven("NOTION_TOKEN") ? {} : { NOTION_TOKEN: await ask.secret("The Notion connection's secret") }),
    ...(isGiven("GITHUB_TOKEN") || isGiven("GITHUB_APP_ID")
      ? {}
      : {
          GITHUB_TOKEN: await ask.secret("A GitHub token (for a GitHub App end this, and use the --github-app flags)"),
        }),
    ...(isGiven("GITHUB_REPO") ? {} : { GITHUB_REPO: await ask.text("The repository with the issues (owner/name)") }),
  };
}

export type Around = Readonly<{ users: readonly NotionUser[]; logins: readonly string[]; today: string }>;

/** Who works, who decides, and when the bodies meet. A login is proposed where it looks like the person, and always confirmed. */
export async function askForKommune(ask: Ask, { users, logins, today }: Around): Promise<KommuneWish> {
  const persons = users.filter(({ kind }) => kind === "person");
  const chosen = await ask.some(
    "Who takes part: approvers, secretaries, leaders, owners of projects",
    persons.map(({ id, name, email }) => ({ value: id, label: email === null ? name : `${name} (${email})` })),
  );
  const people: KommuneWish["people"][number][] = [];
  for (const user of persons.filter(({ id }) => chosen.includes(id))) {
    const proposal = proposedLogin(user, logins);
    const isRight = proposal !== null && (await ask.confirm(`Is ${user.name} ${proposal} on GitHub?`));
    const key = keyOf(
      user.name,
      people.map((it) => it.key),
    );
    people.push({ key, name: user.name, notion: user.id, github: isRight ? proposal : null });
  }
  const choices: readonly Choice[] = people.map(({ key, name }) => ({ value: key, label: name }));
  const secretariat = await ask.some("Who is the secretariat", choices);
  const leader = await ask.one("Whom are reminders passed on to", choices);
  return { people, secretariat, leader, ...(await askForBodies(ask, choices, today)) };
}

async function askForBodies(ask: Ask, choices: readonly Choice[], today: string) {
  const bodies: KommuneWish["bodies"][number][] = [];
  const approvers: KommuneWish["approvers"][number][] = [];
  const meetings: KommuneWish["meetings"][number][] = [];
  do {
    const name = await ask.text("A body that decides, by its name");
    const body = keyOf(
      name,
      bodies.map((it) => it.key),
    );
    bodies.push({ key: body, name });
    for (const person of await ask.some(`Who may tick for ${name}`, choices))
      approvers.push({ body, person, from: today, to: null });
    const dates = await ask.text(`When does ${name} meet (16.12.2026, 13. januar 2027 …)`, (it) => {
      const read = readDates(it, today);
      return read.dates.length === 0 ? "At least one date is needed" : read.mistakes[0];
    });
    meetings.push({ body, dates: readDates(dates, today).dates });
  } while (await ask.confirm("Is there another body that decides?"));
  return { bodies, approvers, meetings };
}
