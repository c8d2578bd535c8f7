// SPDX-License-Identifier: EUPL-1.2
/** What people do in Notion's own pages, judged by the same rules as the API's writes. */
import type { NotionPerson, NotionWorld } from "../world.ts";
import { addComment } from "./comments.ts";
import { movePage } from "./move-page.ts";
import { plainItem } from "./rich-text.ts";
import { patchProperties } from "./schema.ts";
import { addOption, deleteOption, renameOption } from "./select-options.ts";
import {
  type DataSource,
  type Property,
  pageOf,
  personOf,
  propertyNamed,
  sourceOf,
  type Workspace,
} from "./workspace.ts";
import { createPage, duplicatePage, editPage, readProperties, setTrash } from "./write-page.ts";

type Actions = Pick<
  NotionWorld,
  | "edit"
  | "create"
  | "duplicate"
  | "trash"
  | "restore"
  | "move"
  | "comment"
  | "addOption"
  | "renameOption"
  | "deleteOption"
  | "changeColumns"
  | "withdraw"
  | "giveBack"
  | "deactivate"
  | "reactivate"
  | "makeGuest"
>;

export function peopleActions(workspace: Workspace): Actions {
  const person = (id: string): NotionPerson => personOf(workspace, id);
  const column = (sourceId: string, name: string): readonly [DataSource, Property] => {
    const source = sourceOf(workspace, sourceId);
    return [source, propertyNamed(source, name)];
  };
  // The board's menus are open to everybody; nobody in particular is named by the caller.
  const somebody = (): NotionPerson => workspace.people.find((it) => it.kind === "person") ?? workspace.bot;
  return {
    edit(by, id, properties) {
      const page = pageOf(workspace, id);
      editPage(workspace, page, readProperties(workspace, sourceOf(workspace, page.source), properties), person(by));
    },
    create(by, sourceId, properties, at) {
      const source = sourceOf(workspace, sourceId);
      return createPage(workspace, source, readProperties(workspace, source, properties), person(by), at).id;
    },
    duplicate: (by, id) => duplicatePage(workspace, pageOf(workspace, id), person(by)).id,
    trash: (by, id) => setTrash(workspace, pageOf(workspace, id), true, person(by)),
    restore: (by, id) => setTrash(workspace, pageOf(workspace, id), false, person(by)),
    move: (by, id, target) => movePage(workspace, pageOf(workspace, id), sourceOf(workspace, target), person(by)),
    comment: (by, id, text) => void addComment(workspace, pageOf(workspace, id), [plainItem(text)], person(by)),
    addOption: (source, property, name) => addOption(workspace, ...column(source, property), name, somebody()),
    renameOption: (source, property, from, to) =>
      renameOption(workspace, ...column(source, property), { from, to }, somebody()),
    deleteOption: (source, property, name) => deleteOption(workspace, ...column(source, property), name, somebody()),
    changeColumns: (by, source, properties) =>
      patchProperties(workspace, sourceOf(workspace, source), properties, person(by)),
    withdraw: (id) => void workspace.withdrawn.add(id),
    giveBack: (id) => void workspace.withdrawn.delete(id),
    deactivate: (id) => void workspace.departed.add(person(id).id),
    reactivate: (id) => void workspace.departed.delete(person(id).id),
    makeGuest: (id) => void workspace.guests.add(person(id).id),
  };
}
