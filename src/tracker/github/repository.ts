// SPDX-License-Identifier: EUPL-1.2
/** The repository the tasks are in. It may be renamed while the service runs; a task in it may be moved away or deleted. */
import type { Octokit } from "@octokit/rest";
import { isNowhere, translate } from "./errors.ts";

export type Where = Readonly<{ owner: string; repo: string }>;
type Answer<T> = Readonly<{ status: number; data: T }>;
type Call<A> = (where: Where) => Promise<A>;

export interface Repository {
  /** Stays when the name changes. */
  readonly id: number;
  /** owner/name as it is called now. */
  readonly name: string;
  /** Carries out a call that concerns the repository as a whole. */
  ask<T, A extends Answer<T>>(doing: string, call: Call<A>): Promise<A>;
  /** As `ask`, for one task: null when the task is deleted or was transferred. */
  askIfThere<T, A extends Answer<T>>(doing: string, call: Call<A>): Promise<A | null>;
}

/**
 * Finds the repository by its name, whatever it is called by now; by its id, if that is known already: the name may mean
 * another one by now (case 46). Throws Permanent when it can't be seen.
 */
export async function openRepository(octokit: Octokit, configured: Where, known: number | null): Promise<Repository> {
  const found = await locate(octokit, configured, known);
  const { id } = found;
  let { where } = found;

  /** A redirect or a 404 says either that the repository has a new name, or that the task is gone: only the repository knows. */
  async function attempt<A extends Answer<unknown>>(doing: string, call: Call<A>): Promise<A | Error> {
    const first = await once(doing, call, where);
    if (!(first instanceof Error)) return first;
    const { where: now } = await locate(octokit, where, id);
    if (now.owner === where.owner && now.repo === where.repo) return first;
    where = now;
    return once(doing, call, where);
  }

  return {
    id,
    get name() {
      return `${where.owner}/${where.repo}`;
    },
    async ask(doing, call) {
      const answer = await attempt(doing, call);
      if (answer instanceof Error) throw translate(answer, doing);
      return answer;
    },
    async askIfThere(doing, call) {
      const answer = await attempt(doing, call);
      return answer instanceof Error ? null : answer;
    },
  };
}

/** The answer, or (as a value) the error that says there is nothing at this address. Every other failure is thrown. */
async function once<A extends Answer<unknown>>(doing: string, call: Call<A>, where: Where): Promise<A | Error> {
  try {
    const answer = await call(where);
    return answer.status < 300 ? answer : new Redirected(answer.status);
  } catch (error) {
    if (error instanceof Error && isNowhere(error)) return error;
    throw translate(error, doing);
  }
}

async function locate(octokit: Octokit, named: Where, id: number | null): Promise<{ id: number; where: Where }> {
  const doing = `finding the repository ${named.owner}/${named.repo}`;
  const request = { redirect: "follow" } as const;
  try {
    // GitHub's own redirects and page links name a repository like this; the SDK has no method for it.
    const { data } =
      id === null
        ? await octokit.rest.repos.get({ ...named, request })
        : await octokit.request("GET /repositories/{id}", { id, request });
    return { id: data.id, where: { owner: data.owner.login, repo: data.name } };
  } catch (error) {
    throw translate(error, doing);
  }
}

/** An address that leads elsewhere, in the shape of the SDK's own errors. */
class Redirected extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly response = { headers: {}, data: { message: "moved to another address" } };
  constructor(status: number) {
    super(`answered ${status}`);
    this.status = status;
  }
}
