// SPDX-License-Identifier: EUPL-1.2
/** Users as the API shows them. */
import type { components } from "@octokit/openapi-types";
import { idOf, isBot, nodeId } from "./people.ts";

export type Sites = Readonly<{ api: string; web: string }>;
type SimpleUser = components["schemas"]["simple-user"];

export function showUser(sites: Sites, login: string): SimpleUser {
  const id = idOf(login);
  const url = `${sites.api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId("User", id),
    avatar_url: `${sites.web}/avatars/u/${id}`,
    gravatar_id: "",
    url,
    html_url: `${sites.web}/${isBot(login) ? `apps/${login.replace("[bot]", "")}` : login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot(login) ? "Bot" : "User",
    site_admin: false,
  };
}

/** The answer of GET /user. */
export function showSelf(sites: Sites, login: string, since: string): components["schemas"]["public-user"] {
  return {
    ...showUser(sites, login),
    user_view_type: "public",
    name: login,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: since,
    updated_at: since,
  };
}
