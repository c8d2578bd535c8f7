// SPDX-License-Identifier: EUPL-1.2
/** Every reminder there is (DOMAIN 8), in the order in which one message says them: what has a deadline first, overviews last. */
import { agenda, ideas, meetingless, undecided } from "./body-rules.ts";
import { lingering, ownerless, parked, quiet } from "./card-rules.ts";
import { beforeMeeting, monthly, quarterly, weekly } from "./digests.ts";
import { disappointing, effect, learning } from "./effect-rules.ts";
import { approved, expiring, missing, ready } from "./gate-rules.ts";
import type { Rule } from "./rule.ts";

export const reminderRules: readonly Rule[] = [
  ready, // P05
  missing, // P04
  expiring, // P18
  agenda, // P06
  undecided, // P07
  effect, // P10–P12
  disappointing, // P13
  learning, // P14
  approved, // P09
  parked, // P15
  ownerless, // P16
  lingering, // P19
  quiet, // P01–P03
  meetingless, // P20
  ideas, // P17
  beforeMeeting, // D02
  weekly, // D01
  monthly, // D03
  quarterly, // D04
];
