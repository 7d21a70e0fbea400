import { createNames, splitCode } from "./code-words.ts";

/**
 * The tags of Oura's app, as people write them. Oura publishes no list of its tags' codes. This list comes from the app
 * and from records that people have published. A tag's code may join the words of its name ("latemeal") or separate
 * them ("late_meal").
 */
const appTags: readonly string[] = [
  // Tags for substances, food and drink.
  ...["alcohol", "beer", "wine", "liquor", "cocktail", "caffeine", "coffee", "tea", "energy drink", "nicotine"],
  ...["smoking", "cannabis", "CBD", "THC", "sugar", "dessert", "chocolate", "water", "hot water", "hydration"],
  ...["meal", "big meal", "heavy meal", "light meal", "spicy meal", "spicy food", "late meal", "late snack", "snack"],
  ...["fasting", "keto diet", "vegan diet", "plant based diet", "eating out", "fast food", "dairy", "gluten", "meat"],
  ...["late alcohol", "late caffeine", "late coffee", "no alcohol", "no caffeine", "no sugar", "no late meal"],
  // Tags for the evening and the bedroom.
  ...["late work", "late workout", "late exercise", "late night", "late screen time", "late screens", "screen time"],
  ...["no screens", "no screen time", "no late exercise", "no melatonin", "no nap", "blue blockers", "blue light"],
  ...["blue light blockers", "reading", "reading before bed", "wind down routine", "journaling", "television", "TV"],
  ...["gaming", "air conditioning", "air quality", "blackout curtains", "bright bedroom", "cool bedroom"],
  ...["dark bedroom", "hot bedroom", "cold bedroom", "ear plugs", "earplugs", "new bed", "night guard", "noise"],
  ...["noisy", "noisy bedroom", "shared bed", "sleep mask", "eye mask", "sleep solo", "sleep therapy", "sleep aid"],
  ...[
    "sunlight alarm",
    "alarm",
    "weighted blanket",
    "white noise",
    "CPAP",
    "mouth tape",
    "nasal strips",
    "pets in bed",
  ],
  ...["dreams", "vivid dreams", "insomnia", "jet lag", "night sweats", "nightmares", "snoring", "sleep apnea"],
  // Tags for activities.
  ...["acupuncture", "breathing", "breathing exercise", "breathwork", "car", "cold exposure", "cold plunge"],
  ...["cold shower", "evening sunlight", "morning sunlight", "sunlight", "sun", "float tank", "foam roller"],
  ...["full moon", "new moon", "heat training", "heat therapy", "high altitude", "home office", "hot bath", "hot tub"],
  ...["hot shower", "hotel", "ice bath", "light therapy", "red light therapy", "massage", "massage gun", "meditation"],
  ...[
    "muscle stimulator",
    "nap",
    "nature",
    "office",
    "outdoors",
    "party",
    "pets",
    "rest day",
    "sauna",
    "infrared sauna",
  ],
  ...[
    "shift work",
    "night shift",
    "social gathering",
    "steam room",
    "stretching",
    "study",
    "train",
    "travel",
    "airplane",
  ],
  ...["flight", "vacation", "holiday", "walk", "run", "work", "workout", "hard workout", "training", "exercise"],
  ...["strength training", "cardio", "yoga", "pilates", "race", "competition", "concert", "date night", "family time"],
  ...["friends", "chores", "cooking", "deadline", "meeting", "presentation", "exam", "commute", "driving", "moving"],
  // Tags for moods.
  ...["anger", "anxiety", "argument", "awe", "calm", "confidence", "connected", "crying", "depressed", "depression"],
  ...["emotionally exhausted", "energized", "excited", "focused", "gratitude", "grief", "happy", "in control"],
  ...["irritability", "joy", "lonely", "love", "low energy", "high energy", "low motivation", "mood swings"],
  ...["overwhelmed", "physically exhausted", "relaxed", "sad", "stress", "stressed", "stressful day", "relaxing day"],
  ...["tired", "worried"],
  // Tags for treatments and supplements.
  ...["antibiotics", "antihistamine", "aspirin", "beta blocker", "birth control", "blood donation", "chiropractic"],
  ...["collagen", "compression", "compression boots", "COVID-19 vaccine", "creatine", "cryotherapy", "dentist"],
  ...["doctor", "electrolytes", "emergency contraceptive", "flu shot", "GLP-1 medication", "hormonal treatment"],
  ...["hormone replacement therapy", "hospital", "hyperbaric oxygen therapy", "ibuprofen", "insulin", "iron"],
  ...["magnesium", "medication", "melatonin", "omega 3", "painkiller", "physiotherapy", "probiotics", "protein"],
  ...["sleeping pill", "sleeping aids", "supplement", "supplements", "surgery", "therapy", "vaccination", "vaccine"],
  ...["valerian", "vitamin C", "vitamin D", "vitamin D3", "vitamins", "zinc"],
  // Tags for symptoms and illnesses.
  ...["acne", "allergies", "allergy", "ankle swelling", "asthma", "back pain", "bloating", "chest pain", "chills"],
  ...["cold", "common cold", "confirmed COVID-19", "COVID-19", "constipation", "cough", "cramps", "diarrhea"],
  ...["difficulty concentrating", "dizziness", "erectile dysfunction", "fatigue", "feet swelling", "fever", "flu"],
  ...["food aversion", "food cravings", "food poisoning", "forgetfulness", "frequent urination", "hair thickening"],
  ...["hangover", "headache", "heartburn", "hot flashes", "indigestion", "inflammation", "injured", "injury"],
  ...["itchy skin", "joint pain", "knee pain", "leg pain", "lightheaded", "migraine", "muscle pain", "muscle soreness"],
  ...["nasal congestion", "nausea", "neck pain", "newly visible veins", "pain", "palpitations", "runny nose", "sick"],
  ...["sinus", "skin changes", "sneezing", "sore muscles", "sore throat", "soreness", "stomach ache", "stomach pain"],
  ...["urinary issues", "vision changes", "vomiting"],
  // Tags for the menstrual cycle, pregnancy and family.
  ...["baby care", "birth", "Braxton Hicks contractions", "breastfeeding", "C-section", "cervical mucus"],
  ...["contractions", "high sexual desire", "induced labor", "kids", "labor", "linea nigra", "low sexual desire"],
  ...["low sperm count", "mastitis", "menopause symptoms", "menstruation", "ovulation", "pelvic pain"],
  ...["perimenopause symptoms", "period", "Pitocin", "PMS", "positive LH test", "positive pregnancy test"],
  ...["postmenopause symptoms", "postpartum", "pregnancy", "pregnancy loss", "pregnant", "round ligament pain", "sex"],
  ...["intercourse", "spotting", "tender breasts", "vaginal birth", "vaginal discharge", "vaginal dryness"],
];

