// SPDX-License-Identifier: EUPL-1.2

export type Finding = Readonly<{
  /** What is wrong, and what to do, each a sentence. */
  what: string;
  todo: string;
  /** The card's number, where it is about one. */
  card?: string;
  /** The notice's id, for `--dismiss`. */
  notice?: string;
}>;
