// SPDX-License-Identifier: EUPL-1.2
/**
 * A mail server as a municipality's relay is one: it wants encryption or a password where it was told to, takes mail from
 * one sender's domain only, and refuses a letter that is not what RFC 5322 asks for. It keeps what it has taken and
 * delivers nothing.
 */
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";

export type MailReceived = Readonly<{
  /** As the conversation named them, whatever the letter's own head says. */
  envelope: Readonly<{ from: string; to: readonly string[] }>;
  /** As it came over the wire. */
  raw: string;
  letter: Email;
  encrypted: boolean;
  user: string | null;
  at: Date;
}>;

type Step = "greeting" | "AUTH" | "MAIL" | "RCPT" | "DATA";

export type MailServerOptions = Readonly<{
  /** The domain that mail may come from. */
  domain: string;
  /** STARTTLS: not offered, offered, or demanded. The certificate is one that nobody trusts. */
  tls?: "none" | "offered" | "demanded";
  credentials?: Readonly<{ user: string; password: string }>;
  now?: () => Date;
}>;

export interface MailServer {
  /** Without credentials and parameters. */
  readonly url: string;
  received(): readonly MailReceived[];
  /** The next time the conversation comes to this step, it is answered so. */
  answerNext(step: Step, code: number, says: string): void;
  /** The next letter is taken, and the line goes dead before the answer. */
  dropNextAnswer(): void;
  close(): Promise<void>;
}

const LONGEST_LINE = 998;
const LARGEST = 10 * 1024 * 1024;

export async function createMailServer(options: MailServerOptions): Promise<MailServer> {
  const received: MailReceived[] = [];
  const answers = new Map<Step, Error>();
  let dropsNext = false;
  const answered = (step: Step): Error | null => {
    const answer = answers.get(step) ?? null;
    answers.delete(step);
    return answer;
  };
  const server = new SMTPServer({
    ...securityOf(options),
    size: LARGEST,
    onConnect: (_session, callback) => callback(answered("greeting")),
    onAuth({ username = "", password }, _session, callback) {
      const { credentials } = options;
      const isRight = username === credentials?.user && password === credentials?.password;
      const wrong = isRight ? null : saying(535, "5.7.8 Authentication credentials invalid");
      const error = answered("AUTH") ?? wrong;
      callback(error, error ? undefined : { user: username });
    },
    onMailFrom({ address }, session, callback) {
      const isOpen = options.tls === "demanded" && !session.secure;
      const closed = isOpen ? saying(530, "5.7.0 Must issue a STARTTLS command first") : null;
      const foreign = address.endsWith(`@${options.domain}`) ? null : saying(550, "5.7.1 Sender address not allowed");
      callback(answered("MAIL") ?? closed ?? foreign);
    },
    onRcptTo: (_address, _session, callback) => callback(answered("RCPT")),
    async onData(stream, session, callback) {
      const raw = await text(stream);
      const refused = answered("DATA") ?? malformed(raw);
      if (refused) return callback(refused);
      received.push(await kept(raw, session, options.now?.() ?? new Date()));
      if (!dropsNext) return callback();
      dropsNext = false;
      for (const connection of server.connections) connection.close();
    },
  });
  // A client that hangs up is no concern of the server's.
  server.on("error", () => {});
  const port = await listen(server);
  return {
    url: `smtp://127.0.0.1:${port}`,
    received: () => received,
    answerNext: (step, code, says) => void answers.set(step, saying(code, says)),
    dropNextAnswer() {
      dropsNext = true;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function securityOf({ tls = "none", credentials }: MailServerOptions): SMTPServerOptions {
  const unused = [tls === "none" ? "STARTTLS" : [], credentials ? [] : "AUTH"].flat();
  return { disabledCommands: unused, authOptional: !credentials, allowInsecureAuth: tls === "none" };
}

/** What a relay with a content filter would not take: null for a letter in order. */
function malformed(raw: string): Error | null {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
  const missing = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"].filter(
    (name) => [...head.matchAll(new RegExp(`^${name}:`, "gim"))].length !== 1,
  );
  if (missing.length > 0) return saying(554, `5.6.0 needs exactly one ${missing.join(", ")}`);
  if (/(?<!\r)\n|\r(?!\n)/.test(raw)) return saying(554, "5.6.0 Bare line feeds are not allowed");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (/[^\x00-\x7F]/.test(head)) return saying(554, "5.6.7 The header is not ASCII");
  if (raw.split("\r\n").some((line) => line.length > LONGEST_LINE)) return saying(554, "5.6.0 Line too long");
  return null;
}

async function kept(raw: string, session: SMTPServerSession, at: Date): Promise<MailReceived> {
  const { envelope, secure, user } = session;
  return {
    envelope: {
      from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
      to: envelope.rcptTo.map(({ address }) => address),
    },
    raw,
    letter: await PostalMime.parse(raw),
    encrypted: secure,
    user: typeof user === "string" ? user : null,
    at,
  };
}

function saying(responseCode: number, says: string): Error {
  return Object.assign(new Error(says), { responseCode });
}

function listen(server: SMTPServer): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.server.address() as AddressInfo).port));
  });
}
