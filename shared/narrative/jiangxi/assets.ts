import { plain, sentence, type Pen } from "../pen.ts";
import { cell } from "../sources.ts";
import type { Chapter } from "../written.ts";

/** 八、国有资产占用情况说明: refers to 公开10表 and accounts for 其他用车. */
export function assetsChapter(pen: Pen): Chapter {
  const others = cell("t10/other_cars/final");
  return {
    id: "assets",
    heading: "八、国有资产占用情况说明",
    paragraphs: [
      plain(
        sentence(
          "assets.reference",
          `截至${pen.year}年12月31日，${pen.self}国有资产占用情况见公开10表《国有资产占用情况表》。`,
        ),
        sentence(
          "assets.other_cars",
          "其中，车辆中的其他用车",
          pen.isNone(others)
            ? { figure: "无", source: others }
            : ["车辆数为", pen.count(others, "其他用车数量", "辆")],
          (pen.value(others) ?? 0) === 0
            ? ""
            : ["，主要用于：", pen.quote("facts.otherVehicleUse", "其他用车的用途")],
          "。",
        ),
      ),
    ],
  };
}