const names = createNames(appTags);

/**
 * Codes whose tag name begins with a word that looks like a prefix. The function {@link stemsOf} would remove this
 * word.
 */
const renamed: Readonly<Record<string, string>> = { tag_sleep_aid: "sleep aid" };

/**
 * - `known`: the code stands for a tag of Oura's app, or for a combination of words from the app's tags.
 * - `unknown`: the code has other words. An answer must quote these words, because another app or a person may have
 *   written them.
 * - `own`: the wearer made the tag, so it has no code.
 */
export type TagName = { kind: "known"; name: string } | { kind: "unknown"; words: string } | { kind: "own" };

/**
 * @example nameTag("tag_generic_nocaffeine") // { kind: "known", name: "no caffeine" }
 */
export function nameTag(code: string | null): TagName {
  const plain = code?.trim().toLowerCase() ?? "";
  if (code === null || plain === "" || plain === "custom") return { kind: "own" };
  const known = Object.hasOwn(renamed, plain) ? renamed[plain] : findName(stemsOf(code.trim()));
  if (known !== undefined) return { kind: "known", name: known };
  const words = splitCode(stemsOf(code.trim())[0] ?? code).join(" ");
  return words === "" ? { kind: "own" } : { kind: "unknown", words };
}

function findName(stems: readonly string[]): string | undefined {
  return firstNamed(stems, names.find) ?? firstNamed(stems, names.compose);
}

/**
 * A stem is a code without its prefix. After the first stem with a name, no further stem is tried, because composing a
 * name takes time.
 */
function firstNamed(stems: readonly string[], name: (stem: string) => string | null): string | undefined {
  for (const stem of stems) {
    const found = name(stem);
    if (found !== null) return found;
  }
  return undefined;
}

/**
 * Removes the prefix of a code, such as "tag_sleep_" in "tag_sleep_latemeal". Where the prefix ends is not certain, so
 * the result lists several possible remainders, the most likely first.
 */
export function stemsOf(code: string): string[] {
  const bare = code.replace(/^tag[_-]+/i, "");
  const stem = bare.replace(/^(?:generic|sleep|custom)[_-]+/i, "");
  const afterCategory = /^tag[_-]/i.test(code) ? /^[a-z]+[_-]+(.+)$/i.exec(bare)?.[1] : undefined;
  return [...new Set([stem, bare, ...(afterCategory === undefined ? [] : [afterCategory])])];
}
