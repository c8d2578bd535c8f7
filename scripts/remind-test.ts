// SPDX-License-Identifier: EUPL-1.2
/** A test message to one person, by the channel as it is set up: whoever sets it up sees it arrive before anybody else does. */
import type { Channel } from "../src/channels/channel.ts";
import { commentChannel } from "../src/channels/comment/comment.ts";
import { openChannel } from "../src/channels/open.ts";
import { channelSettings, channelVariables, processEnvironment, readSome } from "../src/config.ts";
import type { CardId } from "../src/core/card.ts";
import { Permanent } from "../src/core/errors.ts";
import { recipientOf } from "../src/core/reminders/reach.ts";
import { testKey, testLetter } from "../src/core/reminders/test-letter.ts";
import { findCard, parseReference } from "../src/ledger/find-card.ts";
import type { Ledger } from "../src/ledger/ledger.ts";
import { loadModel } from "../src/model/load.ts";
import type { Model, Person } from "../src/model/model.ts";
import { channelName } from "../src/model/municipality.ts";
import { amongKnown } from "../src/model/nearest.ts";
import { examine, isThere } from "./doctor/world.ts";

/** What was asked for, as it was typed. */
export type TestWish = Readonly<{ test: string; to: string | null; card: string | null }>;

/** Sends the message and gives what is to be said about it. Throws what the channel throws, and Permanent for a wish that cannot be met. */
export async function runTest({ test, to, card }: TestWish): Promise<string> {
  const name = channelName.safeParse(test).data ?? "off";
  if (name === "off")
    throw new Permanent(`--test takes comment, email, or teams: with a channel's name, not «${test}»`);
  const paths = readSome(["FASEPORT_MODEL", "FASEPORT_KOMMUNE"]);
  const model = loadModel({ rulesPath: paths.FASEPORT_MODEL, municipalityPath: paths.FASEPORT_KOMMUNE });
  const person = personNamed(model, to);
  if (name === "comment") await commentOn(card, person);
  else await sendTest(openChannel(channelSettings(readSome(channelVariables)), model, name), model, person, null);
  const how = name === "comment" ? "It stands on the card" : "Look whether it has arrived";
  return `A test message has gone to ${person.name} by ${name}. ${how}.`;
}

/** Sends one person a message that says that it is a test. */
export async function sendTest(channel: Channel, model: Model, person: Person, card: CardId | null): Promise<void> {
  const to = recipientOf(model, person.notion[0] ?? "");
  const letter = { ...testLetter(model, card), key: testKey(to.user, new Date()), to };
  await channel.send(letter, { again: false });
}

function personNamed({ municipality: { people } }: Model, to: string | null): Person {
  const person = people.find(({ key }) => key === to);
  if (person) return person;
  const known = people.map(({ key }) => key);
  throw new Permanent(`--to takes a person of FASEPORT_KOMMUNE, not «${to ?? ""}»; ${amongKnown(to ?? "", known)}`);
}

async function commentOn(card: string | null, person: Person): Promise<void> {
  if (card === null) throw new Permanent("a comment needs a card to stand on: name one with --card INNO-3");
  await examine(processEnvironment(), async ({ memory, model, board }) => {
    if (typeof board === "string") throw new Permanent(board);
    if (!isThere(memory)) throw new Permanent(memory ?? "the service has not been started here yet");
    await sendTest(commentChannel(board.board, { overviews: null }), model, person, await idOf(memory.ledger, card));
  });
}

async function idOf(ledger: Ledger, named: string): Promise<CardId> {
  const reference = parseReference(named);
  const record = reference && (await findCard(ledger, reference));
  if (!record) throw new Permanent(`Faseport knows no card «${named}»: name it by its number (INNO-3) or its address`);
  return record.accepted.card;
}
