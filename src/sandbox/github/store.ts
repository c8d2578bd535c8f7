// SPDX-License-Identifier: EUPL-1.2
/** The stand-in's state: one repository with its labels and issues. Every change goes through here, whoever makes it. */
import type { SandboxClock } from "../world.ts";
import { applyChange } from "./changes.ts";
import { type Account, idOf } from "./people.ts";
import type { CommentRecord, IssueChange, IssueRecord, LabelRecord, News, RepositoryRecord } from "./records.ts";

export type NewIssue = Readonly<{
  title: string;
  body?: string | null | undefined;
  labels?: readonly string[] | undefined;
  assignees?: readonly string[] | undefined;
  pullRequest?: boolean;
}>;

export type Store = ReturnType<typeof createStore>;

/** GitHub's timestamps are whole seconds. */
export function stamp(clock: SandboxClock): string {
  return `${clock.now().toISOString().slice(0, 19)}Z`;
}

/** `repo` is owner/name; `announce` gets every change, in order, right after it was made. */
export function createStore(repo: string, clock: SandboxClock, announce: (news: readonly News[]) => void) {
  const repository = newRepository(repo, clock);
  const labels: LabelRecord[] = [];
  const issues: IssueRecord[] = [];
  /** Issues that were transferred: still visible at their new address. */
  const elsewhere: { repository: RepositoryRecord; issue: IssueRecord }[] = [];
  let lastId = idOf(repo);
  const nextId = () => ++lastId;

  const findLabel = (name: string) => labels.find((it) => it.name.toLowerCase() === name.toLowerCase());

  function label(name: string, color = "ededed", description: string | null = null): LabelRecord {
    const known = findLabel(name);
    if (known) return known;
    const made = { id: nextId(), name, color, description };
    labels.push(made);
    return made;
  }

  function create(by: Account, wanted: NewIssue): IssueRecord {
    const at = stamp(clock);
    const issue = newIssue({ id: nextId(), number: issues.length + 1, by, at }, wanted);
    issues.push(issue);
    const details = applyChange(issue, { labels: [], assignees: [], ...wanted }, { by, at, label });
    announce([{ event: "issues", action: "opened", issue, by }, ...details]);
    return issue;
  }

  function change(by: Account, issue: IssueRecord, wanted: IssueChange): void {
    const news = applyChange(issue, wanted, { by, at: stamp(clock), label });
    if (news.length > 0) announce(news);
  }

  function comment(by: Account, issue: IssueRecord, body: string): CommentRecord {
    const made = { id: nextId(), author: by, body, createdAt: stamp(clock) };
    issue.comments.push(made);
    issue.updatedAt = made.createdAt;
    announce([{ event: "issue_comment", action: "created", issue, comment: made, by }]);
    return made;
  }

  function remove(by: Account, issue: IssueRecord): void {
    issue.gone = { kind: "deleted" };
    announce([{ event: "issues", action: "deleted", issue, by }]);
  }

  function transfer(by: Account, issue: IssueRecord, repo: string): void {
    const to = elsewhere.find((it) => fullName(it.repository) === repo)?.repository ?? newRepository(repo, clock);
    const number = elsewhere.filter((it) => it.repository === to).length + 1;
    const moved = { ...issue, id: nextId(), number, labels: [...issue.labels], gone: null };
    elsewhere.push({ repository: to, issue: moved });
    issue.gone = { kind: "transferred", repositoryId: to.id, number };
    announce([{ event: "issues", action: "transferred", issue, by, to: { repository: to, issue: moved } }]);
  }

  function rename(repo: string): void {
    repository.formerNames.push(fullName(repository));
    Object.assign(repository, split(repo));
    announce([]);
  }

  return {
    repository,
    labels,
    issues,
    elsewhere,
    findLabel,
    label,
    create,
    change,
    comment,
    remove,
    transfer,
    rename,
  };
}

export function fullName(repository: RepositoryRecord): string {
  return `${repository.owner}/${repository.name}`;
}

function split(repo: string): { owner: string; name: string } {
  const [owner, name, ...rest] = repo.split("/");
  if (!owner || !name || rest.length > 0) throw new Error(`"${repo}" is not owner/name`);
  return { owner, name };
}

function newRepository(repo: string, clock: SandboxClock): RepositoryRecord {
  return {
    id: idOf(repo),
    ...split(repo),
    hasIssues: true,
    rights: { admin: true, push: true },
    formerNames: [],
    createdAt: stamp(clock),
  };
}

function newIssue(born: { id: number; number: number; by: Account; at: string }, wanted: NewIssue): IssueRecord {
  return {
    id: born.id,
    number: born.number,
    author: born.by,
    createdAt: born.at,
    comments: [],
    pullRequest: wanted.pullRequest ?? false,
    title: wanted.title,
    body: wanted.body ?? null,
    labels: [],
    assignees: [],
    state: "open",
    stateReason: null,
    updatedAt: born.at,
    closedAt: null,
    closedBy: null,
    converted: false,
    gone: null,
  };
}
