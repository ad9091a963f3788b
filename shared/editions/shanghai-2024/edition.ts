import type { EditionChanges } from "../derive.ts";
import { derivedEdition } from "../load-edition.ts";
import { newFunctionCodes } from "../national/codes/yearly-changes.ts";
import { national2022 } from "../national/edition.ts";

/** Neither 表号 nor 行次 and 栏次 are printed. */
const unnumbered = { number: null, columnNumbers: null, unitLabel: "单位：万元" } as const;
const unnumberedRows = { lead: ["name"] } as const;
/** Held as data and stated in the narrative. */
const unprintedRow = { dashes: ["initial"], unprinted: true } as const;

const head = (...texts: readonly string[]) => texts.map((text) => ({ text }));

/** What Shanghai's districts print otherwise than the nation. */
const changes: EditionChanges = {
  id: "shanghai-2024",
  name: "上海市2024年度部门决算公开",
  year: 2024,
  words: { places: ["上海"] },
  functionCodes: newFunctionCodes(2024),
  forms: {
    t01: {
      ...unnumbered,
      head: [
        [
          { text: "收入", colspan: 2 },
          { text: "支出", colspan: 2 },
        ],
        head("项目", "决算数", "项目", "决算数"),
      ],
      blocks: {
        0: {
          ...unnumberedRows,
          rows: {
            surplus_used: { name: "使用非财政拨款结余（含专用结余）" },
            opening: { blankLines: null },
          },
        },
        1: { ...unnumberedRows, rows: { closing: { blankLines: null } } },
      },
    },
    t02: unnumbered,
    t03: unnumbered,
    t04: {
      ...unnumbered,
      head: [
        [
          { text: "收入", colspan: 2 },
          { text: "支出", colspan: 5 },
        ],
        [
          ...head("项目", "决算数", "项目", "合计", "一般公共预算财政拨款"),
          ...head("政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
        ],
      ],
      blocks: {
        0: {
          ...unnumberedRows,
          rows: {
            opening_general: { name: "一、一般公共预算财政拨款" },
            opening_fund: { name: "二、政府性基金预算财政拨款" },
            opening_capital: { name: "三、国有资本经营预算财政拨款" },
          },
        },
        1: unnumberedRows,
      },
    },
    t05: {
      ...unnumbered,
      totalRow: "last",
      head: [
        [
          { text: "项目", colspan: 2 },
          { text: "合计", rowspan: 2 },
          { text: "基本支出", rowspan: 2 },
          { text: "项目支出", rowspan: 2 },
        ],
        head("支出功能分类科目编码", "科目名称"),
      ],
      blocks: { 0: { columns: { total: { name: "合计" } } } },
    },
    // Two groups of codes side by side, 资本性支出 among 公用经费 and without the 款 that are not printed.
    t06: {
      ...{ number: null, unitLabel: "单位：万元" },
      head: [
        [
          ...head("经济分类科目编码", "科目名称", "决算数"),
          ...head("经济分类科目编码", "科目名称", "决算数"),
        ],
      ],
      blocks: {
        0: { rows: { 30399: { blankLines: 11 } } },
        1: {
          rows: {
            30299: { blankLines: null },
            310: { key: "310", code: "310", name: "资本性支出", total: true },
            31001: { key: "31001", code: "31001", name: "房屋建筑物购建", indent: 1 },
            31002: { key: "31002", code: "31002", name: "办公设备购置", indent: 1 },
            31003: { key: "31003", code: "31003", name: "专用设备购置", indent: 1 },
            31007: { key: "31007", code: "31007", name: "信息网络及软件购置更新", indent: 1 },
            31013: { key: "31013", code: "31013", name: "公务用车购置", indent: 1 },
            31019: { key: "31019", code: "31019", name: "其他交通工具购置", indent: 1 },
            31021: { key: "31021", code: "31021", name: "文物和陈列品购置", indent: 1 },
            31022: { key: "31022", code: "31022", name: "无形资产购置", indent: 1 },
            31099: { key: "31099", code: "31099", name: "其他资本性支出", indent: 1 },
            public_total: { key: "public_total", name: "公用经费合计", total: true },
          },
        },
        2: null,
      },
    },
    t07: {
      ...unnumbered,
      blankNote: {
        text: "说明：{unit}{year}年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",
        when: "empty",
      },
    },
    t08: {
      ...unnumbered,
      title: "国有资本经营预算财政拨款收入支出决算表",
      orientation: "landscape",
      head: [
        [
          { text: "项目", colspan: 2 },
          { text: "年初结转和结余", rowspan: 2 },
          { text: "本年收入", rowspan: 2 },
          { text: "本年支出", colspan: 3 },
          { text: "年末结转和结余", rowspan: 2 },
        ],
        head("支出功能分类科目编码", "科目名称", "小计", "基本支出", "项目支出"),
      ],
      blocks: {
        0: {
          columns: {
            opening: { key: "opening", name: "年初结转和结余" },
            income: { key: "income", name: "本年收入" },
            total: { name: "小计" },
            closing: { key: "closing", name: "年末结转和结余" },
            $order: ["opening", "income", "total", "basic", "project", "closing"],
          },
        },
      },
      notes: ["注：本表反映部门本年度国有资本经营预算财政拨款收入支出及结转和结余情况。"],
      blankNote: {
        text: "说明：{unit}{year}年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。",
        when: "empty",
      },
    },
    // “三公” is printed sideways and after 基本支出; what was counted is stated in the narrative alone.
    t09: {
      ...unnumbered,
      orientation: "landscape",
      layout: "transposed",
      head: [
        [{ text: "财政拨款“三公”经费", colspan: 12 }],
        [
          { text: "合计", colspan: 2, rowspan: 2 },
          { text: "因公出国（境）费", colspan: 2, rowspan: 2 },
          { text: "公务用车购置及运行维护费", colspan: 6 },
          { text: "公务接待费", colspan: 2, rowspan: 2 },
        ],
        [
          { text: "小计", colspan: 2 },
          { text: "公务用车购置费", colspan: 2 },
          { text: "公务用车运行维护费", colspan: 2 },
        ],
        [
          ...head("预算数", "决算数", "预算数", "决算数", "预算数", "决算数"),
          ...head("预算数", "决算数", "预算数", "决算数", "预算数", "决算数"),
        ],
      ],
      blocks: {
        0: {
          ...unnumberedRows,
          columns: { initial: { name: "预算数" }, full: null },
          rows: {
            reception_domestic: unprintedRow,
            reception_domestic_foreign: unprintedRow,
            reception_overseas: unprintedRow,
            stats: { dashes: ["initial", "final"], unprinted: true },
            abroad_groups: unprintedRow,
            abroad_persons: unprintedRow,
            vehicles_bought: unprintedRow,
            vehicles_kept: unprintedRow,
            domestic_batches: unprintedRow,
            domestic_batches_foreign: unprintedRow,
            domestic_persons: unprintedRow,
            domestic_persons_foreign: unprintedRow,
            overseas_batches: unprintedRow,
            overseas_persons: unprintedRow,
          },
        },
      },
      notes: ["注：本表反映部门本年度“三公”经费支出预决算情况。"],
    },
    $order: ["t01", "t02", "t03", "t04", "t05", "t06", "t09", "t07", "t08", "t10"],
  },
  // 国有资本经营预算 is stated with its income, as the table has it.
  sentences: {
    quantities: {
      国有资本经营预算财政拨款收入: "t08/total/income",
      国有资本经营预算财政拨款支出: { of: "t08/total/total", label: "支出" },
    },
    narrative: {
      capital: {
        heading: "九、国有资本经营预算财政拨款收入支出决算情况说明",
        paragraphs: {
          0: {
            sentences: {
              "capital.total": {
                text: [
                  "{若 没有 国有资本经营各项 且 零或空 国有资本经营预算财政拨款收入",
                  " 且 零或空 国有资本经营预算财政拨款支出}",
                  "{机构名称}{年}年度无国有资本经营预算财政拨款{字样 收入 国有资本经营预算财政拨款收入}",
                  "和{字样 支出 国有资本经营预算财政拨款支出}。",
                  "{否则}{金额或无 国有资本经营预算财政拨款收入}，",
                  "{金额或无 国有资本经营预算财政拨款支出}",
                  "{若 有 国有资本经营各项}，支出具体情况如下：{否则}。{完}{完}",
                ],
              },
            },
          },
        },
      },
    },
  },
  sources: {
    documents: {
      putuo: { title: "上海市普陀区财政局2024年度部门决算（九张表和全部文字）" },
      template: { title: "上海市普陀区2024年度部门决算公开模板" },
    },
    layout: [{ printed: "template", note: "四个部分、九张表的次序，不印表号、行次和栏次" }],
    tables: {
      t01: [{ printed: "putuo" }],
      t02: [{ printed: "putuo" }],
      t03: [{ printed: "putuo" }],
      t04: [{ printed: "putuo" }],
      t05: [{ printed: "putuo" }],
      t06: [{ printed: "putuo" }],
      t07: [{ printed: "putuo" }],
      t08: [{ printed: "putuo" }],
      t09: [{ printed: "putuo" }],
    },
    chapters: Object.fromEntries(
      [
        ...["duties", "profile", "overall", "income", "expense", "fiscal", "general", "basic"],
        ...["three_public", "fund", "capital", "performance", "other"],
      ].map((chapter) => [chapter, { printed: "template" }]),
    ),
  },
};

export const shanghai2024 = derivedEdition(national2022.data, changes);
