// SPDX-License-Identifier: EUPL-1.2
/** Random histories of a card: what people do, what becomes of the events, and when the service looks. Plain data, so that a failing one shrinks and is replayed. */
import fc from "fast-check";
import { type Author, type CardSeen, serviceFields } from "../../../src/core/card.ts";
import type { Model } from "../../../src/model/model.ts";
import { type StateKey, stateKeys } from "../../../src/model/rules.ts";
import {
  agent,
  anders,
  bodil,
  bot,
  COUNCIL,
  card,
  ELDERLY,
  fullFields,
  karin,
  lise,
  mette,
  minutes,
  model,
  now,
  ole,
  person,
  sanne,
  stranger,
  UDI,
} from "./fixtures.ts";
import { PureBoard } from "./pure-board.ts";
import { type Death, type Look, PureService } from "./pure-service.ts";

const people: readonly Author[] = [
  ...[mette, ole, karin, bodil, sanne, anders, lise].map(person),
  bot(stranger),
  agent(mette),
];
const bodies = [UDI, ELDERLY, COUNCIL];
const phases = model.phases.map(({ key }) => key);
const required = [...new Set(model.gates.flatMap(({ requires }) => requires.map(({ field }) => field)))].filter(
  (field) => field !== model.rules.card.bodies.name,
);
const chairs: Readonly<Record<string, Author>> = {
  [UDI]: person(mette),
  [ELDERLY]: person(karin),
  [COUNCIL]: person(bodil),
};

const who = fc.constantFrom(...people);
const pick = fc.nat(7);
const merge = fc.boolean();
const step = fc.constantFrom<number | "emptied" | "unknown">(1, 1, 1, 1, -1, -2, 2, 0, "emptied", "unknown");
const state = fc.option(fc.constantFrom<StateKey>(...stateKeys), { freq: 2 });

const death = fc.option(fc.record({ after: fc.nat(4), answerLost: fc.boolean() }), { freq: 4 });

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("drag"), who, step, state, merge }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("advance"), step: fc.constantFrom(1, 1, 1, 1, 2, -1, -2) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("decide") }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("approve"), pick, merge, look: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("toggle"), who, pick, merge }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("withdraw"), pick, merge }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("field"), who, pick, filled: fc.boolean(), merge }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("track"),
      who,
      to: fc.constantFrom("politisk", "hverdag", "kultur", null),
      merge,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("bodies"), who, to: fc.subarray(bodies), merge }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("funding"), who, needed: fc.boolean(), merge }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("state"), who, to: fc.constantFrom(...stateKeys, null), merge }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("row"),
      who,
      pick,
      change: fc.constantFrom(
        { outcome: "Ikke godkendt" },
        { outcome: "Godkendt" },
        { outcome: null },
        { meeting: "2026-11-18" },
        { meeting: "2027-06-01" },
        { remark: "Vi vil gerne høre mere." },
        { body: COUNCIL },
        { cards: [] },
        { passage: 7 },
        { title: "Noget andet" },
      ),
      merge,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("service-field"), who, pick, merge }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("trash"), who, inTrash: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("trash-row"), who, pick, inTrash: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("stray"), who, pick, box: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("deliver"), pick: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose"), pick: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("repeat"), pick: fc.nat(9), forgotten: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("look"), death }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("settle") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reconcile") }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait"), minutes: fc.constantFrom(0.4, 1, 2, 6, 31) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wait"), minutes: fc.constantFrom(60 * 24, 60 * 24 * 200) }) },
);
export type Action = typeof action extends fc.Arbitrary<infer Kind> ? Kind : never;

const start = fc.record({
  phase: fc.constantFrom(null, ...phases),
  track: fc.constantFrom("politisk", "politisk", "politisk", null, "hverdag"),
  bodies: fc.oneof({ weight: 9, arbitrary: fc.subarray(bodies, { minLength: 1 }) }, fc.constant([])),
  needsFunding: fc.boolean(),
  beforeService: fc.constantFrom(true, true, true, false),
});

