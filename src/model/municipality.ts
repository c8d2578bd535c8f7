// SPDX-License-Identifier: EUPL-1.2
/** The shape of `config/kommune.yaml`: who decides, who may tick, who is told, and when the bodies meet. */
import { z } from "zod";

const text = z.string().trim().min(1);
const date = z.iso.date();

const limit = z.int().min(1);

/** What the two sides allow the service's connections to ask. It depends on what the municipality pays for. */
const budgets = z
  .strictObject({
    notion: z.strictObject({ perMinute: limit.default(180) }).prefault({}),
    github: z
      .strictObject({
        perHour: limit.default(5_000),
        pointsPerMinute: limit.default(900),
        createPerMinute: limit.default(80),
        createPerHour: limit.default(500),
      })
      .prefault({}),
  })
  .prefault({});

const mailAddress = z.email("an address such as navn@kommune.dk");

/** A Teams channel by name: its address is a secret, and stands in TEAMS_WEBHOOKS under this name. */
const teams = z.templateLiteral(["teams:", z.string().regex(/^[a-zæøå\d][a-zæøå\d-]*$/)]);

/** How those who have a role are reached: by a comment on the card, by mail, in a Teams channel, or not at all. */
export const channelName = z.union([z.enum(["comment", "email", "off"]), teams], {
  error: "needs comment, email, off, or teams: with the name of a channel, such as teams:innovation",
});
export type ChannelName = z.infer<typeof channelName>;

/** How the administrator is told of what concerns the board as a whole (ADR 12): there is no card to comment on. */
const administratorChannel = z.union([z.enum(["email", "off"]), teams], {
  error: "needs email, off, or teams: with the name of a channel, such as teams:drift",
});

const channels = z
  .strictObject({
    owner: channelName.default("comment"),
    leader: channelName.default("comment"),
    effectOwner: channelName.default("comment"),
    secretariat: channelName.default("comment"),
    approver: channelName.default("comment"),
    everyone: channelName.default("comment"),
    administrator: administratorChannel.default("off"),
  })
  .prefault({});

export const municipalitySchema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        key: text,
        name: text,
        notion: z.array(z.guid()).min(1),
        github: text.optional(),
        email: mailAddress.optional(),
      }),
    )
    .min(1),
  secretariat: z.array(text).min(1),
  leaders: z.strictObject({ default: text }),
  /** Who runs the service; they need not be on the board. */
  administrators: z.array(z.strictObject({ name: text, email: mailAddress })).default([]),
  channels,
  /** Where what is about no card stands: a page in Notion that is shared with the connection. */
  reports: z.strictObject({ page: z.guid() }).optional(),
  bodies: z
    .array(
      z.strictObject({
        key: text,
        name: text,
        label: text.max(50),
        approvers: z.array(z.strictObject({ person: text, from: date, to: date.optional() })).min(1),
        meetings: z.array(date),
        deadlineWorkingDays: z.int().min(0).max(60),
      }),
    )
    .min(1),
  budgets,
});
export type Municipality = z.infer<typeof municipalitySchema>;
