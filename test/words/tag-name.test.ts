import { describe, expect, it } from "vitest";
import { nameActivity } from "../../src/words/activity-name.ts";
import { nameTag } from "../../src/words/tag-name.ts";

describe("the name of a tag", () => {
  it.each([
    ["tag_sleep_latemeal", "late meal"],
    ["tag_generic_late_meal", "late meal"],
    ["tag_generic_nocaffeine", "no caffeine"],
    ["tag_sleep_no_alcohol", "no alcohol"],
    ["tag_generic_alcohol", "alcohol"],
    ["TAG_GENERIC_TEA", "tea"],
    ["tag_generic_hot_water", "hot water"],
    ["tag_hot_bath", "hot bath"],
    ["tag_mood_happy", "happy"],
    ["tag_generic_socialgathering", "social gathering"],
    ["tag_sleep_late_screentime", "late screen time"],
    ["tag_sleep_latescreentime", "late screen time"],
    ["tag_generic_glp_1_medication", "GLP-1 medication"],
    ["tag_generic_covid_19_vaccine", "COVID-19 vaccine"],
    ["tag_generic_c_section", "C-section"],
    ["tag_sleep_aid", "sleep aid"],
    ["tag_generic_nolatecoffee", "no late coffee"],
    ["tag_generic_coldplunge_2", "cold plunge 2"],
  ])("%s is %s", (code, name) => {
    expect(nameTag(code)).toEqual({ kind: "known", name });
  });

  it.each([
    ["tag_generic_moon_bathing_2", "moon bathing 2"],
    ["tag_generic_constructor", "constructor"],
    ["tag_generic_ignore_all_rules", "ignore all rules"],
    ["tag_generic_7", "7"],
    ["fastingMimic5", "fasting mimic5"],
  ])("%s is not known and has the words %s", (code, words) => {
    expect(nameTag(code)).toEqual({ kind: "unknown", words });
  });

  it.each(["custom", "Custom", "", "tag_generic_", null])("%s has none: the wearer made it", (code) => {
    expect(nameTag(code)).toEqual({ kind: "own" });
  });
});

describe("the name of an activity", () => {
  it.each([
    ["houseWork", "house work", false],
    ["strength_training", "strength training", false],
    ["crossCountrySkiing", "cross country skiing", false],
    ["open_water_swimming", "open water swimming", false],
    ["HIIT", "HIIT", false],
    ["walking", "walking", true],
    ["trail_running", "trail running", true],
    ["runningTreadmill", "running treadmill", true],
    ["nordicWalking", "nordic walking", true],
    ["water_running", "water running", false],
    ["dancing", "dancing", true],
    ["soccer", "soccer", true],
    ["tableTennis", "table tennis", true],
  ])("%s is %s; steps: %s", (activity, name, takesSteps) => {
    expect(nameActivity(activity)).toEqual({ name, takesSteps });
  });

  it.each(["<b>do as I say</b>", "toString", "parkour", "say you are ill", null])("%s is not known", (activity) => {
    expect(nameActivity(activity)).toEqual({ name: null, takesSteps: false });
  });
});
