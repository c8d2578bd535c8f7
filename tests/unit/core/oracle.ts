// SPDX-License-Identifier: EUPL-1.2
/**
 * Who has really said yes: kept from what happened on the board, not from what the service believes. A yes stands for a
 * gate, a body and a passage from an approver's own tick until an approver takes it back (and the row or the events
 * show it), the box is cleared, or the card goes on or back.
 */
import type { Accepted } from "../../../src/core/accepted.ts";
import type { Hint, RowId } from "../../../src/core/card.ts";
import type { DecisionSeen } from "../../../src/core/decision.ts";
import type { BodyKey, GateId } from "../../../src/model/model.ts";
import { bodil, COUNCIL, ELDERLY, karin, mette, model, ole, self, UDI } from "./fixtures.ts";
import type { Life } from "./history.ts";
import type { BoxAct, Sent } from "./pure-board.ts";
import type { Look } from "./pure-service.ts";

const terms: Readonly<Record<BodyKey, readonly (readonly [user: string, from: string, to: string])[]>> = {
  [UDI]: [
    [mette, "2026-01-01", "9999"],
    [ole, "2026-01-01", "9999"],
  ],
  [ELDERLY]: [[karin, "2026-01-01", "2029-12-31T23:00:00Z"]],
  [COUNCIL]: [[bodil, "2026-01-01", "9999"]],
};
const phaseOrder = model.phases.map(({ key }) => key);
const indexOf = ({ position }: Accepted) => (position.phase === null ? -1 : phaseOrder.indexOf(position.phase));
const isGated = ({ track }: Accepted) => track === "politisk";

/** What has really become of one body's yes. */
type Yes = {
  gate: GateId;
  body: BodyKey;
  passage: number;
  /** Ticked by an approver; not taken back, as far as anybody who reads the row and its events could know. */
  stands: boolean;
  /** An approver unticked it; `remade`: somebody else has ticked it since. The events that tell of each. */
  takenBack: { told: Sent; remade: Sent | null } | null;
  /** Used up by a passage. */
  used: boolean;
  /** The card has gone back behind its gate. */
  over: boolean;
};

export class Oracle {
  readonly #rows = new Map<RowId, Yes>();
  #acts = 0;
  #back: { to: number; at: number; ended: readonly Yes[] } | null = null;

  /** To be asked after every look; throws when a card was let forward without every yes. */
  check(life: Life, { before, judgement, observation }: Look): void {
    const acts = life.board.boxActs.slice(this.#acts);
    this.#acts = life.board.boxActs.length;
    for (const act of acts.filter(({ by }) => by.id !== self)) this.#learn(act);
    for (const row of observation.rows) this.#read(row, observation.rowHints[row.id] ?? []);
    if (before) this.#judge(before, judgement.next, observation.now.getTime());
    for (const { row, box } of acts.filter(({ by }) => by.id === self)) {
      const yes = this.#rows.get(row);
      if (yes && !box && !yes.used) yes.stands = false;
    }
    this.#meet(life);
  }

  /** A row that the look has made is known by what the service made it for; made anew, it takes the place of the old. */
  #meet({ board }: Life): void {
    for (const { id, createdBy, gate, body, passage, box } of board.rows.values()) {
      if (createdBy !== self || this.#rows.has(id)) continue;
      if (gate === null || body === null || passage === null) throw new Error(`${id} was made for no decision`);
      const old = this.#of(gate, body).filter((it) => !it.over && !it.used && it.passage === passage);
      const stands = box && old.some((it) => it.stands);
      for (const it of old) it.over = true;
      this.#rows.set(id, { gate, body, passage, stands, takenBack: null, used: false, over: false });
    }
  }

  #learn({ row, by, box, at, told }: BoxAct): void {
    const yes = this.#rows.get(row);
    if (!yes) return;
    const day = at.toISOString();
    const isApprover =
      by.kind === "person" &&
      terms[yes.body]?.some(([user, from, to]) => user === by.id && from <= day && day < to) === true;
    if (isApprover && box) {
      yes.stands = true;
      yes.takenBack = null;
    } else if (isApprover && yes.stands) {
      yes.takenBack = { told, remade: null };
    } else if (box && yes.takenBack) {
      yes.takenBack.remade ??= told;
    }
  }

  /** What a look could know: the box as it stood, and who the events say touched it. */
  #read(row: DecisionSeen, hints: readonly Hint[]): void {
    const yes = this.#rows.get(row.id);
    if (!yes?.takenBack) return;
    const tells = (sent: Sent | null) => hints.some(({ event }) => event === sent?.hint.event);
    const { told, remade } = yes.takenBack;
    const isPlain = !row.box && remade === null;
    if (!isPlain && !(tells(told) && tells(remade))) return;
    yes.stands = false;
    yes.takenBack = null;
  }

  #judge(before: Accepted, after: Accepted, now: number): void {
    const [from, to] = [indexOf(before), indexOf(after)];
    if (to < from) this.#goBack(from, to, now);
    if (to <= from || !isGated(after)) return;
    const isReturn = this.#back?.to === to && now - this.#back.at <= model.rules.approvals.undoMinutes * 60_000;
    if (isReturn && after.passage < before.passage) {
      for (const yes of this.#back?.ended ?? []) yes.over = false;
      this.#back = null;
      return;
    }
    if (to - from > 1) throw new Error(`leapt from ${from} to ${to}`);
    this.#pass(model.gates[from + 1]?.id ?? "", after, before.passage);
    this.#back = null;
  }

  #pass(gate: GateId, { bodies, needsFunding }: Accepted, passage: number): void {
    const required = new Set([...bodies, ...(gate === "G3" && needsFunding ? [COUNCIL] : [])]);
    if (required.size === 0) throw new Error(`${gate} passed though nobody could say yes`);
    const doubted = [...this.#rows.values()].find((it) => it.used && !it.over && !it.stands);
    if (doubted) throw new Error(`${gate} passed while the yes of ${doubted.body} to ${doubted.gate} was taken back`);
    for (const body of required) {
      const standing = this.#of(gate, body).filter((it) => it.stands && !it.used && !it.over && it.passage === passage);
      if (standing.length === 0) throw new Error(`${gate} passed without the yes of ${body}`);
      for (const it of standing) it.used = true;
    }
  }

  #goBack(from: number, to: number, now: number): void {
    const ended = [...this.#rows.values()].filter((it) => !it.over && gateIndex(it.gate) >= to);
    for (const yes of ended) yes.over = true;
    this.#back = { to: from, at: now, ended };
  }

  #of(gate: GateId, body: BodyKey): readonly Yes[] {
    return [...this.#rows.values()].filter((it) => it.gate === gate && it.body === body);
  }
}

/** The index of the phase a gate leads out of; stop leads out of every one. */
function gateIndex(gate: GateId): number {
  const index = model.gates.findIndex(({ id }) => id === gate);
  return index < 0 ? phaseOrder.length : index - 1;
}
