// SPDX-License-Identifier: EUPL-1.2
/** The shape of `config/furesoe.yaml`: what a municipality decides about phases, tracks, gates and limits. */
import { z } from "zod";

const text = z.string().trim().min(1);
const label = z.string().trim().min(1).max(50);
const days = z.int().min(0).max(1000);
/** Between two of a kind: never the same day again. */
const everyDays = z.int().min(1).max(1000);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 08:30");
const monthDay = z
  .string()
  .refine((it) => z.iso.date().safeParse(`2024-${it}`).success, "needs a month and day such as 12-24");

export const stateKeys = ["idea", "active", "parked", "closed"] as const;
/** A card's state, whatever the board calls it. */
export type StateKey = (typeof stateKeys)[number];

/** The property types of the board that the rules and the service know. */
export const propertyTypes = [
  "title",
  "rich_text",
  "select",
  "multi_select",
  "people",
  "number",
  "checkbox",
  "date",
  "url",
  "relation",
  "unique_id",
] as const;
export type PropertyType = (typeof propertyTypes)[number];

/** The types a field of people's own may have; a card has one title, and Notion numbers it itself. */
const fieldTypes = [
  "rich_text",
  "select",
  "multi_select",
  "people",
  "number",
  "checkbox",
  "date",
  "url",
] as const satisfies readonly PropertyType[];

/** A property the code refers to by key. What the code does with it fixes its type, and who may edit it: only the name is free. */
const property = <T extends PropertyType, O extends "people" | "guarded" | "service">(type: T, owner: O) =>
  z.strictObject({ name: text, type: z.literal(type), owner: z.literal(owner) });

const cardProperties = z.strictObject({
  title: property("title", "people"),
  phase: property("select", "guarded"),
  state: property("select", "guarded"),
  track: property("select", "guarded"),
  bodies: property("multi_select", "guarded"),
  needsFunding: property("checkbox", "guarded"),
  owner: property("people", "people"),
  parkedUntil: property("date", "people"),
  challenge: property("rich_text", "people"),
  question: property("rich_text", "people"),
  outcome: property("select", "people"),
  confidentiality: property("select", "people"),
  leader: property("people", "people"),
  effectOwner: property("people", "people"),
  testRounds: property("number", "people"),
  indicator: property("rich_text", "people"),
  baseline: property("rich_text", "people"),
  target: property("rich_text", "people"),
  inOperationFrom: property("date", "people"),
  lastMeasured: property("date", "people"),
  effectStatus: property("select", "people"),
  learning: property("rich_text", "people"),
  snoozedUntil: property("date", "people"),
  decisions: property("relation", "service"),
  confirmed: property("rich_text", "service"),
  approvals: property("rich_text", "service"),
  missing: property("rich_text", "service"),
  wish: property("rich_text", "service"),
  lastMessage: property("rich_text", "service"),
  nextMeasurement: property("date", "service"),
  task: property("url", "service"),
  projectId: property("unique_id", "service"),
});
export type CardPropertyKey = keyof z.infer<typeof cardProperties>;

const decisionProperties = z.strictObject({
  title: property("title", "service"),
  card: property("relation", "service"),
  gate: property("select", "service"),
  body: property("select", "service"),
  question: property("rich_text", "service"),
  status: property("select", "service"),
  box: property("checkbox", "guarded"),
  outcome: property("select", "people"),
  meeting: property("date", "people"),
  item: property("rich_text", "people"),
  minutes: property("url", "people"),
  remark: property("rich_text", "people"),
  disqualified: property("people", "people"),
  registeredBy: property("people", "service"),
  registeredAt: property("date", "service"),
  passage: property("number", "service"),
});
export type DecisionPropertyKey = keyof z.infer<typeof decisionProperties>;

/** One condition on one field: exactly one of the tests. `otherwise` names the message when the field holds another value. */
const requirement = z
  .strictObject({
    field: text,
    filled: z.literal(true).optional(),
    endsWith: text.optional(),
    includesAny: z.array(text).min(1).optional(),
    countAtLeast: z.int().min(1).optional(),
    atLeast: z.number().optional(),
    equals: z.union([text, z.boolean()], { error: "needs text, true or false" }).optional(),
    not: text.optional(),
    minLength: z.int().min(1).optional(),
    otherwise: z.literal("A22").optional(),
  })
  .refine((it) => Object.keys(it).filter((key) => key !== "field" && key !== "otherwise").length === 1, {
    error: "needs exactly one test: filled, endsWith, includesAny, countAtLeast, atLeast, equals, not or minLength",
  });
export type Requirement = z.infer<typeof requirement>;

const decisionStatus = z.strictObject({
  waiting: text,
  ready: text,
  approved: text,
  declined: text,
  postponed: text,
  used: text,
  void: text,
  expired: text,
});
export type DecisionStatus = keyof z.infer<typeof decisionStatus>;

