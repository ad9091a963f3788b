/** A deadline; overdue ones say so in words, not by colour alone. */
export function Due({ date }: { date: string | undefined }) {
  if (date === undefined) return "—";
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
  return date < today ? <span className="late">{date} 已逾期</span> : date;
}
