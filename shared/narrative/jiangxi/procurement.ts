import { joined, plain, sentence, type Pen, type Phrase } from "../pen.ts";
import { procurement, procurementTotal } from "../procurement.ts";
import type { FigureSource } from "../../report/figure-source.ts";
import type { Chapter, Sentence } from "../written.ts";

/** 七、政府采购支出情况说明: by kind, and what 中小企业 were granted. */
export function procurementChapter(pen: Pen): Chapter {
  return {
    id: "procurement",
    heading: "七、政府采购支出情况说明",
    paragraphs: [plain(...sentences(pen))],
  };
}

function sentences(pen: Pen): Sentence[] {
  const lead = `${pen.self}${pen.year}年度`;
  if (pen.value(procurementTotal) === 0) {
    const none = { figure: "无", source: procurementTotal };
    return [sentence("procurement.total", lead, none, "政府采购支出。")];
  }
  const total = sentence(
    "procurement.total",
    `${lead}政府采购支出总额`,
    pen.amount(procurementTotal, "政府采购支出总额"),
    "，其中：政府采购货物支出",
    pen.amount(procurement.goods, "政府采购货物支出"),
    "、政府采购工程支出",
    pen.amount(procurement.works, "政府采购工程支出"),
    "、政府采购服务支出",
    pen.amount(procurement.services, "政府采购服务支出"),
    "。",
  );
  if (pen.value(procurementTotal) === undefined) return [total];
  return [
    total,
    sentence(
      "procurement.sme",
      "授予中小企业合同金额",
      pen.amount(procurement.sme, "授予中小企业合同金额"),
      "，占政府采购支出总额的",
      pen.share(procurement.sme, procurementTotal),
      "，其中：授予小微企业合同金额",
      pen.amount(procurement.micro, "授予小微企业合同金额"),
      pen.value(procurement.sme) === 0
        ? ""
        : ["，占授予中小企业合同金额的", pen.share(procurement.micro, procurement.sme)],
      "。",
    ),
    sentence(
      "procurement.sme_by_kind",
      joined(
        [
          kindShare(pen, "货物", procurement.smeGoods, procurement.goods),
          kindShare(pen, "工程", procurement.smeWorks, procurement.works),
          kindShare(pen, "服务", procurement.smeServices, procurement.services),
        ],
        "；",
      ),
      "。",
    ),
  ];
}

const kindShare = (pen: Pen, kind: string, part: FigureSource, whole: FigureSource): Phrase =>
  pen.value(whole) === 0
    ? [
        `本年无政府采购${kind}支出，授予中小企业合同金额占比`,
        { figure: "不适用", source: { kind: "share", part, whole } },
      ]
    : [
        `${kind}采购授予中小企业合同金额`,
        pen.amount(part, `${kind}采购授予中小企业合同金额`),
        `，占${kind}支出金额的`,
        pen.share(part, whole),
      ];
