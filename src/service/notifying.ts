// SPDX-License-Identifier: EUPL-1.2
/** How the administrator is told of what concerns the board as a whole: in the log at once, and where they are reached, by a job. */
import type { Logger } from "pino";
import type { OutsideChannels } from "../channels/open.ts";
import { render } from "../core/messages.ts";
import type { NoticeTold } from "../core/notice.ts";
import { administratorsOf } from "../core/notice-letter.ts";
import type { Administrator } from "../delivery/tell-administrator.ts";
import type { Producer } from "../jobs/queues.ts";
import type { Model } from "../model/model.ts";

/** Where the administrator is reached beside the log; null: nowhere. */
export function administratorOf(model: Model, channels: OutsideChannels): Administrator | null {
  const { administrator: name } = model.municipality.channels;
  const channel = name === "off" ? null : channels(name);
  return channel && { channel, to: administratorsOf(model) };
}

type Notifying = Readonly<{ log: Logger; model: Model; producer: Producer }>;

/** The job has a queue of its own, so that nothing waits for it. One that is lost here is put in at the next start, or the next morning. */
export function notifier({ log, model, producer }: Notifying): (told: NoticeTold) => void {
  const isWritten = model.municipality.channels.administrator !== "off";
  return (told) => {
    logNotice(log, model, told);
    if (isWritten)
      producer.add("notice", {}).catch((err: unknown) => log.warn({ err }, "the administrator is written to later"));
  };
}

/** The administrator's own line, in the words of the texts. It names no card by its title and quotes nothing. */
function logNotice(log: Logger, model: Model, { notice, is, cause }: NoticeTold): void {
  const { id, topic, said, holds } = notice;
  const about = { notice: id, topic, message: said.id, ...(cause && { err: cause }) };
  if (is === "over") log.info(about, `no longer so: ${render(model, said)}`);
  else log[holds || topic === "phases" ? "error" : "warn"](about, render(model, said));
}