export const history = fc.record({
  start,
  actions: fc.array(action, { maxLength: 40, size: "max" }),
});
export type History = typeof history extends fc.Arbitrary<infer Kind> ? Kind : never;

/** Is told of every look, and of every one that its process will not live to end, before it begins. */
export type Watch = Readonly<{
  look?: (life: Life, look: Look) => void;
  death?: (life: Life, death: Death) => void;
}>;

/** A board and its service, to be taken through a history. Every act takes ten seconds. */
export class Life {
  readonly board: PureBoard;
  readonly service: PureService;
  readonly #onLook: (look: Look) => void;
  readonly #onDeath: (death: Death) => void;
  #waiting: number[] = [];
  #taken = 0;

  constructor(rules: Model, { start }: Pick<History, "start">, watch: Watch = {}) {
    this.board = new PureBoard(
      card({
        phase: start.phase,
        state: start.phase === null ? "idea" : "active",
        track: start.track,
        bodies: start.bodies,
        fields: { ...fullFields, [model.rules.card.needsFunding.name]: start.needsFunding },
      }),
      now,
    );
    this.service = new PureService(rules, this.board, start.beforeService);
    this.#onLook = (look) => watch.look?.(this, look);
    this.#onDeath = (death) => watch.death?.(this, death);
    this.look();
  }

  act(action: Action): void {
    this.board.now = minutes(1 / 6, this.board.now);
    acts[action.do](this, action as never);
  }

  look(death?: Death): void {
    if (death) this.#onDeath(death);
    this.#onLook(this.service.look(death));
  }

