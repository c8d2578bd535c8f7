// SPDX-License-Identifier: EUPL-1.2
/** The test runner: what needs nothing runs first and wide; what opens servers and browsers runs last and narrow. */
import { defineConfig } from "vitest/config";

const seconds = (count: number) => count * 1000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          setupFiles: ["tests/properties.setup.ts"],
          // Nothing here waits for anything: only a property with thousands of cases needs more than a moment.
          testTimeout: seconds(400),
          hookTimeout: seconds(30),
        },
      },
      {
        test: {
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          setupFiles: ["tests/properties.setup.ts"],
          testTimeout: seconds(30),
          hookTimeout: seconds(60),
        },
      },
      {
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          // The first file to need Redis may have to wait for it to be fetched.
          testTimeout: seconds(60),
          hookTimeout: seconds(120),
          // Most of their time they wait for something to settle.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "simulation",
          include: ["tests/simulation/**/*.test.ts"],
          // Each house is a process of its own: two at a time.
          maxConcurrency: 2,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: seconds(120),
          hookTimeout: seconds(120),
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
