// SPDX-License-Identifier: EUPL-1.2
/** Names in use: a value together with the place where it stands, to find the one that stands twice. */
import type { ConfigFile, Path } from "./config-file.ts";
import type { Problem } from "./problems.ts";

export type Use = Readonly<{ config: ConfigFile; path: Path; value: string }>;

/** The uses of one key in a list of groups: `usesIn(rules, ["phases"], rules.value.phases, "label")`. */
export function usesIn<K extends string>(
  config: ConfigFile,
  list: Path,
  items: readonly Readonly<{ [P in K]?: string | undefined }>[],
  key: K,
): readonly Use[] {
  return items.flatMap((item, index) => {
    const value = item[key];
    return value === undefined ? [] : [{ config, path: [...list, index, key], value }];
  });
}

/** The uses in a group of named values, such as the states. */
export function usesUnder(config: ConfigFile, group: Path, values: Readonly<Record<string, string>>): readonly Use[] {
  return Object.entries(values).map(([key, value]) => ({ config, path: [...group, key], value }));
}

/** Every use after the first of the same name. Letter case does not tell names apart: neither Notion nor GitHub lets it. */
export function repeated(what: string, uses: readonly Use[]): readonly Problem[] {
  const first = new Map<string, Use>();
  return uses.flatMap((use) => {
    const name = use.value.normalize("NFC").toLowerCase();
    const earlier = first.get(name);
    if (!earlier) {
      first.set(name, use);
      return [];
    }
    return [
      use.config.problem(use.path, `"${use.value}" again, first at ${placeOf(earlier)}`, `each ${what} only once`),
    ];
  });
}

/** config/furesoe.yaml:12:7 phases[0].label */
function placeOf({ config, path }: Use): string {
  const at = config.problem(path, "", "");
  return `${at.file}:${at.line}:${at.column} ${at.path}`;
}
