// SPDX-License-Identifier: EUPL-1.2
/** docs/reminders.md: what the reminder rules do, asked afresh each time the page is written, and a year of it. */
import type { Model } from "../../src/model/model.ts";
import { allSection, rulesSection, textsSection } from "./rules-section.ts";
import type { Lived } from "./year.ts";
import { type YearFigures, yearSection } from "./year-section.ts";

export function reminderPage(model: Model, lived: Lived, figures: YearFigures, picture: string): string {
  return `<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Written by \`npm run reminders-year\`. Change the rules, not this page. -->

# Reminders

What the service reminds people of, when, and what ends it, by the rules of model version ${model.rules.modelVersion}. Every morning each card is
judged as it is then; nothing is planned ahead, and a reminder ends because its reason is gone. Why it is built like this:
[ADR 15](adr/0015-reminders.md). This page is not written by hand: its tables are what the rules answer when they are asked, and the
checks fail when page and rules differ (\`npm run reminders-year -- --check\`). Who would get what on a day, and why:
\`npm run remind -- --dry-run\`.

${allSection(model)}

${rulesSection(model)}

${yearSection(lived, figures, picture)}

${textsSection(model)}
`;
}
