// SPDX-License-Identifier: EUPL-1.2
/** The rest of the policy page: new cards, the order of precedence, who ticked, guarded fields; and that the page is whole. */
import { describe, expect, it } from "vitest";
import { type ArrivalKind, arrivalKinds, arrivalText, judgeArrivalOf } from "../../../scripts/policy/arrivals.ts";
import { type Shown, shownPlaces } from "../../../scripts/policy/combinations.ts";
import { differences } from "../../../scripts/policy/differences.ts";
import { exampleOf } from "../../../scripts/policy/example.ts";
import { type Editor, editText, type GuardedDeed, guardedDeeds, judgeEdit } from "../../../scripts/policy/guarded.ts";
import { policyPage } from "../../../scripts/policy/page.ts";
import { precedence } from "../../../scripts/policy/precedence.ts";
import { judgeTouch, type TickDeed, tickDeeds, tickText, type Who } from "../../../scripts/policy/ticks.ts";
import type { StateKey } from "../../../src/model/rules.ts";
import { model, now } from "./fixtures.ts";

const example = exampleOf(model, now);

describe("cards not seen before (T13, T14; cases 12, 27–29, 32)", () => {
  type Phase = "known" | "none" | "unknown";
  type ByPlace = Record<StateKey, Record<Phase, string>>;
  const everywhere = (text: string): Record<Phase, string> => ({ known: text, none: text, unknown: text });
  const copied = everywhere("to Idébank copied A28");
  const copies: ByPlace = { idea: copied, active: copied, parked: copied, closed: copied };
  const inPhase = { known: "accepted adopted", none: "to Idébank adopted", unknown: "to Idébank adopted" };
  const older: ByPlace = {
    idea: { known: "to Aktiv adopted", none: "accepted adopted", unknown: "to Idébank adopted" },
    active: inPhase,
    parked: inPhase,
    closed: { known: "accepted adopted", none: "accepted adopted", unknown: "to Afsluttet adopted" },
  };
  const political = { known: "to Idébank T13 A12", none: "to Idébank T13", unknown: "to Idébank T13 A20" };
  const everyday = { known: "accepted T14", none: "to Idébank T14", unknown: "to Idébank T14 A20" };
  const expected: Record<ArrivalKind, Record<"gated" | "free", ByPlace>> = {
    older: { gated: older, free: older },
    copied: { gated: copies, free: copies },
    new: {
      gated: {
        idea: { ...political, none: "accepted T13" },
        active: political,
        parked: political,
        closed: { ...political, none: "to Idébank T13 A12" },
      },
      free: {
        idea: { ...everyday, known: "to Aktiv T14", none: "accepted T14" },
        active: everyday,
        parked: everyday,
        closed: { ...everyday, none: "accepted T14" },
      },
    },
  };
  const phaseOf = ({ phase }: Shown): Phase =>
    phase === null ? "none" : typeof phase === "string" ? "known" : "unknown";

  it.each(arrivalKinds.flatMap((kind) => model.rules.tracks.map(({ key, gated }) => ({ kind, track: key, gated }))))(
    "$kind on $track",
    ({ kind, track, gated }) => {
      for (const to of shownPlaces(model).filter(({ state }) => state !== null)) {
        const text = arrivalText(model, judgeArrivalOf(model, example, { kind, track, to }), to);
        const byState = expected[kind][gated ? "gated" : "free"];
        expect({ to, text }).toEqual({ to, text: byState[to.state ?? "idea"][phaseOf(to)] });
      }
    },
  );
});

it("the order of precedence is DOMAIN's", () => {
  expect(precedence(model, example).map(({ message }) => message)).toEqual([
    "A20",
    "A15",
    "A14",
    "A13",
    "A12u",
    "A02",
    "A22",
    "A03",
    "A21",
    "A04",
    "A01",
    "A07",
  ]);
});

