import type { Question } from "./questions.ts";

/**
 * Sixty questions by somebody who had not read the tools' descriptions, and that nobody worded a description with: as
 * people talk, indirect, with slips, a dozen in other languages. Whoever changes a description leaves these unread.
 */
export const unseenQuestions: readonly Question[] = [
  {
    text: "I only want you looking at sleep stuff and nothing else. Is that how it's set up at the moment?",
    first: "oura_get_permissions",
  },
  { text: "Is my sleep getting any better?", first: "oura_get_trends" },
  { text: "Have I been hitting the hay later and later recently?", first: "oura_get_trends" },
  {
    text: "How did my sleep change during Ramadan relative to the month before it?",
    original: "Ramazan'dan önceki aya göre Ramazan'da uykum nasıl değişti?",
    first: "oura_compare_periods",
  },
  {
    text: "how does this week stack up against the previous one",
    first: "oura_get_trends",
    also: ["oura_compare_periods"],
  },
  {
    text: "Data nerd here: correlate everything I record with my overnight heart rate and rank it, strongest first, with the number of nights behind each",
    first: "oura_find_influences",
  },
  { text: "List everything I've noted about migraines", first: "oura_get_events" },
  { text: "What jumps out at you from the last fortnight?", first: "oura_detect_anomalies" },
  {
    text: "What time did I get up today and how many times did I wake in the night?",
    original: "O której dzisiaj wstałem i ile razy się budziłem w nocy?",
    first: "oura_get_sleep_sessions",
  },
  { text: "new mattress came on the 12th. was it worth the money?", first: "oura_compare_periods" },
  {
    text: "Is my HRV on the slide, and if it is, what's dragging it down?",
    first: "oura_get_trends",
    second: "oura_find_influences",
  },
  { text: "what size do i wear, my partner wants to get me a second one for christmas", first: "oura_get_device" },
  {
    text: "I was in Tokyo 1–10 October. How bad was that jet-lagged stretch next to an ordinary ten days at home?",
    first: "oura_compare_periods",
  },
  {
    text: "When did I first tag 'magnesium'? Take the month since then and hold it up against the month before",
    first: "oura_get_events",
    second: "oura_compare_periods",
  },
  {
    text: "Has my recovery been getting worse for weeks or am I imagining it? And if so, what is causing it?",
    original: "Wird meine Erholung seit Wochen schlechter oder bilde ich mir das ein? Und wenn ja, woran liegt es?",
    first: "oura_get_trends",
    second: "oura_find_influences",
  },
  {
    text: "Contrast the six weeks on the beta blocker with the six before it, then tell me which individual days were out of the ordinary",
    first: "oura_compare_periods",
    second: "oura_detect_anomalies",
  },
  { text: "how many times have i been swiming since easter", first: "oura_get_events" },
  { text: "Was I tossing and turning? My husband says I kicked him all nite", first: "oura_get_sleep_sessions" },
  {
    text: "something was off around the 10th i think, heart going too fast for no reason. can u confirm which day, then show me that day hour by hour",
    first: "oura_detect_anomalies",
    second: "oura_get_intraday",
  },
  {
    text: "Did I buy the gold or the silver one?? Lost it at the pool and need it for the insurance claim",
    first: "oura_get_device",
  },
  {
    text: "Find the oddest night of this winter and then walk me through it from lights out to alarm",
    first: "oura_detect_anomalies",
    second: "oura_get_sleep_sessions",
  },
  { text: "I had a kip on the sofa this afternoon, did it count?", first: "oura_get_sleep_sessions" },
  { text: "What time should I be turning in tonight?", first: "oura_get_daily_summary" },
  { text: "do evening gym sessions mess with my hrv", first: "oura_find_influences" },
  { text: "Is 62 low for me or is that just what I normally get for readiness?", first: "oura_get_daily_summary" },
  {
    text: "Was there a day last month that stuck out like a sore thumb, and did I jot anything down for it?",
    first: "oura_detect_anomalies",
    second: "oura_get_events",
  },
  {
    text: "How am I looking today? I feel like a wreck",
    original: "Come sto messo oggi? Mi sento uno straccio",
    first: "oura_get_daily_summary",
  },
  { text: "Are you hooked up to my Oura yet?", first: "oura_get_permissions" },
  {
    text: "When did my heart rate peak today, and had I logged any exercise or a note around then?",
    first: "oura_get_intraday",
    second: "oura_get_events",
  },
  { text: "how long was I sat on my backside this morning without walking anywhere", first: "oura_get_intraday" },
  {
    text: "I did graveyard shifts the first half of the month and earlies the second half. How different were the two stretches?",
    first: "oura_compare_periods",
  },
  {
    text: "I've just reconnected everything. Is it working now? If so give me my score for last night",
    first: "oura_get_permissions",
    second: "oura_get_daily_summary",
  },
  { text: "What helps me have a good night?", first: "oura_find_influences" },
  {
    text: "Tell me the firmware version of my ring",
    original: "リングのファームウェアのバージョンを教えて",
    first: "oura_get_device",
  },
  { text: "Am I always worse on a Sunday night because of work the next day?", first: "oura_find_influences" },
  {
    text: "What was my pulse this afternoon?",
    original: "Bugün öğleden sonra nabzım kaçtı?",
    first: "oura_get_intraday",
  },
  { text: "which days this month were way off from normal", first: "oura_detect_anomalies" },
  { text: "Does my profile still have my pre-pregnancy weight in it?", first: "oura_get_device" },
  {
    text: "Is the battery running flat? I think there's a hole in last night's recording around 3am, have a look",
    first: "oura_get_device",
    second: "oura_get_sleep_sessions",
  },
  {
    text: "I'm flying out tonight, 14 hours door to door. Will the thing die before I land or should I plug it in first?",
    first: "oura_get_device",
  },
  {
    text: "How long was I lying there staring at the ceiling on Sunday before I dropped off?",
    first: "oura_get_sleep_sessions",
  },
  { text: "am i getting fitter or am i kidding myself", first: "oura_get_trends" },
  { text: "I felt my chest pounding at about half four. Can you see anything?", first: "oura_get_intraday" },
  { text: "what was my pulse doing during the board meeting from 2 to 3 today", first: "oura_get_intraday" },
  { text: "Kids have all got flu. Is my body showing any sign of it yet?", first: "oura_detect_anomalies" },
  {
    text: "My daughter set all this up on the computer for me. Which of my information did she let you look at?",
    first: "oura_get_permissions",
  },
  {
    text: "did I get up a lot in the night? baby was crying at 2 and again at 4ish, and I can't remember the rest",
    first: "oura_get_sleep_sessions",
  },
  { text: "am I good to go hard today or should I take it easy", first: "oura_get_daily_summary" },
  { text: "What is robbing me of sleep?", original: "Was raubt mir den Schlaf?", first: "oura_find_influences" },
  {
    text: "What time was my spin class yesterday and how did my pulse behave while I was in it?",
    first: "oura_get_events",
    second: "oura_get_intraday",
  },
  { text: "it says you dont have acess to my heart rate, how do i fix that", first: "oura_get_permissions" },
  { text: "does wine wreck my sleep", first: "oura_find_influences" },
  {
    text: "Was yesterday as stressful as it felt? My toddler had a meltdown in the supermarket and then the boiler broke",
    first: "oura_get_daily_summary",
  },
  {
    text: "First 4 weeks with the newborn vs the last 4: am I getting more shut-eye? And is it still improving week on week?",
    first: "oura_compare_periods",
    second: "oura_get_trends",
  },
  { text: "what time did I actually nod off last night", first: "oura_get_sleep_sessions" },
  { text: "how often did I meditate in march", first: "oura_get_events" },
  { text: "How did I do yesterday?", first: "oura_get_daily_summary" },
  { text: "BPM between noon and 6pm on Tuesday, every 15 min please", first: "oura_get_intraday" },
  {
    text: "Show me everything I logged last week: workouts, notes, meditations",
    original: "Mostra-me tudo o que registei na semana passada: treinos, notas, meditações",
    first: "oura_get_events",
  },
  { text: "what can you actually see from my ring?", first: "oura_get_permissions" },
];
