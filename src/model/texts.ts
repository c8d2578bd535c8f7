// SPDX-License-Identifier: EUPL-1.2
/** The texts of `config/messages.json`: every id of the table `placeholders`, in both languages, with exactly its placeholders. */
import { z } from "zod";
import type { ConfigFile, Outcome } from "./config-file.ts";
import { messageIds as ids, placeholders } from "./messages.ts";
import type { Model } from "./model.ts";
import { amongKnown } from "./nearest.ts";
import type { Problem } from "./problems.ts";
import { checkShape } from "./shape.ts";

const languages = ["da", "en"] as const;
/** Not trimmed: the space around « og » is part of it. */
const text = z.string().min(1);
const textsSchema = z.record(z.string(), z.strictObject({ kind: text, to: z.string(), da: text, en: text }));
type Texts = z.infer<typeof textsSchema>;

export function readTexts(config: ConfigFile): Outcome<Model["texts"]> {
  const shape = checkShape(config, textsSchema);
  if (!shape.value) return { value: null, problems: shape.problems };
  const texts = shape.value.value;
  const problems = [
    ...ids
      .filter((id) => !(id in texts))
      .map((id) => config.problem([], `no text ${id}`, `needs ${id} with da and en`)),
    ...Object.keys(texts).flatMap((id) => checkText(config, texts, id)),
  ];
  return { value: problems.length === 0 ? textsById(texts) : null, problems };
}

function checkText(config: ConfigFile, texts: Texts, id: string): readonly Problem[] {
  const known = ids.find((it) => it === id);
  if (known === undefined)
    return [config.problem([id], `the text ${id}, which the service never says`, amongKnown(id, ids), "key")];
  return languages.flatMap((language) => {
    const used = placeholdersIn(texts[id]?.[language] ?? "");
    return comparePlaceholders(used, placeholders[known]).map(({ found, allowed }) =>
      config.problem([id, language], found, allowed),
    );
  });
}

type Difference = Readonly<{ found: string; allowed: string }>;

function comparePlaceholders(used: readonly string[], wanted: readonly string[]): readonly Difference[] {
  const unknown = used.filter((name) => !wanted.includes(name));
  const missing = wanted.filter((name) => !used.includes(name));
  return [
    ...unknown.map((name) => ({ found: `{${name}}, which this text never gets`, allowed: amongKnown(name, wanted) })),
    ...missing.map((name) => ({ found: `no {${name}}`, allowed: `needs ${wanted.map((it) => `{${it}}`).join(", ")}` })),
  ];
}

/** Whatever stands in braces, also what could never be filled in. */
function placeholdersIn(template: string): readonly string[] {
  return [...new Set([...template.matchAll(/\{([^{}]*)\}/gu)].map(([, name = ""]) => name))];
}

function textsById(texts: Texts): Model["texts"] {
  const entries = ids.map((id) => [id, { da: texts[id]?.da ?? "", en: texts[id]?.en ?? "" }] as const);
  return Object.fromEntries(entries) as Model["texts"];
}
