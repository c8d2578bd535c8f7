// SPDX-License-Identifier: EUPL-1.2
/** The repository and the app as the API shows them. */
import type { components } from "@octokit/openapi-types";
import { type AppOptions, idOf, nodeId } from "./people.ts";
import { type Place, repositoryUrl } from "./show-issue.ts";
import { type Sites, showUser } from "./show-people.ts";
import { fullName } from "./store.ts";

type FullRepository = components["schemas"]["full-repository"];
type App = NonNullable<components["schemas"]["nullable-integration"]>;

export function showRepository(place: Place, openIssues: number): FullRepository & { has_downloads: boolean } {
  const { sites, repository } = place;
  return {
    ...addresses(place),
    ...counts(openIssues),
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: true,
    visibility: "private",
    owner: { ...showUser(sites, repository.owner), type: "Organization" },
    description: null,
    fork: false,
    homepage: null,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    license: null,
    allow_forking: false,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    default_branch: "main",
    mirror_url: null,
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.createdAt,
    permissions: permissionsOf(repository.rights),
  };
}

function permissionsOf({ admin, push }: Place["repository"]["rights"]) {
  return { admin, maintain: admin, push, triage: push, pull: true };
}

function counts(openIssues: number) {
  return {
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    forks_count: 0,
    open_issues_count: openIssues,
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    network_count: 0,
    subscribers_count: 0,
  };
}

function addresses(place: Place) {
  const url = repositoryUrl(place);
  const html = `${place.sites.web}/${fullName(place.repository)}`;
  return {
    url,
    html_url: html,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
    clone_url: `${html}.git`,
    svn_url: html,
    git_url: `git://${new URL(html).host}/${fullName(place.repository)}.git`,
    ssh_url: `git@${new URL(html).host}:${fullName(place.repository)}.git`,
  };
}

/** The answer of GET /app, and `performed_via_github_app` of what the app made. */
export function showApp(sites: Sites, app: AppOptions, owner: string, since: string): App {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId("Integration", app.id),
    client_id: `Iv1.${idOf(app.slug).toString(16).padStart(16, "0")}`,
    owner: showUser(sites, owner),
    name: app.slug,
    description: null,
    external_url: sites.web,
    html_url: `${sites.web}/apps/${app.slug}`,
    created_at: since,
    updated_at: since,
    permissions: { issues: "write", metadata: "read" },
    events: ["issues", "issue_comment"],
  };
}
