// SPDX-License-Identifier: EUPL-1.2
/** Every way a mail server can say no, translated into what to do next. Total: the last line of the table holds for all. */
import { Bug, Permanent, Refused, RetryLater } from "../../core/errors.ts";

/** What nodemailer throws: its own code, where in the conversation it was, and the server's answer if there was one. */
type MailError = Error &
  Readonly<{ code: string; originalCode?: string; command?: string; responseCode?: number; response?: string }>;
type Translate = (error: MailError) => Error;

const later: Translate = (it) => new RetryLater(told(it), { cause: it });
const refused: Translate = (it) => new Refused(told(it), { cause: it });
const permanent =
  (todo: string): Translate =>
  (it) =>
    new Permanent(`${told(it)}. ${todo}`, { cause: it });

/** A server that is full, busy, closing, or wants to see the sender again (greylisting) says 4xx: RFC 5321, 4.2.1. */
const isForNow = ({ responseCode }: MailError) =>
  responseCode !== undefined && responseCode >= 400 && responseCode < 500;
const isForGood = ({ responseCode }: MailError) => responseCode !== undefined && responseCode >= 500;

/** The first line that holds decides. */
const table: readonly (readonly [holds: (it: MailError) => boolean, Translate])[] = [
  [isForNow, later],
  [({ code }) => code === "EAUTH" || code === "ENOAUTH", permanent("Check the user and the password in SMTP_URL")],
  [isUntrusted, permanent("The server's certificate is not trusted: check the host in SMTP_URL")],
  [
    (it) => it.code === "ETLS" && isForGood(it),
    permanent(
      "The server offers no encryption: use another port, or smtps://; within a closed network add ?requireTLS=false to SMTP_URL",
    ),
  ],
  [
    (it) => it.command === "MAIL FROM" && isForGood(it),
    permanent("The server does not take mail from this sender: check MAIL_FROM, or let the relay take it"),
  ],
  [isForGood, refused],
  [() => true, later],
];

/** What to do about a mail that was not taken: RetryLater, Permanent or Refused; Bug for what no server or network said. */
export function translate(error: unknown): Error {
  if (!isMailError(error)) return new Bug("sending a mail failed in a way the adapter does not know", { cause: error });
  const [, decide = later] = table.find(([holds]) => holds(error)) ?? [];
  return decide(error);
}

/** OpenSSL's words for a certificate that does not hold, such as DEPTH_ZERO_SELF_SIGNED_CERT. */
function isUntrusted({ originalCode = "" }: MailError): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(originalCode);
}

function isMailError(error: unknown): error is MailError {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]/.test(error.code);
}

/** Never the server's own words: they quote the address. */
function told({ code, originalCode, command, responseCode, response = "" }: MailError): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const what = [responseCode ?? "no answer", enhanced, originalCode ?? code, command].filter(Boolean).join(", ");
  return `sending a mail failed (${what})`;
}
