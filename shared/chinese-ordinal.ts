/** 一 … 九十九, for numbered items. */
export function chineseOrdinal(n: number): string {
  const digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
  const tens = Math.floor(n / 10);
  const ones = digits[n % 10] ?? "";
  if (tens === 0) return ones;
  return `${tens === 1 ? "" : (digits[tens] ?? "")}十${ones}`;
}
