// SPDX-License-Identifier: EUPL-1.2
/** The image of the Dockerfile without Docker: each of its instructions carried out as it is written, in a folder. */
import { execFile } from "node:child_process";
import { copyFile, cp, mkdir, readFile, stat } from "node:fs/promises";
import { basename, join, matchesGlob, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { type Instruction, instructionsOf, stagesOf } from "../dockerfile.ts";

export type Image = Readonly<{
  /** The image's own `/`. */
  root: string;
  /** Where commands run; a path of this machine. */
  workdir: string;
  env: Readonly<Record<string, string>>;
  user: Readonly<{ uid: number; gid: number }>;
  command: readonly string[];
  health: readonly string[];
}>;

type Stage = { -readonly [part in keyof Image]: Image[part] };
/** What every stage can see: the folders of those before it by their names, and what a command runs with. */
type Builder = Readonly<{ stages: Map<string, Stage>; env: Readonly<Record<string, string>> }>;

const words = z.array(z.string());
const run = promisify(execFile);

/**
 * Builds it in an empty `folder`; `env` is the builder's own, with its PATH. Throws for an instruction that it does not
 * know: it leaves nothing out unseen.
 */
export async function buildImage(folder: string, env: Readonly<Record<string, string>>): Promise<Image> {
  const builder: Builder = { stages: new Map(), env: { ...env, PATH: `${await makeBase(folder)}:${env.PATH}` } };
  let last: Stage | undefined;
  for (const [number, instructions] of stagesOf(instructionsOf(await readFile("Dockerfile", "utf8"))).entries()) {
    const root = join(folder, String(number));
    last = { root, workdir: root, env: {}, user: { uid: 0, gid: 0 }, command: [], health: [] };
    for (const it of instructions) await carryOut(it, last, builder);
  }
  if (!last) throw new Error("the Dockerfile has no stage");
  return last;
}

async function carryOut({ word, rest }: Instruction, stage: Stage, { stages, env }: Builder): Promise<void> {
  const does: Record<string, () => Promise<unknown> | unknown> = {
    FROM: () => {
      stages.set(/ AS (\w+)$/u.exec(rest)?.[1] ?? "", stage);
      stage.env = { PATH: env.PATH ?? "" };
    },
    WORKDIR: () => {
      stage.workdir = join(stage.root, rest);
      return mkdir(stage.workdir, { recursive: true });
    },
    COPY: () => copy(rest, stage, stages),
    RUN: () => run("sh", ["-c", rest], { cwd: stage.workdir, env: { ...env, ...stage.env } }),
    ENV: () => {
      stage.env = { ...stage.env, ...Object.fromEntries(rest.split(/\s+/u).map((pair) => pair.split("="))) };
    },
    USER: () => {
      const [uid, gid] = rest.split(":").map(Number);
      stage.user = { uid: uid ?? Number.NaN, gid: gid ?? Number.NaN };
    },
    CMD: () => {
      stage.command = words.parse(JSON.parse(rest));
    },
    HEALTHCHECK: () => {
      stage.health = words.parse(JSON.parse(rest.replace(/^.*?CMD /u, "")));
    },
    LABEL: () => {},
    EXPOSE: () => {},
  };
  const doIt = does[word];
  if (!doIt) throw new Error(`${word} is not carried out here yet`);
  await doIt();
}

/** The base brings Node, of the version that the tests run on; npm is the machine's own. Answers where it is. */
async function makeBase(folder: string): Promise<string> {
  const bin = join(folder, "base/usr/local/bin");
  await mkdir(bin, { recursive: true });
  await copyFile(process.execPath, join(bin, "node"));
  return bin;
}

/**
 * The sources lie in the project, or in an earlier stage; what .dockerignore takes out is not sent. What is sent is as when
 * it was checked out by somebody whose umask lets nobody else read.
 */
async function copy(rest: string, { workdir }: Stage, stages: Builder["stages"]): Promise<void> {
  const parts = rest.split(/\s+/u);
  const from = /^--from=(.*)$/u.exec(parts[0] ?? "")?.[1];
  const paths = from === undefined ? parts : parts.slice(1);
  const to = resolve(workdir, paths.at(-1) ?? "");
  const isFolder = paths.at(-1)?.endsWith("/") === true;
  const notSent = (await readFile(".dockerignore", "utf8")).split("\n").filter((line) => /^[^!#*]/u.test(line));
  const isSent = (file: string) => {
    const path = relative("", file).split(sep).join("/");
    return from !== undefined || !notSent.some((pattern) => matchesGlob(path, pattern));
  };
  for (const source of paths.slice(0, -1)) {
    const path = from === undefined ? source : join(stages.get(from)?.root ?? "", source);
    // Of a folder it is what lies in it that is copied.
    const isInside = isFolder && !(await stat(path)).isDirectory();
    const target = isInside ? join(to, basename(path)) : to;
    await cp(path, target, { recursive: true, filter: isSent });
    if (from === undefined) await run("chmod", ["-R", "go=", target]);
  }
}
