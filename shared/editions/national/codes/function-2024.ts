/** 支出功能分类 2024: what is new since 2022 (社会工作事务, 超长期特别国债安排的支出). */
export const functionCodeChanges2024: Readonly<Record<string, string>> = {
  20139: "社会工作事务",
  2013901: "行政运行",
  2013950: "事业运行",
  2013999: "其他社会工作事务支出",
  22198: "超长期特别国债安排的支出",
  2219899: "其他住房保障支出",
};
