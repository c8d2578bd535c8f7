// SPDX-License-Identifier: EUPL-1.2
/** A Dockerfile as a list of instructions, and each stage's own. */

export type Instruction = Readonly<{ word: string; rest: string }>;

export function instructionsOf(text: string): readonly Instruction[] {
  const joined = text.replaceAll(/^#.*\n/gmu, "").replaceAll(/\\\n\s*/gu, "");
  return joined.split("\n").flatMap((line) => {
    const [, word, rest] = /^([A-Z]+) +(.+)$/u.exec(line.trim()) ?? [];
    if (word === undefined || rest === undefined) {
      if (line.trim() !== "") throw new Error(`not an instruction: ${line}`);
      return [];
    }
    return [{ word, rest }];
  });
}

/** Each begins with its FROM. */
export function stagesOf(instructions: readonly Instruction[]): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = [];
  for (const it of instructions) {
    if (it.word === "FROM") stages.push([]);
    stages.at(-1)?.push(it);
  }
  return stages;
}
