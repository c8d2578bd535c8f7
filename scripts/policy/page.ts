// SPDX-License-Identifier: EUPL-1.2
/** The whole policy page: the model's rules as the service applies them, judged afresh each time the page is written. */
import type { Model } from "../../src/model/model.ts";
import { arrivalKinds, arrivals } from "./arrivals.ts";
import { type Editor, editors, editText, guardedDeeds, judgeEdit } from "./guarded.ts";
import { arrivalLegend, conditionLegend, messageLegend, ruleLegend } from "./legend.ts";
import { table } from "./markdown.ts";
import { moveSections } from "./moves.ts";
import { placesText } from "./places.ts";
import { precedence } from "./precedence.ts";
import type { Example } from "./situation.ts";
import { judgeTouch, tickDeeds, tickText, touches, type Who } from "./ticks.ts";

/** The page as Markdown. */
export function policyPage(model: Model, example: Example): string {
  const rules = [
    introduction(model),
    `## Words\n\n${reading(model)}\n\n${conditionLegend()}\n\n${ruleLegend()}`,
    `## Moves\n\n${moveSections(model, example)}`,
    `## Cards not seen before\n\n${arrivalLegend()}\n\n${arrivalTable(model, example)}`,
    `## Order of precedence\n\n${order(model, example)}`,
    `## Who ticked\n\n${tickTable(model, example)}`,
    `## Guarded fields\n\n${guardedTable(model, example)}`,
    `## What holds for a while\n\n${overTime(model)}`,
  ].join("\n\n");
  return `${rules}\n\n## Messages\n\nAs the board says them. Names in braces are filled in.\n\n${messageLegend(model, rules)}\n`;
}

function introduction({ rules, gates }: Model): string {
  const chain = gates.map(({ id, box }) => `${id} «${box}»`).join(", ");
  return `<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Written by \`npm run policy\`. Change the rules, not this page. -->

# Policy

What becomes of every change of a card, by the rules of model version ${rules.modelVersion}. Whatever happened in between, a change is
judged from the **last accepted** place to the place that the board shows **now**. This page is not written by hand: every cell
is what the service answers when it is asked, and the checks fail when page and service differ (\`npm run policy -- --check\`).

The gates: ${chain}.`;
}

function reading({ rules }: Model): string {
  const gated = rules.tracks.filter((it) => it.gated).map(({ name }) => name);
  const { state, track } = rules.card;
  return `A cell says what holds from now on and names the rule (T) and the message (A, B; the texts stand below):
**stays**: nothing has happened. **accepted**: the card stands where the board shows it. **back**: the board is set back to the
accepted place. Both together: the first part holds, the second does not; a card that is parked and dragged at once is parked
where it stood. A card that is closed keeps the phase it had.

Gates count on «${gated.join("», «")}»; an empty ${track.name} counts as that. An empty or unknown ${state.name} counts as the
accepted one. A message whose id ends in «u» says the same as the one without, where there is no date or nothing to lose.
Beside the cell's message, a yes that is taken back is told with B05, and one that has expired with A27.`;
}

function arrivalTable(model: Model, example: Example): string {
  const { columns, rows } = arrivals(model, example);
  const head = [model.rules.card.track.name, "card", ...columns.map((places) => placesText(model, null, places))];
  const trackName = (key: string) => model.rules.tracks.find((track) => track.key === key)?.name ?? key;
  return table(
    head,
    rows.map(({ over, cells }) => [
      over.track.map(trackName).join(", "),
      over.kind.length === arrivalKinds.length ? "any" : over.kind.join(", "),
      ...cells,
    ]),
  );
}

function order(model: Model, example: Example): string {
  const reasons = precedence(model, example).map(({ why, message }, index) => [`${index + 1}`, why, message]);
  return `One refusal gives one message. When several rules refuse at once, the first of these is the reason that is told: what people
can mend themselves comes before what the politicians must decide.

${table(["", "why", "message"], reasons)}`;
}

function tickTable(model: Model, example: Example): string {
  const who = Object.keys(touches(model, example)) as Who[];
  const { box } = model.rules.decision;
  const rows = who.map((it) => [it, ...tickDeeds.map((deed) => tickText(judgeTouch(model, example, it, deed), deed))]);
  return `What becomes of a box «${box.name}» that somebody touched. «counts»: registered as the body's yes. «cleared»: the box is
emptied, and nothing was decided. «withdrawn»: the yes no longer counts. «disputed»: nothing moves back, but the next gate
stays closed until it is settled. «ticked again»: the registered yes stands. «waits»: neither, for at most
${model.rules.approvals.attributionWaitMinutes} minutes, and meanwhile the gate stays closed.

${table(["who", ...tickDeeds], rows)}`;
}

function guardedTable(model: Model, example: Example): string {
  const who = Object.keys(editors(model, example)) as Editor[];
  const rows = who.map((it) => [it, ...guardedDeeds.map((deed) => editText(judgeEdit(model, example, it, deed)))]);
  const { track, bodies, needsFunding } = model.rules.card;
  return `${track.name}, ${bodies.name} and ${needsFunding.name} may be opened by anyone; what takes a decision away from the politicians is for the
secretariat alone. Here on a card of a gated track in its first phase.

${table(["who", ...guardedDeeds], rows)}`;
}

function overTime({ rules }: Model): string {
  const {
    undoMinutes,
    repeatMinutes,
    atOnceSeconds,
    expiresAfterMonths,
    onApproval,
    onContentChange,
    meetingRequired,
  } = rules.approvals;
  return table(
    ["", "here"],
    [
      [
        "a card dragged back and forth again keeps its approvals (T5u), when nothing else was changed, for",
        `${undoMinutes} minutes`,
      ],
      ["the same refusal is carried out, but not told again, for", `${repeatMinutes} minutes`],
      ["of cards moved at once a person is told of the first; at once is within", `${atOnceSeconds} seconds`],
      ["a yes that was not used expires (A27) after", `${expiresAfterMonths} months`],
      ["when the last yes comes to a card whose drag was put back (onApproval)", onApproval],
      [
        "when a field that the gate asks for is changed between the yes and the move (onContentChange)",
        onContentChange,
      ],
      [
        "meeting and agenda item must be entered before the gate opens (meetingRequired, A07)",
        meetingRequired ? "yes" : "no",
      ],
      ["a card in the bin or in another database is not judged until it is back (T17)", "always"],
    ],
  );
}