describe("who ticked (DOMAIN 5.3, 5.4, 6)", () => {
  const approver = (tick: string): Record<TickDeed, string> => ({
    ticks: tick,
    "unticks before the move": "withdrawn B05",
    "unticks after the move": "disputed B06",
  });
  const anybody = (tick: string): Record<TickDeed, string> => ({
    ticks: tick,
    "unticks before the move": "ticked again A29b",
    "unticks after the move": "ticked again A29b",
  });
  const expected: Record<Who, Record<TickDeed, string>> = {
    "an approver of the body": approver("counts B01u"),
    "all approvers of the body at once": approver("counts B01u"),
    "an approver of another body": anybody("cleared A05"),
    "the secretariat": anybody("cleared A05"),
    "staff, or a person in no list": anybody("cleared A05"),
    "an integration, automation or button": anybody("cleared A05"),
    "an agent, even in an approver's name": anybody("cleared A05"),
    "an approver and somebody else within one event": approver("cleared A06"),
    "an approver and an integration within one event": approver("cleared A06"),
    "two of staff within one event": anybody("cleared A06"),
    "an approver outside the term of office": anybody("cleared A11"),
    "an approver who is disqualified on the row": approver("cleared A10"),
    "an approver who owns the card": approver("cleared A10"),
    "an approver, before the meeting": approver("cleared A08"),
    "an approver, while the row says another outcome": approver("cleared A09"),
    "nobody, as long as an event may still come": {
      ticks: "waits",
      "unticks before the move": "waits",
      "unticks after the move": "waits",
    },
    "nobody, and no event came": approver("cleared A30"),
  };
  it.each((Object.keys(expected) as Who[]).flatMap((who) => tickDeeds.map((deed) => ({ who, deed }))))(
    "$who $deed",
    ({ who, deed }) => {
      const judgement = judgeTouch(model, example, who, deed);
      expect(tickText(judgement, deed)).toBe(expected[who][deed]);
      const [decision] = judgement.next.decisions.filter(
        ({ ended }) => (ended === "used") === (deed === "unticks after the move"),
      );
      const stands = decision?.registration !== null && decision?.disputed === false;
      expect(stands).toBe(
        /^counts|^ticked again/u.test(expected[who][deed]) || (deed !== "ticks" && expected[who][deed] === "waits"),
      );
    },
  );
});

describe("guarded fields (T15, T16, A18, A19)", () => {
  const opened = {
    "puts the card on the gated track": "accepted T15 B10",
    "adds a body": "accepted",
    "says that funding is needed": "accepted",
  };
  const refused: Record<GuardedDeed, string> = {
    ...opened,
    "takes the card off the gated track": "back A18",
    "takes a body off": "back A19",
    "says that no funding is needed": "back A29f",
  };
  const expected: Record<Editor, Record<GuardedDeed, string>> = {
    "the secretariat": {
      ...opened,
      "takes the card off the gated track": "accepted T16",
      "takes a body off": "accepted",
      "says that no funding is needed": "accepted",
    },
    "the secretariat and somebody else within one event": refused,
    "an approver": refused,
    "staff, or a person in no list": refused,
    "an integration, automation, button or agent": refused,
    "nobody, as long as an event may still come": {
      ...opened,
      "takes the card off the gated track": "waits",
      "takes a body off": "waits",
      "says that no funding is needed": "waits",
    },
    "nobody, and no event came": refused,
  };
  it.each((Object.keys(expected) as Editor[]).flatMap((who) => guardedDeeds.map((deed) => ({ who, deed }))))(
    "$who $deed",
    ({ who, deed }) => {
      expect(editText(judgeEdit(model, example, who, deed))).toBe(expected[who][deed]);
    },
  );
});

describe("the page", () => {
  const page = policyPage(model, example);

  it("has a heading for every position, and every table is as wide as its head", () => {
    for (const { name } of model.phases) {
      expect(page).toContain(`### From Aktiv, ${name}\n`);
      expect(page).toContain(`### From Parkeret, ${name}\n`);
    }
    expect(page).toContain("### From Afsluttet, ");
    const tables = [...page.matchAll(/(?:^\|.*\n?)+/gmu)].map(([text]) => text.trim().split("\n"));
    const widths = tables.map((lines) => new Set(lines.map((line) => line.split(/(?<!\\)\|/u).length)));
    expect(widths.filter(({ size }) => size !== 1)).toEqual([]);
  });

  it("explains every rule and every message that it names", () => {
    const [tables = "", messages = ""] = page.split("## Messages");
    const named = (pattern: RegExp) => [...new Set(tables.match(pattern))];
    expect(named(/\bT\d\d?u?\b/gu).filter((rule) => !tables.includes(`\n| ${rule} |`))).toEqual([]);
    expect(named(/\b[AB]\d\du?\b/gu).filter((id) => !messages.includes(`\n| ${id} |`))).toEqual([]);
  });

  it("differs from itself in nothing, and from a page with another cell in that line", () => {
    expect(differences(page, page)).toEqual([]);
    const under = "### From Parkeret, 3. Test\n";
    const [before = "", after = ""] = page.split(under);
    const other = `${before}${under}${after.replace("| Parkeret: same Fase | stays |", "| Parkeret: same Fase | accepted T7 |")}`;
    expect(differences(other, page)).toEqual([
      "- From Parkeret, 3. Test: | Parkeret: same Fase | accepted T7 |",
      "+ From Parkeret, 3. Test: | Parkeret: same Fase | stays |",
    ]);
    expect(differences(`${page}\n`, page)).not.toEqual([]);
    expect(differences("", page).length).toBeGreaterThan(100);
  });
});
