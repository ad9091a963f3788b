import { columns, head } from "../row-sets.ts";
import { error, tall, type FurtherTable } from "./further-table.ts";

/** 会议费, 培训费 and events with how many; stated in the narrative and held as data. */
export const generalSpending: FurtherTable = {
  form: {
    ...tall,
    id: "t11",
    title: "一般性支出情况",
    unprinted: true,
    head: [[head("项目"), head("本年数")]],
    blocks: [
      {
        lead: ["name"],
        columns: columns([["final", "本年数"]]),
        rows: [
          { key: "meetings", name: "会议费" },
          { key: "meetings_held", name: "召开会议数（次）", kind: "count", indent: 1 },
          { key: "meetings_persons", name: "参会人数（人次）", kind: "count", indent: 1 },
          { key: "training", name: "培训费" },
          { key: "training_held", name: "举办培训数（次）", kind: "count", indent: 1 },
          { key: "training_persons", name: "参训人数（人次）", kind: "count", indent: 1 },
          { key: "events", name: "节庆、晚会、论坛、赛事等活动支出" },
          { key: "events_held", name: "举办活动数（次）", kind: "count", indent: 1 },
        ],
      },
    ],
    notes: [],
  },
  relations: [
    {
      ...{ ...error, statement: "基本支出中的会议费不超过会议费" },
      cell: "t06/30215/final",
      notAbove: "t11/meetings/final",
    },
    {
      ...{ ...error, statement: "基本支出中的培训费不超过培训费" },
      cell: "t06/30216/final",
      notAbove: "t11/training/final",
    },
  ],
};
