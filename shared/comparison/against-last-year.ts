import { percentHundredths, printHundredths } from "../money.ts";

/** A figure against last year's in words: 上年 10.00，增加 2.50，增长 25.00%. `print` writes 分 or a count. */
export function againstLastYear(
  { now, before }: { readonly now: number | undefined; readonly before: number },
  print: (value: number) => string,
): string {
  const last = `上年 ${print(before)}`;
  if (now === undefined) return last;
  if (now === before) return `${last}，持平`;
  const difference = now - before;
  const [moved, rate] = difference > 0 ? ["增加", "增长"] : ["减少", "下降"];
  const percent = percentHundredths(Math.abs(difference), Math.abs(before));
  const share = percent === undefined ? "" : `，${rate} ${printHundredths(percent)}%`;
  return `${last}，${moved} ${print(Math.abs(difference))}${share}`;
}
