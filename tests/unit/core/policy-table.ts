// SPDX-License-Identifier: EUPL-1.2
/** DOMAIN 4 written down cell by cell, beside the code that judges. A cell that is missing does not compile. */
import type { Approvals, Requirements } from "../../../scripts/policy/combinations.ts";
import type { StateKey } from "../../../src/model/rules.ts";

/** How the place on the board lies to the accepted phase. The idea bank lies before the first phase. */
export type Step = "same" | "forward" | "leap" | "back" | "none" | "unknown";
export type Track = "gated" | "free";

/** What each kind of position is, and where a card can be dragged from it. */
type Steps = {
  "idea bank": Exclude<Step, "back" | "none">;
  "first phase": Exclude<Step, "back">;
  "phase between": Step;
  "phase that tests": Step;
  "last phase": Exclude<Step, "forward" | "leap">;
  "no phase": Exclude<Step, "back" | "none">;
};
type Role = keyof Steps;
/** Only the gate out of a phase that tests knows a contrary value and a further body. */
type Fields<R extends Role> = R extends "phase that tests" ? Requirements : "met" | "missing";

/** Where the card stands from now on. Here: as it was accepted; there: as the board shows it. */
export type Stand = "here" | "there" | "active here" | "parked here" | "closed here" | "active there";
export type Cell = readonly [text: string, stands: Stand];
export type Cells<F extends string> = Record<Track, Record<Approvals, Record<F, Cell>>>;
type From<R extends Role> = Record<StateKey, Record<Steps[R], Cells<Fields<R>>>>;

const stays: Cell = ["stays", "here"];
const back = (why: string): Cell => [`back ${why}`, "here"];

const fieldsAll = (cell: Cell): Record<Requirements, Cell> => ({
  met: cell,
  missing: cell,
  contrary: cell,
  unfunded: cell,
});
const approvalsAll = (cells: Record<Requirements, Cell>): Record<Approvals, Record<Requirements, Cell>> => ({
  none: cells,
  some: cells,
  all: cells,
  withdrawn: cells,
  expired: cells,
});
const always = (cell: Cell): Cells<Requirements> => ({
  gated: approvalsAll(fieldsAll(cell)),
  free: approvalsAll(fieldsAll(cell)),
});
const byTrack = (gated: Cell, free: Cell): Cells<Requirements> => ({
  gated: approvalsAll(fieldsAll(gated)),
  free: approvalsAll(fieldsAll(free)),
});

/** T1, T2, T3: with an open gate the first, else put back: `closed` makes the cell of each reason. */
function gate(open: Cell, closed: (why: string) => Cell): Cells<Requirements> {
  const lacking = { missing: closed("T3 A03"), contrary: closed("T3 A22"), unfunded: closed("T3 A21") };
  return {
    gated: {
      none: { met: closed("T3 A01"), ...lacking },
      some: { met: closed("T3 A04"), ...lacking },
      all: { met: open, ...lacking },
      withdrawn: { met: closed("T3 A04"), ...lacking },
      expired: { met: closed("T3 A01"), ...lacking },
    },
    free: approvalsAll(fieldsAll(open)),
  };
}

/** T10, and out of the idea bank: the closing requirements. */
const closing = (rule: "T10" | "T11"): Cells<Requirements> => {
  const closed: Cell = [`accepted ${rule} B23`, "closed here"];
  return {
    gated: approvalsAll({ met: closed, missing: back(`${rule} A16`), contrary: closed, unfunded: closed }),
    free: approvalsAll(fieldsAll(closed)),
  };
};

/** T11: the closing requirements, and the stop decision of the card's own bodies. */
const stopping = (): Cells<Requirements> => {
  const open = closing("T11").gated.all;
  const shut: Record<Requirements, Cell> = { ...fieldsAll(back("T11 A17")), missing: back("T11 A16") };
  return {
    gated: { none: shut, some: shut, all: open, withdrawn: shut, expired: shut },
    free: closing("T11").free,
  };
};

/** The cells of all steps: those named, and one for all the others. */
function steps<S extends Step>(names: readonly S[], cells: Cells<Requirements>): Record<S, Cells<Requirements>> {
  return Object.fromEntries(names.map((name) => [name, cells])) as Record<S, Cells<Requirements>>;
}

