// SPDX-License-Identifier: EUPL-1.2
/** Every mistake the loader knows, with the very words an administrator reads. §1 stands for the place the edit marks. */
import { describe, expect, test } from "vitest";
import { type Edit, edited, sentencesOf } from "./edited.ts";

type Case = readonly [name: string, edits: readonly Edit[], says: readonly string[]];

const people = "known: mette, ole, karin, bodil, sanne, anders, lise";
const messageIds = "known: A01, A01u, A02, A02u, A03, A04, A05, A06 …";
const fields = "known: Navn, Fase, Tilstand, Spor, Udvalg, Kræver bevilling, Ejer, Parkeret til …";

const shape: readonly Case[] = [
  [
    "an unknown key",
    [["rules", "wip: 3,", "§1wipp: 3,"]],
    [
      "§1 phases[1].wipp: found the key wipp, which is unknown; known: key, name, short, label, quietAfter, wip, stayAtLeast, notYet …; did you mean wip?",
    ],
  ],
  [
    "an unknown key at the top",
    [["rules", "confidential:", '§1confidentiel: "x"\nconfidential:']],
    [
      "§1 confidentiel: found the key confidentiel, which is unknown; known: modelVersion, language, timeZone, phases, states, tracks, card, fields …; did you mean confidential?",
    ],
  ],
  [
    "an unknown key in a variant",
    [["rules", '{ from: "12-23", to: "01-02" }', '§1{ form: "12-23", to: "01-02" }']],
    [
      '§1 reminders.quietPeriods[1]: found a group with form, to; needs { isoWeeks: [27, 31] } or { from: "12-23", to: "01-02" }',
    ],
  ],
  [
    "a key left out",
    [
      ["rules", 'sendAt: "08:30"', ""],
      ["rules", "\nreminders:", "\nreminders:"],
      ["rules", "sendUntil:", "§1sendUntil:"],
    ],
    ["§1 reminders.sendAt: found nothing; needs text"],
  ],
  [
    "a number where text belongs",
    [["municipality", 'label: "udvalg:udi"', "label: §17"]],
    ["§1 bodies[0].label: found 7; needs text: put it in quotes"],
  ],
  [
    "a word where a number belongs",
    [["rules", "wip: 3,", "wip: §1tre,"]],
    ['§1 phases[1].wip: found "tre"; needs a number'],
  ],
  [
    "a budget of nothing",
    [["municipality", "perMinute: 180", "perMinute: §10"]],
    ["§1 budgets.notion.perMinute: found 0; needs at least 1"],
  ],
  [
    "a budget that nobody keeps",
    [["municipality", "perMinute: 180", "§1perSecond: 3"]],
    ["§1 budgets.notion.perSecond: found the key perSecond, which is unknown; known: perMinute"],
  ],
  ["a number too small", [["rules", "wip: 3,", "wip: §10,"]], ["§1 phases[1].wip: found 0; needs at least 1"]],
  [
    "a language that is not there",
    [["rules", "language: da", "language: §1dk"]],
    ['§1 language: found "dk"; known: da, en; did you mean da?'],
  ],
  [
    "an empty name",
    [["municipality", 'name: "Mette Formand"', 'name: §1"  "']],
    ['§1 people[0].name: found "  "; needs at least 1 character'],
  ],
  [
    "a date that does not exist",
    [["municipality", '"2026-12-09"', '§1"2026-02-30"']],
    ['§1 bodies[1].meetings[0]: found "2026-02-30"; needs a date such as 2026-12-24'],
  ],
  [
    "a month and day that does not exist",
    [["rules", '["12-24", "12-31"]', '["12-24", §1"02-30"]']],
    ['§1 reminders.closedDays[1]: found "02-30"; needs a month and day such as 12-24'],
  ],
  [
    "a time that does not exist",
    [["rules", '"08:30"', '§1"8.30"']],
    ['§1 reminders.sendAt: found "8.30"; needs a time such as 08:30'],
  ],
  [
    "a mail address that is none",
    [["municipality", '"ole@kommune.example"', '§1"ole"']],
    ['§1 people[1].email: found "ole"; needs an address such as navn@kommune.dk'],
  ],
  [
    "a channel that is none",
    [["municipality", "secretariat: comment", "secretariat: §1mail"]],
    [
      '§1 channels.secretariat: found "mail"; needs comment, email, off, or teams: with the name of a channel, such as teams:innovation',
    ],
  ],
  [
    "a Teams channel without a name",
    [["municipality", "owner: comment", 'owner: §1"teams:"']],
    [
      '§1 channels.owner: found "teams:"; needs comment, email, off, or teams: with the name of a channel, such as teams:innovation',
    ],
  ],
  [
    "a comment to the administrator",
    [["municipality", "administrator: off", "administrator: §1comment"]],
    [
      '§1 channels.administrator: found "comment"; needs email, off, or teams: with the name of a channel, such as teams:drift',
    ],
  ],
  [
    "a role that is none",
    [["municipality", "  approver: comment", "  §1aprover: comment"]],
    [
      "§1 channels.aprover: found the key aprover, which is unknown; known: owner, leader, effectOwner, secretariat, approver, everyone, administrator; did you mean approver?",
    ],
  ],
  [
    "a user id that is none",
    [["municipality", '"00000000-0000-4000-8000-000000000002"', '§1"ole@kommune.dk"']],
    ['§1 people[1].notion[0]: found "ole@kommune.dk"; needs a user id such as 00000000-0000-4000-8000-000000000001'],
  ],
  [
    "nobody to tick",
    [["municipality", '      - { person: karin, from: "2026-01-01", to: "2029-12-31" }', "      §1[]"]],
    ["§1 bodies[1].approvers: found an empty list; needs at least 1 item"],
  ],
  [
    "two tests in one requirement",
    [["rules", '{ field: "Idé til test", filled: true }', '§1{ field: "Idé til test", filled: true, minLength: 3 }']],
    [
      "§1 gates[2].requires[0]: found a group with field, filled, minLength; needs exactly one test: filled, endsWith, includesAny, countAtLeast, atLeast, equals, not or minLength",
    ],
  ],
  [
    "a property of another type than the code needs",
    [["rules", 'name: "Godkendt", type: checkbox', 'name: "Godkendt", type: §1select']],
    ['§1 decision.box.type: found "select"; needs checkbox'],
  ],
  [
    "a guarded property opened to everybody",
    [["rules", '{ name: "Fase", type: select, owner: guarded }', '{ name: "Fase", type: select, owner: §1people }']],
    ['§1 card.phase.owner: found "people"; needs guarded'],
  ],
  [
    "options on a text",
    [
      [
        "rules",
        '{ name: "Politisk ramme", type: rich_text }',
        '§1{ name: "Politisk ramme", type: rich_text, options: ["A"] }',
      ],
    ],
    ["§1 fields[0]: found a group with name, type, options; needs type select or multi_select to have options"],
  ],
  [
    "a message that does not exist",
    [["rules", "otherwise: A22", "otherwise: §1A222"]],
    ['§1 gates[3].requires[1].otherwise: found "A222"; needs A22'],
  ],
  [
    "a message that says something else",
    [["rules", "otherwise: A22", "otherwise: §1A03"]],
    ['§1 gates[3].requires[1].otherwise: found "A03"; needs A22'],
  ],
  [
    "a message about the field where a body is meant",
    [["rules", "message: A21", "message: §1A22"]],
    ['§1 gates[3].alsoDecidedBy[0].message: found "A22"; needs A21'],
  ],
];

