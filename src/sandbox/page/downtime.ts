// SPDX-License-Identifier: EUPL-1.2
/**
 * Downtime of the service. The process really ends and starts again; meanwhile the two worlds throw their events away, as
 * they do for a receiver that is away for longer than they try. What happened then, the service must find out by itself.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { GithubWorld, NotionWorld } from "../world.ts";
import { CommandRefused } from "./refused.ts";

/** The service's process, as whoever started it can end it and start it again at the same address. */
export type ServiceControl = Readonly<{ stop(): Promise<void>; start(): Promise<void> }>;

export type ServiceState = "running" | "stopping" | "down" | "starting" | "would-not-start";

export interface Downtime {
  state(): ServiceState;
  /** Begins the change and returns; `changed` tells how it goes. Throws `CommandRefused` while another is under way. */
  turn(isDown: boolean): void;
}

type Worlds = Readonly<{ notion: NotionWorld; github: GithubWorld }>;

export function createDowntime({ notion, github }: Worlds, service: ServiceControl, changed: () => void): Downtime {
  let state: ServiceState = "running";
  const become = (next: ServiceState) => {
    state = next;
    changed();
  };
  const deliveries = (mode: "lose" | "flow") => {
    notion.deliveries(mode);
    github.deliveries(mode);
  };
  async function goDown(): Promise<void> {
    become("stopping");
    deliveries("lose");
    await service.stop().then(
      () => become("down"),
      () => {
        deliveries("flow");
        become("running");
      },
    );
  }
  async function comeUp(): Promise<void> {
    become("starting");
    // What was done just before is lost too: Notion merges for this long before it sends.
    await pause(notion.aggregationMs);
    deliveries("flow");
    await service.start().then(
      () => become("running"),
      () => {
        deliveries("lose");
        become("would-not-start");
      },
    );
  }
  return {
    state: () => state,
    turn(isDown) {
      if (state === "stopping" || state === "starting")
        throw new CommandRefused("Vent et øjeblik, til Faseport er færdig med at lukke eller starte.");
      if (isDown === (state !== "running")) return;
      void (isDown ? goDown() : comeUp());
    },
  };
}
