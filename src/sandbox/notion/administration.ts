// SPDX-License-Identifier: EUPL-1.2
/** What an administrator does in Notion's settings: the connection's capabilities and webhook, the plan, the members. */
import type { Deliveries } from "./deliver.ts";
import type { NotionSandbox } from "./options.ts";
import type { Workspace } from "./workspace.ts";

type Administration = Pick<
  NotionSandbox,
  "rootPage" | "proposeSubscription" | "verifySubscription" | "allow" | "fill" | "removePerson"
>;

export function administration(workspace: Workspace, post: Deliveries): Administration {
  return {
    rootPage: workspace.rootPage,
    proposeSubscription: post.propose,
    verifySubscription: (token) => post.verify(token, () => workspace.ids.uuid("subscription")),
    allow: (capability, isAllowed) => void workspace.capabilities[isAllowed ? "add" : "delete"](capability),
    fill(isFull) {
      workspace.isFull = isFull;
    },
    removePerson(id) {
      const at = workspace.people.findIndex((person) => person.id === id);
      if (at >= 0) workspace.people.splice(at, 1);
    },
  };
}
