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

export const municipalitySchema = z.strictObject({
  people: z
    .array(
      z.strictObject({
        key: text,
        name: text,
        notion: z.array(z.guid()).min(1),
        github: text.optional(),
      }),
    )
    .min(1),
  secretariat: z.array(text).min(1),
  leaders: z.strictObject({ default: text }),
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
