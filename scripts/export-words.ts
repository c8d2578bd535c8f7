// SPDX-License-Identifier: EUPL-1.2
/** What verifying found, in words. */
import type { Finding, Verification } from "../src/ledger/verify.ts";

const words: { [Kind in Finding["kind"]]: (finding: Extract<Finding, { kind: Kind }>) => string } = {
  changed: ({ line, place }) => `line ${line} was changed (stored at ${place})`,
  removed: ({ from, to }) => (from === to ? `line ${from} was removed` : `lines ${from} to ${to} were removed`),
  inserted: ({ claims, after, place }) => {
    const where = after === 0 ? "before the first line" : `after line ${after}`;
    const claim = claims === null ? "has no number" : `calls itself line ${claims}`;
    return `a line was inserted ${where}; it ${claim} (stored at ${place})`;
  },
  moved: ({ line, after, place }) => `line ${line} was moved behind line ${after} (stored at ${place})`,
  headless: () =>
    "the head beside the log is gone or damaged: whether its end was cut off cannot be told without --head",
  "unknown-head": ({ hash }) => `the log does not contain the line with the noted hash ${hash}`,
};

function inWords<Kind extends Finding["kind"]>(finding: Extract<Finding, { kind: Kind }>): string {
  const kind: Kind = finding.kind as Kind;
  return words[kind](finding);
}

/** One line for what was found well, or one for each thing that was not. */
export function verificationInWords({ lines, head, findings }: Verification): string {
  if (lines === 0 && findings.length === 0) return "The decision log is empty.";
  const end = `It ends with line ${head.seq}: ${head.hash}`;
  if (findings.length === 0)
    return `The decision log is in order: ${lines === 1 ? "1 line" : `${lines} lines, unbroken`}. ${end}`;
  return [`The decision log is not what was written:`, ...findings.map((it) => `  ${inWords(it)}`), end].join("\n");
}