export const rulesSchema = z.strictObject({
  modelVersion: z.int().min(1),
  language: z.enum(["da", "en"]),
  timeZone: text,
  phases: z
    .array(
      z.strictObject({
        key: text,
        name: text,
        short: text,
        label,
        quietAfter: days.optional(),
        /** Cards at most; more are warned of (B11). */
        wip: z.int().min(1).optional(),
        /** Working days; leaving forward sooner is asked about (B12). */
        stayAtLeast: days.optional(),
        /** Fields of a later phase; one that is filled here already is remarked on (B13). */
        notYet: z.array(text).optional(),
        /** Test rounds, or working days in the phase, after which people are asked what it will be (P19). */
        lingersAfter: z.strictObject({ rounds: z.int().min(1), days }).optional(),
        purpose: text,
      }),
    )
    .min(2),
  states: z.strictObject({ idea: text, active: text, parked: text, closed: text }),
  tracks: z
    .array(
      z.strictObject({
        key: text,
        name: text,
        label,
        gated: z.boolean(),
        startIn: z.literal("any").optional(),
        default: z.literal(true).optional(),
      }),
    )
    .min(1),
  card: cardProperties,
  fields: z.array(
    z
      .strictObject({ name: text, type: z.enum(fieldTypes), options: z.array(text).min(1).optional() })
      .refine(({ type, options }) => options === undefined || type === "select" || type === "multi_select", {
        error: "needs type select or multi_select to have options",
      }),
  ),
  outcomes: z.strictObject({
    effect: z.strictObject({ name: text, label }),
    noEffect: z.strictObject({ name: text, label }),
  }),
  /** What became of the effect; less and absent are asked about (P13). */
  effectStatus: z.strictObject({ unmeasured: text, asExpected: text, less: text, absent: text }),
  confidential: text,
  decision: decisionProperties,
  decisionStatus,
  decisionOutcome: z
    .array(z.strictObject({ name: text, means: z.enum(["approved", "declined", "postponed", "none"]) }))
    .min(1),
  labels: z.strictObject({
    pending: label,
    missing: label,
    parked: label,
    trashed: label,
    overWip: label,
    intake: label,
  }),
  gates: z
    .array(
      z.strictObject({
        id: text,
        from: text,
        to: text,
        box: text,
        question: text,
        requires: z.array(requirement),
        advises: z.array(requirement).optional(),
        alsoDecidedBy: z
          .array(z.strictObject({ body: text, when: requirement, message: z.literal("A21").optional() }))
          .optional(),
      }),
    )
    .min(1),
  closing: z.strictObject({
    requires: z.array(requirement),
    fromLastPhase: z.strictObject({ requires: z.array(requirement) }).optional(),
    stopNeedsDecision: z.boolean(),
    box: text,
    question: text,
  }),
  approvals: z.strictObject({
    attributionWaitMinutes: z.number().min(0),
    meetingRequired: z.boolean(),
    expiresAfterMonths: z.int().min(1),
    undoMinutes: z.number().min(0),
    repeatMinutes: z.number().min(0),
    atOnceSeconds: z.number().min(0),
    onApproval: z.enum(["tell", "move"]),
    onContentChange: z.enum(["ignore", "tell", "void"]),
  }),
  massLoss: z.strictObject({ cards: z.int().min(1), percent: z.number().min(1).max(100) }),
  /** A run by hand that would put back or close more than this many of each hundred cards asks first. */
  reconcile: z.strictObject({ brakePercent: z.number().min(0).max(100).default(20) }).prefault({}),
  reminders: z.strictObject({
    sendAt: time,
    sendUntil: time,
    sendUntilOnFriday: time,
    effectFollowUpMonths: z.array(z.int().min(1)),
    effectMeasuredEarly: days,
    effectOverdue: z.strictObject({ leader: days, secretariat: days }),
    quiet: z.strictObject({ leader: days, secretariat: days }),
    effectDisappoints: z.strictObject({ again: days, leader: days }),
    approvedNotMoved: z.array(days),
    approvalExpires: days,
    beforeDeadline: z.strictObject({ missing: days, ready: days }),
    agenda: days,
    afterMeeting: z.strictObject({ first: days, thenEvery: everyDays, times: z.int().min(0) }),
    overviews: z.strictObject({ late: days, longest: z.int().min(1) }),
    beforeMeeting: days,
    learningMissing: z.strictObject({ first: days, thenEvery: everyDays, times: z.int().min(0) }),
    parkedUntil: days,
    withoutOwner: everyDays,
    ideas: z.strictObject({ after: days, thenEvery: everyDays }),
    againEveryMonths: z.int().min(1),
    atMostOncePerCardAndPersonIn: days,
    quietPeriods: z.array(
      z.union(
        [
          z.strictObject({ isoWeeks: z.tuple([z.int().min(1).max(53), z.int().min(1).max(53)]) }),
          z.strictObject({ from: monthDay, to: monthDay }),
        ],
        { error: 'needs { isoWeeks: [27, 31] } or { from: "12-23", to: "01-02" }' },
      ),
    ),
    closedDays: z.array(monthDay),
    holidays: z.string().regex(/^[A-Z]{2}$/, "a country code such as DK"),
  }),
});
export type Rules = z.infer<typeof rulesSchema>;
