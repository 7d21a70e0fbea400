import type { tools } from "../../src/tools/index.ts";

export type ToolName = (typeof tools)[number]["name"];

/** A question as a person would put it, and the tool an assistant should reach for. */
export interface Question {
  /** In English; for the questions in other languages what a translator makes of them. */
  text: string;
  original?: string;
  first: ToolName;
  /** A second tool, where one cannot answer the whole. */
  second?: ToolName;
  /** Tools that would be as right a first choice. */
  also?: readonly ToolName[];
}

const permissions = "oura_get_permissions";
const device = "oura_get_device";
const daily = "oura_get_daily_summary";
const sleep = "oura_get_sleep_sessions";
const intraday = "oura_get_intraday";
const trends = "oura_get_trends";
const anomalies = "oura_detect_anomalies";

/**
 * Questions the tools' descriptions were worded with: sixty about seven tools, eighteen about the three that came later.
 * What they score is a floor against regressions; what unseen questions score is the measurement.
 */
export const questions: readonly Question[] = [
  { text: "How did I sleep last night?", first: daily },
  { text: "What's my readiness today?", first: daily },
  { text: "How many steps did I take yesterday?", first: daily },
  { text: "Was Tuesday a stressful day for me?", first: daily },
  { text: "How many calories did I burn on Saturday?", first: daily },
  { text: "List my activity scores for the past two weeks.", first: daily },
  { text: "What was my blood oxygen on 12 November?", first: daily },
  { text: "When should I go to bed tonight?", first: daily },
  { text: "How old is my heart, according to the ring?", first: daily },
  { text: "Give me a rundown of how my body is doing today.", first: daily },
  { text: "Is my resilience solid or just adequate at the moment?", first: daily },
  {
    text: "How well recovered am I today?",
    original: "¿Qué tal estoy de recuperación hoy?",
    first: daily,
  },

  { text: "What time did I fall asleep and wake up on Sunday?", first: sleep },
  { text: "How much REM and deep sleep did I get in the night of the 14th?", first: sleep },
  { text: "Did I take any naps this week?", first: sleep },
  { text: "How long did it take me to drift off last night?", first: sleep },
  { text: "Show me my sleep stages hour by hour through last night.", first: sleep },
  { text: "Did I toss and turn on Friday night?", first: sleep },
  { text: "What was my heart rate variability while I slept on the 3rd?", first: sleep },
  { text: "Did that long nap on Sunday spoil my readiness score?", first: sleep, second: daily },
  {
    text: "When did I go to bed yesterday?",
    original: "Wann bin ich gestern ins Bett gegangen?",
    first: sleep,
  },
  {
    text: "How long did I lie awake last night?",
    original: "Combien de temps suis-je resté éveillé cette nuit ?",
    first: sleep,
  },

  { text: "What was my pulse at three in the afternoon yesterday?", first: intraday },
  { text: "How high did my heart rate go during this morning's run?", first: intraday },
  { text: "During which hour did I walk the most yesterday?", first: intraday },
  { text: "Plot my heart rate from noon to six.", first: intraday },
  { text: "Did my heart race in the meeting between ten and eleven?", first: intraday },
  { text: "How many steps had I taken by lunchtime?", first: intraday },
  {
    text: "What was my highest heart rate of the day on Monday, and did I sleep badly after it?",
    first: intraday,
    second: sleep,
  },
  {
    text: "How fast was my heart beating during the workout yesterday evening?",
    original: "Hur snabbt slog hjärtat under träningspasset i går kväll?",
    first: intraday,
  },

  { text: "Is my sleep getting better?", first: trends },
  { text: "Has my resting heart rate gone down since the summer?", first: trends },
  { text: "Am I walking more than last month?", first: trends },
  { text: "Compare this week's HRV with last week's.", first: trends },
  { text: "How has my readiness developed over the last three months?", first: trends },
  { text: "Is my deep sleep declining?", first: trends },
  { text: "Is my HRV falling, and were there days it was way off?", first: trends, second: anomalies },
  {
    text: "Has my resting pulse improved compared with last month?",
    original: "Il mio battito a riposo è migliorato rispetto al mese scorso?",
    first: trends,
  },
  {
    text: "Have I been going to bed later and later over the past weeks?",
    original: "Czy w ostatnich tygodniach chodzę spać coraz później?",
    first: trends,
  },

  { text: "Was anything strange in my data this month?", first: anomalies },
  { text: "Could I be coming down with something?", first: anomalies },
  { text: "Which nights stood out in October?", first: anomalies },
  { text: "Are there any warning signs in my numbers?", first: anomalies },
  { text: "Has my body temperature been abnormal lately?", first: anomalies },
  { text: "What was odd about the 5th?", first: anomalies },
  {
    text: "Have I had any unusual days lately?",
    original: "Onko minulla ollut viime aikoina poikkeavia päiviä?",
    first: anomalies,
  },
  {
    text: "Am I getting sick?",
    original: "Será que estou ficando doente?",
    first: anomalies,
  },

  { text: "How much charge does my ring have left?", first: device },
  { text: "Which generation of ring am I wearing?", first: device },
  { text: "What ring size do I have?", first: device },
  { text: "Is the battery going to last until tomorrow?", first: device },
  { text: "When did I set up this ring?", first: device },
  { text: "What weight have I told Oura?", first: device },
  {
    text: "What colour is my ring?",
    original: "Welke kleur heeft mijn ring?",
    first: device,
  },

  { text: "What are you able to see of my Oura data?", first: permissions },
  { text: "Is my Oura account connected?", first: permissions },
  { text: "How do I let you see my workouts too?", first: permissions },
  { text: "Which kinds of data have I not shared with you?", first: permissions },
  { text: "Why are you not allowed to look at my stress?", first: permissions },
  {
    text: "Which of my data can you read?",
    original: "私のどのデータを読むことができますか?",
    first: permissions,
  },

  {
    text: "When did I last go cycling?",
    original: "Quand est-ce que j'ai fait du vélo pour la dernière fois ?",
    first: "oura_get_events",
  },
  { text: "When did I last put down that I'd been drinking?", first: "oura_get_events" },
  { text: "I gave up smoking on 3 March. Before vs after, any difference?", first: "oura_compare_periods" },
  {
    text: "Compare April with May, please",
    original: "Compara abril con mayo, por favor",
    first: "oura_compare_periods",
  },
  {
    text: "Does coffee after 4 do anything to me? I've been ticking it off in the app for ages so there should be plenty to go on",
    first: "oura_find_influences",
  },
  {
    text: "I switched the ring to rest when I had covid in February. From when till when was that?",
    first: "oura_get_events",
  },
  { text: "is there any link between what time I turn in and how rested I am", first: "oura_find_influences" },
  {
    text: "Why does my heart beat faster on certain nights? Is it because of alcohol?",
    original: "Por que meu coração fica mais acelerado em certas noites? É por causa do álcool?",
    first: "oura_find_influences",
  },
  { text: "this time last year vs now, how do I look", first: "oura_compare_periods" },
  {
    text: "Did our break in Crete do me any good? 5-19 June versus the two weeks leading up to it",
    first: "oura_compare_periods",
  },
  {
    text: "How did I sleep during my holiday compared with the week before?",
    original: "Hur sov jag under semestern jämfört med veckan innan?",
    first: "oura_compare_periods",
  },
  { text: "what workouts have i done this week", first: "oura_get_events" },
  {
    text: "look up which day I ran the half marathon and tell me how I slept the night after",
    first: "oura_get_events",
    second: "oura_get_sleep_sessions",
  },
  { text: "put january next to february", first: "oura_compare_periods" },
  {
    text: "Tell me what's behind my rubbish nights, and then whether things picked up after I cut out late dinners on 1 May, against April",
    first: "oura_find_influences",
    second: "oura_compare_periods",
  },
  { text: "Which of my habits are hurting me the most?", first: "oura_find_influences" },
  {
    text: "Do the days I mark as period go hand in hand with a higher pulse overnight?",
    first: "oura_find_influences",
  },
  {
    text: "How many times did I go running this month?",
    original: "Ile razy biegałem w tym miesiącu?",
    first: "oura_get_events",
  },
];
