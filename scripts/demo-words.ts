// SPDX-License-Identifier: EUPL-1.2
/** The service's log in words, for the demo's live line: what it did, and why. */

/** A judgement as the service logs it: the rules that applied and the steps that followed. */
export type Judged = Readonly<{ rules: readonly string[]; steps: readonly string[] }>;

const reasons: Readonly<Record<string, string>> = {
  adopted: "Kortet stod her, da Faseport kom til, og tages, som det står",
  copied: "Kopien begynder forfra i Idébanken",
  registered: "Et politisk ja er registreret",
  T1: "Porten er åben, og projektet er sat i gang",
  T2: "Porten er åben, og flytningen gælder",
  T3: "Porten er ikke åben, og kortet er sat tilbage",
  T4: "Et projekt går én fase ad gangen, og kortet er sat tilbage",
  T5: "Tilbage er altid tilladt; et ja længere fremme gælder ikke mere",
  T5u: "Flytningen er fortrudt i tide, og alt gælder som før",
  T6: "Et aktivt projekt skal have en fase, og kortet er sat tilbage",
  T7: "Projektet er parkeret",
  T8: "Projektet er i gang igen",
  T9: "Et parkeret projekt bliver i sin fase",
  T10: "Afslutning fra sidste fase",
  T11: "Afslutning før sidste fase",
  T12: "Et afsluttet projekt bliver afsluttet",
  T13: "Et politisk projekt begynder i Idébanken",
  T14: "Sporet har ingen porte, og flytningen gælder",
  T15: "Projektet er sat i spil politisk",
  T16: "Kun sekretariatet tager et projekt ud af det politiske spor",
  T17: "Papirkurv",
  A05: "Fluebenet er sat af en, der ikke kan sige ja for udvalget",
  A06: "Flere har rettet på én gang, så ingen ved, hvem der satte fluebenet",
  A08: "Mødet er ikke holdt endnu",
  A09: "Fluebenet og feltet Beslutning siger ikke det samme",
  A10: "En inhabil kan ikke registrere beslutningen",
  A11: "Fluebenet er sat af en, der ikke er medlem den dag",
  A19: "Et udvalg, der skal sige ja, kan ikke fjernes undervejs",
  A20: "Fasen findes ikke i modellen",
  A24: "En beslutning, der er lavet i hånden, tæller ikke",
  A27: "Et ja er blevet for gammelt",
  A29: "Et felt, som Faseport skriver, er sat tilbage",
  A30: "Ingen ved, hvem der satte fluebenet",
  B05: "Et ja er trukket tilbage",
  B06: "Et ja er trukket tilbage, efter at kortet er flyttet",
  B08: "Udvalget har udsat sagen",
  B09: "Udvalget har sagt nej",
  B26: "Et felt er ændret, efter at udvalget sagde ja",
  B27: "Et felt er ændret, så udvalget skal bekræfte sit ja",
};

const deeds: Readonly<Record<string, string>> = {
  "write-card": "kortet er rettet",
  "write-row": "en beslutning er rettet",
  "create-row": "en beslutning er oprettet",
  tell: "en besked er skrevet",
};

/** «Porten er ikke åben, og kortet er sat tilbage (T3, A01): kortet er rettet, en besked er skrevet.» */
export function inWords({ rules, steps }: Judged): string {
  const why = rules.length > 0 ? rules.map(reasonOf).join(". ") : "Kortets felter er bragt ajour";
  const did = [...new Set(steps)].map((step) => deeds[step] ?? step).join(", ");
  return did === "" ? `${why}.` : `${why}: ${did}.`;
}

/** A rule as it is logged: its id, for a refusal followed by its message's. */
function reasonOf(rule: string): string {
  const [id = rule] = rule.split(" ");
  const isNumbered = /^[A-Z]\d/u.test(rule);
  return `${reasons[id] ?? id}${isNumbered ? ` (${rule.replace(" ", ", ")})` : ""}`;
}
