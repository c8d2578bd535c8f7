// SPDX-License-Identifier: EUPL-1.2
/** Who is told, and what exactly is said: from a reason to a message with every placeholder filled. */

import type { Message } from "../model/messages.ts";
import {
  type BodyKey,
  bodyOf,
  gateOutOf,
  type Model,
  personByUser,
  personOf,
  phaseOf,
  trackOf,
} from "../model/model.ts";
import type { Accepted, Tell } from "./accepted.ts";
import { localDate, type Meeting, nextMeeting } from "./calendar.ts";
import type { CardSeen, Position, UserId } from "./card.ts";
import { fingerprint } from "./fingerprint.ts";
import type { GuardedRefusal } from "./judge-guarded.ts";
import type { MoveRefusal } from "./judge-move.ts";
import type { TickRefusal } from "./judge-tick.ts";
import { bodyNames, choice, list, longDate, message, phaseName, phrase, placeName, render } from "./messages.ts";
import { gapList } from "./requirements.ts";

export type Role = "actor" | "owner" | "approvers" | "secretariat" | "leader";

/** Who is mentioned in a message, by its id. The texts say «I/du»; this says to whom. */
const audience = {
  A01: ["actor", "owner"],
  A01u: ["actor", "owner"],
  A02: ["actor", "owner"],
  A02u: ["actor", "owner"],
  A03: ["actor", "owner"],
  A04: ["actor", "owner"],
  A05: ["actor"],
  A06: ["approvers"],
  A07: ["actor", "secretariat"],
  A08: ["actor"],
  A09: ["actor"],
  A10: ["actor"],
  A11: ["actor", "secretariat"],
  A12: ["actor"],
  A12u: ["actor"],
  A13: ["actor", "owner"],
  A14: ["actor", "owner"],
  A14u: ["actor", "owner"],
  A15: ["actor"],
  A16: ["owner"],
  A17: ["owner"],
  A18: ["actor"],
  A19: ["actor"],
  A20: ["actor"],
  A21: ["actor", "owner"],
  A22: ["actor", "owner"],
  A24: ["actor"],
  A27: ["approvers", "owner"],
  A28: ["actor"],
  A29: ["actor"],
  A29b: ["actor"],
  A29e: ["actor"],
  A29f: ["actor"],
  A30: ["approvers"],
  B01: ["owner", "actor"],
  B01u: ["owner", "actor"],
  B01s: ["owner"],
  B02: ["actor", "owner"],
  B03: ["owner"],
  B04: ["owner", "approvers"],
  B04u: ["owner"],
  B05: ["owner", "secretariat"],
  B06: ["owner", "leader", "secretariat"],
  B08: ["owner", "secretariat"],
  B09: ["owner", "leader"],
  B10: ["owner", "secretariat"],
  B11: ["owner", "secretariat"],
  B12: ["owner"],
  B13: ["owner"],
  B14: ["owner"],
  B15: ["owner"],
  B16: ["owner", "leader", "secretariat"],
  B16f: ["owner", "leader", "secretariat"],
  B17: ["owner"],
  B19: ["secretariat"],
  B23: ["owner", "leader", "approvers"],
  B24: ["owner"],
  B26: ["owner", "secretariat"],
  B27: ["owner", "approvers"],
  B29: ["secretariat"],
} as const satisfies Record<string, readonly Role[]>;
export type SpokenId = keyof typeof audience;

/** What a tell is about: whose action it answers and whose bodies' approvers it may concern. */
export type About = Readonly<{
  card: CardSeen;
  actors: readonly UserId[];
  bodies: readonly BodyKey[];
  now: Date;
  movedAt?: string;
}>;

/**
 * Addresses a message. The marker is the message's id and a fingerprint of card, text, people and time: stable once made,
 * and another one for the same words to other people in the same look.
 */
export function tell(model: Model, said: Extract<Message, { id: SpokenId }>, about: About): Tell {
  const mentions = [...new Set(audience[said.id].flatMap((role) => usersIn(model, role, about)))];
  const told = [about.card.id, JSON.stringify(said), mentions.join(" "), about.now.toISOString()];
  const marker = `${said.id}-${fingerprint(told.join(" "))}`;
  return { message: said, also: [], mentions, marker, movedAt: about.movedAt ?? null };
}

/** Everything a tell says, as one text. */
export function tellText(model: Model, { message, also }: Tell): string {
  return [message, ...also].map((said) => render(model, said)).join(" ");
}

