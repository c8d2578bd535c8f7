// SPDX-License-Identifier: EUPL-1.2
/** What erasing a person means, in words: what is forgotten, what stays and why, what stands in its way. */
import type { Tie } from "../src/core/ties.ts";
import type { Forgettable, Staying } from "../src/ledger/person.ts";
import { bodyOf, type Model } from "../src/model/model.ts";

export type Erasure = Readonly<{
  users: readonly string[];
  ties: readonly Tie[];
  forgettable: Forgettable;
  jobs: number;
  staying: Staying;
}>;

export function erasureInWords(model: Model, { users, ties, forgettable, jobs, staying }: Erasure): string {
  const { sent, letters, told, gone } = forgettable;
  const forgotten: readonly (readonly [number, string])[] = [
    [sent, "reminders that were sent: that they were sent stays, to whom does not"],
    [letters.length, "messages on their way: they are not sent"],
    [jobs, "jobs of such messages, done or given up"],
    [told.length, "notes of the last hour that they were told something"],
    [gone ? 1 : 0, "mention among those who have left Notion (back at the next round while a card names them)"],
  ];
  const { log, cards, waiting, links } = staying;
  const kept: readonly (readonly [number, string])[] = [
    [
      log,
      "lines of the decision log, with the id alone: evidence of who decided, and chained, so that none can be changed",
    ],
    [cards.length, `records of cards, as Notion shows them and as was decided: ${cards.join(", ")}`],
    [waiting, "events and requests not judged yet: until they are, at most three days"],
    [links, "links to issues, as GitHub shows their assignees"],
  ];
  return [
    `Known as ${users.join(", ")}.`,
    ...part("Forgotten", forgotten),
    ...part("Stays", kept),
    "Not looked at: Notion, GitHub, backups (what is erased comes back with them), exports and the service's log.",
    ...ties.map((tie) => `In the way: ${tieInWords(model, tie)}`),
  ].join("\n");
}

function part(title: string, lines: readonly (readonly [number, string])[]): readonly string[] {
  const some = lines.filter(([count]) => count > 0);
  if (some.length === 0) return [`${title}: nothing.`];
  return [`${title}:`, ...some.map(([count, what]) => `${String(count).padStart(6)} ${what}`)];
}

function tieInWords(model: Model, tie: Tie): string {
  switch (tie.kind) {
    case "approver":
      return `may tick for ${bodyOf(model, tie.body).name}. Give the period an end (\`to\`) before today in the municipality's file`;
    case "secretariat":
      return "is in the secretariat. Take them out of `secretariat` in the municipality's file";
    case "leader":
      return "is the leader of cards that have none. Name somebody else in `leaders` in the municipality's file";
    case "listed":
      return "stands in `people` in the municipality's file, and gets what everyone gets. Take them out, restart, and name them by the ids above; a former approver stays as long as decisions of their time are judged";
    case "card":
      return `stands in «${tie.property}» of ${tie.projectId}. Put somebody else there in Notion`;
  }
}
