import { item, joined, plain, sentence, subheading, type Pen, type Phrase } from "../pen.ts";
import { cell, prior } from "../sources.ts";
import type { Chapter, Paragraph, Sentence } from "../written.ts";
import { budgetAndFinal, budgetVerdict } from "./itemised.ts";

const parts = [
  ["abroad", "因公出国（境）费"],
  ["vehicles", "公务用车购置及运行维护费"],
  ["reception", "公务接待费"],
] as const;

const budgetOf = (row: string) => cell(`t09/${row}/initial`);
const finalOf = (row: string) => cell(`t09/${row}/final`);
const countOf = finalOf;

/** 七、财政拨款“三公”经费支出决算情况说明: against the budget and last year, then what it was spent on. */
export function threePublicChapter(pen: Pen): Chapter {
  return {
    id: "three_public",
    heading: "七、财政拨款“三公”经费支出决算情况说明",
    paragraphs: [
      subheading("three_public.heading.overall", "（一）“三公”经费财政拨款支出决算总体情况。"),
      plain(againstBudget(pen), againstPrior(pen)),
      subheading("three_public.heading.details", "（二）“三公”经费财政拨款支出决算具体情况。"),
      ...details(pen),
    ],
  };
}

function againstBudget(pen: Pen): Sentence {
  const budget = budgetOf("total");
  const final = finalOf("total");
  return sentence(
    "three_public.budget",
    "“三公”经费财政拨款支出",
    budgetAndFinal(pen, budget, final, "“三公”经费"),
    pen.completion(final, budget, "预算"),
    "，其中：",
    joined(
      parts.map(([row, name]) => [
        `${name}支出`,
        pen.isNone(finalOf(row))
          ? ["无", { figure: "决算", source: finalOf(row) }]
          : ["决算为", pen.amount(finalOf(row), `${name}支出决算`)],
        pen.known(budgetOf(row)) === 0
          ? ["（无", { figure: "预算", source: budgetOf(row) }, "）"]
          : pen.completion(finalOf(row), budgetOf(row), "预算"),
      ]),
      "；",
    ),
    "。",
    budgetVerdict(pen, {
      slot: "three_public.total.budget",
      what: "“三公”经费支出",
      budget,
      final,
    }),
  );
}

function againstPrior(pen: Pen): Sentence {
  const compared = (row: string, name: string): Phrase => {
    const change = pen.change({ of: `t09/${row}/final`, what: name, subject: "支出决算" });
    return sentence("", change).parts.length === 0 ? "" : [name, trimLead(change)];
  };
  const told = parts
    .map(([row, name]) => [
      compared(row, name),
      pen.reason({
        slot: `three_public.${row}.prior`,
        what: `${name}支出`,
        current: finalOf(row),
        base: prior(`t09/${row}/final`),
        against: `${pen.priorYear}年`,
      }),
    ])
    .filter((phrases) => phrases[0] !== "");
  return sentence(
    "three_public.prior",
    `${pen.year}年度`,
    compared("total", "“三公”经费财政拨款"),
    ...(told.length > 0 ? ["。其中：", joined(told, "；")] : []),
    "。",
  );
}

/** A change is written to follow an amount; here it follows a name. */
function trimLead(change: Phrase): Phrase {
  const { parts: written } = sentence("", change);
  const [first, ...rest] = written;
  return first !== undefined && "text" in first
    ? [first.text.replace(/^，/u, ""), ...rest]
    : written;
}

function details(pen: Pen): Paragraph[] {
  const total = finalOf("total");
  if (pen.known(total) === 0) {
    return [
      plain(
        sentence(
          "three_public.shares",
          `${pen.report.identity.orgName}${pen.year}年度`,
          { figure: "无", source: total },
          "“三公”经费财政拨款支出。",
        ),
      ),
    ];
  }
  if (pen.value(total) === undefined) return [];
  return [
    plain(
      sentence(
        "three_public.shares",
        "“三公”经费财政拨款支出决算中，",
        joined(
          parts.map(([row, name]) =>
            pen.isNone(finalOf(row))
              ? ["无", { figure: name, source: finalOf(row) }, "支出"]
              : [
                  `${name}支出决算`,
                  pen.amount(finalOf(row), `${name}支出决算`),
                  "，占",
                  pen.share(finalOf(row), total),
                ],
          ),
          "；",
        ),
        "。具体情况如下：",
      ),
    ),
    item("1、", ...abroad(pen)),
    item("2、", ...vehicles(pen)),
    item("3、", ...reception(pen)),
  ];
}

