// SPDX-License-Identifier: EUPL-1.2
/** The composition root: read the settings and the model, start the service, shut it down when asked. Nothing else happens at import. */
import { pino } from "pino";
import { describeSettings, readEnvironment, SettingsError } from "./config.ts";
import { Permanent } from "./core/errors.ts";
import { loadModel } from "./model/load.ts";
import { ModelError } from "./model/problems.ts";
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

/** What an administrator can act on is said in words; anything else is a bug and keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof ModelError || error instanceof Permanent) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (import.meta.main) {
  if (process.argv.includes("--help")) {
    process.stdout.write(`${describeSettings()}\n`);
  } else {
    main().catch((error: unknown) => {
      process.stderr.write(`${explain(error)}\n`);
      process.exit(1);
    });
  }
}
