// SPDX-License-Identifier: EUPL-1.2
/** Reads the model from its four files, holds it to its schemas and to itself, and freezes it. */
import { readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { type ConfigFile, type ConfigText, type Outcome, parseConfig } from "./config-file.ts";
import { frozen } from "./frozen.ts";
import { checkGateChain, IDEA } from "./gate-chain.ts";
import { closedDates } from "./holidays.ts";
import { readMethods } from "./methods.ts";
import type { Gate, Model } from "./model.ts";
import { type Municipality, municipalitySchema } from "./municipality.ts";
import { checkLabels, checkMunicipalityNames, checkRuleNames } from "./names.ts";
import { ModelError, type Problem } from "./problems.ts";
import { checkChannels } from "./reached.ts";
import { checkBodies, checkMunicipality, checkRules } from "./references.ts";
import { checkRequirements } from "./requirement-check.ts";
import { type Rules, rulesSchema } from "./rules.ts";
import { checkShape } from "./shape.ts";
import { readTexts } from "./texts.ts";

const projectRoot = join(import.meta.dirname, "../..");

/** Where the four files are. A relative path counts from the project's folder, wherever the service is started. */
export type ModelPaths = Readonly<{
  rulesPath: string;
  municipalityPath: string;
  messagesPath?: string;
  methodsPath?: string;
}>;

/** The four files' texts, each with the name it has in messages. */
export type ModelTexts = Readonly<Record<"rules" | "municipality" | "messages" | "methods", ConfigText>>;

/** Reads and checks the model. Throws one ModelError that names every mistake with file, line and column. */
export function loadModel(paths: ModelPaths): Model {
  const comesWithUs = "put the file back: it comes with Faseport";
  return modelFrom({
    rules: readText(paths.rulesPath, "name the file with the rules in FASEPORT_MODEL"),
    municipality: readText(
      paths.municipalityPath,
      "copy config/kommune.example.yaml to config/kommune.yaml and fill it in, or name another file in FASEPORT_KOMMUNE",
    ),
    messages: readText(paths.messagesPath ?? "config/messages.json", comesWithUs),
    methods: readText(paths.methodsPath ?? "config/method-catalogue.json", comesWithUs),
  });
}

/** The model out of the files' texts: loadModel without the disk. Throws one ModelError that names every mistake. */
export function buildModel({ rules, municipality, messages, methods }: ModelTexts): Model {
  const there = (value: ConfigText): Outcome<ConfigText> => ({ value, problems: [] });
  return modelFrom({
    rules: there(rules),
    municipality: there(municipality),
    messages: there(messages),
    methods: there(methods),
  });
}

function modelFrom(texts: Readonly<Record<keyof ModelTexts, Outcome<ConfigText>>>): Model {
  const rules = shaped(texts.rules, (config) => checkShape(config, rulesSchema));
  const municipality = shaped(texts.municipality, (config) => checkShape(config, municipalitySchema));
  const messages = shaped(texts.messages, readTexts);
  const methods = shaped(texts.methods, (config) => {
    return rules.value ? readMethods(config, rules.value.value.phases) : { value: null, problems: [] };
  });
  const shapes = [rules, municipality, messages, methods].flatMap(({ problems }) => problems);
  const problems = [...shapes, ...crossCheck(rules.value, municipality.value)];
  if (problems.length > 0 || !rules.value || !municipality.value || !messages.value || !methods.value) {
    throw new ModelError(problems);
  }
  return assemble(rules.value.value, municipality.value.value, messages.value, methods.value);
}

/** What the shapes cannot tell. A file whose shape is wrong is left out: its data cannot be trusted. */
function crossCheck(
  rules: ConfigFile<Rules> | null,
  municipality: ConfigFile<Municipality> | null,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (rules) {
    problems.push(
      ...checkRuleNames(rules),
      ...checkGateChain(rules),
      ...checkRequirements(rules),
      ...checkRules(rules),
    );
  }
  if (municipality) {
    problems.push(
      ...checkMunicipalityNames(municipality),
      ...checkMunicipality(municipality),
      ...checkChannels(municipality),
    );
  }
  if (rules && municipality) problems.push(...checkLabels(rules, municipality), ...checkBodies(rules, municipality));
  return problems;
}

function assemble(rules: Rules, municipality: Municipality, texts: Model["texts"], methods: Model["methods"]): Model {
  return frozen({
    rules,
    municipality,
    phases: rules.phases.map((phase, index) => ({ ...phase, index })),
    gates: rules.gates.map(gateOf),
    texts,
    methods,
    closedDates: closedDates(rules.reminders.holidays, rules.reminders.closedDays),
  });
}

function gateOf({ id, from, to, box, question, requires, advises, alsoDecidedBy }: Rules["gates"][number]): Gate {
  return {
    id,
    from: from === IDEA ? null : from,
    to,
    box,
    question,
    requires,
    advises: advises ?? [],
    alsoDecidedBy: (alsoDecidedBy ?? []).map(({ body, when, message }) => ({ body, when, message: message ?? null })),
  };
}

function shaped<T>(text: Outcome<ConfigText>, check: (config: ConfigFile) => Outcome<T>): Outcome<T> {
  const parsed = text.value ? parseConfig(text.value) : { value: null, problems: text.problems };
  return parsed.value ? check(parsed.value) : { value: null, problems: parsed.problems };
}

function readText(path: string, advice: string): Outcome<ConfigText> {
  const absolute = resolve(projectRoot, path);
  const inside = relative(projectRoot, absolute);
  const file = inside.startsWith("..") || isAbsolute(inside) ? absolute : inside;
  try {
    return { value: { file, text: readFileSync(absolute, "utf8") }, problems: [] };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const absent = code === "ENOENT";
    const found = absent ? "no such file" : `a file that cannot be read (${code})`;
    const allowed = absent ? advice : "make it a file that the user who runs Faseport may read";
    return { value: null, problems: [{ file, line: 0, column: 0, path: "", found, allowed }] };
  }
}
