// SPDX-License-Identifier: EUPL-1.2
/** Which webhook of a repository is the service's, and what it lacks. Nothing of anybody else's is touched. */

/** A repository's webhook. `answered`: the status of its last delivery; null: none yet, or nobody answered. */
export type Hook = Readonly<{
  id: number;
  url: string;
  contentType: string;
  events: readonly string[];
  active: boolean;
  hasSecret: boolean;
  answered: number | null;
}>;

export type HookPlan =
  | Readonly<{ kind: "kept"; id: number }>
  | Readonly<{ kind: "make"; url: string }>
  | Readonly<{ kind: "change"; id: number; url: string; because: readonly string[] }>
  /** Nobody has said where the service will be reached. */
  | Readonly<{ kind: "unknown" }>;

/** The only event that the service reads. */
export const hookEvent = "issues";

/** Where the service takes GitHub's events. */
export const hookPath = "/webhooks/github";

/**
 * `base` is the service's public address; null: the webhook that is there already is looked for by its path.
 * `isSecretKnown`: whether the service holds the secret that the webhook was made with; GitHub never shows it again.
 */
export function planHook(hooks: readonly Hook[], base: string | null, isSecretKnown: boolean): HookPlan {
  const ours = ownHooks(hooks, base);
  const [first] = ours;
  if (first === undefined) return base === null ? { kind: "unknown" } : { kind: "make", url: `${base}${hookPath}` };
  const because = [...shortcomings(first), ...(isSecretKnown ? [] : ["its secret is not known here"])];
  return because.length === 0
    ? { kind: "kept", id: first.id }
    : { kind: "change", id: first.id, url: first.url, because };
}

/** The webhooks that lead to the service: to this address, or to its path at any. */
export function ownHooks(hooks: readonly Hook[], base: string | null): readonly Hook[] {
  return hooks.filter(({ url }) => (base === null ? pathOf(url) === hookPath : url === `${base}${hookPath}`));
}

/** Why a webhook tells the service nothing, each a clause. */
export function shortcomings({ active, events, contentType, hasSecret }: Hook): readonly string[] {
  return [
    ...(active ? [] : ["it is switched off"]),
    ...(events.includes(hookEvent) || events.includes("*") ? [] : [`it does not send the event «${hookEvent}»`]),
    ...(contentType === "json" ? [] : [`it sends ${contentType} and not json`]),
    ...(hasSecret ? [] : ["it has no secret, so nothing it sends is believed"]),
  ];
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : "";
}
