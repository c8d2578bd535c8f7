// SPDX-License-Identifier: EUPL-1.2
/** Runs before each test file: fast-check draws what properties.ts says, and a failure says how to have it again. */
import fc from "fast-check";
import { expect, vi } from "vitest";
import { drawn, fileName, replay, runs } from "./properties.ts";

const usualRuns = 100;

fc.configureGlobal({ ...drawn(process.env, testFile()), numRuns: runs(usualRuns) });
fc.installGlobalPlugin(() => ({ onAllRunsComplete: report }));
// Whoever asks for more cases than usual waits for them.
if (process.env.FC_RUNS) vi.setConfig({ testTimeout: 0 });

function testFile(): string {
  return fileName(expect.getState().testPath ?? "");
}

function report(details: fc.RunDetails<unknown>): void {
  if (!details.failed) return;
  const { seed, counterexamplePath: path, errorInstance } = details;
  const again = replay({ seed, path, file: testFile(), test: expect.getState().currentTestName ?? "" });
  const why = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance));
  throw new Error(`${why.message}\n\n${fc.defaultReportMessage(details)}\n\nThis case again, alone:\n${again}`, {
    cause: why,
  });
}
