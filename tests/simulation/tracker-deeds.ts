// SPDX-License-Identifier: EUPL-1.2
/** What developers do on the tracker. Each answers whether there was something to do. */
import { model } from "../integration/house.ts";
import type { Chance } from "./chance.ts";
import type { Stage } from "./stage.ts";

const DEVELOPER = "anders-dev";

type Deed = (on: Stage, dice: Chance) => boolean;
type IssueDeed = (on: Stage, dice: Chance, issue: NonNullable<ReturnType<Stage["issue"]>>) => void;

/** On the card's issue, when it has one. */
const onIssue =
  (deed: IssueDeed): Deed =>
  (on, dice) => {
    const issue = on.issue();
    if (issue) deed(on, dice, issue);
    return issue !== null;
  };

const names = (issue: { labels: readonly (string | { name?: string | undefined })[] }) =>
  issue.labels.map((it) => (typeof it === "string" ? it : (it.name ?? "")));

function keep(on: Stage, issue: number, kind: "line" | "label", text: string): void {
  const { witness, github } = on;
  witness.foreign = [...witness.foreign, { issue, kind, text, journal: github.calls.length }];
}

export const trackerDeeds = {
  /** A request to move the card, one way or the other, or an ambiguous one. */
  relabel: onIssue((on, dice, { number }) => {
    const phase = dice.pick(model.phases);
    on.github.label(DEVELOPER, number, phase.label);
    on.asked(phase.name, true);
  }),
  unlabel: onIssue(({ github, witness }, dice, issue) => {
    const label = dice.pick(names(issue));
    github.unlabel(DEVELOPER, issue.number, label);
    witness.foreign = witness.foreign.filter((it) => it.issue !== issue.number || it.text !== label);
  }),
  tag: onIssue((on, dice, { number }) => {
    const label = dice.pick(["bug", "hjælp ønskes", "til sommer"]);
    on.github.label(DEVELOPER, number, label);
    keep(on, number, "label", label);
  }),
  close: onIssue(({ github }, dice, { number }) =>
    github.closeIssue(DEVELOPER, number, dice.pick(["completed", "not_planned"])),
  ),
  reopen: onIssue(({ github }, _dice, { number }) => github.reopenIssue(DEVELOPER, number)),
  rename: onIssue(({ github }, dice, { number }) =>
    github.edit(DEVELOPER, number, { title: `Udviklernes titel ${dice.below(1_000)}` }),
  ),
  /** Below the service's block: the developers' own. */
  write: onIssue((on, dice, { number, body }) => {
    const line = `Udviklernes linje ${dice.below(100_000)}`;
    on.github.edit(DEVELOPER, number, { body: `${body ?? ""}\n\n${line}` });
    keep(on, number, "line", line);
  }),
  /** Inside the service's block. */
  scribble: onIssue(({ github }, dice, { number, body }) =>
    github.edit(DEVELOPER, number, {
      body: (body ?? "").replace("<!-- faseport:end -->", `Kladde ${dice.below(99)}\n<!-- faseport:end -->`),
    }),
  ),
  removeBlock: onIssue(({ github }, _dice, { number, body }) =>
    github.edit(DEVELOPER, number, {
      body: (body ?? "").replace(/<!-- faseport:begin [^>]*-->[\s\S]*?<!-- faseport:end -->/u, ""),
    }),
  ),
  discuss: onIssue(({ github }, dice, { number }) =>
    github.comment(DEVELOPER, number, `Hvad med sag ${dice.below(900)}? <!-- faseport:end -->`),
  ),
  assign: onIssue(({ github }, _dice, { number }) => github.assign(DEVELOPER, number, DEVELOPER)),
  remove: onIssue(({ github, witness }, dice, { number }) => {
    if (dice.happens(0.5)) github.deleteIssue(DEVELOPER, number);
    else github.transferIssue(DEVELOPER, number, "furesoe-kommune/andet");
    witness.gone.add(number);
  }),
  /** An issue of their own that says it is the card's. */
  spoof(on) {
    const body = `<!-- faseport:begin ${on.card} -->\nMit kort\n<!-- faseport:end -->`;
    on.witness.developersOwn.add(on.github.create(DEVELOPER, { title: "Et andet kort", body, labels: ["bug"] }));
    return true;
  },
} as const satisfies Record<string, Deed>;
