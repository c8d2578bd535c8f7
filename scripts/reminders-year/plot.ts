// SPDX-License-Identifier: EUPL-1.2
/** The year as a picture: for each group a bar a week (an average person) and a line (whoever got most). The table says the same. */
import { average, type Figures, type Group, groups, type Week } from "./figures.ts";

const width = 760;
const panel = { height: 120, gap: 46, left: 44, right: 16, top: 84 } as const;
/** Messages a week that the scale ends with. */
const MOST = 5;

export function plot(figures: Readonly<Record<Group, Figures>>): string {
  const height = panel.top + groups.length * (panel.height + panel.gap);
  const said = groups.map((group) => `${group} ${average(figures[group]).toFixed(1)}`).join(", ");
  const panels = groups.map((group, index) => {
    return panelOf(group, figures[group], panel.top + index * (panel.height + panel.gap));
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">
<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Written by \`npm run reminders-year\`. -->
<title id="title">Messages for each person and week in a simulated year</title>
<desc id="desc">Four rows, one for each group of people. Bars: what an average person got in each week. Line: what the person who got most got. Averages over the year: ${said} a week. Nothing is sent in the weeks that are missing. The table beside the picture has every number.</desc>
<style>
text { font: 13px system-ui, sans-serif; fill: #1b1b1b }
.small { font-size: 11px; fill: #4a4a4a }
.grid { stroke: #c9c9c9; stroke-width: 1 }
.bar { fill: #2f6f9f }
.most { fill: none; stroke: #8a3b00; stroke-width: 2 }
.ground { fill: #ffffff }
</style>
<rect class="ground" width="${width}" height="${height}"/>
<text x="${panel.left}" y="24" style="font-weight:600">Messages for each person and week</text>
<rect class="bar" x="${panel.left}" y="36" width="10" height="10"/><text class="small" x="${panel.left + 16}" y="45">an average person</text>
<path class="most" d="M${panel.left + 130} 41h16"/><text class="small" x="${panel.left + 152}" y="45">whoever got most</text>
${panels.join("\n")}
</svg>
`;
}

function panelOf(group: Group, { people, weeks }: Figures, top: number): string {
  const bottom = top + panel.height;
  const step = (width - panel.left - panel.right) / 52;
  const x = ({ week }: Week) => panel.left + (Number(week.slice(-2)) - 1) * step;
  const y = (count: number) => bottom - (count / MOST) * panel.height;
  const grid = Array.from({ length: MOST + 1 }, (_, count) => {
    const at = round(y(count));
    return `<path class="grid" d="M${panel.left} ${at}H${width - panel.right}"/><text class="small" x="${panel.left - 8}" y="${at + 4}" text-anchor="end">${count}</text>`;
  });
  const bars = weeks.map((it) => {
    const at = y(it.total / people);
    return `<rect class="bar" x="${round(x(it) + 1)}" y="${round(at)}" width="${round(step - 2)}" height="${round(bottom - at)}"/>`;
  });
  const marks = [1, 10, 20, 30, 40, 50].map((week) => {
    return `<text class="small" x="${round(panel.left + (week - 0.5) * step)}" y="${bottom + 15}" text-anchor="middle">${week}</text>`;
  });
  return [
    `<text x="${panel.left}" y="${top - 8}">${group} (${people})</text>`,
    ...grid,
    ...bars,
    `<path class="most" d="${line(weeks, x, y, step)}"/>`,
    ...marks,
  ].join("\n");
}

/** Steps from week to week; broken where nothing may be sent. */
function line(weeks: readonly Week[], x: (week: Week) => number, y: (count: number) => number, step: number): string {
  return weeks
    .map((it, index) => {
      const before = weeks[index - 1];
      const follows = before !== undefined && Number(it.week.slice(-2)) === Number(before.week.slice(-2)) + 1;
      return `${follows ? "L" : "M"}${round(x(it))} ${round(y(it.most))}H${round(x(it) + step)}`;
    })
    .join("");
}

const round = (value: number) => Math.round(value * 10) / 10;