  /** Events that nobody has delivered or lost, oldest first. */
  get waiting(): readonly number[] {
    const { sent } = this.board;
    for (; this.#taken < sent.length; this.#taken += 1) this.#waiting.push(this.#taken);
    return this.#waiting;
  }

  /** Takes one of the waiting events out of the queue. */
  take(pick: number): number | undefined {
    const index = this.waiting[pick % Math.max(1, this.waiting.length)];
    this.#waiting = this.#waiting.filter((it) => it !== index);
    const sent = index === undefined ? undefined : this.board.sent[index];
    if (sent) sent.gone = true;
    return index;
  }

  deliver(index: number | undefined, forgotten = false): void {
    const sent = index === undefined ? undefined : this.board.sent[index];
    if (sent?.gone) this.service.receive(sent, forgotten);
  }

  deliverAll(): void {
    while (this.waiting.length > 0) this.deliver(this.take(0));
  }

  /** Lets everything come to rest: events arrive, what waits is waited for, what was missed is found. */
  settle(): void {
    this.deliverAll();
    this.service.reconcile();
    this.look();
    for (let rounds = 0; this.service.recheckAt && rounds < 5; rounds += 1) {
      this.board.now = new Date(Math.max(this.board.now.getTime(), this.service.recheckAt.getTime()));
      this.look();
    }
  }

  /** One of the rows, the newest first. A row in the bin cannot be edited, only taken out. */
  row(pick: number, inTrash = false): string | undefined {
    const rows = [...this.board.rows.values()].filter((it) => inTrash || !it.inTrash);
    const ids = rows.map(({ id }) => id);
    return ids.length === 0 ? undefined : ids[(ids.length - 1 - (pick % ids.length) + ids.length) % ids.length];
  }
}

type Acts = { [Do in Action["do"]]: (life: Life, action: Extract<Action, { do: Do }>) => void };

const acts: Acts = {
  drag({ board }, { who: by, step: by_, state: to, merge: joins }) {
    const from = typeof board.card.phase === "string" ? phases.indexOf(board.card.phase) : -1;
    const target = typeof by_ === "number" ? (phases[Math.max(0, from + by_)] ?? phases.at(-1) ?? null) : null;
    const phase: CardSeen["phase"] = by_ === "unknown" ? { unknown: "6. Måske" } : target;
    const startsIdea = board.card.state === "idea" && from === -1 ? "active" : board.card.state;
    board.editCard(by, { phase, state: to ?? startsIdea }, ["phase", "state"], joins);
  },
  /** A drag that everything has time to follow. */
  advance(life, { step: by }) {
    acts.drag(life, { do: "drag", who: person(anders), step: by, state: "active", merge: false });
    life.settle();
  },
  /** Every body that is asked says yes, one after the other. */
  decide(life) {
    for (const _body of bodies) acts.approve(life, { do: "approve", pick: 0, merge: false, look: true });
  },
  approve(life, { pick: nth, merge: joins, look }) {
    const unticked = [...life.board.rows.values()].filter((it) => !it.box && !it.inTrash && isOpen(it.status));
    const row = unticked[nth % Math.max(1, unticked.length)];
    const chair = row && chairs[row.body ?? ""];
    if (!row || !chair) return;
    life.board.editRow(chair, row.id, { box: true }, ["box"], joins);
    if (look) life.settle();
  },
  toggle(life, { who: by, pick: nth, merge: joins }) {
    const id = life.row(nth);
    const row = id === undefined ? undefined : life.board.rows.get(id);
    if (row) life.board.editRow(by, row.id, { box: !row.box }, ["box"], joins);
  },
  withdraw({ board }, { pick: nth, merge: joins }) {
    const ticked = [...board.rows.values()].filter((it) => it.box && !it.inTrash);
    const row = ticked[nth % Math.max(1, ticked.length)];
    const chair = row && chairs[row.body ?? ""];
    if (row && chair) board.editRow(chair, row.id, { box: false }, ["box"], joins);
  },
  field({ board }, { who: by, pick: nth, filled, merge: joins }) {
    const field = required[nth % required.length] ?? "";
    const fields = { ...board.card.fields, [field]: filled ? (fullFields[field] ?? null) : null };
    board.editCard(by, { fields }, [field], joins);
  },
  track: ({ board }, { who: by, to, merge: joins }) => board.editCard(by, { track: to }, ["track"], joins),
  bodies: ({ board }, { who: by, to, merge: joins }) => board.editCard(by, { bodies: to }, ["bodies"], joins),
  funding: ({ board }, { who: by, needed, merge: joins }) => board.setNeedsFunding(by, needed, joins),
  state: ({ board }, { who: by, to, merge: joins }) => board.editCard(by, { state: to }, ["state"], joins),
  row(life, { who: by, pick: nth, change, merge: joins }) {
    const id = life.row(nth);
    if (id === undefined) return;
    const touched = Object.keys(change).map((key) => (key === "cards" ? "card" : key));
    life.board.editRow(by, id, change, touched, joins);
  },
  "service-field"({ board }, { who: by, pick: nth, merge: joins }) {
    const key = serviceFields[nth % serviceFields.length] ?? "wish";
    board.editCard(by, { shown: { ...board.card.shown, [key]: "rettet" } }, [key], joins);
  },
  trash: ({ board }, { who: by, inTrash }) => board.trashCard(by, inTrash),
  "trash-row"(life, { who: by, pick: nth, inTrash }) {
    const id = life.row(nth, true);
    if (id !== undefined) life.board.trashRow(by, id, inTrash);
  },
  stray(life, { who: by, pick: nth, box }) {
    const copied = life.row(nth);
    const row = copied === undefined ? undefined : life.board.rows.get(copied);
    life.board.addRow(by, { ...row, box });
  },
  deliver: (life, { pick: nth }) => life.deliver(life.take(nth)),
  lose: (life, { pick: nth }) => void life.take(nth),
  repeat: (life, { pick: nth, forgotten }) => life.deliver(life.board.sent.length - 1 - nth, forgotten),
  look: (life, { death }) => life.look(death ?? undefined),
  settle: (life) => life.settle(),
  reconcile: (life) => life.service.reconcile(),
  wait({ board }, { minutes: count }) {
    board.now = minutes(count, board.now);
  },
};

function isOpen(status: string | null): boolean {
  return status === "waiting" || status === "ready";
}
