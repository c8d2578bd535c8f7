// SPDX-License-Identifier: EUPL-1.2
/** DOMAIN 7, both directions: what is read on the task, what both sides last agreed on, and what the card says, to what each side gets. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Accepted } from "../../../src/core/accepted.ts";
import type { CardSeen, Hint } from "../../../src/core/card.ts";
import { agreedOn, judgeTask, type TaskVerdict } from "../../../src/core/judge-task.ts";
import { type TaskSeen, taskWanted } from "../../../src/core/task.ts";
import { noTask, type TaskLink, type TaskSynced } from "../../../src/core/task-link.ts";
import type { TaskRequest } from "../../../src/core/task-request.ts";
import {
  accepted,
  anders,
  card,
  decision,
  fullFields,
  lise,
  minutes,
  model,
  now,
  registration,
  stranger,
} from "./fixtures.ts";

type TaskRequestKind = TaskRequest["kind"];

const yes = [decision({ registration: registration() })];
const owners = { anders: "anders-dev", lise: "lise-leder" } as const;

type Scene = Readonly<{
  next?: Partial<Accepted>;
  /** The card as it is now, beside the one that was agreed on. */
  card?: Partial<CardSeen>;
  before?: Partial<CardSeen>;
  /** The task as it is now, beside what the service made of it. */
  task?: Partial<TaskSeen>;
  link?: Partial<TaskLink>;
  hints?: readonly Hint[];
  at?: Date;
}>;

/** A task that was as the card wanted it, then changed on either side. */
function judged(scene: Scene): TaskVerdict {
  const next = accepted({ decisions: yes, ...scene.next });
  const wantedOf = (it: CardSeen) => {
    const wanted = taskWanted(model, next, it, now);
    if (!wanted) throw new Error("no task is wanted");
    return wanted;
  };
  const made = wantedOf(card(scene.before));
  const shown: TaskSeen = {
    id: 9,
    number: 7,
    url: "https://github.com/o/r/issues/7",
    title: made.title,
    body: "",
    labels: made.labels,
    closed: made.closed,
    assignees: made.assignees,
    author: { login: "faseport-bot", isPerson: true },
  };
  return judgeTask(model, {
    accepted: next,
    card: card({ ...scene.before, ...scene.card }),
    wanted: wantedOf(card({ ...scene.before, ...scene.card })),
    seen: { ...shown, ...scene.task },
    link: { ...noTask, synced: agreedOn(model, made, shown), ...scene.link },
    hints: scene.hints ?? [],
    now: scene.at ?? now,
  });
}

/** The ids of what is said, from the comments' markers. */
const said = ({ link }: TaskVerdict) => link.outbox.map(({ marker }) => marker.split("-")[0]);
const phaseOf = ({ wanted }: TaskVerdict) => wanted.labels.filter((label) => label.startsWith("fase:"));
const labels = (...phases: string[]) => ({ labels: ["spor:politisk", "udvalg:udi", ...phases] });

