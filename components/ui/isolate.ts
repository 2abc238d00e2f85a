/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * Marks a right-to-left name inside a sentence, so that it keeps its direction and does not reorder the words around it.
 * For elements use `<bdi>` or `dir="auto"`. Other names stay unchanged, so that texts can be searched.
 */
export function isolate(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}
