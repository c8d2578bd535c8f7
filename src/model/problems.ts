// SPDX-License-Identifier: EUPL-1.2
/** What is wrong in the configuration files, said so that the person who wrote them can mend it. */

/** One mistake. `line` and `column` count from 1; both are 0 when the file itself is the matter. */
export type Problem = Readonly<{
  file: string;
  line: number;
  column: number;
  /** Such as bodies[0].approvers[1].person; "" for the file as a whole. */
  path: string;
  /** What stands there now. */
  found: string;
  /** What may stand there, or what to do. */
  allowed: string;
}>;

/** Every mistake in the configuration at once. The message is for the administrator: print it without the stack. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    const head =
      problems.length === 1 ? "The configuration has a mistake:" : `The configuration has ${problems.length} mistakes:`;
    super([head, ...problems.map((problem) => `  ${sentence(problem)}`)].join("\n"));
    this.problems = problems;
  }
}

/** `config/kommune.yaml:12:9 bodies[0].name: found "A, B", with a comma; needs a name without commas` */
export function sentence({ file, line, column, path, found, allowed }: Problem): string {
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return `${place}${path === "" ? "" : ` ${path}`}: found ${found}; ${allowed}`;
}
