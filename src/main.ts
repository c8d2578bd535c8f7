// SPDX-License-Identifier: EUPL-1.2
/** The composition root: read the settings and the model, start the service, shut it down when asked. Nothing else happens at import. */
import { describeSettings, readEnvironment } from "./config.ts";
import { loadModel } from "./model/load.ts";
import { openLog } from "./service/log.ts";
import { errorText } from "./service/said.ts";
import { type Running, startService } from "./service/service.ts";

/** Docker and Kubernetes are told to wait a little longer than this. */
const LONGEST_END_MS = 9_500;

async function main(): Promise<void> {
  const settings = readEnvironment();
  const model = loadModel({ rulesPath: settings.modelPath, municipalityPath: settings.municipalityPath });
  const log = openLog(settings.logLevel);
  let service: Running | null = null;
  let isClosing = false;
  const end = async (signal: string) => {
    if (isClosing) return;
    isClosing = true;
    log.info({ signal }, "Faseport is closing: no new work, what is under way is finished first");
    // Whatever else happens, the process is gone before anybody kills it.
    setTimeout(() => process.exit(1), LONGEST_END_MS).unref();
    // One that still starts, or waits for a remote side to be there, has taken nothing that it would have to finish.
    await service?.close(settings.role === "worker" ? 0 : settings.web.drainMs);
    log.info("Faseport has closed");
    process.exit(0);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  service = await startService(settings, model, log);
}

if (import.meta.main) {
  if (process.argv.includes("--help")) {
    process.stdout.write(`${describeSettings()}\n`);
  } else {
    main().catch((error: unknown) => {
      process.stderr.write(`${errorText(error)}\n`);
      process.exit(1);
    });
  }
}
