// SPDX-License-Identifier: EUPL-1.2
/**
 * What holds in every history of a card, whatever people do and whatever becomes of the events. A history is lived once,
 * and each law looks on: at every look, at every process that dies in the middle of one, and when all has come to rest.
 */
import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import type { Accepted } from "../../../src/core/accepted.ts";
import type { Hint } from "../../../src/core/card.ts";
import { judge } from "../../../src/core/judge.ts";
import { cardShown, rowShown } from "../../../src/core/shown.ts";
import { gateOutOf, STOP, trackOf } from "../../../src/model/model.ts";
import { COUNCIL, model, sanne, self } from "./fixtures.ts";
import { type History, Life, type Watch } from "./history.ts";
import { Oracle } from "./oracle.ts";
import type { Look, PureService } from "./pure-service.ts";

/** What a law watches. A new one for each history. */
type Watcher = Watch & Readonly<{ rest?: (life: Life) => void }>;

const laws: Readonly<Record<string, () => Watcher>> = {
  "I1, I2: no gated card goes forward without a standing tick of an approver of every body": () => {
    const oracle = new Oracle();
    return { look: (life, look) => oracle.check(life, look) };
  },
  "I4: events that come twice and in any order are judged as if they had come once, in theirs": () => ({
    look: (_life, look) => mustBe(judge(model, look.before, heardTwice(look)), look.judgement),
  }),
  "I4: a look that is broken off anywhere, and looked at again, ends as if it had not been": () => ({
    death({ service }, death) {
      const [whole, broken] = [service.fork(), service.fork()];
      for (const it of [whole, broken]) it.service.reconcile();
      broken.service.look(death);
      for (const it of [whole, broken]) it.service.look();
      mustBe(endOf(broken), endOf(whole));
    },
  }),
  "I5: own writes that come back as events cause nothing": () => ({
    look({ service }) {
      // What was broken off is not written yet.
      if (!service.isDone) return;
      mustDoNothing(service.hearItself());
    },
    rest({ board, service }) {
      for (const sent of board.sent.filter(({ hint }) => hint.authors.every(({ id }) => id === self)))
        service.receive(sent, true);
      expect(service.look().steps).toEqual([]);
    },
  }),
  "I3, I4: a plan carried out leaves nothing to do, to say or to log": () => ({
    rest({ service }) {
      const again = service.lookAgain();
      mustDoNothing(again);
      mustBe(withoutReadTimes(again.judgement.next), withoutReadTimes(service.accepted));
    },
  }),
  "I3: at rest the board shows exactly what is accepted": () => ({ rest: mustBeShown }),
  "DOMAIN 5.3: no box is set or cleared that was not just read and judged": () => ({
    look(_life, { observation, steps }) {
      const read = new Set(observation.rows.map(({ id }) => id));
      for (const step of steps)
        if (step.do === "write-row" && step.patch.box !== undefined && !read.has(step.row))
          throw new Error(`the box of ${step.row} was written unread`);
    },
  }),
  "DOMAIN 5.1, 5.5: what is open is what is asked for, and what is used up lies behind the card": () => ({
    look: (_life, { judgement }) => mustBeInOrder(judgement.next),
  }),
  "A24: only a row that the service has made is a decision's": () => ({
    look({ board, service }) {
      for (const { row } of service.accepted?.decisions ?? [])
        if (row !== null) expect(board.rows.get(row)?.createdBy, row).toBe(self);
    },
  }),
  "DOMAIN 6: on the gated track nobody but the secretariat takes away a body, the funding or the track itself": () => ({
    look({ board }, { before, judgement }) {
      const bySecretary = board.guardedActs.filter(({ by }) => by.id === sanne && by.kind === "person");
      for (const loss of before?.track === "politisk" ? losses(before, judgement.next) : [])
        if (!bySecretary.some((act) => loss.in(act))) throw new Error(`${loss.of} was lost`);
    },
  }),
};

/** Lives a history and then lets it come to rest. Throws at the first law that is broken, by its name. */
export function mustHold(given: History): void {
  const watchers = Object.entries(laws).map(([name, watcher]) => named(name, watcher()));
  const life = new Life(model, given, {
    look: (it, look) => {
      for (const watcher of watchers) watcher.look?.(it, look);
    },
    death: (it, death) => {
      for (const watcher of watchers) watcher.death?.(it, death);
    },
  });
  for (const action of given.actions) life.act(action);
  // Everything has arrived, every wait is over, and the card is not in the bin.
  life.board.trashCard({ id: "restorer", kind: "person" }, false);
  life.settle();
  life.settle();
  for (const watcher of watchers) watcher.rest?.(life);
}

