// SPDX-License-Identifier: EUPL-1.2
/** A webhook's secret, and while it is being changed the old one beside the new. */

/** What checks a signature with one secret, among what else it does. */
type Verifying = Readonly<{ verify(body: Uint8Array, signature: string | undefined): Promise<boolean> }>;

/**
 * The secrets that a setting holds: one; or several, with commas or line breaks between them. A secret that holds a comma
 * itself counts as it stands too.
 */
function secretsIn(setting: string): readonly string[] {
  const parts = setting
    .split(/[,\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return [...new Set([setting, ...parts])];
}

/** What takes an event that is signed with any of the secrets. */
export function withAnyOf<Inbound extends Verifying>(setting: string, open: (secret: string) => Inbound): Inbound {
  const [first, ...others] = secretsIn(setting).map(open);
  if (!first) return open(setting);
  return {
    ...first,
    async verify(body, signature) {
      const answers = await Promise.all([first, ...others].map((it) => it.verify(body, signature)));
      return answers.some((isOurs) => isOurs);
    },
  };
}
