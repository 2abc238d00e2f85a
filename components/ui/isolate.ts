/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * A name within a sentence that is one text: marked so that it stands in its own direction and turns nothing around it.
 * Where there are elements, `<bdi>` or `dir="auto"` does it. Other names stay as they are, so that a text can be searched.
 */
export function isolate(name: string): string {
  return RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}
