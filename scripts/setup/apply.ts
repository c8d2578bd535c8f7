// SPDX-License-Identifier: EUPL-1.2
/**
 * Does what the plan says. What would be made twice is written down as soon as it is made, and looked for before: setup may
 * be broken off anywhere and run again.
 */
import type { NotionAdministration } from "../../src/board/notion/administration.ts";
import type { Relation } from "../../src/board/notion/make-source.ts";
import { Permanent } from "../../src/core/errors.ts";
import type { Model } from "../../src/model/model.ts";
import type { GithubAdministration } from "../../src/tracker/github/administration.ts";
import type { Values } from "./env-file.ts";
import type { BoardPart, Plan } from "./plan.ts";

export type Doing = Readonly<{
  notion: NotionAdministration;
  github: GithubAdministration;
  model: Model;
  /** Writes variables down at once. */
  keep: (values: Values) => void;
  /** The secret that GitHub is to sign with. */
  hookSecret: string;
  tell: (line: string) => void;
}>;

/** What numbers the cards: INNO-12. */
const NUMBER_PREFIX = "INNO";

export async function apply(plan: Plan, doing: Doing): Promise<void> {
  await applyBoard(plan, doing);
  const { github, tell } = doing;
  for (const label of plan.labels) {
    await github.makeLabel(label);
    tell(`GitHub: label ${label.name}`);
  }
  await applyHook(plan, doing);
}

async function applyBoard(plan: Plan, doing: Doing): Promise<void> {
  const { notion, model, tell } = doing;
  const projects = await ensureSource(plan, plan.projects, "NOTION_PROJECTS", doing);
  const { card, decision } = model.rules;
  const relation = { property: decision.card.name, source: projects, back: card.decisions.name };
  await ensureSource(plan, plan.decisions, "NOTION_DECISIONS", doing, relation);
  if (plan.board === null) return;
  await notion.makeBoard(projects, card.phase.name, plan.board);
  tell(`Notion: view «${plan.board}»`);
}

/** Makes the data source, or what is missing of it; answers its id. */
async function ensureSource(
  plan: Plan,
  part: BoardPart,
  variable: "NOTION_PROJECTS" | "NOTION_DECISIONS",
  { notion, keep, tell }: Doing,
  relation?: Relation,
): Promise<string> {
  if (part.id !== null) {
    await notion.addProperties(part.id, part.create, NUMBER_PREFIX, relation);
    for (const { property, add } of part.options) await notion.addOptions(part.id, property, add);
    keep({ [variable]: part.id });
    if (part.create.length + part.options.length > 0) tell(`Notion: «${part.title}» has what it lacked`);
    return part.id;
  }
  if (!plan.page) throw new Permanent("no page to make the databases in: say with --page which one");
  const id = await notion.makeSource(plan.page.id, part.title, part.wanted, NUMBER_PREFIX, relation);
  keep({ [variable]: id });
  tell(`Notion: database «${part.title}»`);
  return id;
}

async function applyHook({ hook }: Plan, { github, hookSecret, tell }: Doing): Promise<void> {
  if (hook.kind === "make") {
    await github.makeHook(hook.url, hookSecret);
    tell(`GitHub: webhook ${hook.url}`);
  }
  if (hook.kind === "change") {
    await github.changeHook(hook.id, hook.url, hookSecret);
    tell(`GitHub: webhook ${hook.url} mended`);
  }
}
