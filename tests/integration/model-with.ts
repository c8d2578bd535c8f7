// SPDX-License-Identifier: EUPL-1.2
/** The example municipality's model with some of its rules otherwise. */
import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { buildModel } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";

/** Parts of the rules' file: a map is laid over the one that is there, anything else takes its place. */
export type Overrides = Readonly<{ [key: string]: unknown }>;

/** The model as it would be loaded had the rules' file said this. Throws ModelError when the file may not say it. */
export function modelWith(rules: Overrides): Model {
  const text = (file: string) => ({ file, text: readFileSync(file, "utf8") });
  const file = "config/furesoe.yaml";
  return buildModel({
    rules: { file, text: stringify(overlaid(parse(text(file).text), rules)) },
    municipality: text("config/kommune.example.yaml"),
    messages: text("config/messages.json"),
    methods: text("config/method-catalogue.json"),
  });
}

/** One laid over the other, map by map. */
export function overlaid(base: Overrides, over: Overrides): Overrides {
  const both = (one: unknown, other: unknown) => (isMap(one) && isMap(other) ? overlaid(one, other) : other);
  return { ...base, ...Object.fromEntries(Object.entries(over).map(([key, it]) => [key, both(base[key], it)])) };
}

function isMap(value: unknown): value is Overrides {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
