// SPDX-License-Identifier: EUPL-1.2
/** Opens the channels outside the board that the municipality has chosen; what one lacks is said at the start. */
import { Permanent } from "../core/errors.ts";
import type { Model } from "../model/model.ts";
import type { ChannelName } from "../model/municipality.ts";
import { amongKnown } from "../model/nearest.ts";
import type { Channel } from "./channel.ts";
import { createMail } from "./mail/mail.ts";
import type { Sender } from "./mail/message.ts";
import { createTeams } from "./teams/teams.ts";

export type ChannelSettings = Readonly<{
  mail: Readonly<{ url: string; from: Sender }> | null;
  /** Webhook addresses by the channel's name. */
  teams: ReadonlyMap<string, string>;
}>;

export type Outside = Exclude<ChannelName, "comment" | "off">;
/** The channel of that name; null for one that the municipality has not chosen. */
export type OutsideChannels = (name: Outside) => Channel | null;

/** Throws Permanent, naming every role whose channel cannot be opened. */
export function openChannels(settings: ChannelSettings, model: Model): OutsideChannels {
  const chosen = Object.entries(model.municipality.channels);
  const problems = chosen.flatMap(([role, name]) => {
    const lacks = isOutside(name) ? lacking(settings, name) : null;
    return lacks === null ? [] : [`channels.${role} in FASEPORT_KOMMUNE is ${name}: ${lacks}`];
  });
  if (problems.length > 0) throw new Permanent(problems.join("\n"));
  const names = new Set(chosen.map(([, name]) => name).filter(isOutside));
  const open = new Map([...names].map((name) => [name, openChannel(settings, model, name)]));
  return (name) => open.get(name) ?? null;
}

function isOutside(name: ChannelName): name is Outside {
  return name !== "comment" && name !== "off";
}

function lacking({ mail, teams }: ChannelSettings, name: Outside): string | null {
  if (name === "email") return mail ? null : "needs SMTP_URL and MAIL_FROM";
  const key = teamsKey(name);
  return teams.has(key) ? null : `TEAMS_WEBHOOKS has no ${key}; ${amongKnown(key, [...teams.keys()])}`;
}

/** One channel, chosen or not. Throws Permanent when it lacks something. */
export function openChannel(settings: ChannelSettings, { rules: { language } }: Model, name: Outside): Channel {
  const { mail, teams } = settings;
  const key = teamsKey(name);
  const webhook = teams.get(key);
  if (name === "email" && mail) return createMail({ ...mail, language });
  if (name !== "email" && webhook !== undefined) return createTeams({ name: key, webhook, language });
  throw new Permanent(`${name}: ${lacking(settings, name)}`);
}

function teamsKey(name: Outside): string {
  return name.slice("teams:".length);
}
