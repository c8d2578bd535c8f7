// SPDX-License-Identifier: EUPL-1.2
/** What the wizard asks for when it was not given: how both sides are reached, and who decides. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { NotionUser } from "../../src/board/notion/shared.ts";
import { SettingsError } from "../../src/config.ts";
import { Permanent, Refused } from "../../src/core/errors.ts";
import { projectRoot } from "../../src/variables.ts";
import type { Ask, Choice } from "./ask.ts";
import { readDates } from "./dates.ts";
import type { Values } from "./env-file.ts";
import { isAddress, type Known } from "./known.ts";
import type { KommuneWish } from "./merge-kommune.ts";
import { keyOf, proposedLogin } from "./proposals.ts";

/** Tries an answer at the side that it is for. Throws Permanent, Refused or SettingsError for one that does not get in. */
export type Reach = Readonly<{
  notion(answers: Values): Promise<unknown>;
  github(answers: Values): Promise<unknown>;
}>;

/** Answers for the variables that are missing. Each is tried at once, and asked for again if it does not get in. */
export async function askForBasics({ isGiven }: Known, ask: Ask, reach: Reach): Promise<Values> {
  const needsToken = !isGiven("GITHUB_TOKEN") && !isGiven("GITHUB_APP_ID");
  const secret = async () => ({
    NOTION_TOKEN: await ask.secret("The Notion connection's secret (it stands in the connection's settings)"),
  });
  const github = async () => ({
    ...(isGiven("GITHUB_REPO") ? {} : { GITHUB_REPO: await ask.text("The repository with the issues", asRepository) }),
    ...(needsToken ? await askForGithub(ask) : {}),
  });
  return {
    ...(isGiven("NOTION_TOKEN") ? {} : await untilIn(secret, reach.notion, ask)),
    ...(isGiven("GITHUB_REPO") && !needsToken ? {} : await untilIn(github, reach.github, ask)),
  };
}

async function askForGithub(ask: Ask): Promise<Values> {
  const how = await ask.one("How does Faseport reach GitHub", [
    { value: "token", label: "with a token" },
    { value: "app", label: "as a GitHub App" },
  ]);
  if (how === "token") return { GITHUB_TOKEN: await ask.secret("The GitHub token") };
  return {
    GITHUB_APP_ID: await ask.text("The App's id (on its settings page)", asNumber),
    GITHUB_APP_INSTALLATION_ID: await ask.text(
      "The installation's id (the number its page's address ends in)",
      asNumber,
    ),
    GITHUB_APP_PRIVATE_KEY_FILE: await ask.text("The file with the App's private key (.pem)", asFile),
  };
}

const asNumber = (answer: string) => (/^\d+$/u.test(answer.trim()) ? undefined : "A whole number");
const asFile = (answer: string) =>
  existsSync(resolve(projectRoot, answer.trim())) ? undefined : "There is no such file; an address in full is safest";

async function untilIn(answers: () => Promise<Values>, reach: (answers: Values) => Promise<unknown>, ask: Ask) {
  for (;;) {
    const given = await answers();
    try {
      await reach(given);
      return given;
    } catch (error) {
      if (!(error instanceof Permanent || error instanceof Refused || error instanceof SettingsError)) throw error;
      ask.note(error.message);
    }
  }
}

const asRepository = (answer: string) =>
  /^[\w.-]+\/[\w.-]+$/u.test(answer.trim()) ? undefined : "Its owner, a slash and its name, such as kommune/innovation";

/** Where the service is reached. */
export async function askForAddress(ask: Ask): Promise<string> {
  const check = (answer: string) =>
    isAddress(answer.trim()) ? undefined : "An address that begins with https://, such as https://faseport.kommune.dk";
  return ask.text("Where Notion and GitHub reach the service (https://…)", check);
}

export type Around = Readonly<{
  users: readonly NotionUser[];
  logins: readonly string[];
  today: string;
  /** Keys of the bodies that the rules themselves name. */
  inRules: readonly string[];
}>;

