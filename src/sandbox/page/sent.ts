// SPDX-License-Identifier: EUPL-1.2
/** «Sendte beskeder»: whom the service has written to, read from its comments that mention somebody. */
import type { CommentObjectResponse } from "@notionhq/client";
import type { Rules } from "../../model/rules.ts";
import type { NotionWorld } from "../world.ts";
import { commentParts, wordsOf } from "./comment-words.ts";
import { shortTime } from "./danish-dates.ts";
import { nameOf } from "./people-view.ts";
import { readText } from "./property-values.ts";
import type { SentView } from "./view.ts";

type SentWorld = Readonly<{ notion: NotionWorld; rules: Rules }>;

/** As many as somebody would look through; older ones are on their cards. */
const KEEP = 60;

/** Newest first. */
export function sentMessages(world: SentWorld): readonly SentView[] {
  const { notion, rules } = world;
  const all = notion
    .pages(notion.projects)
    .filter((page) => !page.in_trash)
    .flatMap((page) => {
      const cardTitle = readText(page.properties[rules.card.title.name]) || "Uden titel";
      return notion.commentsOf(page.id).flatMap((comment) => {
        const to = mentioned(world, comment);
        return to.length > 0 && comment.created_by.id === notion.bot.id
          ? [{ comment, to, card: page.id, cardTitle }]
          : [];
      });
    });
  return all
    .sort((a, b) => b.comment.created_time.localeCompare(a.comment.created_time))
    .slice(0, KEEP)
    .map(({ comment, ...about }) => ({
      ...about,
      id: comment.id,
      at: comment.created_time,
      time: shortTime(new Date(comment.created_time), rules.timeZone),
      text: referenceOf(comment),
      firstLine: wordsOf(comment).split("\n")[0] ?? "",
    }));
}

function mentioned(world: SentWorld, { rich_text: parts }: CommentObjectResponse): readonly string[] {
  const users = parts.flatMap((part) =>
    part.type === "mention" && part.mention.type === "user" ? [part.mention.user.id] : [],
  );
  return [...new Set(users)].map((user) => nameOf(world, user));
}

/** The text's id, such as P10; "" when the comment names none. */
function referenceOf(comment: CommentObjectResponse): string {
  const reference = commentParts(comment).find(({ kind }) => kind === "reference");
  return /\b[A-Z]\d\d[a-z]?\b/u.exec(reference?.text ?? "")?.[0] ?? "";
}
