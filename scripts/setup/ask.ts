// SPDX-License-Identifier: EUPL-1.2
/** The questions of the wizard, in a terminal. Whoever ends a question with Ctrl-C ends setup, and nothing is done after it. */
import { confirm, isCancel, log, multiselect, password, select, text } from "@clack/prompts";
import { Permanent } from "../../src/core/errors.ts";

export type Choice = Readonly<{ value: string; label: string }>;

/** `check` answers what is wrong with an answer; undefined: nothing. */
type Check = (answer: string) => string | undefined;

export type Ask = Readonly<{
  /** Says something between the questions. */
  note(line: string): void;
  confirm(message: string): Promise<boolean>;
  text(message: string, check?: Check): Promise<string>;
  /** What is typed is not shown. */
  secret(message: string): Promise<string>;
  one(message: string, choices: readonly Choice[]): Promise<string>;
  some(message: string, choices: readonly Choice[]): Promise<readonly string[]>;
}>;

/** null: nobody sits at a terminal, so every answer has to be given beforehand. */
export function asking(): Ask | null {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return null;
  const needed: Check = (answer) => (answer.trim() === "" ? "An answer is needed" : undefined);
  return {
    note: (line) => log.warn(line),
    confirm: (message) => answered(confirm({ message, initialValue: false })),
    text: async (message, check = needed) => {
      const answer = await answered(text({ message, validate: (it) => check(it ?? "") }));
      return (answer ?? "").trim();
    },
    secret: async (message) => (await answered(password({ message, validate: (it) => needed(it ?? "") }))).trim(),
    one: (message, choices) => answered(select({ message, options: [...choices] })),
    some: (message, choices) => answered(multiselect({ message, options: [...choices], required: true })),
  };
}

async function answered<T>(question: Promise<T>): Promise<Exclude<T, symbol>> {
  const answer = await question;
  if (isCancel(answer)) throw new Permanent("Setup was ended, and nothing was done. Run it again whenever you like");
  return answer as Exclude<T, symbol>;
}
