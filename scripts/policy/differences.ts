// SPDX-License-Identifier: EUPL-1.2
/** How a page that was written differs from the one that should be: line by line, each under its heading. */

/** A line that only one of the two has: `-` written, `+` as it should be. Empty when they are equal. */
export function differences(written: string, wanted: string): readonly string[] {
  const [before, after] = [underHeadings(written), underHeadings(wanted)];
  const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
  const come = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  const found = [...gone, ...come];
  return found.length > 0 || written === wanted ? found : ["the same lines, in another order or number"];
}

/** «From Idébank: | Aktiv: same Fase | back T6 A13 |»: the same line may stand under several headings. */
function underHeadings(page: string): readonly string[] {
  let heading = "";
  return page.split("\n").map((line) => {
    if (line.startsWith("#")) heading = line.replace(/^#+ /u, "");
    return `${heading}: ${line}`;
  });
}