const unknown = always(back("A20"));
const emptied = always(back("T6 A13"));
const parkedStays = always(back("T9 A14"));
const parking = {
  moved: always(["accepted T7, back T9 A14", "parked here"]),
  same: always(["accepted T7", "parked here"]),
};
const goBack = byTrack(["accepted T5 B04", "there"], ["accepted T5 B04u", "there"]);
const passing = gate(["accepted T2 B03", "there"], back);
const leaping = byTrack(back("T4 A02"), back("T4 A02u"));
const resumed = (why: string): Cell => [`accepted T8, back ${why}`, "active here"];

const idea: From<"idea bank"> = {
  idea: {
    same: always(stays),
    forward: gate(["accepted T1 B03", "active there"], back),
    leap: byTrack(back("T4 A02"), ["accepted T14 B03", "active there"]),
    unknown,
  },
  active: {
    same: emptied,
    forward: gate(["accepted T1 B03", "there"], back),
    leap: byTrack(back("T4 A02"), ["accepted T14 B03", "there"]),
    unknown,
  },
  parked: { ...steps(["same", "forward", "leap"], always(back("T6 A12u"))), unknown },
  closed: { ...steps(["same", "forward", "leap"], closing("T11")), unknown },
};

/** Everything but the way along the phases is the same wherever an active card stands. */
const activeElsewhere = (close: Cells<Requirements>) => ({
  idea: { ...steps(["same", "forward", "leap", "back", "none"], emptied), unknown },
  parked: { ...steps(["forward", "leap", "back", "none"], parking.moved), same: parking.same, unknown },
  closed: { ...steps(["same", "forward", "leap", "back", "none"], close), unknown },
});
const alongActive = {
  same: always(stays),
  forward: passing,
  leap: leaping,
  back: goBack,
  none: emptied,
  unknown,
} satisfies Record<Step, Cells<Requirements>>;

const parkedElsewhere = (close: Cells<Requirements>) => ({
  idea: { ...steps(["same", "forward", "leap", "back", "none"], parkedStays), unknown },
  parked: { ...steps(["forward", "leap", "back", "none"], parkedStays), same: always(stays), unknown },
  closed: { ...steps(["same", "forward", "leap", "back", "none"], close), unknown },
});
const alongParked = {
  same: always(["accepted T8", "there"]),
  forward: gate(["accepted T8 T2 B03", "there"], resumed),
  leap: byTrack(resumed("T4 A02"), resumed("T4 A02u")),
  back: byTrack(["accepted T8 T5 B04", "there"], ["accepted T8 T5 B04u", "there"]),
  none: always(resumed("T6 A13")),
  unknown,
} satisfies Record<Step, Cells<Requirements>>;

const reopening = { ...steps(["same", "forward", "leap", "back", "none"], always(back("T12 A15"))), unknown };
const fromClosed = {
  idea: reopening,
  active: reopening,
  parked: reopening,
  closed: { ...reopening, same: always(stays) },
} satisfies Record<StateKey, Record<Step, Cells<Requirements>>>;

const fromActive = { ...activeElsewhere(stopping()), active: alongActive };
const fromParked = { ...parkedElsewhere(stopping()), active: alongParked };

export type PhaseRole = Exclude<Role, "idea bank" | "no phase">;
type Expected = {
  idea: { "idea bank": From<"idea bank"> };
  active: { [R in PhaseRole]: From<R> };
  parked: { [R in PhaseRole]: From<R> };
  closed: { [R in PhaseRole | "no phase"]: From<R> };
};

export const expected: Expected = {
  idea: { "idea bank": idea },
  active: {
    "first phase": fromActive,
    "phase between": fromActive,
    "phase that tests": fromActive,
    "last phase": { ...activeElsewhere(closing("T10")), active: alongActive },
  },
  parked: {
    "first phase": fromParked,
    "phase between": fromParked,
    "phase that tests": fromParked,
    "last phase": { ...parkedElsewhere(closing("T10")), active: alongParked },
  },
  closed: {
    "first phase": fromClosed,
    "phase between": fromClosed,
    "phase that tests": fromClosed,
    "last phase": fromClosed,
    "no phase": fromClosed,
  },
};
