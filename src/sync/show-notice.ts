// SPDX-License-Identifier: EUPL-1.2
/** A notice shows on a card where there is one to show it on: the first that was dropped in a column the rules do not have. */
import { unknownPhaseId } from "../core/notice.ts";
import type { Step } from "../core/plan.ts";
import { tell } from "../core/tell.ts";
import type { WatchWorld } from "./watch-board.ts";
import type { Weighed } from "./weigh.ts";

/** B19 to the secretariat, on the first card refused for an unknown phase (A20), before its own answer; none on the others. */
export async function withNotice(
  { model, ledger }: Pick<WatchWorld, "model" | "ledger">,
  weighed: Weighed,
  now: Date,
): Promise<Weighed> {
  const { judgement, steps, record } = weighed;
  const refused = judgement.tells.map(({ message }) => message).find(({ id }) => id === "A20");
  if (refused?.id !== "A20") return weighed;
  const id = unknownPhaseId(model, refused.params.ukendt);
  const said = (await ledger.notices.all()).find((notice) => notice.id === id)?.said;
  if (said?.id !== "B19" || !(await ledger.notices.claim(id, record.seen.id))) return weighed;
  const shown = tell(model, said, { card: record.seen, actors: [], bodies: [], now });
  const isTell = (step: Step) => step.do === "tell";
  return {
    ...weighed,
    judgement: { ...judgement, tells: [shown, ...judgement.tells] },
    steps: [...steps.filter((step) => !isTell(step)), { do: "tell", tell: shown }, ...steps.filter(isTell)],
    record: { ...record, outbox: [shown, ...record.outbox] },
  };
}
