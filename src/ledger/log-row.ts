// SPDX-License-Identifier: EUPL-1.2
/** A line of the decision log in people's words: local time, names instead of ids, and what the rule means. */
import { z } from "zod";
import type { LogLine } from "../core/accepted.ts";
import { phaseName, phrase } from "../core/messages.ts";
import { ruleInWords } from "../core/rule-words.ts";
import { trackerLogin } from "../core/task-request.ts";
import { type Model, personByUser, STOP } from "../model/model.ts";
import type { StoredEntry } from "./log.ts";

export type LogRow = Readonly<{
  entry: StoredEntry;
  line: LogLine;
  /** In the municipality's time zone: 2026-11-23 09:00:00. */
  local: string;
  meaning: string;
  /** The names of those who did it, machines said to be such; a user who is in no list by id. */
  who: readonly string[];
  gate: string;
  body: string;
}>;

const texts = z.array(z.string());
const logLine = z.object({
  at: z.iso.datetime(),
  card: z.string(),
  projectId: z.string(),
  rule: z.string(),
  by: texts,
  machines: texts.default([]),
  events: texts,
  from: z.string(),
  to: z.string(),
  gate: z.string().nullable(),
  body: z.string().nullable(),
  passage: z.number().nullable().default(null),
  modelVersion: z.number(),
}) satisfies z.ZodType<LogLine>;

/** Reads entries as rows; null for one whose text is no line of the log, which verifying tells more about. */
export function rowReader(model: Model): (entry: StoredEntry) => LogRow | null {
  const clock = localClock(model);
  const nameOf = (user: string) => nameIn(model, user);
  return (entry) => {
    const line = parsed(entry.line);
    if (!line) return null;
    return {
      entry,
      line,
      local: clock.format(new Date(line.at)),
      meaning: ruleInWords(model, line.rule),
      who: [...line.by.map(nameOf), ...line.machines.map((user) => phrase(model, "W74", { navn: nameOf(user) }))],
      gate: line.gate === null ? "" : gateInWords(model, line.gate),
      body: model.municipality.bodies.find(({ key }) => key === line.body)?.name ?? line.body ?? "",
    };
  };
}

/** Shows an instant as the municipality's clocks do: 2026-11-23 09:00:00. Dear to make, cheap to use. */
export function localClock(model: Model): Intl.DateTimeFormat {
  // Swedish, for it writes a date and a time so that they sort.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: model.rules.timeZone, dateStyle: "short", timeStyle: "medium" });
}

/** A person's name, also of one who acted on the tracker: «Anders Projektejer (github:anders-dev)». */
function nameIn(model: Model, user: string): string {
  const login = trackerLogin(user);
  if (login === null) return personByUser(model, user)?.name ?? user;
  const person = model.municipality.people.find(({ github }) => github?.toLowerCase() === login.toLowerCase());
  return person ? `${person.name} (${user})` : user;
}

function parsed(text: string): LogLine | null {
  try {
    return logLine.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** «G1 Udforsk → Nytænk». A gate that the model no longer has stands for itself. */
function gateInWords(model: Model, id: string): string {
  if (id === STOP) return phrase(model, "W19", {});
  const gate = model.gates.find((it) => it.id === id);
  return gate ? `${id} ${phaseName(model, gate.from)} → ${phaseName(model, gate.to)}` : id;
}
