// SPDX-License-Identifier: EUPL-1.2
/** Everything that is known of one card, in the order of the sandbox's clock: for whoever must find out what went wrong. */
import type { LogLine } from "../../src/core/accepted.ts";
import type { Witness } from "./witness.ts";
import type { World } from "./world.ts";

/** People's deeds, events taken in, calls to both sides, and lines of the decision log. */
export function storyOf(world: World, witness: Witness, lines: readonly LogLine[], card: string): readonly string[] {
  const { notion, github } = world.sandbox;
  const rows = [...witness.rows].filter(([, it]) => it.card === card).map(([row]) => row);
  const pages = new Set([card, ...rows]);
  const task = notion.page(card).properties.Opgave;
  const issue = task?.type === "url" ? (task.url?.split("/").at(-1) ?? "") : "";
  const short = (text: string) => [...pages].reduce((held, id) => held.replaceAll(id, id.slice(0, 4)), text);
  const entries: readonly (readonly [string, string])[] = [
    ...witness.deeds.filter((it) => it.card === card).map(({ at, what }) => [at, `** ${what}`] as const),
    ...witness.rowActs
      .filter(({ row }) => pages.has(row))
      .map(({ clock, row, by, what }) => [clock, `**   ${row} by ${by.slice(-4)}: ${what}`] as const),
    ...world.post.taken
      .filter(({ about }) => pages.has(about))
      .map(({ clock, about, authors, event }) => {
        const by = authors.map((it) => it.replace(/^(\w+) 0{8}-0{4}-4000-8000-0*/u, "$1 ")).join(", ");
        return [new Date(clock).toISOString(), `<- event ${event.slice(0, 8)} about ${about} by ${by}`] as const;
      }),
    ...notion.calls
      .filter(({ path }) => [...pages].some((id) => path.includes(id)))
      .map(({ at, method, path, status }) => [at, `   ${method} ${path} ${status}`] as const),
    ...github.calls
      .filter(({ path }) => issue !== "" && path.endsWith(`/issues/${issue}`))
      .map(({ at, method, path, status }) => [at, `   ${method} ${path} ${status}`] as const),
    ...lines
      .filter((line) => line.card === card)
      .map((line) => {
        const { at, rule, from, to, gate, body, by, events } = line;
        const who = by.map((it) => it.slice(-4)).join(" ");
        return [
          at,
          `== ${rule} ${gate ?? ""} ${body ?? ""} ${from} → ${to} [${who}] ${events.map((it) => it.slice(0, 8)).join(" ")}`,
        ] as const;
      }),
  ];
  return [...entries].sort(([a], [b]) => a.localeCompare(b)).map(([at, what]) => `${at.slice(5, 23)} ${short(what)}`);
}