function usersIn(model: Model, role: Role, about: About): readonly UserId[] {
  const people: Record<Role, () => readonly UserId[]> = {
    actor: () => about.actors,
    owner: () => about.card.owners,
    approvers: () =>
      about.bodies.flatMap((body) => approversOn(model, body, about.now).flatMap((it) => it.notion.slice(0, 1))),
    secretariat: () => model.municipality.secretariat.flatMap((key) => personOf(model, key)?.notion.slice(0, 1) ?? []),
    leader: () => personOf(model, model.municipality.leaders.default)?.notion.slice(0, 1) ?? [],
  };
  return people[role]();
}

/** The persons who may tick for a body on the day. */
export function approversOn(model: Model, body: BodyKey, now: Date) {
  const today = localDate(model, now);
  return bodyOf(model, body)
    .approvers.filter(({ from, to }) => from <= today && (to === undefined || today <= to))
    .flatMap(({ person }) => personOf(model, person) ?? []);
}

/** The message of a refused move (A01–A22). `from` is where the card is put back to. */
export function sayMove(
  model: Model,
  refusal: MoveRefusal,
  accepted: Accepted,
  about: About,
): Extract<Message, { id: SpokenId }> {
  const fra = placeName(model, accepted.position);
  const til = nextPhaseName(model, accepted.position);
  switch (refusal.id) {
    case "A01":
      return sayNotApproved(model, refusal.missing, { fra, til }, about);
    case "A02":
      return message(trackOf(model, accepted.track).gated ? "A02" : "A02u", { fra, naeste: til });
    case "A03":
      return message("A03", { fra, til, mangler: gapList(model, refusal.gaps) });
    case "A04":
      return message("A04", {
        fra,
        ja: bodyNames(model, refusal.yes),
        mangler: bodyNames(model, refusal.missing),
        moede: meetingText(model, refusal.missing, about.now),
      });
    case "A07":
      return message("A07", { fra, udvalg: bodyNames(model, refusal.bodies) });
    case "A12":
      return message("A12u", { fra });
    case "A13":
      return message("A13", { fra });
    case "A14": {
      const until = about.card.fields[model.rules.card.parkedUntil.name];
      return typeof until === "string" && until !== ""
        ? message("A14", { fra, dato: longDate(model, until.slice(0, 10)) })
        : message("A14u", { fra });
    }
    case "A15":
      return message("A15", { udvalg: bodyNames(model, accepted.bodies) });
    case "A16":
      return message("A16", { mangler: gapList(model, refusal.gaps) });
    case "A17":
      return message("A17", {
        tilstand: model.rules.states[accepted.position.state],
        udvalg: bodyNames(model, refusal.missing),
        moede: meetingText(model, refusal.missing, about.now),
      });
    case "A20":
      return sayUnknownPhase(model, fra, refusal.unknown);
    case "A21":
      return message("A21", { fra });
    case "A22":
      return message("A22", { fra, konklusion: String(about.card.fields[refusal.field] ?? "") });
  }
}

/** A20: dropped in a column that the model does not have. */
export function sayUnknownPhase(model: Model, fra: string, ukendt: string) {
  const phases = model.phases.map(({ short }) => short);
  return message("A20", { fra, ukendt, faser: list(model, phases) });
}

/** A12: a card of a gated track that was made in a phase. */
export function sayBeginsAsIdea(model: Model) {
  const free = model.rules.tracks.filter(({ startIn }) => startIn === "any").map(({ name }) => `»${name}«`);
  return message("A12", {
    foerste: phaseName(model, model.phases[0]?.key ?? null),
    spor: choice(model, free),
    felt: model.rules.card.track.name,
  });
}

function sayNotApproved(model: Model, missing: readonly BodyKey[], names: { fra: string; til: string }, about: About) {
  const meetings = meetingsOf(model, missing, about.now);
  const udvalg = bodyNames(model, missing);
  const first = earliest(meetings);
  if (!first) return message("A01u", { ...names, udvalg, sekretariat: secretariatNames(model) });
  return message("A01", {
    ...names,
    udvalg,
    moede: meetingText(model, missing, about.now),
    frist: longDate(model, first.deadline),
  });
}

/** The message of a tick that does not count (A05–A11, A29, A30). */
export function sayTick(
  model: Model,
  refusal: TickRefusal,
  body: BodyKey,
  now: Date,
): Extract<Message, { id: SpokenId }> {
  const godkendere = approverNames(model, body, now);
  switch (refusal.id) {
    case "A05":
      return message("A05", { godkendere, udvalg: bodyOf(model, body).name, sekretariat: secretariatNames(model) });
    case "A06":
    case "A30":
      return message(refusal.id, { godkendere });
    case "A08":
      return message("A08", { moede: longDate(model, refusal.meeting.slice(0, 10)) });
    case "A09":
      return message("A09", { beslutning: refusal.outcome });
    case "A10":
      return message("A10", { navn: userName(model, refusal.disqualified) });
    case "A11":
      return message("A11", {
        navn: userName(model, refusal.former),
        udvalg: bodyOf(model, body).name,
        dato: longDate(model, refusal.date),
        godkendere,
      });
    case "A29":
      return message("A29e", {});
  }
}

