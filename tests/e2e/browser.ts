// SPDX-License-Identifier: EUPL-1.2
/** The demo as a newcomer starts it, and Debian's Chromium to look at it with. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Browser, chromium } from "playwright-core";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

/** Why the browser tests cannot run here; null when they can. */
export const noBrowser =
  executablePath === undefined ? "no Chromium on this machine (Debian: apt-get install chromium)" : null;

export async function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(noBrowser ?? "");
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  return chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu", ...quiet] });
}

export type Demo = Readonly<{
  url: string;
  folder: string;
  /** What it has written to its terminal beside the address. */
  said(): string;
  /** Ends it as Ctrl-C does; resolves with its exit code. May be called twice. */
  end(): Promise<number | null>;
}>;

/** Starts `npm run demo` in a folder of its own on a free port, and resolves once it has printed its address. */
export async function startDemo(): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), "faseport-demo-"));
  const child = spawn("npm", ["run", "--silent", "demo", "--", "--port", "0", "--folder", folder], {
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, as a terminal gives each command: Ctrl-C is then sent to all of it.
    detached: true,
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  const exited = once(child, "exit");
  const end = async () => {
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (child.pid !== undefined && isRunning) process.kill(-child.pid, "SIGINT");
    const [code] = await exited;
    await rm(folder, { recursive: true, force: true });
    return code as number | null;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("http")) return { url: line.trim(), folder, said: () => said, end };
  }
  throw new Error(`the demo ended without an address: ${said}`);
}
