import { expect, it } from "vitest";
import { compareDocuments } from "../../scripts/contract/compare-documents.ts";
import { dailySpo2, sleepPeriod } from "../../src/oura/schemas.ts";

const day = "2026-11-20";

it("finds no difference in documents that match our schemas, including sentinels and nulls", () => {
  const whole = { day, spo2_percentage: { average: 96.4 }, breathing_disturbance_index: 3 };
  const failedNight = { day, spo2_percentage: { average: 0 }, breathing_disturbance_index: null };
  expect(compareDocuments(dailySpo2, [whole, failedNight])).toEqual({
    documents: 2,
    unreadable: 0,
    absent: [],
    unread: [],
  });
});

it("treats 255 bpm as a gap if other nights have a heart rate, and as a difference if none has", () => {
  const night = (bpm: number) => ({ day, lowest_heart_rate: bpm });
  expect(compareDocuments(sleepPeriod, [night(255), night(52)]).unread).toEqual([]);
  expect(compareDocuments(sleepPeriod, [night(255), night(255)]).unread).toEqual(["lowest_heart_rate (number)"]);
});

it("names missing fields, fields of another type and documents without a day, but no value", () => {
  const found = compareDocuments(dailySpo2, [{ day, spo2_percentage: "96.4 %" }, { spo2_percentage: null }]);
  expect(found).toEqual({
    documents: 2,
    unreadable: 1,
    absent: ["breathing_disturbance_index"],
    unread: ["spo2_percentage (string)"],
  });
  expect(JSON.stringify(found)).not.toContain("96.4");
});
