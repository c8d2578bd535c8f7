// SPDX-License-Identifier: EUPL-1.2
/**
 * One rule of each invariant, broken on the real wire. `npm run mutants -- --wire` breaks them one at a time in a copy and
 * lives small houses of the right kind until the simulation notices.
 */
import type { KindName } from "../simulation/houses.ts";
import type { Mutant } from "./mutants.ts";

export type WireMutant = Readonly<{
  invariant: `I${number}`;
  breaks: string;
  /** The kind of house in which it should be noticed. */
  kind: KindName;
  /** File in src · the text in it, which stands there exactly once · what stands there instead. */
  edits: readonly (readonly [file: string, find: string, replace: string])[];
}>;

export const wireMutants: readonly WireMutant[] = [
  {
    invariant: "I1",
    breaks: "a gate opens without every committee's yes",
    kind: "stormy",
    edits: [["core/judge-move.ts", "if (gate.missing.length > 0) {", "if (gate.missing.length > 99) {"]],
  },
  {
    invariant: "I1",
    breaks: "a committee that must say yes can be taken off by anybody",
    kind: "stormy",
    edits: [["core/judge-guarded.ts", "model.municipality.secretariat.includes(person.key);", "person.key !== '';"]],
  },
  {
    invariant: "I2",
    breaks: "whoever ticks is taken for an approver",
    kind: "stormy",
    edits: [
      [
        "core/judge-tick.ts",
        "if (!users.every((user) => isApprover(model, facts, user, who.at))) return refusePerson(model, facts, who);",
        "if (users.length > 99) return refusePerson(model, facts, who);",
      ],
    ],
  },
  {
    invariant: "I2",
    breaks: "one approver among several authors is enough",
    kind: "stormy",
    edits: [
      [
        "core/judge-tick.ts",
        "if (!users.every((user) => isApprover(model, facts, user, who.at))) return",
        "if (!users.some((user) => isApprover(model, facts, user, who.at))) return",
      ],
    ],
  },
  {
    invariant: "I3",
    breaks: "the reconcile does not look at the rows",
    kind: "steady",
    edits: [
      [
        "sync/differences.ts",
        "yield* changedRows(world, since, (row) => rows.delete(row));",
        "void changedRows; rows.clear();",
      ],
    ],
  },
  {
    invariant: "I3",
    breaks: "the reconcile begins where the last one began, without overlap",
    kind: "steady",
    edits: [["sync/reconcile.ts", "const OVERLAP_MS = 3 * 60_000;", "const OVERLAP_MS = 0;"]],
  },
  {
    invariant: "I3",
    breaks: "an issue that an event of its own does not tell of is left as it is",
    kind: "stormy",
    edits: [
      [
        "sync/sync-card.ts",
        "const mirror = requests.length > 0 || (await mustMirror(world, settled)) ? [card] : [];",
        "const mirror: CardId[] = [];",
      ],
    ],
  },
  {
    invariant: "I4",
    breaks: "after broken-off work a message is not looked for before it is said",
    kind: "stormy",
    edits: [
      ["sync/carry-out.ts", "lookFirst && (await world.board.hasComment(card, tell.marker))", "lookFirst && false"],
    ],
  },
  {
    invariant: "I5",
    breaks: "the service's own writes are news to it",
    kind: "stormy",
    edits: [
      [
        "board/notion/webhook.ts",
        "if (event.authors.length > 0 && event.authors.every((author) => author.id === self)) return",
        "if (event.authors.length > 99 && event.authors.every((author) => author.id === self)) return",
      ],
    ],
  },
  {
    invariant: "I6",
    breaks: "an event is answered for while Redis is away",
    kind: "redis-killed",
    edits: [
      [
        "web/intake.ts",
        'if (isUnreachable(error)) return { kind: "unavailable" };',
        'if (isUnreachable(error)) return { kind: "taken" };',
      ],
    ],
  },
  {
    invariant: "I6",
    breaks: "what was heard is forgotten when a look begins",
    kind: "stormy",
    edits: [
      [
        "sync/observe.ts",
        "  const requests = await ledger.tasks.requests(id);\n",
        "  await Reflect.get(ledger.hints, 'judged').call(ledger.hints, hints);\n  const requests = await ledger.tasks.requests(id);\n",
      ],
    ],
  },
  {
    invariant: "I7",
    breaks: "text from a card is not escaped on its issue",
    kind: "stormy",
    edits: [["tracker/github/inert.ts", "  return escaped(plainLine(text, max));", "  return plainLine(text, max);"]],
  },
  {
    invariant: "I7",
    breaks: "what looks like a civil registration number is sent",
    kind: "stormy",
    edits: [
      [
        "core/privacy.ts",
        "export function hasCpr(",
        "export function hasCpr(_text: string): boolean {\n  return false;\n}\n\nexport function hadCpr(",
      ],
    ],
  },
  {
    invariant: "I8",
    breaks: "a card's counter is not compared before it is written",
    kind: "frozen",
    edits: [
      [
        "ledger/scripts.ts",
        "or '0') ~= ARGV[1] then return 'overtaken' end",
        "or '0') == 'never' then return 'overtaken' end",
      ],
      [
        "ledger/ledger.ts",
        "if (Number(current ?? 0) !== revision) throw",
        "if (Number(current ?? 0) < 0 && revision < 0) throw",
      ],
    ],
  },
  {
    invariant: "I8",
    breaks: "several looks at one card may be under way",
    kind: "stormy",
    edits: [
      [
        "jobs/queues.ts",
        "deduplication: { id, keepLastIfActive: true, replace: true },",
        "deduplication: { id: id + randomUUID() },",
      ],
    ],
  },
  {
    invariant: "I10",
    breaks: "an issue's text is written anew, the developers' with it",
    kind: "stormy",
    edits: [["tracker/github/block.ts", "{found.after}`;", "{''}`;"]],
  },
  {
    invariant: "I10",
    breaks: "an issue's labels are set anew, the developers' with them",
    kind: "stormy",
    edits: [
      [
        "tracker/github/issue.ts",
        "return [...seen.filter((name) => !own.has(fold(name))), ...labels];",
        "return seen.length < 0 && own.size < 0 ? [] : [...labels];",
      ],
    ],
  },
];

/** The mutants' edits, each as it is applied to its file. */
export function editsOf({ breaks, edits }: WireMutant): readonly Readonly<{ file: string; mutant: Mutant }>[] {
  return edits.map(([file, find, replace]) => ({ file, mutant: [breaks, find, replace] }));
}
