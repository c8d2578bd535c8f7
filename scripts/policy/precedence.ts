// SPDX-License-Identifier: EUPL-1.2
/** The order in which reasons are given: each rung suffers its own reason and every later one that can go with it. */
import { judge } from "../../src/core/judge.ts";
import { gateOutOf, type Model } from "../../src/model/model.ts";
import { cellText } from "./cell.ts";
import { flaws, requirementsAt, UNKNOWN } from "./combinations.ts";
import { type Circumstances, type Example, situation } from "./situation.ts";

type Rung = Readonly<{ why: string }> & Omit<Circumstances, "track">;

/** What is wrong on each rung, the strongest reason first. Each is answered by a message of its own. */
function rungs(model: Model): readonly Rung[] {
  const [first, second] = model.phases.map(({ key }) => key);
  const last = model.phases.at(-1)?.key ?? null;
  const positions = model.phases.map(({ key }) => ({ state: "active", phase: key }) as const);
  const richest = [...positions].sort((a, b) => requirementsAt(model, b).length - requirementsAt(model, a).length)[0];
  const from = richest ?? { state: "active", phase: first ?? null };
  const ahead = { from, to: { state: "active", phase: gateOutOf(model, from.phase)?.to ?? null } } as const;
  const nothing = { lacks: flaws, approvals: "none" } as const;
  const at = (state: "active" | "parked" | "closed") => ({ state, phase: first ?? null }) as const;
  const idea = { state: "idea", phase: null } as const;
  return [
    { why: "the option is unknown", from: at("closed"), to: { state: "active", phase: UNKNOWN }, ...nothing },
    { why: "the project is closed", from: at("closed"), to: { state: "active", phase: last }, ...nothing },
    { why: "the project is parked", from: at("parked"), to: { state: "parked", phase: last }, ...nothing },
    {
      why: "an active project has lost its phase",
      from: at("active"),
      to: { state: "active", phase: null },
      ...nothing,
    },
    {
      why: "an idea is not begun by parking it",
      from: idea,
      to: { state: "parked", phase: second ?? null },
      ...nothing,
    },
    { why: "a phase is leapt over", from: at("active"), to: { state: "active", phase: last }, ...nothing },
    { why: "a field says that it should not go on", ...ahead, ...nothing },
    { why: "a required field is empty", ...ahead, approvals: "none", lacks: ["missing", "unfunded"] },
    {
      why: "a further body must decide because of what the card says",
      ...ahead,
      approvals: "none",
      lacks: ["unfunded"],
    },
    { why: "some of the card's bodies have not said yes", ...ahead, approvals: "some", lacks: [] },
    { why: "none of the card's bodies has said yes", ...ahead, approvals: "none", lacks: [] },
    {
      why: "meeting and agenda item are not entered, where the model asks for them",
      ...ahead,
      approvals: "all",
      lacks: [],
    },
  ];
}

export type Reason = Readonly<{ why: string; message: string }>;

/** Every reason with its message, in the order of precedence, judged with `meetingRequired` switched on. */
export function precedence(model: Model, example: Example): readonly Reason[] {
  const approvals = { ...model.rules.approvals, meetingRequired: true };
  const strict: Model = { ...model, rules: { ...model.rules, approvals } };
  const track = model.rules.tracks.find(({ gated }) => gated)?.key ?? "";
  return rungs(strict).map(({ why, ...circumstances }) => {
    const { accepted, seen } = situation(strict, example, { ...circumstances, track });
    const text = cellText(judge(strict, accepted, seen));
    return { why, message: text.split(" ").at(-1) ?? "" };
  });
}
