// SPDX-License-Identifier: EUPL-1.2
/** `npm run export`: the decision log as a file, or the answer to whether it still is what was written. */
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { readSome, SettingsError } from "../src/config.ts";
import { Permanent } from "../src/core/errors.ts";
import { DecisionLog, type LogSnapshot, type StoredEntry } from "../src/ledger/log.ts";
import { isAskedFor } from "../src/ledger/log-filter.ts";
import { formats } from "../src/ledger/log-formats.ts";
import { rowReader } from "../src/ledger/log-row.ts";
import { type Verification, verifyLog } from "../src/ledger/verify.ts";
import { loadModel } from "../src/model/load.ts";
import type { Model } from "../src/model/model.ts";
import { ModelError } from "../src/model/problems.ts";
import { attachRedis } from "../src/redis/attach.ts";
import { openDoorRedis } from "../src/redis/connect.ts";
import { OptionProblem, type Options, readOptions, usage } from "./export-options.ts";
import { verificationInWords } from "./export-words.ts";
import { nobodyNamed, usersNamed } from "./person.ts";

type Asked<Do extends Options["do"]> = Extract<Options, { do: Do }>;

/** Runs the command and gives its exit code. */
async function run(options: Options): Promise<number> {
  if (options.do === "help") return printed(usage);
  if (options.do === "export") {
    const paths = readSome(["FASEPORT_MODEL", "FASEPORT_KOMMUNE"]);
    const model = loadModel({ rulesPath: paths.FASEPORT_MODEL, municipalityPath: paths.FASEPORT_KOMMUNE });
    const { person, filter } = options;
    const asked = person === undefined ? options : { ...options, filter: { ...filter, users: usersOf(model, person) } };
    return withLog((snapshot) => exportLog(snapshot, model, asked));
  }
  return report(options, options.file === null ? await verifyStored(options) : await verifyFile(options.file, options));
}

function usersOf(model: Model, named: string): readonly string[] {
  const users = usersNamed(model, named);
  if (users) return users;
  throw new OptionProblem(nobodyNamed(model, named));
}

/** Opens the log of the service's Redis as it stands now, and closes what it opened. */
async function withLog<Result>(use: (snapshot: LogSnapshot) => Promise<Result>): Promise<Result> {
  const settings = readSome(["REDIS_URL", "FASEPORT_DATA"]);
  const store = await attachRedis({ url: settings.REDIS_URL ?? undefined, dataDir: settings.FASEPORT_DATA });
  try {
    const redis = await openDoorRedis(store.connection);
    try {
      return await use(await new DecisionLog(redis).snapshot());
    } finally {
      redis.disconnect();
    }
  } finally {
    await store.close();
  }
}

/** Verifies while it is at it: what is handed out should be known to be what was written, or known not to be. */
async function exportLog(snapshot: LogSnapshot, model: Model, options: Asked<"export">): Promise<number> {
  const verification = await verifyLog(snapshot.entries(), snapshot.head);
  const count = { rows: 0, unreadable: 0 };
  await write(extract(snapshot, model, options, verification, count), options.out);
  const { body } = options.filter;
  const bodies = model.municipality.bodies.map(({ key }) => key);
  if (count.rows === 0 && body !== undefined && !bodies.includes(body))
    throw new OptionProblem(`no line is about a body «${body}»; the municipality's bodies are ${bodies.join(", ")}`);
  const { head, lines, findings } = verification;
  tell(`${count.rows} of ${lines} lines. The log ends with line ${head.seq}: ${head.hash}`);
  tell("Put this hash on file: --verify --head HASH tells later whether the log still contains that line.");
  if (count.unreadable > 0) tell(`${count.unreadable} lines cannot be read as decisions and were left out.`);
  if (findings.length === 0) return 0;
  tell(verificationInWords(verification));
  return 1;
}

async function* extract(
  snapshot: LogSnapshot,
  model: Model,
  { format, filter }: Asked<"export">,
  { lines, head }: Verification,
  count: { rows: number; unreadable: number },
): AsyncGenerator<string> {
  const { begin, row: written, end } = formats[format];
  const rowOf = rowReader(model);
  yield begin(model);
  for await (const entry of snapshot.entries()) {
    const row = rowOf(entry);
    if (!row) count.unreadable += 1;
    else if (isAskedFor(filter, row)) {
      count.rows += 1;
      yield written(row);
    }
  }
  yield end(model, { at: new Date(), rows: count.rows, lines, head });
}

/** To a new file, or to standard output. A file that is already there stays as it is; one that was not finished is removed. */
async function write(texts: AsyncGenerator<string>, out: string | null): Promise<void> {
  const source = Readable.from(texts);
  if (out === null) return pipeline(source, process.stdout, { end: false }).catch(unlessClosed);
  try {
    await pipeline(source, createWriteStream(out, { flags: "wx", mode: 0o600 }));
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") throw new OptionProblem(`${out} is already there: name another file, or remove it first`);
    if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
      throw new OptionProblem(`${out} cannot be written (${code}): name a file in a folder that you may write to`);
    await rm(out, { force: true });
    throw error;
  }
}

/** Whoever reads standard output may have had enough (`| head`): that is no failure. */
function unlessClosed(error: unknown): void {
  if (codeOf(error) !== "EPIPE") throw error;
}

function verifyStored({ head }: Asked<"verify">): Promise<Verification> {
  return withLog((snapshot) => verifyLog(snapshot.entries(), snapshot.head, head));
}

/** A file has no head beside it: its last line is taken for the end, which only `--head` can tell more about. */
async function verifyFile(file: string, { head }: Asked<"verify">): Promise<Verification> {
  const verification = await verifyLog(entriesIn(file), null, head);
  return { ...verification, findings: verification.findings.filter(({ kind }) => kind !== "headless") };
}

const exported = z.looseObject({ seq: z.number(), prev: z.string(), hash: z.string(), line: z.string() });
const nothing = { seq: Number.NaN, prev: "", hash: "", line: "" };

async function* entriesIn(file: string): AsyncGenerator<StoredEntry> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  try {
    for await (const text of lines) {
      number += 1;
      yield { ...entryIn(text), place: `${file}:${number}` };
    }
  } catch (error) {
    if (codeOf(error) === null) throw error;
    throw new OptionProblem(`${file} cannot be read (${codeOf(error)}): name a whole export in ndjson`);
  }
}

/** The entry of an exported line. One whose fields beside `line` say something else than `line` is not what was written. */
function entryIn(text: string): Omit<StoredEntry, "place"> {
  const found = exported.safeParse(parsed(text)).data;
  if (!found) return nothing;
  const { seq, prev, hash, line, ...beside } = found;
  const agrees = Object.entries(parsed(line) ?? {}).every(([name, value]) => isDeepStrictEqual(beside[name], value));
  return { seq, prev, hash, line: agrees ? line : "" };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function report({ json }: Asked<"verify">, verification: Verification): number {
  const ok = verification.findings.length === 0;
  printed(json ? `${JSON.stringify({ ok, ...verification })}\n` : `${verificationInWords(verification)}\n`);
  return ok ? 0 : 1;
}

function printed(text: string): number {
  process.stdout.write(text);
  return 0;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}

/** What a person can act on is said in words; anything else is a bug and keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof OptionProblem) return `${error.message}\n(npm run export -- --help says what there is)`;
  if (error instanceof SettingsError || error instanceof ModelError || error instanceof Permanent) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (import.meta.main) {
  try {
    process.exitCode = await run(readOptions(process.argv.slice(2)));
  } catch (error) {
    tell(explain(error));
    process.exitCode = 1;
  }
}
