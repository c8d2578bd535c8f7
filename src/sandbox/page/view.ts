// SPDX-License-Identifier: EUPL-1.2
/** What the board page shows, as plain data: the server builds it, the browser draws it. */
import type { PropertyType } from "../../model/rules.ts";
import type { StepName } from "./clock-steps.ts";
import type { ServiceState } from "./downtime.ts";
import type { PlainValue } from "./property-values.ts";

export type PersonView = Readonly<{ id: string; name: string; role: string }>;

/** `phase` is the option's name, "" for the idea bank. */
export type ColumnView = Readonly<{ phase: string; title: string; purpose: string }>;

export type FieldView = Readonly<{ name: string; type: PropertyType; options: readonly string[] }>;
export type FieldGroup = Readonly<{ title: string; fields: readonly FieldView[] }>;

/** A piece of a comment: words, a person's name, or the reference that a message of the service ends with. */
export type TextPart = Readonly<{ text: string; kind: "text" | "mention" | "reference" }>;
export type CommentView = Readonly<{
  id: string;
  author: string;
  byService: boolean;
  at: string;
  parts: readonly TextPart[];
}>;

export type DecisionView = Readonly<{
  id: string;
  gate: string;
  body: string;
  question: string;
  status: string;
  /** Used, void or expired: nothing more is decided on it. */
  settled: boolean;
  registered: string;
  values: Readonly<Record<string, PlainValue>>;
}>;

export type IssueView = Readonly<{
  number: number;
  url: string;
  title: string;
  body: string;
  open: boolean;
  reason: string | null;
  labels: readonly string[];
  comments: readonly CommentView[];
}>;

export type CardView = Readonly<{
  id: string;
  /** INNO-3 */
  number: string;
  title: string;
  phase: string;
  state: string;
  parked: boolean;
  closed: boolean;
  track: string;
  bodies: readonly string[];
  owners: readonly string[];
  /** "" when nothing is missing. */
  missing: string;
  approvals: string;
  wish: string;
  values: Readonly<Record<string, PlainValue>>;
  /** The service's own fields that hold something: name and text. */
  service: readonly Readonly<{ name: string; text: string }>[];
  decisions: readonly DecisionView[];
  comments: readonly CommentView[];
  issue: IssueView | null;
}>;

/** A card that is not on the board; in another database it has no number. */
export type OffBoardView = Readonly<{ id: string; number: string; title: string }>;

/** A way to move the clock: what it is called and where one arrives; null when there is nowhere to go. */
export type ClockStepView = Readonly<{ step: StepName; name: string; arrival: string | null }>;

/** A message to somebody: on which card, which text of the service's it begins with ("" for none), and its first line. */
export type SentView = Readonly<{
  id: string;
  at: string;
  time: string;
  to: readonly string[];
  card: string;
  cardTitle: string;
  text: string;
  firstLine: string;
}>;

/** A line of «Hvad Faseport gør lige nu». */
export type FeedEntry = Readonly<{
  id: number;
  at: string;
  time: string;
  kind: string;
  cardTitle: string;
  text: string;
}>;

export type View = Readonly<{
  /** Grows with each change; the browser never draws an older one over a newer. */
  version: number;
  today: string;
  time: string;
  steps: readonly ClockStepView[];
  /** null: no process of the service that could be ended. */
  service: ServiceState | null;
  people: readonly PersonView[];
  columns: readonly ColumnView[];
  groups: readonly FieldGroup[];
  /** The fields of a decision row that people fill in, the box first. */
  decisionFields: readonly FieldView[];
  /** The names of the fields the page treats in a special way. */
  names: Readonly<Record<"title" | "phase" | "track" | "box" | "item" | "missing" | "approvals" | "wish", string>>;
  developer: string;
  repo: string;
  phaseLabels: readonly string[];
  labels: readonly string[];
  cards: readonly CardView[];
  trash: readonly OffBoardView[];
  /** The other database that cards can be moved to, and those that lie there. */
  elsewhere: Readonly<{ name: string; cards: readonly OffBoardView[] }>;
  /** «Sendte beskeder», newest first. */
  sent: readonly SentView[];
  feed: readonly FeedEntry[];
}>;