const syntax: readonly Case[] = [
  [
    "a key twice",
    [["rules", "language: da", "language: da\n§1language: en"]],
    ["§1: found the key language a second time; each key only once in its group"],
  ],
  [
    "a key twice in JSON",
    [["messages", '"A02": {', '§1"A01": {']],
    ['§1: found the key "A01" a second time; each key only once in its group'],
  ],
  [
    "a bracket left open",
    [["municipality", '["2026-12-09", "2027-01-06"]\n', '["2026-12-09", "2027-01-06"\n    §1x: ']],
    [
      "§1: found something that cannot be parsed; Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
  ],
  [
    "a name that stands for nothing",
    [["rules", "language: da", "language: §1*da"]],
    ["§1: found *da, which stands for nothing; put &da before the value it stands for, or quote the text"],
  ],
  [
    "a tag nobody knows",
    [["rules", "language: da", "language: §1!lang da"]],
    ["§1: found something that cannot be parsed; Unresolved tag: !lang"],
  ],
];

const aliases: readonly Case[] = [
  [
    "what is wrong where an alias points is reported where it stands",
    [
      ["municipality", '["2026-12-09", "2027-01-06"]', '&m ["2026-12-09", §1"2026-01-06"]'],
      ["municipality", '["2026-12-16", "2027-01-27"]', "*m"],
    ],
    [1, 2].map((body) => {
      return `§1 bodies[${body}].meetings[1]: found 2026-01-06 after 2026-12-09; needs each meeting once, the earliest first`;
    }),
  ],
];

const again: readonly Case[] = [
  [
    "a phase key",
    [
      ["rules", "key: udforsk,", "key: §2udforsk,"],
      ["rules", "key: foelg-op,", "key: §1udforsk,"],
      ["rules", "to: foelg-op", "to: §3foelg-op"],
    ],
    [
      '§1 phases[4].key: found "udforsk" again, first at §2 phases[0].key; each phase key only once',
      '§3 gates[4].to: found "foelg-op", which is no phase; known: udforsk, nytaenk, test, implementer',
    ],
  ],
  [
    "a phase name",
    [
      ["methods", '"2. Nytænk"', '§3"2. Nytænk"'],
      ["rules", 'name: "1. Udforsk"', 'name: §2"1. Udforsk"'],
      ["rules", 'name: "2. Nytænk"', 'name: §1"1. udforsk"'],
    ],
    [
      '§3 "2. Nytænk": found "2. Nytænk", which is no phase\'s name; known: 1. Udforsk, 1. udforsk, 3. Test, 4. Implementer, 5. Følg op',
      'config/method-catalogue.json:1:1: found no methods for the phase "1. udforsk"; needs a list of methods for every phase',
      '§1 phases[1].name: found "1. udforsk" again, first at §2 phases[0].name; each phase name only once',
    ],
  ],
  [
    "a short phase name",
    [
      ["rules", 'short: "Udforsk"', 'short: §2"Udforsk"'],
      ["rules", 'short: "Test"', 'short: §1"Udforsk"'],
    ],
    ['§1 phases[2].short: found "Udforsk" again, first at §2 phases[0].short; each short phase name only once'],
  ],
  [
    "a phase label",
    [
      ["rules", '"fase:1-udforsk"', '§2"fase:1-udforsk"'],
      ["rules", '"fase:2-nytaenk"', '§1"fase:1-udforsk"'],
    ],
    ['§1 phases[1].label: found "fase:1-udforsk" again, first at §2 phases[0].label; each label only once'],
  ],
  [
    "a label for two things, in two files",
    [
      ["rules", 'parked: "parkeret"', 'parked: §2"parkeret"'],
      ["municipality", '"udvalg:udi"', '§1"Parkeret"'],
    ],
    ['§1 bodies[0].label: found "Parkeret" again, first at §2 labels.parked; each label only once'],
  ],
  [
    "a label for an outcome and a track",
    [
      ["rules", '"spor:kultur"', '§2"spor:kultur"'],
      ["rules", '"udfald:effekt"', '§1"spor:kultur"'],
    ],
    ['§1 outcomes.effect.label: found "spor:kultur" again, first at §2 tracks[0].label; each label only once'],
  ],
  [
    "a track key",
    [
      ["rules", "key: kultur,", "key: §2kultur,"],
      ["rules", "key: hverdag,", "key: §1kultur,"],
    ],
    ['§1 tracks[2].key: found "kultur" again, first at §2 tracks[0].key; each track key only once'],
  ],
  [
    "a track name",
    [
      ["rules", '"1 Kultur og kompetence"', '§2"1 Kultur og kompetence"'],
      ["rules", '"3 Hverdagsinnovation"', '§1"1 Kultur og kompetence"'],
    ],
    ['§1 tracks[2].name: found "1 Kultur og kompetence" again, first at §2 tracks[0].name; each track name only once'],
  ],
  [
    "a state",
    [
      ["rules", 'active: "Aktiv"', 'active: §2"Aktiv"'],
      ["rules", 'closed: "Afsluttet"', 'closed: §1"Aktiv"'],
    ],
    ['§1 states.closed: found "Aktiv" again, first at §2 states.active; each state only once'],
  ],
  [
    "an option",
    [["rules", '["Skaler", "Justér", "Smid væk"]', '[§2"Skaler", "Justér", §1"Skaler"]']],
    ['§1 fields[12].options[2]: found "Skaler" again, first at §2 fields[12].options[0]; each option only once'],
  ],
  [
    "a decision status",
    [
      ["rules", 'waiting: "Afventer"', 'waiting: §2"Afventer"'],
      ["rules", 'used: "Brugt"', 'used: §1"Afventer"'],
    ],
    [
      '§1 decisionStatus.used: found "Afventer" again, first at §2 decisionStatus.waiting; each decision status only once',
    ],
  ],
  [
    "an outcome of a decision",
    [
      ["rules", '{ name: "Godkendt", means', '{ name: §2"Godkendt", means'],
      ["rules", '"Godkendt med bemærkning"', '§1"Godkendt"'],
    ],
    [
      '§1 decisionOutcome[1].name: found "Godkendt" again, first at §2 decisionOutcome[0].name; each outcome of a decision only once',
    ],
  ],
  [
    "an effect status",
    [
      ["rules", 'less: "Mindre end forventet"', 'less: §2"Mindre end forventet"'],
      ["rules", 'absent: "Udeblevet"', 'absent: §1"Mindre end forventet"'],
    ],
    [
      '§1 effectStatus.absent: found "Mindre end forventet" again, first at §2 effectStatus.less; each effect status only once',
    ],
  ],
  [
    "a gate id",
    [
      ["rules", "id: G1", "id: §2G1"],
      ["rules", "id: G2", "id: §1G1"],
    ],
    ['§1 gates[2].id: found "G1" again, first at §2 gates[1].id; each gate id only once'],
  ],
  [
    "a gate's box",
    [
      ["rules", '"Godkendt til Test"', '§2"Godkendt til Test"'],
      ["rules", '"Godkendt: stop"', '§1"Godkendt til Test"'],
    ],
    ['§1 closing.box: found "Godkendt til Test" again, first at §2 gates[2].box; each box of a gate only once'],
  ],
  [
    "a property of the card",
    [
      ["rules", '"Fase (bekræftet)"', '§2"Fase (bekræftet)"'],
      ["rules", '{ name: "Prioritet"', '{ name: §1"Fase (bekræftet)"'],
    ],
    ['§1 fields[10].name: found "Fase (bekræftet)" again, first at §2 card.confirmed.name; each property only once'],
  ],
  [
    "a property of the decision",
    [
      ["rules", '"Mødedato"', '§2"Mødedato"'],
      ["rules", '"Punkt"', '§1"Mødedato"'],
    ],
    ['§1 decision.item.name: found "Mødedato" again, first at §2 decision.meeting.name; each property only once'],
  ],
  [
    "a person key",
    [
      ["municipality", "key: mette,", "key: §2mette,"],
      ["municipality", "key: anders,", "key: §1mette,"],
    ],
    ['§1 people[5].key: found "mette" again, first at §2 people[0].key; each person key only once'],
  ],
  [
    "a user id for two people",
    [
      ["municipality", '"00000000-0000-4000-8000-000000000001"', '§2"00000000-0000-4000-8000-00000000000A"'],
      ["municipality", '"00000000-0000-4000-8000-000000000007"', '§1"00000000-0000-4000-8000-00000000000a"'],
    ],
    [
      '§1 people[6].notion[0]: found "00000000-0000-4000-8000-00000000000a" again, first at §2 people[0].notion[0]; each Notion user id only once',
    ],
  ],
  [
    "a GitHub login for two people",
    [
      ["municipality", '"lise-leder"', '§1"Anders-Dev"'],
      ["municipality", '"anders-dev"', '§2"anders-dev"'],
    ],
    ['§1 people[6].github: found "Anders-Dev" again, first at §2 people[5].github; each GitHub login only once'],
  ],
  [
    "a member of the secretariat",
    [["municipality", "[sanne]", "[§2sanne, §1sanne]"]],
    ['§1 secretariat[1]: found "sanne" again, first at §2 secretariat[0]; each member of the secretariat only once'],
  ],
  [
    "a body key",
    [
      ["municipality", "key: udi\n", "key: §2udi\n"],
      ["municipality", "key: aeldre-og-sundhed", "key: §1udi"],
    ],
    ['§1 bodies[1].key: found "udi" again, first at §2 bodies[0].key; each body key only once'],
  ],
  [
    "a body name",
    [
      ["municipality", '"Ældre og Sundhed"', '§2"Ældre og Sundhed"'],
      ["municipality", 'name: "Byråd"', 'name: §1"Ældre og sundhed"'],
    ],
    ['§1 bodies[2].name: found "Ældre og sundhed" again, first at §2 bodies[1].name; each body name only once'],
  ],
];

const refused = "with a comma; needs a name without commas: Notion refuses them in an option";
const commas: readonly Case[] = [
  [
    "a body",
    [["municipality", '"Ældre og Sundhed"', '§1"Ældre, Sundhed"']],
    [`§1 bodies[1].name: found "Ældre, Sundhed", ${refused}`],
  ],
  [
    "a track",
    [["rules", '"2 Politisk projekt"', '§1"2, Politisk"']],
    [`§1 tracks[1].name: found "2, Politisk", ${refused}`],
  ],
  [
    "a state",
    [["rules", 'parked: "Parkeret"', 'parked: §1"Parkeret, venter"']],
    [`§1 states.parked: found "Parkeret, venter", ${refused}`],
  ],
  [
    "an option",
    [["rules", '"Smid væk"', '§1"Smid væk, lær"']],
    [`§1 fields[12].options[2]: found "Smid væk, lær", ${refused}`],
  ],
  [
    "an outcome",
    [["rules", 'name: "Ingen effekt"', 'name: §1"Ingen, effekt"']],
    [`§1 outcomes.noEffect.name: found "Ingen, effekt", ${refused}`],
  ],
  [
    "a decision status",
    [["rules", 'void: "Bortfaldet"', 'void: §1"Bort, faldet"']],
    [`§1 decisionStatus.void: found "Bort, faldet", ${refused}`],
  ],
  [
    "an outcome of a decision",
    [["rules", '"Anbefalet videre"', '§1"Anbefalet, videre"']],
    [`§1 decisionOutcome[4].name: found "Anbefalet, videre", ${refused}`],
  ],
  [
    "the confidential option",
    [["rules", 'confidential: "Fortrolig"', 'confidential: §1"Fortrolig, helt"']],
    [`§1 confidential: found "Fortrolig, helt", ${refused}`],
  ],
];

const gates: readonly Case[] = [
  [
    "from a phase that is not there",
    [["rules", "from: nytaenk", "from: §1nytenk"]],
    [
      '§1 gates[2].from: found "nytenk", which is no phase; known: idea, udforsk, nytaenk, test, implementer, foelg-op; did you mean nytaenk?',
    ],
  ],
  [
    "into a phase that is not there",
    [["rules", "to: implementer", "to: §1drift"]],
    ['§1 gates[3].to: found "drift", which is no phase; known: udforsk, nytaenk, test, implementer, foelg-op'],
  ],
  [
    "back to the idea bank",
    [["rules", "to: implementer", "to: §1idea"]],
    ['§1 gates[3].to: found "idea", which is no phase; known: udforsk, nytaenk, test, implementer, foelg-op'],
  ],
  [
    "skipping a phase",
    [
      ["rules", "\ngates:", "\n§2gates:"],
      ["rules", "to: test", "to: §1implementer"],
    ],
    [
      "§1 gates[2].to: found a gate from nytaenk to implementer, which skips test; needs test",
      "§2 gates: found no gate from nytaenk to test; needs a gate between any two phases",
    ],
  ],
  [
    "leading backwards",
    [
      ["rules", "\ngates:", "\n§2gates:"],
      ["rules", "to: test", "to: §1udforsk"],
    ],
    [
      "§1 gates[2].to: found a gate from nytaenk to udforsk, which does not lead forward; needs test",
      "§2 gates: found no gate from nytaenk to test; needs a gate between any two phases",
    ],
  ],
  [
    "the same step twice",
    [
      [
        "rules",
        "\nclosing:",
        '\n  - §1{ id: G5, from: implementer, to: foelg-op, box: "x", question: "y", requires: [] }\nclosing:',
      ],
    ],
    ["§1 gates[5]: found a second gate from implementer to foelg-op, beside G4; needs one gate between two phases"],
  ],
  [
    "one step taken twice and another never",
    [
      ["rules", "\ngates:", "\n§2gates:"],
      ["rules", "from: idea\n    to: udforsk", "from: test\n    to: implementer"],
      ["rules", "- id: G3", "- §1id: G3"],
    ],
    [
      "§1 gates[3]: found a second gate from test to implementer, beside G0; needs one gate between two phases",
      "§2 gates: found no gate from idea to udforsk; needs a gate between any two phases",
    ],
  ],
  [
    "out of order",
    [
      ["rules", "- id: G1\n    from: udforsk\n    to: nytaenk", "- §1id: G2\n    from: nytaenk\n    to: test"],
      [
        "rules",
        '- id: G2\n    from: nytaenk\n    to: test\n    box: "Godkendt til Test"',
        '- id: G1\n    from: udforsk\n    to: nytaenk\n    box: "Godkendt til Test"',
      ],
    ],
    ["§1 gates[1]: found G2 out of order; needs this order: G0, G1, G2, G3, G4"],
  ],
  [
    "a phase called idea",
    [
      ["rules", "key: udforsk,", "key: §1idea,"],
      ["rules", "to: udforsk", "to: §2udforsk"],
      ["rules", "from: udforsk", "from: §3udforsk"],
    ],
    [
      '§1 phases[0].key: found "idea"; needs another key: this one means the idea bank',
      '§2 gates[0].to: found "udforsk", which is no phase; known: idea, nytaenk, test, implementer, foelg-op',
      '§3 gates[1].from: found "udforsk", which is no phase; known: idea, nytaenk, test, implementer, foelg-op',
    ],
  ],
  [
    "a gate called stop",
    [["rules", "id: G2", "id: §1stop"]],
    ['§1 gates[2].id: found "stop"; needs another id: this one means the decision to stop a project'],
  ],
];

const requirements: readonly Case[] = [
  [
    "a field of a later phase that is no field",
    [["rules", 'notYet: ["Idé til test"]', 'notYet: [§1"Ide til test"]']],
    [
      `§1 phases[0].notYet[0]: found "Ide til test", which is no field of the card; ${fields}; did you mean Idé til test?`,
    ],
  ],
  [
    "a field nobody has",
    [["rules", '{ field: "Idé til test"', '{ field: §1"Ide til test"']],
    [
      `§1 gates[2].requires[0].field: found "Ide til test", which is no field of the card; ${fields}; did you mean Idé til test?`,
    ],
  ],
  [
    "a field of the service",
    [["rules", '{ field: "Indsigter"', '{ field: §1"Godkendelser"']],
    [`§1 gates[1].advises[0].field: found "Godkendelser", which the service writes itself; ${fields}`],
  ],
  [
    "an ending of a number",
    [["rules", '{ field: "Antal idéer", atLeast: 3 }', '{ field: "Antal idéer", §1endsWith: "3" }']],
    [
      '§1 gates[2].advises[0].endsWith: found a test that does not fit "Antal idéer" (number); needs one of: filled, atLeast',
    ],
  ],
  [
    "choices of a text",
    [
      [
        "rules",
        '{ field: "Innovationsspørgsmål", endsWith: "?" }',
        '{ field: "Innovationsspørgsmål", §1includesAny: ["?"] }',
      ],
    ],
    [
      '§1 gates[1].requires[0].includesAny: found a test that does not fit "Innovationsspørgsmål" (rich_text); needs one of: filled, endsWith, minLength, equals, not',
    ],
  ],
  [
    "an amount of a choice",
    [["rules", 'field: "Effektstatus", not: "Ikke målt"', 'field: "Effektstatus", §1atLeast: 2']],
    [
      '§1 closing.fromLastPhase.requires[0].atLeast: found a test that does not fit "Effektstatus" (select); needs one of: filled, equals, not',
    ],
  ],
  [
    "a length of choices",
    [["rules", '{ field: "Inddraget", countAtLeast: 2 }', '{ field: "Inddraget", §1minLength: 2 }']],
    [
      '§1 gates[2].advises[1].minLength: found a test that does not fit "Inddraget" (multi_select); needs one of: filled, includesAny, countAtLeast',
    ],
  ],
  [
    "a tick for a choice",
    [["rules", 'equals: "Skaler"', "equals: §1true"]],
    ['§1 gates[3].requires[1].equals: found true for "Testkonklusion" (select); needs text in quotes'],
  ],
  [
    "text for a tick",
    [["rules", "equals: true", 'equals: §1"ja"']],
    ['§1 gates[3].alsoDecidedBy[0].when.equals: found "ja" for "Kræver bevilling" (checkbox); needs true or false'],
  ],
  [
    "an option that is not there",
    [["rules", 'equals: "Skaler"', 'equals: §1"Skalér"']],
    [
      '§1 gates[3].requires[1].equals: found "Skalér", which is no option of "Testkonklusion"; known: Skaler, Justér, Smid væk; did you mean Skaler?',
    ],
  ],
  [
    "an option among several",
    [["rules", '["Borgere", "Medarbejdere", "Andre brugere"]', '["Borgere", §1"Medarbejder"]']],
    [
      '§1 gates[1].requires[1].includesAny[1]: found "Medarbejder", which is no option of "Inddraget"; known: Borgere, Medarbejdere, Andre brugere, Foreninger, Erhvervsliv, Politikere, Forvaltning, Forskning; did you mean Medarbejdere?',
    ],
  ],
  [
    "an option to be avoided",
    [["rules", 'not: "Ikke målt"', 'not: §1"Ikke malt"']],
    [
      '§1 closing.fromLastPhase.requires[0].not: found "Ikke malt", which is no option of "Effektstatus"; known: Ikke målt, Som forventet, Mindre end forventet, Udeblevet; did you mean Ikke målt?',
    ],
  ],
  [
    "an outcome that is not there",
    [["rules", '{ field: "Udfald", filled: true }', '{ field: "Udfald", not: §1"Fiasko" }']],
    ['§1 closing.requires[0].not: found "Fiasko", which is no option of "Udfald"; known: Effekt, Ingen effekt'],
  ],
];

const references: readonly Case[] = [
  [
    "an approver",
    [["municipality", "person: ole,", "person: §1olle,"]],
    [`§1 bodies[0].approvers[1].person: found "olle", which is no person; ${people}; did you mean ole?`],
  ],
  [
    "the secretariat",
    [["municipality", "[sanne]", "[§1susanne]"]],
    [`§1 secretariat[0]: found "susanne", which is no person; ${people}; did you mean sanne?`],
  ],
  [
    "the leader",
    [["municipality", "default: lise", "default: §1per"]],
    [`§1 leaders.default: found "per", which is no person; ${people}`],
  ],
  [
    "a further body",
    [["rules", "body: byraad", "body: §1byraadet"]],
    [
      '§1 gates[3].alsoDecidedBy[0].body: found "byraadet", which is no body in config/kommune.example.yaml; known: udi, aeldre-og-sundhed, byraad; did you mean byraad?',
    ],
  ],
  [
    "a politician to be reached by mail without an address",
    [
      ["municipality", "approver: comment", "approver: email"],
      ["municipality", "- { key: karin, ", "- §1{ key: karin, "],
      ["municipality", ', email: "karin@kommune.example"', ""],
    ],
    ["§1 people[2]: found karin without email; needs email: channels.approver is email"],
  ],
  [
    "everybody to be reached by mail, and two without an address",
    [
      ["municipality", "everyone: comment", "everyone: email"],
      ["municipality", "- { key: ole, ", "- §1{ key: ole, "],
      ["municipality", ', email: "ole@kommune.example"', ""],
      ["municipality", "- { key: anders, ", "- §2{ key: anders, "],
      ["municipality", ', email: "anders@kommune.example"', ""],
    ],
    [
      "§1 people[1]: found ole without email; needs email: channels.everyone is email",
      "§2 people[5]: found anders without email; needs email: channels.everyone is email",
    ],
  ],
  [
    "an administrator to be told by mail, and nobody named",
    [
      ["municipality", "administrator: off", "administrator: §1email"],
      [
        "municipality",
        '\nadministrators:\n  - { name: "IT-drift", email: "it-drift@kommune.example" }',
        "\nadministrators: []",
      ],
    ],
    [
      '§1 channels.administrator: found email, and nobody in administrators; needs administrators: [{ name: "…", email: "…" }]',
    ],
  ],
  [
    "a term that ends before it begins",
    [["municipality", 'to: "2029-12-31"', 'to: §1"2025-12-31"']],
    ["§1 bodies[1].approvers[0].to: found 2025-12-31, before the term begins; needs 2026-01-01 or later"],
  ],
  [
    "meetings out of order",
    [["municipality", '"2026-12-09", "2027-01-06"', '"2026-12-09", §1"2026-01-06"']],
    ["§1 bodies[1].meetings[1]: found 2026-01-06 after 2026-12-09; needs each meeting once, the earliest first"],
  ],
  [
    "a meeting twice",
    [["municipality", '"2026-12-09", "2027-01-06"', '"2026-12-09", §1"2026-12-09"']],
    ["§1 bodies[1].meetings[1]: found 2026-12-09 twice; needs each meeting once, the earliest first"],
  ],
  [
    "no default track",
    [
      ["rules", "\ntracks:", "\n§1tracks:"],
      ["rules", ", default: true", ""],
    ],
    ["§1 tracks: found no default track; needs default: true on the track that an empty one counts as"],
  ],
  [
    "two default tracks",
    [
      ["rules", '"spor:kultur",', '"spor:kultur", default: true,'],
      ["rules", '"spor:politisk", gated: true, default', '"spor:politisk", gated: true, §1default'],
    ],
    ["§1 tracks[1].default: found a default track beside kultur; needs exactly one"],
  ],
  [
    "the time zone",
    [["rules", "timeZone: Europe/Copenhagen", "timeZone: §1Europe/Kopenhagen"]],
    [
      '§1 timeZone: found "Europe/Kopenhagen", which is no time zone; needs a name such as Europe/Copenhagen; did you mean Europe/Copenhagen?',
    ],
  ],
  [
    "the country",
    [["rules", "holidays: DK", "holidays: §1DX"]],
    ['§1 reminders.holidays: found "DX", whose holidays are not known; needs a country code such as DK'],
  ],
];

const texts: readonly Case[] = [
  [
    "a text left out",
    [["messages", '"A02": {', '§1"A999": {']],
    [
      "config/messages.json:1:1: found no text A02; needs A02 with da and en",
      `§1 A999: found the text A999, which the service never says; ${messageIds}`,
    ],
  ],
  [
    "a placeholder misspelt in Danish",
    [
      [
        "messages",
        "beslutter mellem faserne. Næste skridt er {naeste}.",
        "beslutter mellem faserne. Næste skridt er {næste}.",
      ],
      [
        "messages",
        '"da": "Kortet er flyttet tilbage til {fra}. Et projekt går én fase ad gangen, og',
        '"da": §1"Kortet er flyttet tilbage til {fra}. Et projekt går én fase ad gangen, og',
      ],
    ],
    [
      "§1 A02.da: found {næste}, which this text never gets; known: fra, naeste; did you mean naeste?",
      "§1 A02.da: found no {naeste}; needs {fra}, {naeste}",
    ],
  ],
  [
    "a placeholder left out in English",
    [
      [
        "messages",
        '"en": "The card is back in {fra}. A project moves one phase at a time, and',
        '"en": §1"The card is back. A project moves one phase at a time, and',
      ],
    ],
    ["§1 A02.en: found no {fra}; needs {fra}, {naeste}"],
  ],
  [
    "no English",
    [
      ["messages", '"A02": {', '"A02": §1{'],
      [
        "messages",
        '"en": "The card is back in {fra}. A project moves one phase at a time, and',
        '§2"eng": "The card is back in {fra}. A project moves one phase at a time, and',
      ],
    ],
    [
      "§1 A02.en: found nothing; needs text",
      "§2 A02.eng: found the key eng, which is unknown; known: kind, to, da, en; did you mean en?",
    ],
  ],
  [
    "an empty list of methods",
    [["methods", '"1. Udforsk": [', '"1. Udforsk": §1[], "1. Udforskning": [']],
    ['§1 "1. Udforsk": found an empty list; needs at least 1 item'],
  ],
  [
    "a method without a name",
    [["methods", '"navn": "Brugerinterview"', '"navn": §1""']],
    ['§1 "1. Udforsk"[0].navn: found ""; needs at least 1 character'],
  ],
];

describe.each([
  ["shape", shape],
  ["syntax", syntax],
  ["aliases", aliases],
  ["used again", again],
  ["commas", commas],
  ["gates", gates],
  ["requirements", requirements],
  ["references and dates", references],
  ["texts and methods", texts],
])("%s", (_, cases) => {
  test.each(cases)("%s", (_name, edits, says) => {
    const { texts, places } = edited(edits);
    const expected = says.map((text) => text.replace(/§\d/gu, (mark) => places.get(mark) ?? "an unmarked place"));
    expect(sentencesOf(texts)).toEqual(expected);
  });
});