/** The message of a yes that somebody else than an approver unticked, and that is ticked again (DOMAIN 5.4). */
export function sayTickedAgain(model: Model, body: BodyKey, now: Date) {
  return message("A29b", { godkendere: approverNames(model, body, now), udvalg: bodyOf(model, body).name });
}

/** The message of a guarded field that was put back (A18, A19, A29). */
export function sayGuarded(
  model: Model,
  refusal: GuardedRefusal,
  accepted: Accepted,
): Extract<Message, { id: SpokenId }> {
  const sekretariat = secretariatNames(model);
  switch (refusal.id) {
    case "A18": {
      const spor = model.rules.tracks.find(({ key }) => key === accepted.track)?.name ?? accepted.track;
      return message("A18", { spor, sekretariat });
    }
    case "A19":
      return message("A19", { udvalg: bodyNames(model, refusal.bodies), sekretariat });
    case "A29":
      return message("A29f", { felt: refusal.field, sekretariat });
  }
}

/** «Ældre og Sundhed, møde 6. januar 2027»: the next decision ahead of a card, or that there is none. */
export function nextDecision(
  model: Model,
  accepted: Pick<Accepted, "position">,
  gated: boolean,
  bodies: readonly BodyKey[],
  now: Date,
): string {
  const gate = gateOutOf(model, accepted.position.phase);
  if (!gate) return phrase(model, "W07", {});
  if (!gated) return phrase(model, "W06", {});
  const named = bodies.map((body) =>
    phrase(model, "W09", { udvalg: bodyOf(model, body).name, moede: meetingText(model, [body], now) }),
  );
  const udvalg = named.length > 0 ? list(model, named) : bodyNames(model, bodies);
  return phrase(model, "W08", { spoergsmaal: gate.question, udvalg });
}

/** The entry message of a phase (B03): its purpose, three methods, the next decision. */
export function sayEntered(model: Model, accepted: Accepted, gated: boolean, bodies: readonly BodyKey[], now: Date) {
  const phase = phaseOf(model, accepted.position.phase ?? "");
  const methods = (model.methods[phase.key] ?? []).slice(0, 3).map(({ navn }) => navn);
  return message("B03", {
    til: phase.short,
    formaal: phase.purpose,
    metoder: list(model, methods),
    naesteBeslutning: nextDecision(model, accepted, gated, bodies, now).replace(/\.$/u, ""),
  });
}

/** The next meeting of one body, or of each of several; says so when one has not been entered. */
export function meetingText(model: Model, bodies: readonly BodyKey[], now: Date): string {
  const texts = bodies.map((body) => {
    const meeting = nextMeeting(model, bodyOf(model, body), localDate(model, now));
    const date = meeting ? longDate(model, meeting.date) : phrase(model, "W02u", {});
    return bodies.length > 1 ? `${date} (${bodyOf(model, body).name})` : date;
  });
  return list(model, texts);
}

function approverNames(model: Model, body: BodyKey, now: Date): string {
  return list(
    model,
    approversOn(model, body, now).map(({ name }) => name),
  );
}

export function secretariatNames(model: Model): string {
  return list(
    model,
    model.municipality.secretariat.flatMap((key) => personOf(model, key)?.name ?? []),
  );
}

function userName(model: Model, user: UserId): string {
  return personByUser(model, user)?.name ?? phrase(model, "W18", {});
}

export function userNames(model: Model, users: readonly UserId[]): string {
  return list(model, users.length > 0 ? users.map((user) => userName(model, user)) : [phrase(model, "W18", {})]);
}

/** The phase a card at this position would enter next. */
export function nextPhaseName(model: Model, position: Position): string {
  const gate = gateOutOf(model, position.phase);
  return gate ? phaseName(model, gate.to) : model.rules.states.closed;
}

function meetingsOf(model: Model, bodies: readonly BodyKey[], now: Date): readonly Meeting[] {
  return bodies.flatMap((body) => nextMeeting(model, bodyOf(model, body), localDate(model, now)) ?? []);
}

function earliest(meetings: readonly Meeting[]): Meeting | undefined {
  return [...meetings].sort((a, b) => a.deadline.localeCompare(b.deadline))[0];
}
