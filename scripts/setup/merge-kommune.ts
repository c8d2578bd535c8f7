// SPDX-License-Identifier: EUPL-1.2
/** The municipality's file with answers put into it. Comments and everything that was not asked about stay as they are. */
import { parseDocument } from "yaml";
import { z } from "zod";

export type Person = Readonly<{ key: string; name: string; notion: string; github: string | null }>;

export type KommuneWish = Readonly<{
  people: readonly Person[];
  secretariat: readonly string[];
  leader: string | null;
  bodies: readonly Readonly<{ key: string; name: string }>[];
  approvers: readonly Readonly<{ body: string; person: string; from: string; to: string | null }>[];
  meetings: readonly Readonly<{ body: string; dates: readonly string[] }>[];
}>;

export const nothingWished: KommuneWish = {
  people: [],
  secretariat: [],
  leader: null,
  bodies: [],
  approvers: [],
  meetings: [],
};

export type Merged = Readonly<{
  text: string;
  /** A line for each change; none: the text is as it was. */
  changes: readonly string[];
  /** What cannot be put in, each with what to do. */
  mistakes: readonly string[];
}>;

/** What a case has to be handed in before a meeting, unless the file says otherwise. */
const DEADLINE_WORKING_DAYS = 8;

const skeleton = `# Who decides, who may tick, who is told, and when the bodies meet. Made by npm run setup; edit it as you like.
# Personal data: keep this file out of version control.
people: []

secretariat: []
leaders: {}

bodies: []
`;

/** As much of the file as is put in order here; whether it is right altogether is for the model to say. */
const known = z.looseObject({
  people: z
    .array(z.looseObject({ key: z.string(), notion: z.array(z.string()).optional(), github: z.string().optional() }))
    .catch([]),
  secretariat: z.array(z.string()).catch([]),
  leaders: z.looseObject({ default: z.string().optional() }).catch({}),
  bodies: z
    .array(
      z.looseObject({
        key: z.string(),
        name: z.string().optional(),
        approvers: z
          .array(z.looseObject({ person: z.string(), from: z.string(), to: z.string().optional() }))
          .catch([]),
        meetings: z.array(z.string()).catch([]),
      }),
    )
    .catch([]),
});

type Path = readonly (string | number)[];

/** `text` "" : there is no file yet. */
export function mergeKommune(text: string, wish: KommuneWish): Merged {
  const document = parseDocument(text === "" ? skeleton : text);
  const now = () => known.parse(document.toJS() ?? {});
  const changes: string[] = [];
  const mistakes: string[] = [];
  const add = (path: Path, value: unknown, said: string, flow = true) => {
    document.addIn(path, document.createNode(value, { flow }));
    changes.push(said);
  };
  const set = (path: Path, value: unknown, said: string) => {
    document.setIn(path, document.createNode(value, { flow: true }));
    changes.push(said);
  };

  for (const { key, name, notion, github } of wish.people) {
    const at = now().people.findIndex((it) => it.key === key);
    const there = now().people[at];
    const login = github === null ? {} : { github };
    if (!there) add(["people"], { key, name, notion: [notion], ...login }, `person ${key}: ${name}`);
    if (there && !there.notion?.includes(notion))
      set(["people", at, "notion"], [notion], `person ${key} is ${name} in Notion`);
    if (there && github !== null && there.github !== github)
      set(["people", at, "github"], github, `person ${key} is ${github} on GitHub`);
  }
  for (const key of wish.secretariat)
    if (!now().secretariat.includes(key)) add(["secretariat"], key, `secretariat: ${key}`);
  if (wish.leader !== null && now().leaders.default !== wish.leader)
    set(["leaders", "default"], wish.leader, `leader: ${wish.leader}`);
  for (const { key, name } of wish.bodies) {
    const there = now().bodies.find((it) => it.key === key);
    // Its name is an option on the board: another name would be another option, and nobody's approvals.
    if (there && there.name !== name)
      mistakes.push(`the body ${key} is called «${there.name}»: rename it in the file and in Notion together`);
    if (!there)
      add(
        ["bodies"],
        { key, name, label: `udvalg:${key}`, approvers: [], meetings: [], deadlineWorkingDays: DEADLINE_WORKING_DAYS },
        `body ${key}: ${name}`,
        false,
      );
  }
  for (const { body, person, from, to } of wish.approvers) {
    const at = now().bodies.findIndex(({ key }) => key === body);
    const term = { person, from, ...(to !== null && { to }) };
    const there = now().bodies[at]?.approvers.find((it) => it.person === person);
    if (at < 0) mistakes.push(`--approver ${body}=…: there is no body with the key ${body}`);
    else if (!there)
      add(
        ["bodies", at, "approvers"],
        term,
        `${person} may tick for ${body} from ${from}${to === null ? "" : ` to ${to}`}`,
      );
  }
  for (const { body, dates } of wish.meetings) {
    const at = now().bodies.findIndex(({ key }) => key === body);
    const there = now().bodies[at]?.meetings ?? [];
    const fresh = dates.filter((date) => !there.includes(date));
    if (at < 0) mistakes.push(`--meetings ${body}=…: there is no body with the key ${body}`);
    else if (fresh.length > 0)
      set(["bodies", at, "meetings"], [...there, ...fresh].sort(), `${body} meets ${fresh.join(", ")}`);
  }
  return { text: changes.length === 0 ? text : document.toString({ lineWidth: 120 }), changes, mistakes };
}
