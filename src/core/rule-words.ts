// SPDX-License-Identifier: EUPL-1.2
/** What the rules of the decision log mean, for people who read the log and not the code. */
import type { MessageId } from "../model/messages.ts";
import type { Model } from "../model/model.ts";
import type { ArrivalRefusal, ArrivalVerdict } from "./judge-arrival.ts";
import type { GuardedRefusal, GuardedVerdict } from "./judge-guarded.ts";
import type { MoveRefusal, MoveRule } from "./judge-move.ts";
import type { TickRefusal } from "./judge-tick.ts";

type Judged = MoveRule | ArrivalVerdict["rule"] | GuardedVerdict["rules"][number];
type Refused = (MoveRefusal | ArrivalRefusal | TickRefusal | GuardedRefusal)["id"];
/** What follows from where a card stands, and is no move. */
type Followed = "T17" | "restored" | "registered" | "A24" | "A27" | "B05" | "B06" | "B08" | "B09" | "B26" | "B27";

/** Complete by type: a rule that the log can name has words. */
const meanings: Readonly<Record<Judged | Refused | Followed, MessageId>> = {
  T1: "L-T1",
  T2: "L-T2",
  T3: "L-T3",
  T4: "L-T4",
  T5: "L-T5",
  T5u: "L-T5u",
  T6: "L-T6",
  T7: "L-T7",
  T8: "L-T8",
  T9: "L-T9",
  T10: "L-T10",
  T11: "L-T11",
  T12: "L-T12",
  T13: "L-T13",
  T14: "L-T14",
  T15: "L-T15",
  T16: "L-T16",
  T17: "L-T17",
  T18: "L-T18",
  adopted: "L-adopted",
  copied: "L-copied",
  restored: "L-restored",
  registered: "L-registered",
  A01: "L-A01",
  A02: "L-A02",
  A03: "L-A03",
  A04: "L-A04",
  A05: "L-A05",
  A06: "L-A06",
  A07: "L-A07",
  A08: "L-A08",
  A09: "L-A09",
  A10: "L-A10",
  A11: "L-A11",
  A12: "L-A12",
  A13: "L-A13",
  A14: "L-A14",
  A15: "L-A15",
  A16: "L-A16",
  A17: "L-A17",
  A18: "L-A18",
  A19: "L-A19",
  A20: "L-A20",
  A21: "L-A21",
  A22: "L-A22",
  A24: "L-A24",
  A27: "L-A27",
  A28: "L-A28",
  A29: "L-A29",
  A30: "L-A30",
  B05: "L-B05",
  B06: "L-B06",
  B08: "L-B08",
  B09: "L-B09",
  B26: "L-B26",
  B27: "L-B27",
};

/** Every rule that the decision log can name. */
export const loggedRules: readonly string[] = Object.keys(meanings);

/** A rule as it is logged («T3 A01»: the rule, then why it refused) in words. A rule that has none stands for itself. */
export function ruleInWords(model: Model, rule: string): string {
  const known: Readonly<Record<string, MessageId>> = meanings;
  const words = rule.split(" ").map((part) => {
    const id = known[part];
    return id === undefined ? part : model.texts[id][model.rules.language];
  });
  return words.join(". ");
}
