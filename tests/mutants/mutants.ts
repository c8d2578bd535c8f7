// SPDX-License-Identifier: EUPL-1.2
/**
 * The rules, each broken once on purpose. `npm run mutants` breaks them one at a time in a copy and tells which test
 * notices; one that nobody notices is a rule that nobody holds.
 */

/** What the mutant breaks · the text in the file, which stands there exactly once · what stands there instead. */
export type Mutant = readonly [breaks: string, find: string, replace: string];

/** By the file in src/core. */
export const mutants: Readonly<Record<string, readonly Mutant[]>> = {
  "judge-move.ts": [
    [
      "I1: a gate counts on the gated track",
      "if (!facts.gated) return accept(rule, target);",
      "return accept(rule, target);",
    ],
    [
      "I1: T4: no leap",
      'return { ...putBack(facts, "T4", { id: "A02" }), wish: phaseAfter(model, facts.from.phase) };',
      'return accept("T2", phaseIn(facts.to.phase));',
    ],
    ["T6: a phase is not emptied", 'emptied: refuse("T6", { id: "A13" }),', "emptied: (_model, facts) => stay(facts),"],
    [
      "A20: an unknown phase is put back",
      'putBack(facts, "A20", { id: "A20", unknown: unknownIn(facts.to.phase) })',
      "stay(facts)",
    ],
    ["T6: an idea is not parked", 'parked: refuse("T6", { id: "A12" })', "parked: start"],
    [
      "T6: an active card is no idea again",
      'active: { idea: refuse("T6", { id: "A13" })',
      "active: { idea: (_model, facts) => stay(facts)",
    ],
    ["T9: a parked card is no idea again", 'parked: { idea: refuse("T9", { id: "A14" })', "parked: { idea: unpark"],
    ["T8: a card is taken up again", "active: unpark,", "active: (_model, facts) => stay(facts),"],
    ["T9: a parked card is not dragged", "parked: whileParked,", "parked: alongThePhases,"],
    [
      "T12: a closed card is not opened",
      "closed: { idea: reopen, active: reopen,",
      "closed: { idea: reopen, active: unpark,",
    ],
    ["T12: a closed card is not dragged", "closed: whileClosed }", "closed: (_model, facts) => stay(facts) }"],
    ["T5: back is free", 'back: (_model, facts) => accept("T5", phaseIn(facts.to.phase)),', "back: leap,"],
    ["A22: another value than the gate asks for", 'if (gate.otherwise) return { id: "A22", ...gate.otherwise };', ""],
    ["A03: requirements hold a card back", "if (gate.gaps.length > 0)", "if (gate.gaps.length > 99)"],
    ["A21: the council decides because of the cost", 'if (gate.extra) return { id: "A21", ...gate.extra };', ""],
    [
      "I1: A01, A04: a missing yes holds a card back",
      "if (gate.missing.length > 0) {",
      "if (gate.missing.length > 99) {",
    ],
    ["A04 when some have said yes", "return gate.yes.length > 0\n", "return gate.yes.length > 99\n"],
    ["A07: meeting data", "return gate.withoutMeeting.length > 0", "return gate.withoutMeeting.length > 99"],
    [
      "T7, T9: a phase changed while parking is put back",
      'if (stepOf(model, facts) === "same") return { rules: ["T7"], settled',
      'return { rules: ["T7"], settled',
    ],
    [
      "A16: closing asks for its requirements",
      "if (facts.gated && gaps.length > 0)",
      "if (facts.gated && gaps.length > 99)",
    ],
    ["A16: only on the gated track", "if (facts.gated && gaps.length > 0)", "if (gaps.length > 0)"],
    [
      "A17: stopping asks for its decision",
      "if (facts.gated && missing.length > 0)",
      "if (facts.gated && missing.length > 99)",
    ],
    ["A17: only on the gated track", "if (facts.gated && missing.length > 0)", "if (missing.length > 0)"],
    ["I1: T14: only some tracks begin anywhere", "if (facts.startAnywhere) return", "if (target !== null) return"],
    ["T5u: to the phase it came from", "return undo !== null && undo === to.phase;", "return undo !== null;"],
    ["T5u", "return undo !== null && undo === to.phase;", "return false;"],
  ],
  "gate.ts": [
    [
      "I1: guarded fields count as accepted",
      "return { ...fields, [bodies.name]: names, [needsFunding.name]: accepted.needsFunding };",
      "return fields;",
    ],
    [
      "I1: the council only when its condition holds",
      ".filter(({ when }) => meets(when,",
      ".filter(({ when }) => !meets(when,",
    ],
    [
      "what has ended is not open",
      "it.gate === gate && it.body === body && it.ended === null",
      "it.gate === gate && it.body === body",
    ],
    [
      "each body decides for itself",
      "it.gate === gate && it.body === body && it.ended === null",
      "it.gate === gate && it.ended === null",
    ],
    [
      "each gate has its decision",
      "it.gate === gate && it.body === body && it.ended === null",
      "it.body === body && it.ended === null",
    ],
    ["I1: a no outweighs the tick", 'if (means === "declined" || means === "postponed") return means;', ""],
    ["an outcome that the model does not know is no yes", '?.means ?? "none";', '?.means ?? "approved";'],
    ["I1: B06: a disputed yes closes the next gate", "!disputed.has(body) &&", ""],
    ["I1: a yes in doubt is none", "!inDoubt(decision) &&", ""],
    [
      "a used yes in doubt closes the next gate",
      'it.ended === "used" && (it.disputed || inDoubt(it))',
      'it.ended === "used" && it.disputed',
    ],
    ["a yes counts for its passage", "decision.passage === accepted.passage &&", ""],
    ["only what is approved counts", 'statusOf(model, decision, false) === "approved" &&', ""],
    ["A27: an old yes does not count", "!isExpired(model, decision, now)\n", "decision.gate !== null\n"],
    ["what is disputed does not hold back a stop", "new Set(gate === STOP ? [] : accepted", "new Set(accepted"],
    [
      "B06: also of a body that does not decide here",
      ", ...[...disputed].filter((body) => !bodies.includes(body))]",
      "]",
    ],
    ["A07: the meeting's date", "!standing(body)?.shown?.meeting ||", ""],
    ["A07: the agenda item", ' || standing(body)?.shown?.item.trim() === ""', ""],
    [
      "A07: only when asked for",
      "withoutMeeting: model.rules.approvals.meetingRequired",
      "withoutMeeting: model.rules !== null",
    ],
    [
      "without a body nobody can say yes",
      "gaps: accepted.bodies.length > 0 ? gaps : withBodiesGap(model, gaps),",
      "gaps,",
    ],
    [
      "nor to a stop",
      "const gaps = accepted.bodies.length > 0 ? [] : withBodiesGap(model, []);",
      "const gaps: readonly Requirement[] = [];",
    ],
    [
      "A27: the last day counts",
      "return localDate(model, now) > addMonths",
      "return localDate(model, now) >= addMonths",
    ],
    ["A21 only of a body that is not the card's own", " && !accepted.bodies.includes(body),", ","],
  ],
  "attribution.ts": [
    ["I2: the last edit is evidence against", " || !isExplained(hints, self, lastEdit)) return", ") return"],
    [
      "I2: a machine among them is a machine",
      'authors.every((author) => author.kind === "person")',
      'authors.some((author) => author.kind === "person")',
    ],
    ["I2: only what touched the property", "filter((hint) => hint.touched.includes(key))", "filter(() => true)"],
    [
      "the service itself is left out",
      "uniqueAuthors(touching).filter((author) => author.id !== self)",
      "uniqueAuthors(touching)",
    ],
    [
      "the service's own edit hides nothing",
      "if (lastEdit === null || lastEdit.by === self) return true;",
      "if (lastEdit === null) return true;",
    ],
    ["an event explains only what it can tell of", " && Date.parse(at) + AGGREGATION_WINDOW_MS >= edited,", ","],
    [
      "an event may be stamped before its last edit",
      "Date.parse(at) + AGGREGATION_WINDOW_MS >= edited",
      "Date.parse(at) >= edited",
    ],
    ["an agent is not its person", "{author.kind} ", '{""} '],
    [
      "I4: an event counts once",
      "const unique = [...new Map(hints.map((hint) => [hint.event, hint])).values()];",
      "const unique = [...hints];",
    ],
    [
      "events have an order of their own",
      "return unique.sort((a, b) => a.at.localeCompare(b.at) || a.event.localeCompare(b.event));",
      "return unique;",
    ],
  ],
  "judge-tick.ts": [
    [
      "a disputed yes does not count",
      "facts.decision.registration !== null && !facts.decision.disputed;",
      "facts.decision.registration !== null;",
    ],
    [
      "A05, A06: a machine never approves",
      'if (who.kind === "machine") return',
      "if (who.authors.length === 0) return",
    ],
    ["I2: A06: every author is an approver", "if (!users.every((user)", "if (!users.some((user)"],
    [
      "I2: A05, A11: an approver",
      "if (!users.every((user) => isApprover(model, facts, user, who.at))) return refusePerson(model, facts, who);",
      "",
    ],
    [
      "A29: what has ended is not ticked",
      'if (decision.ended !== null && !decision.disputed) return { id: "A29", users };',
      "",
    ],
    ["A10: nobody who is disqualified", "[...row.disqualified, ...facts.owners]", "[...facts.owners]"],
    ["A10: nor the owner", "[...row.disqualified, ...facts.owners]", "[...row.disqualified]"],
    [
      "A08: not before the meeting",
      "row.meeting !== null && row.meeting.slice(0, 10) > localDate(model, facts.now)",
      'row.meeting === ""',
    ],
    ["A08: on the day itself", "row.meeting.slice(0, 10) > localDate", "row.meeting.slice(0, 10) >= localDate"],
    [
      "A09: not against the outcome",
      'if (outcome !== null && outcome !== "approved") return',
      'if (outcome === "declined") return',
    ],
    [
      "I2: nobody known is a wait",
      '    return waitIsOver(model, facts)\n      ? { kind: "clear", refusal: { id: "A30", users: [] }, events: [] }\n      : { kind: "wait" };',
      '    return { kind: "register", by: [], at: facts.now.toISOString(), events: [] };',
    ],
    [
      "I3: A30: a wait ends",
      '? { kind: "clear", refusal: { id: "A30", users: [] }, events: [] }',
      '? { kind: "wait" }',
    ],
    ["a standing yes in doubt is asked for again", "if (!inDoubt) return", "if (who.kind) return"],
    ["the registered events are no doubt", " && !registration.events.includes(event));", ");"],
    ["older events are no doubt", "at >= registration.at && ", ""],
    ["A29: only an approver withdraws", 'kind: mayWithdraw ? "withdraw" : "tick-again"', 'kind: "withdraw"'],
    ["I2: B05: an approver withdraws", 'kind: mayWithdraw ? "withdraw" : "tick-again"', 'kind: "tick-again"'],
    [
      "a yes that nobody known took back is withdrawn",
      'return waitIsOver(model, facts) ? { kind: "withdraw", by: [], events: [] } : { kind: "wait" };',
      'return { kind: "wait" };',
    ],
    [
      "and not before the wait is over",
      'return waitIsOver(model, facts) ? { kind: "withdraw", by: [], events: [] } : { kind: "wait" };',
      'return { kind: "withdraw", by: [], events: [] };',
    ],
    [
      "an older event explains no later change",
      "decision.settledAt === null ? 0 : Date.parse(decision.settledAt) - AGGREGATION_WINDOW_MS",
      "decision.settledAt === null ? 0 : 1",
    ],
    ["A11: before the term", "from <= date && ", ""],
    ["A11: after the term", " && (to === undefined || date <= to)", ""],
    ["A10: one person, several users", " || person?.notion.includes(other));", ");"],
    [
      "I2: of this body",
      "bodyOf(model, facts.decision.body).approvers",
      "model.municipality.bodies.flatMap((it) => it.approvers)",
    ],
    [
      "an agent does not withdraw",
      'kind === "person" && isApprover(model, facts, id, at)',
      "isApprover(model, facts, id, at)",
    ],
  ],
  "take-ticks.ts": [
    ["A24: a row made by hand is not adopted", "row.createdBy === course.seen.self && !row.inTrash;", "!row.inTrash;"],
    [
      "I4: a row whose answer was lost is adopted",
      "if (decision) return takeRow(replace(course, index, { ...decision, row: row.id }), row);",
      "",
    ],
    ["only for its passage", " && it.passage === row.passage,", ","],
    ["a decision has one row", "own && it.row === null && it.gate", "own && it.gate"],
    ["a stray is voided", "strays: [...course.strays, row] };", "strays: course.strays };"],
    ["I4: what is being put back is not judged again", "if (isBeingPutBack(course, decision, row)) return course;", ""],
    [
      "nor when it has changed since",
      "return isPending && JSON.stringify(decision.shown) === JSON.stringify(row);",
      "return isPending;",
    ],
    [
      "a wait for a row that is gone ends",
      "return registration ? withdraw(settled, index",
      "return null === row ? withdraw(settled, index",
    ],
    [
      "and is not for ever",
      "    if (row === null || since === undefined || !isOver(model, since, seen.now)) return held;\n    const settled",
      "    if (row !== null) return held;\n    const settled",
    ],
    [
      "a row that is made anew does not bring back a yes in doubt",
      'registration !== null && (verdict.kind === "wait" || verdict.kind === "clear");',
      "false;",
    ],
    ["nor one taken back", 'verdict.kind === "withdraw" || isDoubted;', "isDoubted;"],
    ["a row in the bin is made anew", "{ ...at(taken, index), row: null, shown: null }", "at(taken, index)"],
    [
      "a cleared box is no yes",
      "replace(course, index, withoutYes(decision)),\n      `tick",
      "replace(course, index, decision),\n      `tick",
    ],
    ["a tick set again settles a dispute", "replace(course, index, { ...decision, disputed: false })", "course"],
    [
      "a withdrawn yes is gone",
      "if (decision.ended === null) return { ...decision, registration: null };",
      "if (decision.ended === null) return decision;",
    ],
    [
      "B06: nothing moves back, it is disputed",
      "return { ...decision, disputed: decision.registration !== null };",
      "return decision;",
    ],
    [
      "what waits is completed by what comes later",
      "since: before?.since ?? course.seen.now.toISOString(), hints } },",
      "since: before?.since ?? course.seen.now.toISOString(), hints: [] } },",
    ],
    [
      "a wait begins once",
      "since: before?.since ?? course.seen.now.toISOString(), hints",
      "since: course.seen.now.toISOString(), hints",
    ],
    [
      "when a row was read is remembered",
      "settledAt: settled ? course.seen.now.toISOString() : decision.settledAt",
      "settledAt: null",
    ],
    [
      "what was decided is what was read",
      "const fields = gate?.id === decision.gate ?",
      "const fields = gate === null ?",
    ],
    ["B02 until the last", "if (facts.missing.length > 0) {", "if (facts.missing.length > 99) {"],
    ["B08, B09 once", "means === outcomeOf(model, before) || ", ""],
  ],
  "take-move.ts": [
    ["5.5: a yes is used up by the passage", 'it.gate === gate?.id && it.registration ? "used" : "void"', '"void"'],
    ["5.5: what did not count is void", 'it.gate === gate?.id && it.registration ? "used" : "void"', '"used"'],
    ["T5: the rows are void", '(counting.includes(it) ? { ...it, ended: "void" } : it)', "it"],
    ["T5: a passage begins", "const passage = nextPassage(next);", "const passage = next.passage;"],
    ["T5: a number that was never used", "passagesBegun) + 1;", "0) + 1;"],
    ["T5: also those of the target's own gate", "gateIndex(model, it) >= phaseOf", "gateIndex(model, it) > phaseOf"],
    [
      "T5: not those behind the target",
      ' && gateIndex(model, it) >= phaseOf(model, verdict.settled.phase ?? "").index,',
      ",",
    ],
    [
      "I1: T5u: in time",
      "if (!undo || seen.now.getTime() > Date.parse(undo.until)) return null;",
      "if (!undo) return null;",
    ],
    [
      "T5u: nothing else changed",
      "return JSON.stringify(undo.fields) === JSON.stringify(fieldsBesideTheMove(model, seen.card.fields))",
      "return undo.fields",
    ],
    ["T5u: the decisions stand as they stood", "was ? restoredAs(it, was.ended)", "was ? it"],
    [
      "T5u: a yes taken back stays taken back",
      "if (ended === null && decision.disputed) return { ...decision, ended, registration: null, disputed: false };",
      "",
    ],
    ["T5u: the passage is the old one", "{ decisions: restored, since, passage })", "{ decisions: restored, since })"],
    ["T5u: once", "since, wish: null, undo: null, stopAsked: false", "since, wish: null, stopAsked: false"],
    ["a wish is over when the card moves", "since, wish: null, undo: null", "since, undo: null"],
    [
      "onApproval: move, only when asked for",
      'if (model.rules.approvals.onApproval !== "move" || next.wish === null) return null;',
      "if (next.wish === null) return null;",
    ],
    [
      "onApproval: move, when the gate is open",
      "return stands && isUnderWay && isOpen ?",
      "return stands && isUnderWay ?",
    ],
    ["onApproval: move, not of a parked card", "return stands && isUnderWay && isOpen ?", "return stands && isOpen ?"],
    [
      "onApproval: move, not against a person's move",
      "return stands && isUnderWay && isOpen ?",
      "return isUnderWay && isOpen ?",
    ],
    ["A17: not from the last phase", " && !isLast && ", " && "],
    ["A17: not of an idea", ' && next.position.state !== "idea";', ";"],
    ["A17: when the model asks for it", "closing.stopNeedsDecision && isGated", "isGated"],
    [
      "a refused stop asks the committee",
      'verdict.refusal.id === "A17" ? withNext(course, { stopAsked: true }) : course',
      "course",
    ],
    ["closing ends every decision", 'it.gate === STOP && it.registration ? "used" : "void" }),', "null }),"],
    [
      "a refused drag is a wish",
      "T3: (course, verdict) => withNext(course, { wish: wishOf(course, verdict) }),",
      "T3: (course) => course,",
    ],
    [
      "I4: also one that is put back without a word",
      "pending: [...next.pending, placeShown(course)]",
      "pending: next.pending",
    ],
    [
      "I4: a move of the service's own that is not written yet is no drag back",
      "course.next.pending.includes(leftFrom(course)) &&",
      "false &&",
    ],
    ["one who is known to have dragged it back has", ", self).length === 0;", ", self).length < 99;"],
  ],
  "judge-guarded.ts": [
    ["A18, A19: only the secretariat", "model.municipality.secretariat.includes(person.key);", "person.key;"],
    ["alone", "others.length === 0 && person", "person"],
    ["a person", 'who.kind === "people" && others', "others"],
    [
      "whom the last edit does not contradict",
      "attribute(facts.hints, key, facts.self, facts.lastEdit)",
      "attribute(facts.hints, key, facts.self, null)",
    ],
    ["nobody known is a wait", 'return waitIsOver(model, facts, key) ? { putBackFor: [] } : "wait";', 'return "let";'],
    ["that ends", 'return waitIsOver(model, facts, key) ? { putBackFor: [] } : "wait";', 'return "wait";'],
    ["what is taken away is put back", "[...seen.bodies, ...removed]", "seen.bodies"],
    ["the track", "track: wasGated && !trackOf(model, seen.track).gated,", "track: false,"],
    ["the bodies", "bodies: wasGated && removed.length > 0,", "bodies: false,"],
    ["the funding", "needsFunding: wasGated && accepted.needsFunding && !seen.needsFunding,", "needsFunding: false,"],
    ["only on the gated track", "bodies: wasGated && removed", "bodies: removed"],
  ],
  "take-guarded.ts": [
    ["what waits is completed by what comes later", "next.waiting[key]?.hints ?? []", "[]"],
    ["a wait begins once", "next.waiting[key]?.since ?? seen.now.toISOString()", "seen.now.toISOString()"],
    [
      "I3: an own write does not hide who edited last",
      "return shown.by === seen.self && waited ? waited : shown;",
      "return shown;",
    ],
    ["B10", 'rule === "T16" || next.position.state !== "active"', "rule !== null"],
  ],
  "arrange.ts": [
    ["what is not asked for is void", '(it.ended || isWanted(it) ? it : { ...it, ended: "void" })', "it"],
    ["one decision per body", ".filter(({ gate, body }) => !openDecision(kept, gate, body))", ""],
    ["a closed card asks nobody", ' || next.position.state === "closed") return [];', ") return [];"],
    ["nor one without gates", "if (!isGated(course) || ", "if ("],
    ["the stop decision is asked for", "const stop = next.stopAsked ?", "const stop = !next.card ?"],
    ["and only then", "const stop = next.stopAsked ?", "const stop = next.card ?"],
    [
      "A27: a yes expires",
      "if (!isExpired(model, decision, seen.now) || !decision.registration) return held;",
      "if (decision) return held;",
    ],
    ["onContentChange: ignore", 'if (mode === "ignore") return course;', ""],
    [
      "onContentChange: void",
      'mode === "void" ? null : { ...decision.registration, content };',
      "{ ...decision.registration, content };",
    ],
    ["onContentChange: tell", 'mode === "void" ? null : { ...decision.registration, content };', "null;"],
    ["onContentChange: once", "{ ...decision.registration, content };", "decision.registration;"],
    [
      "what has ended is not held to its content",
      "if (ended || !registration) return undefined;",
      "if (!registration) return undefined;",
    ],
  ],
  "plan.ts": [
    [
      "a change that waits is left alone",
      "Object.entries(all).filter(([key]) => !(key in next.waiting))",
      "Object.entries(all)",
    ],
    [
      "so is a row",
      "if (decision.shown === null || decision.row in next.waiting) return [];",
      "if (decision.shown === null) return [];",
    ],
    [
      "what has ended gets no new row",
      'return decision.ended ? [] : [{ do: "create-row"',
      'return [{ do: "create-row"',
    ],
    ["a stray is voided", '{ status: "void", box: false },\n', "{},\n"],
    ["a card in the bin is left alone", "if (isAway(card)) return tells", "if (!card) return tells"],
    ["I5: bodies in another order are the same", "sameSet(card.bodies, all.bodies) ?", "card.bodies === all.bodies ?"],
    [
      "put back first, then tell",
      '    ...(Object.keys(patch).length > 0 ? [{ do: "write-card", card: card.id, patch } as const] : []),\n',
      '    ...tells.map((tell) => ({ do: "tell", tell }) as const),\n    ...(Object.keys(patch).length > 0 ? [{ do: "write-card", card: card.id, patch } as const] : []),\n',
    ],
    ["I5: only what differs is written", "JSON.stringify(shown[key]) !== JSON.stringify(value)", "value !== undefined"],
    ["I3: a row belongs to its card", "{ ...wanted, cards: [card] }", "wanted"],
  ],
  "shown.ts": [
    [
      "a disputed yes is not ticked",
      "box: registration !== null && !decision.disputed,",
      "box: registration !== null,",
    ],
    [
      "Klar when the requirements are met",
      "return statusOf(model, decision, ready);",
      "return statusOf(model, decision, true);",
    ],
    ["I5: Registreret af", "registeredBy: registration?.by ?? [],", "registeredBy: [],"],
    ["an ended row keeps its title", "decision.ended && decision.shown ? decision.shown.title :", ""],
  ],
  "take-edits.ts": [
    [
      "A29 names a person who touched it",
      "return persons(touching(seen.cardHints, [key]), seen.self).length > 0;",
      "return true;",
    ],
    ["and only what is put back", 'key === "task" || card.shown[key] !== wanted[key]', "key"],
    ["I4: also of a row", "was !== null && was !== is && is !== mustBe &&", "was !== null && was !== is &&"],
    [
      "a row's field that has not changed is no edit",
      "was !== null && was !== is && is !== mustBe &&",
      "was !== null && is !== mustBe &&",
    ],
  ],
  "after-write.ts": [
    [
      "I5: what nobody has judged is not known of a card",
      "    ...known,\n    ...picked(answer, [...keys, ...edit]),",
      "    ...answer,",
    ],
    ["I5: nor of a row", "return { ...known, ...picked(answer, [...Object.keys(patch), ...edit]) };", "return answer;"],
  ],
  "course.ts": [
    ["I4: what is being put back is not said again", "if (course.next.pending.includes(key)) return course;", ""],
    ["case 4: not repeated within half an hour", "  if (isRecent) return noted;\n", ""],
    ["case 4: to the same people", '[...about.actors].sort().join(" ")', '""'],
  ],
  "judge.ts": [
    [
      "ticks come before the move",
      "takeTicks, expire, takeGuarded, holdToContent, move,",
      "move, takeTicks, expire, takeGuarded, holdToContent,",
    ],
    ["guarded fields come before the move", "takeGuarded, holdToContent, move,", "move, takeGuarded, holdToContent,"],
    ["T17: a card in the bin is not judged", "isAway(seen.card) ? leave(known)", "!seen.card ? leave(known)"],
    ["T17: it is said once", "if (next.trashed) return course;", ""],
    ["nothing is waited for in the bin", "if (next.trashed) return null;", ""],
    [
      "a lost ledger is read back from the board",
      "seen.beforeService && !isCopy ? confirmedBy(",
      "!seen ? confirmedBy(",
    ],
    ["but not from a copy", "seen.beforeService && !isCopy ?", "seen.beforeService ?"],
  ],
  "calendar.ts": [
    ["closed days are no working days", "isWeekday(date) && !model.closedDates.has(date)", "isWeekday(date)"],
    [
      "nothing is sent in quiet periods",
      "isWorkingDay(model, date) && !isQuiet(model, date)",
      "isWorkingDay(model, date)",
    ],
    ["a quiet period may cross the turn of the year", "from <= it || it <= to", "false"],
    ["Fridays end early", "weekdayOf(date) === 5 ? sendUntilOnFriday : sendUntil", "sendUntil"],
    ["nothing is sent before the hour", "sendAt <= time && time < until", "time < until"],
    ["a month that is too short ends on its last day", "Math.min(day, last)", "day"],
    ["Saturday is a weekday to the law on the agenda", "weekdayOf(day) !== 0 && !model", "isWeekday(day) && !model"],
    ["a deadline that has passed is none", "if (deadline >= today) return", "return"],
    [
      "a night with two half past twos: the first",
      "[asUtc - DAY_MS, asUtc + DAY_MS]",
      "[asUtc + DAY_MS, asUtc - DAY_MS]",
    ],
  ],
  "reminders/round.ts": [
    ["nothing outside sending time", "if (!isSendingTime(facts.model, facts.now)) return [];", ""],
    ["one message a day to a person", "return !lately.today && (", "return ("],
    ["none about a card so soon after another", '(kind !== "nag" || ', "(true || "],
    ["one step or many: what was sent is known", "sent.push(...today.flatMap(sentBy));", ""],
  ],
  "reminders/due.ts": [
    ["nothing after it is of use", "if (reason.until !== null && situation.today > reason.until) return [];", ""],
    ["no occurrence twice to a person", "people.filter(({ user }) => !served.includes(user))", "people"],
    ["no level is skipped", "given ? given.step + 1 : 0", "given ? given.step + 2 : 0"],
    ["no burst after a stop: a step counts from the one before it", "given?.on ?? reason.from", "reason.from"],
    ["deadlines are pulled forward", '"deadline" ? pulledForward : pushedBack', '"deadline" ? pushedBack : pushedBack'],
    ["nags are pushed back", '"deadline" ? pulledForward : pushedBack', '"deadline" ? pulledForward : pulledForward'],
    [
      "a level that reaches nobody is passed over",
      "if (reached(situation, step.to.flatMap(reason.people)).length > 0) return",
      "return",
    ],
    ["an endless rule goes on", "rule.endless ? Math", "false ? Math"],
  ],
  "reminders/pending.ts": [
    [
      "what falls due later is not in the message on its way",
      ".filter(({ occurrence }) => occurrences.includes(occurrence))",
      "",
    ],
  ],
  "reminders/situation.ts": [
    ["INNO-3 before INNO-12", "numbers.compare(one.projectId, other.projectId) || ", ""],
    ["nothing about a card in the bin", "return card.accepted.trashed || (", "return ("],
    ["rest that was asked for", "until !== null && situation.today < until", "until === null"],
    ["rest ends on its day", "situation.today < until", "situation.today <= until"],
    ["only of cards that are worked on", 'it.accepted.position.state === "active" && !isSilent', "!isSilent"],
  ],
  "reminders/people.ts": [["nobody who has left", ".filter((user) => !gone.includes(user))", ""]],
  "reminders/effect-dates.ts": [
    ["the past is not asked for", "known <= due && (", "("],
    ["a measurement in time ends it", "measured === null || measured <", "measured !== null || '' <"],
    ["effect is followed in the last phase only", "start === null || !isInLastPhase(day, card)", "start === null"],
    ["what rests has no date", 'if (card.accepted.position.state !== "active") return null;', ""],
    ["what was asked for last comes before what is still to come", "effectAskedFor(day, card) ?? ", ""],
  ],
  "reminders/effect-rules.ts": [
    ["learning is asked for once there is an outcome", 'isFilled(fieldOf(situation, card, "outcome")) && ', ""],
    [
      "the last question about learning goes to the secretariat",
      'number === times ? "secretariat"',
      'number === times ? "leader"',
    ],
  ],
  "reminders/card-rules.ts": [
    ["a pause that was over when it was entered", "if (from < known) return [];", ""],
    ["a parked card's date counts while it is parked", 'card.accepted.position.state !== "parked" || ', ""],
    ["quiet counts from the last edit", "latest(touchedAt, noticed.position.at)", "noticed.position.at"],
    ["whoever owns a card is enough", 'if (people("owner").length > 0) return [];', ""],
  ],
  "reminders/gate-rules.ts": [
    ["a case on an agenda is not asked for", "return !unscheduled || ", "return true || "],
    ["a body that said no is not prepared for", 'statusOf(model, decision, false) === "declined"', "false"],
    ["too late for this meeting's reminder", "> pulledForward(model, from)) return [];", "> '9999') return [];"],
    ["approved means by all", "from === undefined || facts.missing.length > 0", "from === undefined"],
  ],
  "reminders/body-rules.ts": [
    [
      "a list about a body keeps no distance",
      'name: "meetingless",\n  kind: "overview"',
      'name: "meetingless",\n  kind: "nag"',
    ],
    [
      "an idea that a body was asked about has its answer coming",
      "card.accepted.decisions.every(({ ended }) => ended !== null) &&",
      "",
    ],
  ],
  "reminders/agenda.ts": [
    ["a meeting to come has left nothing open", "filter((date) => date < today)", "filter(() => true)"],
    ["an answer in words is an answer", 'if (status !== "waiting" && status !== "ready") return [];', ""],
  ],
};

/** The file's text with the mutant in it. Throws unless what it breaks stands there exactly once. */
export function broken(whole: string, [breaks, find, replace]: Mutant): string {
  const parts = whole.split(find);
  if (parts.length !== 2) throw new Error(`«${breaks}»: its text is there ${parts.length - 1} times`);
  return parts.join(replace);
}
