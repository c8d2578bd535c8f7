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
  if (!wish.help) return setup(wish, { environment: processEnvironment(), say, ask: asking() });
  say(usage);
  return 0;
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
