import type { MetricId } from "../oura/metrics.ts";
import { squash } from "../words/code-words.ts";

/**
 * Words for the metrics that people ask about most, in ten languages besides English: German, French, Spanish,
 * Portuguese, Italian, Dutch, Swedish, Japanese, Chinese and Korean. Assistants usually translate a person's word into
 * a metric's name, but some pass the word on unchanged.
 */
const words: Partial<Record<MetricId, readonly string[]>> = {
  steps: [
    ...["Schritte", "pas", "nombre de pas", "pasos", "passos", "passi", "stappen", "steg"],
    ...["歩数", "步数", "步數", "걸음 수"],
  ],
  total_sleep: [
    ...["Schlafdauer", "Schlafzeit", "durée du sommeil", "temps de sommeil", "duración del sueño", "horas de sueño"],
    ...["duração do sono", "durata del sonno", "slaapduur", "sömntid", "sömnlängd"],
    ...["睡眠時間", "睡眠时间", "睡眠时长", "수면 시간"],
  ],
  deep_sleep: [
    ...[
      "Tiefschlaf",
      "sommeil profond",
      "sueño profundo",
      "sono profundo",
      "sonno profondo",
      "diepe slaap",
      "djupsömn",
    ],
    ...["深い睡眠", "深睡", "深度睡眠", "깊은 수면"],
  ],
  resting_heart_rate: [
    ...["Ruhepuls", "Ruheherzfrequenz", "fréquence cardiaque au repos", "frecuencia cardíaca en reposo"],
    ...[
      "frequência cardíaca em repouso",
      "frequenza cardiaca a riposo",
      "hartslag in rust",
      "rusthartslag",
      "vilopuls",
    ],
    ...["安静時心拍数", "静息心率", "靜息心率", "안정 시 심박수"],
  ],
  hrv: [
    ...["Herzfrequenzvariabilität", "variabilité de la fréquence cardiaque", "VFC"],
    ...["variabilidad de la frecuencia cardíaca", "variabilidade da frequência cardíaca"],
    ...[
      "variabilità della frequenza cardiaca",
      "hartslagvariabiliteit",
      "hjärtfrekvensvariabilitet",
      "pulsvariabilitet",
    ],
    ...["心拍変動", "心率变异性", "心率變異性", "심박 변이도"],
  ],
};

// The cast is safe because every id is a key of `words`.
const ids = new Map(
  Object.entries(words).flatMap(([id, list]) => list.map((word) => [squash(word), id as MetricId] as const)),
);

/**
 * Finds the metric that a word in another language means. Accents, capitals and spaces make no difference. Null when
 * the word is not listed.
 */
export function findMetricAbroad(name: string): MetricId | null {
  return ids.get(squash(name)) ?? null;
}
