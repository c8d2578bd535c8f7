// SPDX-License-Identifier: EUPL-1.2
/** What the operating system says about a process: whether it lives, since when, and where it works. */
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const hasProc = existsSync("/proc/self/stat");

/**
 * A mark that tells this process from a later one with the same id: its start in clock ticks since boot on Linux,
 * otherwise a constant. Null when the process is gone, or is only a zombie that its parent has not collected.
 */
export function birthOf(pid: number): string | null {
  if (!hasProc) return answersSignals(pid) ? "unknown" : null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces and brackets itself, so the fields are counted from the last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether the process works in this folder. Null where the system does not tell (no /proc). */
export function worksIn(pid: number, folder: string): boolean | null {
  if (!hasProc) return null;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

/** Asks a process to end (SIGTERM), waits up to `patienceMs` milliseconds, then ends it (SIGKILL) and waits until it is gone. */
export async function endProcess(pid: number, patienceMs: number): Promise<void> {
  const birth = birthOf(pid);
  if (birth === null) return;
  const gone = () => birthOf(pid) !== birth;
  process.kill(pid, "SIGTERM");
  if (await becomesTrue(gone, patienceMs)) return;
  process.kill(pid, "SIGKILL");
  if (!(await becomesTrue(gone, patienceMs))) throw new Error(`process ${pid} does not end, not even on SIGKILL`);
}

async function becomesTrue(condition: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) return false;
    await pause(10);
  }
  return true;
}
