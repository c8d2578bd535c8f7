// SPDX-License-Identifier: EUPL-1.2
/** Whether the people of the municipality's file are there: who cannot be found can neither tick nor be told. */
import { localDate } from "../../src/core/calendar.ts";
import type { Model } from "../../src/model/model.ts";
import type { Finding } from "./finding.ts";
import { orWhyNot, type Patient } from "./world.ts";

export async function* peopleFaults(patient: Patient): AsyncIterable<Finding> {
  const { model, now } = patient;
  const today = localDate(model, await now());
  for (const { key, name, approvers } of model.municipality.bodies) {
    if (approvers.some(({ from, to }) => from <= today && (to === undefined || to >= today))) continue;
    yield {
      what: `nobody may tick for «${name}» today`,
      todo: `Name an approver: npm run setup -- --approver "${key}=…", or under approvers in the municipality's file; then start again.`,
    };
  }
  yield* notInNotion(patient);
  yield* notOnGithub(patient);
}

async function* notInNotion({ model, notion }: Patient): AsyncIterable<Finding> {
  for (const { key, name, notion: ids } of model.municipality.people) {
    for (const id of ids) {
      const user = await orWhyNot(() => notion.user(id));
      // Without the capability nobody can be looked up; that is told by itself.
      if (typeof user === "string") return;
      if (user?.kind === "person") continue;
      const who = user === null ? "is not in the Notion workspace" : "is no person in Notion";
      const effect = decidesFor(model, key) ? "their ticks do not count" : "they cannot be told anything";
      yield {
        what: `${name} (${id}) ${who}: ${effect}`,
        todo: `Invite them, or enter the right person: npm run setup -- --person "${key}=…".`,
      };
    }
  }
}

function decidesFor({ municipality }: Model, key: string): boolean {
  return municipality.bodies.some(({ approvers }) => approvers.some(({ person }) => person === key));
}

async function* notOnGithub({ model, github }: Patient): AsyncIterable<Finding> {
  if (typeof github === "string") return;
  const logins = await orWhyNot(() => github.assignees());
  if (typeof logins === "string") return;
  const known = new Set(logins.map((login) => login.toLowerCase()));
  for (const { name, key, github: login } of model.municipality.people) {
    if (login === undefined || known.has(login.toLowerCase())) continue;
    yield {
      what: `${name} cannot be assigned on GitHub as ${login}`,
      todo: `Invite them to the repository, or enter another login: npm run setup -- --person "${key}=${name}, login".`,
    };
  }
}
