// SPDX-License-Identifier: EUPL-1.2
/** The questions of the wizard, in a terminal. Whoever ends a question with Ctrl-C ends setup, and nothing is done after it. */
import { confirm, isCancel } from "@clack/prompts";
import { Permanent } from "../../src/core/errors.ts";

export type Ask = Readonly<{ confirm(message: string): Promise<boolean> }>;

/** null: nobody sits at a terminal, so every answer has to be given beforehand. */
export function asking(): Ask | null {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return null;
  return { confirm: (message) => answered(confirm({ message, initialValue: false })) };
}

async function answered<T>(question: Promise<T>): Promise<Exclude<T, symbol>> {
  const answer = await question;
  if (isCancel(answer)) throw new Permanent("Setup was ended; run it again whenever you like");
  return answer as Exclude<T, symbol>;
}
