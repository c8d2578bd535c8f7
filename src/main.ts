// SPDX-License-Identifier: EUPL-1.2
/** The composition root: read the settings and the model, start the service, shut it down when asked. Nothing else happens at import. */
import { pino } from "pino";
import { describeSettings, readEnvironment } from "./config.ts";
import { loadModel } from "./model/load.ts";
import { errorText } from "./said.ts";
import { startService } from "./service.ts";

async function main(): Promise<void> {
  const settings = readEnvironment();
  const model = loadModel({ rulesPath: settings.modelPath, municipalityPath: settings.municipalityPath });
  const log = pino({ level: settings.logLevel, base: null, serializers: { err: withoutCauses } });
  const service = await startService(settings, model, log);
  let isClosing = false;
  const end = async (signal: string) => {
    if (isClosing) return;
    isClosing = true;
    log.info({ signal }, "Faseport is closing: no new work, what is under way is finished first");
    await service.close();
    log.info("Faseport has closed");
    process.exit(0);
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

/** A cause may quote what a remote side was sent, which can be a card's text: the log gets the service's own words only. */
function withoutCauses(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error };
  return { type: error.name, message: error.message, stack: error.stack };
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
