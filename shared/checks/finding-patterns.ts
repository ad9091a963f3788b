import type { FindingKind } from "./finding.ts";

/** What a finding of each kind says; what is in braces comes from its figures and places. */
export const findingPatterns = {
  not_equal: "{填列}，应为{应有数}{算式}，{多少}{差额}",
  rounding: "{处数}与应有数{至多}相差{差额}，为四舍五入尾差",
  above: "{实有数}超过{限额所在}{限额}，超出{差额}",
  deviates: "{实有数}，较{比较数}{增减额}，{幅度}",
  negative: "填列为负数{实有数}",
  missing: "未填列或为0{对应数}",
  unexpected: "填列为{实有数}，而{所在}未填列或为0",
  missing_row: "缺少本行{对应行}",
  form_fault: "{表式问题}",
  not_itemised: "未列示到项级科目",
  not_sum_of_units: "{填列}，所属单位合计加调整表应为{应有数}，{多少}{差额}",
  taken_off_one_side: "调整表抵销收入{实有数}，抵销支出{应有数}，相差{差额}",
  other_budget: "“{科目}”是{预算}的支出科目，不列在此处",
  code_of_other_years: "科目“{科目}”{起止年度}",
  name_of_other_years: "科目名称“{科目}”只用到{年度}年度，本年度为“{现名}”",
  wrong_column: "“{科目}”填列了{实有数}，该科目只列{所在栏}",
  not_of_such_units:
    "填列为{实有数}，而所列单位均为行政单位或参照公务员法管理的事业单位，一般没有此项",
  unusual_average: "按{所在}平均为{实有数}，超过通常的{限额}",
  unit_slip: "{实有数}与上年数{上年数}相差约{倍数}倍",
} as const satisfies Record<FindingKind, string>;