/** Who works, who decides, and when the bodies meet. A login is proposed where it looks like the person, and always confirmed. */
export async function askForKommune(ask: Ask, { users, logins, today, inRules }: Around): Promise<KommuneWish> {
  const persons = users.filter(({ kind }) => kind === "person");
  const chosen = await ask.some(
    "Who takes part: approvers, secretaries, leaders, owners of projects",
    persons.map(({ id, name, email }) => ({ value: id, label: email === null ? name : `${name} (${email})` })),
  );
  const people = await withLogins(
    ask,
    persons.filter(({ id }) => chosen.includes(id)),
    logins,
  );
  const choices: readonly Choice[] = people.map(({ key, name }) => ({ value: key, label: name }));
  const secretariat = await ask.some("Who is the secretariat", choices);
  const leader = await ask.one("Whom are reminders passed on to", choices);
  return { people, secretariat, leader, ...(await askForBodies(ask, choices, today, inRules)) };
}

type Person = KommuneWish["people"][number];

/** More logins than this are not gone through one by one. */
const FEW = 12;

/** Each person with a login that looks like theirs, if they say so; then whose the others are. */
async function withLogins(ask: Ask, users: readonly NotionUser[], logins: readonly string[]) {
  const people: Person[] = [];
  for (const user of users) {
    const proposal = proposedLogin(user, logins);
    const isRight = proposal !== null && (await ask.confirm(`Is ${user.name} ${proposal} on GitHub?`));
    const taken = people.map(({ key }) => key);
    const key = keyOf(user.name, taken);
    people.push({ key, name: user.name, notion: user.id, github: isRight ? proposal : null });
  }
  const left = logins.filter((login) => !people.some(({ github }) => github === login));
  if (left.length > FEW) ask.note("Whose the other GitHub logins are can be added to the municipality's file");
  for (const login of left.length > FEW ? [] : left) {
    const without = people.filter(({ github }) => github === null);
    const choices = without.map(({ key, name }) => ({ value: key, label: name }));
    const whose = await ask.one(`Who is ${login} on GitHub`, [{ value: "", label: "none of these" }, ...choices]);
    const at = people.findIndex(({ key }) => key === whose);
    const person = people[at];
    if (person) people[at] = { ...person, github: login };
  }
  return people;
}

type Body = KommuneWish["bodies"][number];

async function askForBodies(ask: Ask, choices: readonly Choice[], today: string, inRules: readonly string[]) {
  const bodies: Body[] = [];
  const approvers: KommuneWish["approvers"][number][] = [];
  const meetings: KommuneWish["meetings"][number][] = [];
  const about = async (body: Body) => {
    bodies.push(body);
    for (const person of await ask.some(`Who may tick for ${body.name}`, choices))
      approvers.push({ body: body.key, person, from: today, to: null });
    const dates = await ask.text(`When does ${body.name} meet (16.12.2026, 13. januar 2027 …)`, (it) => {
      const read = readDates(it, today);
      return read.mistakes[0] ?? (read.dates.length === 0 ? "At least one date is needed" : undefined);
    });
    meetings.push({ body: body.key, dates: readDates(dates, today).dates });
  };
  for (const key of inRules)
    await about({
      key,
      name: await ask.text(`The rules let «${key}» decide in some cases. Its name`, newName(bodies)),
    });
  while (bodies.length === 0 || (await ask.confirm("Is there another body that decides?"))) {
    const name = await ask.text("A body that decides, by its name", newName(bodies));
    const taken = bodies.map(({ key }) => key);
    await about({ key: keyOf(name, taken), name });
  }
  return { bodies, approvers, meetings };
}

/** A body's name is an option in Notion, where a comma would end it, and a label in GitHub. */
const newName = (bodies: readonly Body[]) => (answer: string) => {
  const name = answer.trim();
  if (name === "") return "An answer is needed";
  if (name.includes(",")) return "Without a comma: Notion takes none in the name of an option";
  if (keyOf(name, []).length > 40) return "Shorter, please: it becomes a label in GitHub";
  return bodies.some((it) => it.name.toLowerCase() === name.toLowerCase()) ? `${name} is there already` : undefined;
};
