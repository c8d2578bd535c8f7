// SPDX-License-Identifier: EUPL-1.2
/** How far work in bulk has come, for a person at a terminal: a bar and an estimate of the time left. */

const WIDTH = 30;

export type Progress = Readonly<{ done: number; total: number; elapsedMs: number }>;

/** «[#####     ] 12 of 250 cards · about 2 min left». */
export function progressLine({ done, total, elapsedMs }: Progress): string {
  const filled = total === 0 ? WIDTH : Math.floor((WIDTH * done) / total);
  const bar = `[${"#".repeat(filled)}${" ".repeat(WIDTH - filled)}]`;
  return `${bar} ${done} of ${total} cards · ${timeLeft({ done, total, elapsedMs })}`;
}

/** From the pace so far; a first card says too little to guess from. */
function timeLeft({ done, total, elapsedMs }: Progress): string {
  if (done >= total) return "done";
  if (done < 2) return "time left not known yet";
  const seconds = Math.ceil(((total - done) * elapsedMs) / done / 1000);
  if (seconds < 60) return `about ${seconds} s left`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min left`;
  return `about ${(seconds / 3600).toFixed(1)} h left`;
}

/** Shows progress on a terminal by rewriting one line; elsewhere by a line for each tenth. */
export function progressOn(stream: NodeJS.WriteStream): (progress: Progress) => void {
  let shown = -1;
  return (progress) => {
    if (stream.isTTY) {
      stream.write(`\r${progressLine(progress)}\u001B[K${progress.done >= progress.total ? "\n" : ""}`);
      return;
    }
    const tenth = progress.total === 0 ? 10 : Math.floor((10 * progress.done) / progress.total);
    if (tenth > shown) stream.write(`${progressLine(progress)}\n`);
    shown = Math.max(shown, tenth);
  };
}
