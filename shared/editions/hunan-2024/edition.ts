import { listedTables, nineTables } from "../listed-tables.ts";
import { derivedEdition } from "../load-edition.ts";
import { assets, operatingCost, procurement } from "../national/chapters.ts";
import { numbered } from "../national/further-tables/further-table.ts";
import { generalSpending } from "../national/further-tables/general-spending.ts";
import { national2024 } from "../national-2024/edition.ts";

/** The nine tables; 一般性支出 is stated in a chapter of its own, and attachments are the fifth part. */
export const hunan2024 = derivedEdition(national2024.data, {
  id: "hunan-2024",
  name: "湖南省2024年度部门决算公开",
  year: 2024,
  words: { places: ["湖南"] },
  parts: {
    tables: { title: "{部门}决算表" },
    narrative: { title: "{部门}决算情况说明" },
    attachments: { id: "attachments", title: "附件", holds: "attachments" },
  },
  forms: {
    t06: { title: "一般公共预算财政拨款基本支出决算明细表" },
    t11: generalSpending.form,
  },
  relations: numbered(generalSpending),
  sentences: {
    quantities: {
      会议费: "t11/meetings/final",
      召开会议数: { of: "t11/meetings_held/final", unit: "次" },
      参会人数: { of: "t11/meetings_persons/final", unit: "人次" },
      培训费: "t11/training/final",
      举办培训数: { of: "t11/training_held/final", unit: "次" },
      参训人数: { of: "t11/training_persons/final", unit: "人次" },
      活动支出: "t11/events/final",
      举办活动数: { of: "t11/events_held/final", unit: "次" },
    },
    overview: {
      duties: { heading: "一、{部门}职责" },
      profile: { heading: "二、机构设置及决算单位构成" },
    },
    narrative: {
      fund: { heading: "八、政府性基金预算收入支出决算情况" },
      operating_cost: {
        id: "operating_cost",
        heading: "十、关于机关运行经费支出说明",
        paragraphs: operatingCost,
      },
      general_spending: {
        id: "general_spending",
        heading: "十一、一般性支出情况说明",
        paragraphs: [
          {
            sentences: [
              {
                id: "general_spending.meetings",
                text: [
                  "{若 零或空 会议费}{年}年{本部门}{字样 未 会议费}开支会议费；",
                  "{否则}{年}年{本部门}开支会议费{金额 会议费}，召开会议{计数 召开会议数}，",
                  "参会{计数 参会人数}",
                  "{说明 general_spending.meetings.use 会议内容 引=，内容为}；{完}",
                ],
              },
              {
                id: "general_spending.training",
                text: [
                  "{若 零或空 培训费}{字样 未 培训费}开支培训费；",
                  "{否则}开支培训费{金额 培训费}，举办培训{计数 举办培训数}，参训{计数 参训人数}",
                  "{说明 general_spending.training.use 培训内容 引=，内容为}；{完}",
                ],
              },
              {
                id: "general_spending.events",
                text: [
                  "{若 零或空 活动支出}{字样 未 活动支出}举办节庆、晚会、论坛、赛事等活动。",
                  "{否则}举办节庆、晚会、论坛、赛事等活动{计数 举办活动数}，开支{金额 活动支出}。{完}",
                ],
              },
            ],
          },
        ],
      },
      procurement: {
        id: "procurement",
        heading: "十二、关于政府采购支出说明",
        paragraphs: procurement,
      },
      assets: { id: "assets", heading: "十三、关于国有资产占用情况说明", paragraphs: assets },
      performance: { heading: "十四、关于{年}年度预算绩效管理情况的说明" },
      other: null,
      $order: [
        ...["overall", "income", "expense", "fiscal", "general", "basic", "three_public", "fund"],
        ...["capital", "operating_cost", "general_spending", "procurement", "assets"],
        "performance",
      ],
    },
  },
  sources: {
    documents: {
      miluo: {
        title: "汨罗市发展和改革局2024年度部门决算",
        address: "https://miluo.gov.cn/25221/25222/26735/26737/27210/content_2334131.html",
      },
    },
    layout: [{ listed: "miluo", note: "五个部分、九张表、十四项说明的题名和次序" }],
    tables: {
      ...listedTables("miluo", ...nineTables),
      t11: [{ unverified: "数据表不印；会议、培训、活动三项按一般性支出的通行口径" }],
    },
    chapters: {
      general_spending: { unverified: "题名见于印本目录，句子未见印本，按通行写法" },
    },
  },
});