describe("the title", () => {
  it.each<readonly [string, Scene, string, string | null, readonly string[]]>([
    ["nobody changed it", {}, "Madspild på plejehjem", null, []],
    ["the card", { card: { title: "Ny" } }, "Ny", null, []],
    ["the task", { task: { title: "Anden" } }, "Anden", "Anden", []],
    ["both, to different ones", { card: { title: "Ny" }, task: { title: "Anden" } }, "Ny", null, ["B28"]],
    ["both, to the same", { card: { title: "Ny" }, task: { title: "Ny" } }, "Ny", null, []],
    [
      "both, to the same but for what nobody sees",
      { card: { title: "Ny" }, task: { title: " N\u200By " } },
      "Ny",
      null,
      [],
    ],
    [
      "the task, before anything was agreed on",
      { task: { title: "Anden" }, link: { synced: null } },
      "Madspild på plejehjem",
      null,
      [],
    ],
    ["the task, of a card without one", { before: { title: "" }, task: { title: "Anden" } }, "Anden", "Anden", []],
    ["the task, to a number", { task: { title: "Borger 010203-1234" } }, "Madspild på plejehjem", null, ["A31"]],
    [
      "the task, of a confidential card",
      { before: { fields: { ...fullFields, Fortrolighed: "Fortrolig" } }, task: { title: "Madspild" } },
      "INNO-12 (fortrolig)",
      null,
      [],
    ],
    [
      "the card, which is confidential now",
      { card: { title: "Ny", fields: { ...fullFields, Fortrolighed: "Fortrolig" } }, task: { title: "Anden" } },
      "INNO-12 (fortrolig)",
      null,
      [],
    ],
  ])("changed by %s", (_who, scene, shown, asked, says) => {
    const verdict = judged(scene);
    expect([verdict.wanted.title, said(verdict)]).toEqual([shown, says]);
    const requests =
      asked === null ? [] : [{ kind: "title", from: card({ ...scene.before, ...scene.card }).title, to: asked }];
    expect(verdict.requests).toEqual(requests);
  });

  it("that the card is asked to take is one visible line, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 300 }), (title) => {
        const [request] = judged({ task: { title } }).requests;
        if (request?.kind !== "title") return;
        expect(request.to).not.toMatch(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u2028\u2029]/u);
        expect(request.to.trim()).toBe(request.to);
      }),
    );
  });
});

describe("owner and assignees", () => {
  const { anders: A, lise: L } = owners;
  it.each<readonly [string, Scene, readonly string[] | null, readonly string[], readonly string[], readonly string[]]>([
    ["as agreed", {}, null, [A], [], []],
    ["one more, known, on the task", { task: { assignees: [A, L] } }, null, [A], [], []],
    ["one more, unknown, on the task", { task: { assignees: [A, "ida"] } }, null, [A], [], ["B30"]],
    [
      "one more of whom the task was told",
      { task: { assignees: [A, "Ida"] }, link: { strangers: ["ida"] } },
      null,
      [A],
      [],
      [],
    ],
    ["replaced on the task", { task: { assignees: [L] } }, [lise], [], [], []],
    ["taken off on the task", { task: { assignees: [] } }, null, [A], [], []],
    ["taken off for somebody unknown", { task: { assignees: ["ida"] } }, null, [A], [], ["B30"]],
    [
      "one of two replaced on the task",
      { before: { owners: [anders, stranger] }, task: { assignees: [L] } },
      [stranger, lise],
      [],
      [],
      [],
    ],
    ["assigned to a card without an owner", { before: { owners: [] }, task: { assignees: [L] } }, [lise], [], [], []],
    [
      "assigned to a card whose owner has no account",
      { before: { owners: [stranger] }, task: { assignees: [L] } },
      null,
      [],
      [],
      [],
    ],
    ["replaced on the card", { card: { owners: [lise] } }, null, [L], [A], []],
    ["taken off the card", { card: { owners: [] } }, null, [], [A], []],
    ["replaced on both", { card: { owners: [lise] }, task: { assignees: ["ida"] } }, null, [L], [A], ["B30"]],
    ["the same, written otherwise", { task: { assignees: ["ANDERS-DEV"] } }, null, [A], [], []],
    ["nothing agreed on yet", { task: { assignees: [L] }, link: { synced: null } }, null, [A], [], []],
  ])("%s", (_what, scene, asked, assignees, formerAssignees, says) => {
    const verdict = judged(scene);
    expect(verdict.wanted).toMatchObject({ assignees, formerAssignees });
    expect(verdict.requests.map((it) => (it.kind === "owners" ? it.to : it))).toEqual(asked === null ? [] : [asked]);
    expect(said(verdict)).toEqual(says);
  });

  it("an account that the tracker does not take is tried once, and again when the owners change", () => {
    const link = (logins: string[]) => ({
      synced: {
        title: { card: "Madspild på plejehjem", task: "Madspild på plejehjem" },
        phase: null,
        owners: logins,
        refused: logins,
      },
    });
    expect(judged({ task: { assignees: [] }, link: link([owners.anders]) }).wanted.assignees).toEqual([]);
    expect(
      judged({ card: { owners: [lise] }, task: { assignees: [] }, link: link([owners.anders]) }).wanted.assignees,
    ).toEqual([owners.lise]);
  });
});

