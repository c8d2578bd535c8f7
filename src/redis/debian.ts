// SPDX-License-Identifier: EUPL-1.2
/**
 * Fetches the distribution's own Redis on Debian and Ubuntu without root and without installing anything: apt with
 * private folders resolves and downloads, dpkg-deb unpacks. The system's signatures, mirrors and proxies apply.
 */
import { execFile } from "node:child_process";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

type Offers = readonly (readonly string[])[];
/** In order of preference. Libraries are not named: apt finds what this release needs and the system lacks. */
const OFFERS: Offers = [
  ["redis-server", "redis-tools"],
  ["valkey-server", "valkey-tools"],
];

/** Whether this system has the two programs that fetching needs. */
export async function canFetch(searchPath?: string): Promise<boolean> {
  const how = searchPath === undefined ? {} : { env: { PATH: searchPath } };
  const works = (command: string) =>
    run(command, ["--version"], how).then(
      () => true,
      () => false,
    );
  return (await works("apt-get")) && (await works("dpkg-deb"));
}

/**
 * Unpacks the packages of the first offer that there is into `root`, which appears complete or not at all. Throws with
 * what apt said.
 */
export async function fetchPackages(root: string, patienceMs: number, offers = OFFERS): Promise<void> {
  const work = `${root}.part`;
  await rm(work, { recursive: true, force: true });
  try {
    const archives = await download(work, patienceMs, offers);
    const unpacked = join(work, "root");
    await mkdir(unpacked);
    for (const archive of archives) await run("dpkg-deb", ["-x", archive, unpacked]);
    await rm(root, { recursive: true, force: true });
    await rename(unpacked, root);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(work: string, patienceMs: number, offers: Offers): Promise<readonly string[]> {
  const archives = join(work, "cache/archives");
  await mkdir(join(archives, "partial"), { recursive: true });
  await mkdir(join(work, "lists/partial"), { recursive: true });
  await mkdir(join(work, "state"), { recursive: true });
  const config = join(work, "apt.conf");
  await writeFile(config, aptConfig(work));
  const apt = (...words: string[]) =>
    run("apt-get", ["-c", config, "-q", ...words], { timeout: patienceMs, maxBuffer: 1e8 });
  // One unreachable third-party source fails the whole update; whether that matters shows in the next step.
  const update = await apt("update").then(() => null, lastWords);
  const refusals: string[] = [];
  for (const names of offers) {
    const outcome = await apt(
      "install",
      "-y",
      "--download-only",
      "--no-install-recommends",
      "--reinstall",
      ...names,
    ).then(() => null, lastWords);
    if (outcome === null) {
      return (await readdir(archives)).filter((it) => it.endsWith(".deb")).map((it) => join(archives, it));
    }
    refusals.push(outcome);
  }
  throw new Error([update, ...refusals].filter((it) => it !== null).join("; "));
}

/**
 * Everything apt writes goes below `work`, except that it reads the system's list of installed packages, so that only
 * missing libraries are fetched. Hooks are cleared: some clean the system's own cache or need root.
 */
function aptConfig(work: string): string {
  const hooks = ["APT::Update::Pre-Invoke", "APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success"];
  const settings = {
    "Dir::State": join(work, "state"),
    "Dir::State::lists": join(work, "lists"),
    "Dir::State::status": "/var/lib/dpkg/status",
    "Dir::Cache": join(work, "cache"),
    "Dir::Cache::archives": join(work, "cache/archives"),
    "Debug::NoLocking": "true",
    "APT::Sandbox::User": "",
    "Acquire::Retries": "2",
    "Acquire::http::Timeout": "30",
    "Acquire::https::Timeout": "30",
  };
  return [
    ...[...hooks, "DPkg::Pre-Install-Pkgs", "DPkg::Pre-Invoke", "DPkg::Post-Invoke"].map((it) => `#clear ${it};`),
    ...Object.entries(settings).map(([key, value]) => `${key} "${value}";`),
  ].join("\n");
}

function lastWords(error: unknown): string {
  const text = error instanceof Error && "stderr" in error ? String(error.stderr) || error.message : String(error);
  return text.trim().split("\n").slice(-3).join(" ");
}
