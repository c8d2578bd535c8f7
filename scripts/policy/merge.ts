// SPDX-License-Identifier: EUPL-1.2
/** A large table made small without losing a cell: equal columns become one, and equal rows become one. */

/** The values of each condition that the rows are made of. */
export type Axes<At> = { readonly [Name in keyof At]: readonly At[Name][] };

/** One row of the small table stands for every combination of these values. */
export type Row<At> = Readonly<{ over: Axes<At>; cells: readonly string[] }>;

export type Merged<At, Column> = Readonly<{
  /** Which columns each column of the small table stands for. */
  columns: readonly (readonly Column[])[];
  rows: readonly Row<At>[];
}>;

/** The conditions as the merging sees them: names and values, whatever they mean. */
type Loose = Readonly<Record<string, string>>;
type LooseRow = Readonly<{ over: Readonly<Record<string, readonly string[]>>; cells: readonly string[] }>;
type LooseAxis = readonly [name: string, values: readonly string[]];

/** Merges what `cell` says of every combination of the axes' values (rows) in every column. */
export function merge<At extends Loose, Column>(
  axes: Axes<At>,
  columns: readonly Column[],
  cell: (at: At, column: Column) => string,
): Merged<At, Column> {
  const named: readonly LooseAxis[] = Object.entries(axes);
  const places = every(named);
  const texts = new Map(columns.map((column) => [column, places.map((at) => cell(at as At, column))]));
  const groups = groupedBy(columns, (column) => JSON.stringify(texts.get(column)));
  const firsts = groups.flatMap((group) => group.slice(0, 1));
  const cellsAt = new Map(
    places.map((at, index) => [JSON.stringify(at), firsts.map((column) => texts.get(column)?.[index] ?? "")]),
  );
  const rows = boxes(named, {}, (at) => cellsAt.get(JSON.stringify(at)) ?? []);
  return { columns: groups, rows: rows as unknown as readonly Row<At>[] };
}

/** Axis by axis: the values under which all the rest is equal become one. */
function boxes(
  [axis, ...rest]: readonly LooseAxis[],
  at: Loose,
  cells: (at: Loose) => readonly string[],
): readonly LooseRow[] {
  if (!axis) return [{ over: {}, cells: cells(at) }];
  const [name, values] = axis;
  const below = values.map((value) => ({ value, rows: boxes(rest, { ...at, [name]: value }, cells) }));
  return groupedBy(below, ({ rows }) => JSON.stringify(rows)).flatMap((group) =>
    (group[0]?.rows ?? []).map((row) => ({
      ...row,
      over: { [name]: group.map(({ value }) => value), ...row.over },
    })),
  );
}

function every(axes: readonly LooseAxis[]): readonly Loose[] {
  const none: readonly Loose[] = [{}];
  return axes.reduce(
    (held, [name, values]) => held.flatMap((at) => values.map((value) => ({ ...at, [name]: value }))),
    none,
  );
}

/** In the order in which each group's first item stands. */
function groupedBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly (readonly Item[])[] {
  return [...Map.groupBy(items, key).values()];
}