const spentOn = (pen: Pen, row: string, name: string, lead: string): Phrase =>
  pen.known(finalOf(row)) === 0
    ? "。"
    : [
        "。",
        pen.account({ slot: `three_public.${row}.use`, about: `${name}的开支内容`, lead }),
        "。",
      ];

function abroad(pen: Pen): Sentence[] {
  const name = "因公出国（境）费支出";
  const none = pen.known(finalOf("abroad")) === 0;
  return [
    sentence(
      "three_public.abroad",
      pen.amountOrNone(finalOf("abroad"), { what: name }),
      none
        ? ""
        : [
            "。全年安排因公出国（境）团组",
            pen.count(countOf("abroad_groups"), "因公出国（境）团组数", "个"),
            "、累计",
            pen.count(countOf("abroad_persons"), "因公出国（境）人次数", "人次"),
          ],
      spentOn(pen, "abroad", name, "开支内容包括："),
    ),
  ];
}

function vehicles(pen: Pen): Sentence[] {
  const name = "公务用车购置及运行维护费支出";
  const bought = finalOf("vehicle_purchase");
  const running = finalOf("vehicle_running");
  return [
    sentence(
      "three_public.vehicles",
      pen.amountOrNone(finalOf("vehicles"), { what: name }),
      pen.isNone(finalOf("vehicles")) ? "。" : "，其中：",
    ),
    sentence(
      "three_public.vehicle_purchase",
      pen.amountOrNone(bought, { what: "公务用车购置支出" }),
      pen.known(bought) === 0
        ? ""
        : ["，购置公务用车", pen.count(countOf("vehicles_bought"), "公务用车购置数", "辆")],
      spentOn(pen, "vehicle_purchase", "公务用车购置支出", "主要用于"),
    ),
    sentence(
      "three_public.vehicle_running",
      pen.amountOrNone(running, { what: "公务用车运行维护支出" }),
      spentOn(pen, "vehicle_running", "公务用车运行维护支出", "主要用于"),
    ),
    ...(pen.value(countOf("vehicles_kept")) === undefined && pen.known(running) === 0
      ? []
      : [
          sentence(
            "three_public.vehicles_kept",
            `${pen.year}年末，开支财政拨款的公务用车保有量为`,
            pen.count(countOf("vehicles_kept"), "公务用车保有量", "辆"),
            "。",
          ),
        ]),
  ];
}

function reception(pen: Pen): Sentence[] {
  const name = "公务接待费支出";
  const domestic = finalOf("reception_domestic");
  const overseas = finalOf("reception_overseas");
  const onlyOverseas = pen.value(domestic) === undefined && (pen.value(overseas) ?? 0) !== 0;
  const total = sentence(
    "three_public.reception",
    pen.amountOrNone(finalOf("reception"), { what: name }),
    spentOn(pen, "reception", name, "主要用于"),
  );
  if (pen.known(finalOf("reception")) === 0) return [total];
  return [
    total,
    ...(pen.value(domestic) === 0 || onlyOverseas ? [] : [domesticReception(pen)]),
    ...((pen.value(overseas) ?? 0) === 0
      ? []
      : [
          sentence(
            "three_public.reception_overseas",
            "国（境）外公务接待支出",
            pen.amount(overseas, "国（境）外公务接待支出"),
            "，国（境）外公务接待",
            pen.count(countOf("overseas_batches"), "国（境）外公务接待批次", "批次"),
            "、",
            pen.count(countOf("overseas_persons"), "国（境）外公务接待人次", "人次"),
            "。",
          ),
        ]),
  ];
}

function domesticReception(pen: Pen): Sentence {
  const isUnknown = (row: string) => pen.value(finalOf(row)) === undefined;
  return sentence(
    "three_public.reception_domestic",
    "其中：国内公务接待支出",
    pen.amount(finalOf("reception_domestic"), "国内公务接待支出"),
    isUnknown("reception_domestic_foreign")
      ? ""
      : [
          "（含外宾接待支出",
          pen.amount(finalOf("reception_domestic_foreign"), "外宾接待支出"),
          "）",
        ],
    "，国内公务接待",
    pen.count(countOf("domestic_batches"), "国内公务接待批次", "批次"),
    "、",
    pen.count(countOf("domestic_persons"), "国内公务接待人次", "人次"),
    isUnknown("domestic_batches_foreign") || isUnknown("domestic_persons_foreign")
      ? ""
      : [
          "，其中：接待外宾",
          pen.count(countOf("domestic_batches_foreign"), "接待外宾批次", "批次"),
          "、",
          pen.count(countOf("domestic_persons_foreign"), "接待外宾人次", "人次"),
        ],
    "。",
  );
}
