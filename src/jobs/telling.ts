// SPDX-License-Identifier: EUPL-1.2
/** The work of telling the administrator: in a queue of its own, so that a mail server that is away holds up nothing else. */
import { type TellingWorld, tellAdministrator } from "../delivery/tell-administrator.ts";
import type { Handlers } from "./registry.ts";

export function tellingHandlers(world: TellingWorld): Pick<Handlers, "notice"> {
  return { notice: () => tellAdministrator(world) };
}