/** The same watcher; what it throws says which law it is. */
function named(name: string, watcher: Watcher): Watcher {
  const naming =
    <Args extends readonly unknown[]>(watch: ((...args: Args) => void) | undefined) =>
    (...args: Args) => {
      try {
        watch?.(...args);
      } catch (cause) {
        throw new Error(`${name}\n${cause instanceof Error ? cause.message : cause}`, { cause });
      }
    };
  return { look: naming(watcher.look), death: naming(watcher.death), rest: naming(watcher.rest) };
}

/** Equal, as `toEqual` has it, which takes its time and is asked only for what differs. */
function mustBe(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
}

function mustDoNothing({ judgement: { tells, log }, steps }: ReturnType<PureService["lookAgain"]>): void {
  mustBe({ steps, tells, log }, { steps: [], tells: [], log: [] });
}

function heardTwice({ observation }: Look): Look["observation"] {
  const scrambled = (hints: readonly Hint[]) => [...hints, ...hints].reverse();
  const rowHints = Object.entries(observation.rowHints).map(([row, hints]) => [row, scrambled(hints)]);
  return { ...observation, cardHints: scrambled(observation.cardHints), rowHints: Object.fromEntries(rowHints) };
}

function endOf({ board, service }: ReturnType<PureService["fork"]>) {
  return {
    card: board.card,
    rows: [...board.rows.values()],
    comments: board.comments,
    log: service.log,
    accepted: withoutReadTimes(service.accepted),
  };
}

function withoutReadTimes<T extends { decisions: readonly object[] } | null>(accepted: T) {
  return accepted && { ...accepted, decisions: accepted.decisions.map((it) => ({ ...it, settledAt: null })) };
}

function mustBeShown({ board, service: { accepted } }: Life): void {
  if (!accepted) throw new Error("the card was never accepted");
  const { card, now } = board;
  const { bodies, needsFunding, state, phase, track, ...shown } = cardShown(
    model,
    accepted,
    card,
    card.shown.task,
    now,
  );
  mustBe([card.state, card.phase, card.track, card.shown], [state, phase, track, shown]);
  expect(new Set(card.bodies)).toEqual(new Set(bodies));
  expect(card.fields["Kræver bevilling"] === true).toBe(needsFunding);
  for (const decision of accepted.decisions.filter(({ ended }) => ended === null)) {
    const row = board.rows.get(decision.row ?? "");
    expect(row).toMatchObject({ ...rowShown(model, decision, accepted, card), inTrash: false, cards: [card.id] });
  }
  const known = new Set(accepted.decisions.map(({ row }) => row));
  for (const row of board.rows.values())
    if (!known.has(row.id) && !row.inTrash) expect(row, row.id).toMatchObject({ status: "void", box: false });
}

function mustBeInOrder({ position, track, bodies, needsFunding, passage, decisions, stopAsked }: Accepted): void {
  const ahead = gateOutOf(model, position.phase)?.id;
  const isAsked = trackOf(model, track).gated && position.state !== "closed";
  const deciding = ahead === "G3" && needsFunding ? [...bodies, COUNCIL] : bodies;
  const asked = [
    ...(ahead === undefined ? [] : [...new Set(deciding)].map((body) => `${ahead} ${body} ${passage}`)),
    ...(stopAsked ? bodies.map((body) => `${STOP} ${body} ${passage}`) : []),
  ];
  const open = decisions.filter(({ ended }) => ended === null);
  mustBe(open.map((it) => `${it.gate} ${it.body} ${it.passage}`).sort(), isAsked ? asked.sort() : []);
  const used = decisions.filter(({ ended }) => ended === "used");
  const passed = model.gates.slice(0, 1 + model.phases.findIndex(({ key }) => key === position.phase));
  for (const { gate, body } of used)
    if (gate === STOP ? position.state !== "closed" : !passed.some(({ id }) => id === gate))
      throw new Error(`the yes of ${body} to ${gate} is used up, and the card is in ${position.phase}`);
}

type Loss = Readonly<{
  of: string;
  in: (act: { track: string | null; bodies: readonly string[]; funding: boolean }) => boolean;
}>;

/** What of the guarded fields was there before a look and is not any more. */
function losses(before: Accepted, after: Accepted): readonly Loss[] {
  const gone = before.bodies.filter((body) => !after.bodies.includes(body));
  const bodies = gone.map((body): Loss => ({ of: body, in: (act) => !act.bodies.includes(body) }));
  const funding: Loss = { of: "the funding", in: (act) => !act.funding };
  const track: Loss = { of: "the gated track", in: (act) => act.track !== null && act.track !== "politisk" };
  return [
    ...bodies,
    ...(before.needsFunding && !after.needsFunding ? [funding] : []),
    ...(after.track !== "politisk" ? [track] : []),
  ];
}
