// SPDX-License-Identifier: EUPL-1.2
/** What counts as told: the one check that must weigh what the events tell of, beside what was done. */
import { describe, expect, it } from "vitest";
import type { LogLine } from "../../src/core/accepted.ts";
import { model } from "../integration/house.ts";
import { askedAgain, bodyName, type Evidence, gateLabel } from "./check-yes.ts";
import type { Taken } from "./post-office.ts";
import { chairs } from "./stage.ts";
import { Witness } from "./witness.ts";

const [card, row, self, box] = ["card", "row", "service", "box"];
const begins = Date.parse("2026-11-23T08:00:00.000Z");
const [gate, bodyKey] = [model.gates[0]?.id ?? "", model.municipality.bodies[0]?.key ?? ""];
const body = bodyName(bodyKey);
const chair = chairs[body]?.[0] ?? "";
const staff = "somebody";

type Act = Readonly<{ second: number; by: string; box?: boolean }>;
type Event = Readonly<{ second: number; by: readonly string[]; touched?: readonly string[] }>;

/** What the check says of an A30 in the tenth minute. Every event is taken half a second after what it tells of. */
function said(acts: readonly Act[], events: readonly Event[], heard: readonly string[] = []): readonly string[] {
  const witness = new Witness();
  witness.rows.set(row, { card, gate: gateLabel(gate), body, passage: 1 });
  for (const act of acts) {
    const at = begins + act.second * 1_000;
    const done = { row, by: act.by, at, clock: new Date(at).toISOString(), what: "" };
    witness.rowActs.push(done);
    if (act.box !== undefined) witness.boxActs.push({ ...done, box: act.box });
  }
  const taken: readonly Taken[] = events.map(({ second, by, touched = [box] }) => {
    const stamped = begins + second * 1_000;
    const at = stamped + 500;
    return { event: `event ${second}`, about: row, authors: by, touched, stamped, at, clock: at };
  });
  const looks = begins + 600_000;
  const line: LogLine = {
    at: new Date(looks).toISOString(),
    card,
    projectId: "",
    rule: "A30",
    by: [],
    machines: [],
    events: [],
    from: "",
    to: "",
    gate,
    body: bodyKey,
    passage: 1,
    modelVersion: 1,
  };
  const evidence: Evidence = {
    witness,
    taken,
    sent: new Map(),
    self,
    box,
    asked: new Set([row]),
    isLost: () => false,
  };
  return askedAgain(card, { line, at: looks + 1 }, evidence, new Set(heard));
}

const person = (user: string) => [`person ${user}`];
const ticks = (second: number): Act => ({ second, by: chair, box: true });

describe("asked again for a tick that was told", () => {
  it("is wrong", () => {
    expect(said([ticks(10)], [{ second: 10, by: person(chair) }])).toEqual([expect.stringContaining("event 10")]);
  });

  it("is wrong however the box was set and cleared before, and whoever did something after it that is told too", () => {
    const acts = [{ second: 1, by: staff, box: true }, { second: 2, by: staff, box: false }, ticks(10)];
    const later = { second: 300, by: staff };
    const events = [
      { second: 10, by: [...person(chair), `bot ${self}`] },
      { second: 300, by: person(staff), touched: ["note"] },
    ];
    expect(said([...acts, later], events)).toHaveLength(1);
  });

  it.for<[string, readonly Act[], readonly Event[], readonly string[]]>([
    ["no event came", [ticks(10)], [], []],
    ["only the service's own write is told", [ticks(10)], [{ second: 10, by: [`bot ${self}`] }], []],
    ["somebody else is an author too", [ticks(10)], [{ second: 10, by: [...person(chair), ...person(staff)] }], []],
    ["the event tells of something else", [ticks(10)], [{ second: 10, by: person(chair), touched: ["note"] }], []],
    ["a line rests on it", [ticks(10)], [{ second: 10, by: person(chair) }], ["event 10"]],
    [
      "the event tells of an earlier tick, and of what followed none does",
      [ticks(10), { second: 400, by: staff, box: false }, ticks(401)],
      [{ second: 10, by: person(chair) }],
      [],
    ],
    [
      "the approver did something later that no event tells of",
      [ticks(10), { second: 400, by: chair }],
      [{ second: 10, by: person(chair) }],
      [],
    ],
    ["it was set by nobody who may", [{ second: 10, by: staff, box: true }], [{ second: 10, by: person(staff) }], []],
  ])("is right where %s", ([, acts, events, heard]) => {
    expect(said(acts, events, heard)).toEqual([]);
  });
});
