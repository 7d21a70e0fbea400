import { createNames, splitCode, squash } from "./code-words.ts";

/**
 * For these activities of Oura's app, an answer can describe the effort by the number of steps that the ring counted.
 */
const withSteps: readonly string[] = [
  ...["walking", "walk", "nordic walking", "race walking", "power walking", "dog walking", "indoor walking"],
  ...["outdoor walking", "treadmill walking", "hiking", "hike", "trekking", "orienteering", "running", "run"],
  ...["trail running", "indoor running", "outdoor running", "track running", "treadmill running", "jogging"],
  ...["treadmill", "dancing", "dance", "ballet", "zumba", "social dance", "cardio dance", "ballroom dancing"],
  ...["American football", "Australian football", "badminton", "baseball", "basketball", "beach volleyball"],
  ...["bowling", "cricket", "field hockey", "floorball", "football", "futsal", "golf", "handball", "lacrosse"],
  ...["netball", "padel", "padel tennis", "pickleball", "racquetball", "rugby", "soccer", "softball", "squash"],
  ...["table tennis", "tennis", "volleyball"],
];

/** Activities of Oura's app in which people take no steps, or so few that steps do not describe the effort. */
const withoutSteps: readonly string[] = [
  ...["cycling", "indoor cycling", "outdoor cycling", "mountain biking", "road cycling", "biking", "spinning"],
  ...["e-biking", "hand cycling", "wheelchair", "swimming", "pool swimming", "open water swimming", "aqua fitness"],
  ...["water aerobics", "water polo", "water sports", "diving", "scuba diving", "snorkeling", "rowing"],
  ...["indoor rowing", "rowing machine", "kayaking", "canoeing", "paddling", "stand up paddling", "sailing", "surfing"],
  ...["windsurfing", "kitesurfing", "wakeboarding", "water skiing", "skiing", "downhill skiing", "alpine skiing"],
  ...["cross country skiing", "nordic skiing", "backcountry skiing", "roller skiing", "snowboarding", "snowshoeing"],
  ...["sledding", "skating", "ice skating", "inline skating", "roller skating", "skateboarding", "ice hockey"],
  ...["hockey", "curling", "strength training", "weight training", "weightlifting", "functional training"],
  ...["functional strength training", "traditional strength training", "core training", "core exercise", "bodyweight"],
  ...["circuit training", "cross training", "crossfit", "interval training", "high intensity interval training"],
  ...["HIIT", "cardio", "cardio training", "elliptical", "stair climbing", "stair exercise", "stairs", "step training"],
  ...["jump rope", "jumping rope", "trampoline", "aerobics", "gymnastics", "calisthenics", "pilates", "barre", "yoga"],
  ...["tai chi", "qigong", "stretching", "flexibility", "mobility", "cooldown", "warm up", "boxing", "kickboxing"],
  ...["martial arts", "judo", "karate", "wrestling", "fencing", "climbing", "rock climbing", "indoor climbing"],
  ...["bouldering", "horseback riding", "equestrian", "house work", "yard work", "gardening", "snow shoveling"],
  ...["cleaning", "fishing", "hunting", "archery", "frisbee", "disc golf", "motor sports", "mixed cardio"],
  ...["physiotherapy", "physical therapy", "meditation", "breathing", "sauna", "sex", "play", "other"],
  ...["fitness", "gym", "workout", "training", "sport", "sports"],
];

const names = createNames([...withSteps, ...withoutSteps]);
const stepNames = new Set(withSteps.map(squash));
/**
 * Words that decide whether people take steps in an activity that neither {@link withSteps} nor {@link withoutSteps}
 * lists. People take steps in such an activity if its name has a word of this set and no word of {@link notOnFoot}. For
 * example, people take steps in a "treadmill hike" but not in "water walking".
 */
const onFoot = new Set(["walking", "walk", "running", "run", "jogging", "hiking", "hike", "treadmill", "dancing"]);
const notOnFoot = new Set(["water", "aqua", "pool", "swimming", "swim", "cycling", "wheelchair", "skiing"]);

/**
 * @returns `name` is null for an activity that is not listed. The words of such an activity come from another app, so
 *   an answer must quote them.
 * @example nameActivity("houseWork") // { name: "house work", takesSteps: false }
 */
export function nameActivity(activity: string | null): { name: string | null; takesSteps: boolean } {
  if (activity === null) return { name: null, takesSteps: false };
  const name = names.find(activity) ?? names.compose(activity);
  const words = splitCode(name ?? activity);
  const isOnFoot = words.some((word) => onFoot.has(word)) && !words.some((word) => notOnFoot.has(word));
  return { name, takesSteps: isOnFoot || stepNames.has(squash(name ?? activity)) };
}
