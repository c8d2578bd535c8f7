// SPDX-License-Identifier: EUPL-1.2
/** The laws, in the first half of ten thousand histories. The other half is in laws-second.test.ts, for another core. */
import fc from "fast-check";
import { it } from "vitest";
import { runs } from "../../properties.ts";
import { history } from "./history.ts";
import { mustHold } from "./laws.ts";

it("I1 to I5, A24, DOMAIN 5 and 6 hold in every history, the first 5,000", () => {
  fc.assert(fc.property(history, mustHold), { numRuns: runs(5_000) });
});
