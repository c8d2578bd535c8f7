// SPDX-License-Identifier: EUPL-1.2
/** Letters by e-mail, through the municipality's mail server. */
import { createTransport } from "nodemailer";
import { Permanent } from "../../core/errors.ts";
import type { Channel } from "../channel.ts";
import { translate } from "./errors.ts";
import { type Letterhead, messageOf } from "./message.ts";

export type MailWish = Letterhead &
  Readonly<{
    /** smtp://user:password@host:587 (with STARTTLS) or smtps://…:465. */
    url: string;
  }>;

/** A server that says nothing for so long, in milliseconds, is away. RFC 5321 allows minutes, mostly after the text. */
const PATIENCE = { connectionTimeout: 15_000, greetingTimeout: 30_000, socketTimeout: 120_000 };

/**
 * Mail is sent encrypted or not at all, unless the address says `?requireTLS=false`. A mail server cannot be asked what it
 * has taken, so with `again` the letter is sent again: if the answer alone was lost, it comes twice, with the same
 * Message-ID, by which mailboxes can tell.
 */
export function createMail({ url, ...head }: MailWish): Channel {
  const transport = createTransport({
    url,
    requireTLS: true,
    ...PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(letter) {
      const { email, user } = letter.to;
      if (email === null) throw new Permanent(`no mail address is known of ${user}: give it in FASEPORT_KOMMUNE`);
      const message = await messageOf(letter, email, head);
      await transport.sendMail(message).catch((error: unknown) => {
        throw translate(error);
      });
    },
  };
}
