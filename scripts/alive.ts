// SPDX-License-Identifier: EUPL-1.2
/** Whether the process in this container lives: for the image's health check, which has no curl. Exit code 1 if not. */
import { readSome } from "../src/config.ts";

const { FASEPORT_ROLE, PORT, FASEPORT_WORKER_PORT } = readSome(["FASEPORT_ROLE", "PORT", "FASEPORT_WORKER_PORT"]);
const port = FASEPORT_ROLE === "worker" ? FASEPORT_WORKER_PORT : PORT;
const lives = await fetch(`http://127.0.0.1:${port}/livez`, { signal: AbortSignal.timeout(4_000) }).then(
  ({ ok }) => ok,
  () => false,
);
process.exitCode = lives ? 0 : 1;
