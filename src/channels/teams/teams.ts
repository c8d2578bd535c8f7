// SPDX-License-Identifier: EUPL-1.2
/** Letters to a Teams channel, by a workflow that begins with «When a Teams webhook request is received». */
import type { Language } from "../../model/model.ts";
import type { Channel } from "../channel.ts";
import { messageOf } from "./card.ts";
import { translate } from "./errors.ts";

export type TeamsWish = Readonly<{
  /** The name in the municipality's file: all that is ever said of the address. */
  name: string;
  /** A secret: whoever has it can write in the channel. */
  webhook: string;
  language: Language;
}>;

/** A workflow takes a request in less than a second; what takes longer than this, in milliseconds, is lost. */
const PATIENCE_MS = 30_000;

/**
 * 202 says that the workflow has begun, not that it has written: what goes wrong after that stands in its run history,
 * under the letter's key. A workflow cannot be asked what it has taken, so with `again` the letter is sent again: if the
 * answer alone was lost, it stands in the channel twice.
 */
export function createTeams({ name, webhook, language }: TeamsWish): Channel {
  return {
    async send(letter) {
      const response = await fetch(webhook, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8", "x-ms-client-tracking-id": letter.key },
        body: JSON.stringify(messageOf(letter, language)),
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE_MS),
      }).catch((cause: unknown) => {
        throw translate({ channel: name, status: null, retryAfter: null, cause });
      });
      await response.body?.cancel();
      const { status } = response;
      if (status === 200 || status === 202) return;
      throw translate({ channel: name, status, retryAfter: response.headers.get("retry-after") });
    },
  };
}
