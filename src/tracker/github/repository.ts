// SPDX-License-Identifier: EUPL-1.2
/** The repository the tasks are in. It may be renamed while the service runs; a task in it may be moved away or deleted. */
import type { Octokit } from "@octokit/rest";
import { isNowhere, translate } from "./errors.ts";

export type Where = Readonly<{ owner: string; repo: string }>;
type Answer<T> = Readonly<{ status: number; data: T }>;
type Call<A> = (where: Where) => Promise<A>;

export interface Repository {
  /** owner/name as it is called now. */
  readonly name: string;
  /** Carries out a call that concerns the repository as a whole. */
  ask<T, A extends Answer<T>>(doing: string, call: Call<A>): Promise<A>;
  /** As `ask`, for one task: null when the task is deleted or was transferred. */
  askIfThere<T, A extends Answer<T>>(doing: string, call: Call<A>): Promise<A | null>;
}

/** Finds the repository by its name, whatever it is called by now. Throws Permanent when it can't be seen. */
export async function openRepository(octokit: Octokit, configured: Where): Promise<Repository> {
  let where = await locate(octokit, configured);

  /** A redirect or a 404 says either that the repository has a new name, or that the task is gone: only the repository knows. */
  async function attempt<A extends Answer<unknown>>(doing: string, call: Call<A>): Promise<A | Error> {
    const first = await once(doing, call, where);
    if (!(first instanceof Error)) return first;
    const now = await locate(octokit, where);
    if (now.owner === where.owner && now.repo === where.repo) return first;
    where = now;
    return once(doing, call, where);
  }

  return {
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

async function locate(octokit: Octokit, { owner, repo }: Where): Promise<Where> {
  const doing = `finding the repository ${owner}/${repo}`;
  try {
    const { data } = await octokit.rest.repos.get({ owner, repo, request: { redirect: "follow" } });
    return { owner: data.owner.login, repo: data.name };
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