describe("the phase label", () => {
  const by = (id: string, kind: "person" | "bot" = "person"): readonly Hint[] => [
    {
      event: "github:e1",
      at: now.toISOString(),
      kind: "changed",
      authors: [{ id, kind }],
      touched: ["label:fase:2-nytaenk"],
    },
  ];
  const forward = labels("fase:2-nytaenk");
  const confirmed = ["fase:1-udforsk"];

  it.each<readonly [string, Scene, readonly string[]]>([
    ["no yes", { next: { decisions: [] }, task: forward }, ["A25"]],
    ["a requirement is missing", { before: { fields: {} }, task: forward }, ["A25m"]],
    ["two phases at once", { task: labels("fase:3-test") }, ["A25s"]],
    ["parked", { next: { position: { state: "parked", phase: "udforsk" } }, task: forward }, ["A25t"]],
    ["closed", { next: { position: { state: "closed", phase: "udforsk" } }, task: forward }, ["A25t"]],
    ["in the bin", { next: { trashed: true }, task: forward }, []],
    ["by a machine", { task: forward, hints: by("actions[bot]", "bot") }, []],
    ["backward", { next: { position: { state: "active", phase: "nytaenk" } }, task: labels("fase:1-udforsk") }, []],
    ["two labels", { task: labels("fase:1-udforsk", "fase:2-nytaenk") }, []],
    ["none", { task: labels() }, []],
    ["nothing agreed on yet", { task: forward, link: { synced: null } }, []],
  ])("%s: the confirmed one is put back", (_why, scene, says) => {
    const verdict = judged(scene);
    const phase = scene.next?.position?.phase ?? "udforsk";
    expect(phaseOf(verdict)).toEqual(model.phases.filter(({ key }) => key === phase).map(({ label }) => label));
    expect(verdict.requests).toEqual([]);
    expect(said(verdict)).toEqual(says);
  });

  it("forward through an open gate: the card is asked, with who and which event; the label waits", () => {
    const verdict = judged({ task: forward, hints: by("anna") });
    expect(verdict.requests).toEqual([{ kind: "phase", to: "nytaenk", by: ["github:anna"], events: ["github:e1"] }]);
    expect([phaseOf(verdict), said(verdict)]).toEqual([["fase:2-nytaenk"], []]);
  });

  it("forward, and nobody heard who did it: asked all the same, as a drag would be", () => {
    expect(judged({ task: forward }).requests).toEqual([{ kind: "phase", to: "nytaenk", by: [], events: [] }]);
  });

  it("of a phase the card has left since asks for nothing", () => {
    const verdict = judged({
      next: { position: { state: "active", phase: "test" } },
      before: {},
      task: labels(...confirmed),
      link: { synced: { title: { card: "", task: "" }, phase: "fase:1-udforsk", owners: [], refused: [] } },
    });
    expect([phaseOf(verdict), verdict.requests, said(verdict)]).toEqual([["fase:3-test"], [], []]);
  });
});

describe("closing", () => {
  it.each<readonly [string, Scene, readonly string[]]>([
    ["early: opened again, and told (A26)", { task: { closed: "completed" } }, ["A26"]],
    ["by the service's own", { next: { position: { state: "closed", phase: "test" } } }, []],
    [
      "opened by a developer when the project is over",
      { next: { position: { state: "closed", phase: "test" } }, task: { closed: null } },
      [],
    ],
  ])("%s", (_what, scene, says) => {
    const verdict = judged(scene);
    expect(said(verdict)).toEqual(says);
    expect(verdict.wanted.closed).toBe(scene.next ? "completed" : null);
  });
});

