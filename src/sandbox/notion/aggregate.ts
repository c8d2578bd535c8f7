// SPDX-License-Identifier: EUPL-1.2
/** Turns changes into events as Notion does: merged per entity and type within a window, comments at once. */
import type { NotionPerson } from "../world.ts";
import {
  commentCreated,
  contentUpdated,
  type Event,
  type Happening,
  lifecycle,
  propertiesUpdated,
  schemaUpdated,
  type Touched,
} from "./events.ts";
import { cellOf, isSame } from "./show-value.ts";
import { type Change, type DataSource, type Page, sourceOf, type Value, type Workspace } from "./workspace.ts";

type PropertyWindow = { kind: "properties"; page: Page; before: Map<string, Value> };
type LifecycleWindow = { kind: "lifecycle"; page: Page; was: "absent" | "live" | "trashed" };
type MovedWindow = { kind: "moved"; page: Page; from: string };
type SchemaWindow = { kind: "schema"; source: DataSource; touched: Map<string, Touched> };
type Window = { by: Map<string, NotionPerson>; at: Date } & (
  | PropertyWindow
  | LifecycleWindow
  | MovedWindow
  | SchemaWindow
);

export interface Aggregation {
  take(change: Change): void;
  /** Number of windows still open. */
  open(): number;
  close(): void;
}

/** `emit` gets each event when its window ends, `settled` is called after every end, with or without an event. */
export function aggregate(
  workspace: Workspace,
  windowMs: number,
  emit: (event: Event) => void,
  settled: () => void,
): Aggregation {
  const windows = new Map<string, Window>();
  const timers = new Set<NodeJS.Timeout>();

  function end(key: string, timer: NodeJS.Timeout): void {
    timers.delete(timer);
    const window = windows.get(key);
    windows.delete(key);
    if (window) for (const it of happenings(workspace, window)) emit(eventOf(workspace, window, it));
    settled();
  }

  function take(change: Change): void {
    const at = workspace.clock.now();
    if (change.kind === "comment") {
      emit(eventOf(workspace, { by: new Map([[change.by.id, change.by]]), at }, commentCreated(change.comment)));
      settled();
      return;
    }
    const key = `${change.kind}:${change.kind === "schema" ? change.source.id : change.page.id}`;
    const known = windows.get(key);
    const window = known ?? newWindow(change, at);
    window.by.set(change.by.id, change.by);
    window.at = at;
    merge(window, change);
    if (known) return;
    windows.set(key, window);
    const timer: NodeJS.Timeout = setTimeout(() => end(key, timer), windowMs);
    timers.add(timer);
  }

  return {
    take,
    open: () => windows.size,
    close() {
      for (const timer of timers) clearTimeout(timer);
      windows.clear();
    },
  };
}

function newWindow(change: Exclude<Change, { kind: "comment" }>, at: Date): Window {
  const common = { by: new Map<string, NotionPerson>(), at };
  switch (change.kind) {
    case "properties":
      return { ...common, kind: "properties", page: change.page, before: new Map() };
    case "lifecycle":
      return { ...common, kind: "lifecycle", page: change.page, was: change.was };
    case "moved":
      return { ...common, kind: "moved", page: change.page, from: change.from };
    case "schema":
      return { ...common, kind: "schema", source: change.source, touched: new Map() };
  }
}

/** The first value seen stays: it is what the cell held before the window. */
function merge(window: Window, change: Change): void {
  if (window.kind === "properties" && change.kind === "properties") {
    for (const [id, value] of change.before) if (!window.before.has(id)) window.before.set(id, value);
  }
  if (window.kind === "schema" && change.kind === "schema") {
    const { id, name } = change.property;
    const created = window.touched.get(id)?.action === "created" && change.action === "updated";
    window.touched.set(id, { id, name, action: created ? "created" : change.action });
  }
}

function happenings(workspace: Workspace, window: Window): readonly Happening[] {
  switch (window.kind) {
    case "properties":
      return edited(workspace, window);
    case "lifecycle":
      return outcome(workspace, window);
    case "moved":
      return window.page.source === window.from ? [] : [lifecycle(workspace, window.page, "moved")];
    case "schema":
      return [schemaUpdated(window.source, [...window.touched.values()])];
  }
}

/** No event when every touched property is back at what it was. */
function edited(workspace: Workspace, { page, before }: PropertyWindow): readonly Happening[] {
  const { properties } = sourceOf(workspace, page.source);
  const differs = ([id, value]: readonly [string, Value]): boolean => {
    const property = properties.find((it) => it.id === id);
    return !property || !isSame(cellOf(page, property), value);
  };
  if (![...before].some(differs)) return [];
  const updated = propertiesUpdated(workspace, page, [...before.keys()]);
  return before.has("title") ? [updated, contentUpdated(workspace, page)] : [updated];
}

/** Created, trashed and restored in quick succession come as the one that counts in the end, or not at all. */
function outcome(workspace: Workspace, { page, was }: LifecycleWindow): readonly Happening[] {
  const is = page.inTrash ? "trashed" : "live";
  if (was === is) return [];
  if (was === "absent") return is === "live" ? [lifecycle(workspace, page, "created")] : [];
  return [lifecycle(workspace, page, is === "live" ? "undeleted" : "deleted")];
}

function eventOf(workspace: Workspace, window: Pick<Window, "by" | "at">, happening: Happening): Event {
  return {
    id: workspace.ids.uuid("event"),
    at: window.at.toISOString(),
    by: [...window.by.values()],
    happening,
  };
}
