// SPDX-License-Identifier: EUPL-1.2
/** After the last deed: nothing is lost any more, what waits is waited for, what was missed is found. */
import { model, people } from "../integration/house.ts";
import { cardWrite, text } from "./cards.ts";
import { boardAgainst } from "./check-sides.ts";
import type { Witness } from "./witness.ts";
import type { World } from "./world.ts";

const { rules, phases } = model;
const MINUTE = 60_000;
/** One round finds what was missed, one ends what waits for an event that never comes; the third must have nothing to do. */
const ROUNDS = 3;

/** Brings the house to rest; answers what does not come to rest. */
export async function comeToRest(world: World, witness: Witness): Promise<readonly string[]> {
  restoreAll(world, witness);
  await world.quiet();
  const missed = await shortReconcile(world);
  if (missed.length > 0) return missed;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = writes(world);
    world.sandbox.clock.advance(6 * MINUTE);
    await wakeAll(world);
    await world.producer.add("reconcile", { full: false });
    await world.quiet();
    if (round === ROUNDS && writes(world) > before) return [`no rest: ${writesSince(world, before).join(", ")}`];
  }
  return [...(await lookAgainAtAll(world, witness)), ...(await dragOnce(world, witness))];
}

/** The clock has not been moved yet: what no event told is found by a short reconcile, or not at all until the night. */
async function shortReconcile(world: World): Promise<readonly string[]> {
  const { ledger, producer } = world;
  await producer.add("reconcile", { full: false });
  await world.quiet();
  const missed: string[] = [];
  for await (const card of ledger.cards()) {
    const record = (await ledger.card(card))?.record;
    if (!record || record.accepted.trashed || Object.keys(record.accepted.waiting).length > 0) continue;
    // A row in the bin is in no list of what was edited; the night's look misses it.
    const found = boardAgainst(world, card, record).filter((it) => !it.includes("in the bin"));
    missed.push(...found.map((it) => `after a short reconcile: ${it}`));
  }
  return missed;
}

/** Nobody looks at the rows of a card in the bin: to be compared, every card must be out of it. */
function restoreAll({ sandbox: { notion } }: World, witness: Witness): void {
  for (const card of witness.cards.keys())
    if (notion.page(card).in_trash) notion.restore(notion.people[0]?.id ?? "", card);
}

/** The sandbox's clock has moved on, the queue's has not: what was to wake by now is woken. */
async function wakeAll({ producer }: World): Promise<void> {
  for (const job of await producer.queues.wake.getDelayed()) await job.promote().catch(() => {});
}

/** Every issue is read. */
async function mirrorAll({ ledger, producer }: World): Promise<void> {
  for await (const card of ledger.cards()) await producer.add("mirror", { card });
}

/** Reads every page and every issue again: nothing may be written (I3). */
async function lookAgainAtAll(world: World, witness: Witness): Promise<readonly string[]> {
  const { sandbox, ledger, producer } = world;
  const { notion } = sandbox;
  const before = writes(world);
  const heard = new Set(said(world));
  const at = sandbox.clock.now().toISOString();
  const hintOf = (page: string) =>
    ({ event: `again-${page}-${at}`, at, kind: "changed", authors: [], touched: [] }) as const;
  for (const { id } of notion.pages(notion.projects)) await ledger.hints.keep(id, hintOf(id));
  for (const { id, in_trash } of notion.pages(notion.decisions)) {
    if (!in_trash && (await ledger.cardOfRow(id)) !== null) await ledger.hints.keep(id, hintOf(id));
  }
  for await (const card of ledger.cards()) await producer.add("sync", { card });
  await mirrorAll(world);
  await world.quiet();
  return [
    ...writesSince(world, before).map(
      (it) => `${cardIn(world, witness, it)}: a further sync of everything writes: ${it}`,
    ),
    ...said(world)
      .filter((it) => !heard.has(it))
      .map((it) => `${it} is said by a further sync of everything`),
  ];
}

/** The card that a call's path is about, as far as it tells. */
function cardIn({ sandbox: { notion, github } }: World, { rows }: Witness, call: string): string {
  const [, page = ""] = /\/pages\/([\w-]+)/u.exec(call) ?? [];
  const [, issue] = /\/issues\/(\d+)/u.exec(call) ?? [];
  const link = github.issues().find(({ number }) => number === Number(issue))?.html_url;
  const linked = notion.pages(notion.projects).find((it) => link !== undefined && text(it, "Opgave") === link);
  return linked?.id ?? rows.get(page)?.card ?? page;
}

/** Every comment on the board and on the tracker, with what it stands on. */
function said({ sandbox: { notion, github } }: World): readonly string[] {
  const onCards = notion
    .pages(notion.projects)
    .flatMap(({ id }) =>
      notion.commentsOf(id).map((it) => `${id}: «${it.rich_text.map(({ plain_text }) => plain_text).join("")}»`),
    );
  const onIssues = github
    .issues()
    .flatMap(({ number }) => github.commentsOf(number).map(({ body }) => `issue ${number}: «${body}»`));
  return [...onCards, ...onIssues];
}

/** One refused drag in a quiet house is one reading of its card: what the service writes then is no news to it (I5). */
async function dragOnce(world: World, witness: Witness): Promise<readonly string[]> {
  const { sandbox, ledger } = world;
  const { notion } = sandbox;
  for await (const card of ledger.cards()) {
    const accepted = (await ledger.card(card))?.record.accepted;
    const isGated = rules.tracks.find(({ key }) => key === accepted?.track)?.gated;
    const { state, phase } = accepted?.position ?? {};
    if (!isGated || accepted?.trashed || state !== "active" || phase !== phases[0]?.key) continue;
    const before = notion.calls.length;
    const clock = sandbox.clock.now().getTime();
    witness.asks.push({ card, phase: phases[2]?.name ?? "", clock, isLabel: false });
    notion.edit(people.anders, card, cardWrite({ Fase: phases[2]?.name ?? null }));
    await world.quiet();
    const reads = notion.calls.slice(before).filter(({ method, path }) => method === "GET" && path.endsWith(card));
    return reads.length === 1 ? [] : [`${card}: one drag made the service read the card ${reads.length} times`];
  }
  return [];
}

const allWrites = ({ sandbox: { notion, github } }: World) => ({
  notion: notion.calls.filter(({ method, path }) => method !== "GET" && !path.endsWith("/query")),
  github: github.calls.filter(({ method }) => method !== "GET"),
});

function writes(world: World): number {
  const { notion, github } = allWrites(world);
  return notion.length + github.length;
}

function writesSince(world: World, before: number): readonly string[] {
  const { notion, github } = allWrites(world);
  const all = [...notion, ...github].sort((a, b) => a.at.localeCompare(b.at));
  return all.slice(before).map(({ method, path, status }) => `${method} ${path} ${status}`);
}