describe("what is said", () => {
  const closed: Scene = { task: { closed: "completed" } };
  it("is Danish with the English below, and the same again only after a while", () => {
    const first = judged(closed);
    expect(first.link.outbox[0]?.text).toMatch(/^Opgaven er åbnet igen\..*\n\nThe issue has been reopened\./su);
    const link = { ...first.link, outbox: [] };
    expect(said(judged({ ...closed, link, at: minutes(29) }))).toEqual([]);
    const later = judged({ ...closed, link, at: minutes(31) });
    expect(said(later)).toEqual(["A26"]);
    expect(later.link.outbox[0]?.marker).not.toBe(first.link.outbox[0]?.marker);
  });

  it("names no person, whatever is said", () => {
    const scenes: readonly Scene[] = [
      closed,
      { next: { decisions: [] }, task: labels("fase:2-nytaenk") },
      { before: { fields: {} }, task: labels("fase:2-nytaenk") },
      { card: { title: "Ny" }, task: { title: "Anden", assignees: ["ida"] } },
    ];
    const texts = scenes.flatMap((scene) => judged(scene).link.outbox.map(({ text }) => text));
    expect(texts.length).toBeGreaterThan(4);
    for (const text of texts)
      for (const { name, github = name } of model.municipality.people) {
        expect(text).not.toContain(name);
        expect(text).not.toContain(github);
      }
  });
});

describe("a write whose answer was lost, when the card has moved on: what it left is the service's own", () => {
  /** Written on the way from what was agreed on to what the card says now. */
  const writing = (over: Partial<TaskSynced>): Partial<TaskLink> => ({
    writing: { title: { card: "", task: "" }, phase: null, owners: [], refused: [], ...over },
  });
  const asks = (scene: Scene) => judged(scene).requests.map(({ kind }) => kind);
  const { anders: A, lise: L } = owners;

  it.each<readonly [string, Scene, TaskRequestKind, Partial<TaskSynced>]>([
    ["a title", { task: { title: "Ny" } }, "title", { title: { card: "Ny", task: "Ny" } }],
    ["a phase label", { task: labels("fase:2-nytaenk") }, "phase", { phase: "fase:2-nytaenk" }],
    ["an assignee", { task: { assignees: [L] } }, "owners", { owners: [L] }],
  ])("%s: asks for nothing", (_what, scene, kind, over) => {
    expect(asks(scene)).toEqual([kind]);
    expect(asks({ ...scene, link: writing(over) })).toEqual([]);
    const again = judged({ ...scene, link: writing(over) });
    expect([again.wanted.title, again.wanted.assignees, phaseOf(again), said(again)]).toEqual([
      "Madspild på plejehjem",
      [A],
      ["fase:1-udforsk"],
      [],
    ]);
  });

  it.each<readonly [string, Scene, TaskRequestKind, Partial<TaskSynced>]>([
    ["a title", { task: { title: "Anden" } }, "title", { title: { card: "Ny", task: "Ny" } }],
    ["a phase label", { task: labels("fase:2-nytaenk") }, "phase", { phase: "fase:3-test" }],
    ["an assignee", { task: { assignees: [L] } }, "owners", { owners: [A, "en-anden"] }],
  ])("%s that a developer changed since: asked for all the same", (_what, scene, kind, over) => {
    expect(asks({ ...scene, link: writing(over) })).toEqual([kind]);
  });

  it("the last owner taken off the card, not written after all: not put on it again", () => {
    expect(asks({ card: { owners: [] }, link: writing({ owners: [] }) })).toEqual([]);
  });

  it("is put down before it is written: what will be agreed on, and where the card is asked first what was", () => {
    expect(judged({ card: { title: "Ny" } }).writing.title).toEqual({ card: "Ny", task: "Ny" });
    const asked = judged({ task: { title: "Anden" } });
    expect(asked.writing.title).toEqual({ card: "Madspild på plejehjem", task: "Madspild på plejehjem" });
  });
});
