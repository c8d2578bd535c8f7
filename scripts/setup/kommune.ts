// SPDX-License-Identifier: EUPL-1.2
/** The municipality's file: taken over as it is, kept, or changed by the answers. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parse } from "yaml";
import type { NotionUser } from "../../src/board/notion/shared.ts";
import { Permanent } from "../../src/core/errors.ts";
import { buildModel } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";
import { rulesSchema } from "../../src/model/rules.ts";
import { projectRoot } from "../../src/variables.ts";
import { readDates } from "./dates.ts";
import { modes, readText, writePrivately } from "./env-file.ts";
import type { Basics } from "./known.ts";
import { type KommuneWish, mergeKommune, type Person } from "./merge-kommune.ts";
import type { Wish } from "./wish.ts";

export type Kommune = Readonly<{ model: Model; changes: readonly string[]; write(): void }>;

export type KommuneParts = Readonly<{
  settings: Basics;
  wish: Wish;
  /** Answers beside the flags; null: the flags are all there is. */
  answers: KommuneWish | null;
  users: () => Promise<readonly NotionUser[]>;
  /** ISO. */
  today: string;
}>;

/** Whether there is anything to take people, bodies and meetings from, without asking. */
export function isKommuneGiven({ FASEPORT_KOMMUNE: path }: Basics, wish: Wish): boolean {
  return existsSync(path) || wish.kommune !== undefined || wish.person.length > 0;
}

/** The keys of bodies that the rules name, so that the municipality has to have them. What is wrong with the rules, the model says later. */
export function bodiesInRules({ FASEPORT_MODEL: path }: Basics): readonly string[] {
  const rules = rulesSchema.safeParse(parse(readText(path))).data;
  const keys = rules?.gates.flatMap(({ alsoDecidedBy }) => alsoDecidedBy?.map(({ body }) => body) ?? []) ?? [];
  return [...new Set(keys)];
}

/** Throws ModelError for a file that would not be right, Permanent for an answer that cannot be understood. */
export async function kommuneOf({ settings, wish, answers, users, today }: KommuneParts): Promise<Kommune> {
  const { FASEPORT_MODEL: rulesPath, FASEPORT_KOMMUNE: path } = settings;
  const name = relative(projectRoot, path);
  if (!isKommuneGiven(settings, wish) && answers === null)
    throw new Permanent(
      `there is no ${name} yet: take a file over with --kommune, or answer with --person, --secretariat, --leader, --body, --approver and --meetings`,
    );
  const there = readText(path);
  const source = wish.kommune === undefined ? there : readFileSync(resolve(projectRoot, wish.kommune), "utf8");
  const merged = mergeKommune(source, answers ?? (await wished(wish, users, today)));
  if (merged.mistakes.length > 0) throw new Permanent(merged.mistakes.join("\n"));
  const copied = source === there ? [] : [`${there === "" ? "written" : "replaced"} by a copy of ${wish.kommune}`];
  const changes = [...copied, ...merged.changes].map((it) => `${name}: ${it}`);
  return {
    model: modelWith(rulesPath, name, merged.text),
    changes,
    write: () => void (changes.length > 0 && writePrivately(path, merged.text, modes.personal, true, new Date())),
  };
}

/** The model as it will be with this text. */
function modelWith(rulesPath: string, file: string, text: string): Model {
  const read = (path: string) => ({ file: relative(projectRoot, path), text: readFileSync(path, "utf8") });
  return buildModel({
    rules: read(rulesPath),
    municipality: { file, text },
    messages: read(join(projectRoot, "config/messages.json")),
    methods: read(join(projectRoot, "config/method-catalogue.json")),
  });
}

/** The flags, understood. Throws one Permanent that names everything that is not. */
async function wished(wish: Wish, users: KommuneParts["users"], today: string): Promise<KommuneWish> {
  const mistakes: string[] = [];
  const pairs = (flag: string, given: readonly string[]) =>
    given.flatMap((text) => {
      const [, key, rest] = /^\s*([\w-]+)\s*=\s*(.+)$/su.exec(text) ?? [];
      if (key && rest) return [[key, rest] as const];
      mistakes.push(`--${flag} needs a short key, = and more, not «${text}»`);
      return [];
    });
  const people = wish.person.length === 0 ? [] : await users();
  const found = pairs("person", wish.person).flatMap(([key, rest]): readonly Person[] => {
    const [who = "", login = ""] = rest.split(",").map((part) => part.trim());
    const user = userCalled(people, who);
    if (typeof user === "string") mistakes.push(`--person ${key}: ${user}`);
    return typeof user === "string" ? [] : [{ key, name: user.name, notion: user.id, github: login || null }];
  });
  const dated = (flag: string, text: string): readonly string[] => {
    const read = readDates(text, today);
    mistakes.push(...read.mistakes.map((it) => `--${flag}: ${it}`));
    return read.dates;
  };
  const approvers = pairs("approver", wish.approver).map(([body, rest]) => {
    const [person = "", ...dates] = rest.split(",").map((part) => part.trim());
    const [from = today, to = null] = dates.flatMap((it) => dated("approver", it));
    return { body, person, from, to };
  });
  const meetings = pairs("meetings", wish.meetings).map(([body, rest]) => ({ body, dates: dated("meetings", rest) }));
  const bodies = pairs("body", wish.body).map(([key, name]) => ({ key, name: name.trim() }));
  if (mistakes.length > 0) throw new Permanent(mistakes.join("\n"));
  return { people: found, secretariat: wish.secretariat, leader: wish.leader ?? null, bodies, approvers, meetings };
}

/** A person of the workspace by id, e-mail or name; or why not, with what to do. */
function userCalled(users: readonly NotionUser[], who: string): NotionUser | string {
  const asked = who.toLowerCase();
  const found = users.filter(
    ({ id, email, name, kind }) => kind === "person" && [id, email?.toLowerCase(), name.toLowerCase()].includes(asked),
  );
  const [first, second] = found;
  if (first && !second) return first;
  if (first) return `more than one person in Notion is called «${who}»: give the e-mail or the id`;
  const names = users.flatMap(({ name, kind }) => (kind === "person" ? [`«${name}»`] : []));
  return `nobody in the Notion workspace is called «${who}». There are: ${names.slice(0, 20).join(", ")}`;
}
