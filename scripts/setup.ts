// SPDX-License-Identifier: EUPL-1.2
/** `npm run setup`: from a token and an empty page to a service that can start. */
import { processEnvironment } from "../src/config.ts";
import { problemText } from "./problem.ts";
import { asking } from "./setup/ask.ts";
import { setup } from "./setup/run.ts";
import { readWish, usage } from "./setup/wish.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const wish = readWish(process.argv.slice(2));
  if (wish.help) {
    say(usage);
    return 0;
  }
  const ask = asking();
  if (ask && !wish.json) say("Setup asks, shows what it will do, and does nothing before you say yes. Ctrl-C ends it.");
  return setup(wish, { environment: processEnvironment(), say, ask });
}

if (import.meta.main) {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(`${problemText(error)}\n`);
      process.exit(1);
    },
  );
}
