// SPDX-License-Identifier: EUPL-1.2
/** A letter as an e-mail: plain text, and the same as simple HTML. Nothing is fetched when it is opened, and nothing counted. */
import { html } from "hono/html";
import type { SendMailOptions } from "nodemailer";
import type { Language } from "../../model/model.ts";
import type { Letter } from "../channel.ts";
import { webAddress } from "../web-address.ts";

export type Sender = Readonly<{ name: string; address: string }>;

/** Who sends, and the language of what is sent. */
export type Letterhead = Readonly<{ from: Sender; language: Language }>;

/** The e-mail to `address`. The same letter always has the same Message-ID; letters about one card stand in one thread. */
export async function messageOf(letter: Letter, address: string, head: Letterhead): Promise<SendMailOptions> {
  const domain = head.from.address.slice(head.from.address.lastIndexOf("@") + 1);
  const [first] = letter.cards;
  return {
    from: head.from,
    to: { name: letter.to.name, address },
    subject: letter.subject,
    messageId: `<${letter.key}@${domain}>`,
    ...(first && { references: [`<card-${first.id}@${domain}>`] }),
    headers: {
      "Content-Language": head.language,
      // RFC 3834: no answering machine answers a machine; Exchange asks for a header of its own.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      // RFC 2919: people sort by it.
      "List-Id": `Faseport <faseport.${domain}>`,
    },
    text: textOf(letter),
    html: String(await htmlOf(letter, head.language)),
  };
}

function textOf({ paragraphs, cards }: Letter): string {
  const links = cards.map(({ name, url }) => `${name}\n${url}`);
  return `${[...paragraphs, ...links].join("\n\n")}\n`;
}

function htmlOf({ subject, paragraphs, cards }: Letter, language: Language) {
  const links = cards.map(({ name, url }) => {
    const target = webAddress(url);
    return target === null ? html`<li>${name}</li>` : html`<li><a href="${target}">${name}</a></li>`;
  });
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${subject}</title>
</head>
<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em">
${paragraphs.map((it) => html`<p style="white-space: pre-line">${it}</p>\n`)}${links.length > 0 ? html`<ul>${links}</ul>\n` : ""}</body>
</html>
`;
}
