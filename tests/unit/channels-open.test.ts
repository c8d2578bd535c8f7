// SPDX-License-Identifier: EUPL-1.2
/** What the municipality has chosen must be there when the service starts; what it has not chosen is not opened. */
import { describe, expect, it } from "vitest";
import { type ChannelSettings, openChannels } from "../../src/channels/open.ts";
import { channelOfReminder, recipientOf } from "../../src/core/reminders/reach.ts";
import type { Reminder } from "../../src/core/reminders/round.ts";
import type { Model } from "../../src/model/model.ts";
import type { Municipality } from "../../src/model/municipality.ts";
import { anders, model, stranger } from "./core/fixtures.ts";

const withChannels = (channels: Partial<Municipality["channels"]>): Model => ({
  ...model,
  municipality: { ...model.municipality, channels: { ...model.municipality.channels, ...channels } },
});
const nothing: ChannelSettings = { mail: null, teams: new Map() };
const mail = { url: "smtp://mail.kommune.example", from: { name: "Faseport", address: "f@kommune.example" } };
const teams = new Map([["innovation", "https://teams.example/invoke"]]);

describe("what is chosen and not there is said, role by role", () => {
  it.each<readonly [Partial<Municipality["channels"]>, ChannelSettings, string]>([
    [{ owner: "email" }, nothing, "channels.owner in FASEPORT_KOMMUNE is email: needs SMTP_URL and MAIL_FROM"],
    [
      { approver: "teams:inovation" },
      { mail, teams },
      "channels.approver in FASEPORT_KOMMUNE is teams:inovation: TEAMS_WEBHOOKS has no inovation; known: innovation; did you mean innovation?",
    ],
    [
      { administrator: "teams:drift", leader: "email" },
      nothing,
      "channels.leader in FASEPORT_KOMMUNE is email: needs SMTP_URL and MAIL_FROM\nchannels.administrator in FASEPORT_KOMMUNE is teams:drift: TEAMS_WEBHOOKS has no drift; known: none",
    ],
  ])("%j", (channels, settings, says) => {
    expect(() => openChannels(settings, withChannels(channels))).toThrow(says);
  });

  it("nothing is chosen: nothing is needed", () => {
    expect(openChannels(nothing, model)("email")).toBeNull();
  });
});

it("what is chosen is open, once for all who have it; nothing else is", () => {
  const channels = openChannels({ mail, teams }, withChannels({ owner: "email", leader: "email" }));
  expect(channels("email")).not.toBeNull();
  expect(channels("email")).toBe(channels("email"));
  expect(channels("teams:innovation")).toBeNull();
});

describe("how a person is reached", () => {
  it("by name and address; one who is not in the list has none", () => {
    expect(recipientOf(model, anders)).toEqual({
      user: anders,
      name: "Anders Projektejer",
      email: "anders@kommune.example",
    });
    expect(recipientOf(model, stranger)).toEqual({ user: stranger, name: "en bruger, vi ikke kender", email: null });
  });

  it("by the channel of what comes first", () => {
    const items = [{ as: "leader" }, { as: "owner" }] as unknown as Reminder["items"];
    const rules = withChannels({ owner: "email", leader: "teams:innovation" });
    expect(channelOfReminder(rules, { person: anders, on: "2027-01-04", items })).toBe("teams:innovation");
  });
});
