import { narrativeGaps, reasonSlots } from "../narrative/gaps.ts";
import type { Report } from "../report/report.ts";
import type { Narrative } from "../report/sections.ts";

/** Reasons and purposes for everything that the report's sentences ask for, each in other words. */

const undertakings = [
  ...["公共服务平台建设", "办公楼消防改造", "档案数字化加工", "基层执法装备配置", "业务培训"],
  ...["信息系统等级保护测评", "保障性住房配套", "公共停车场建设", "地质灾害隐患点治理"],
  ...["养老服务中心改造", "全民阅读推广", "乡村道路养护", "非遗保护展陈", "河道清淤工程"],
  ...["科技成果转化服务", "垃圾分类驿站建设"],
];
const more = [
  (of: string) => `按批复新增${of}，本年支付前期款项`,
  (of: string) => `上级年中下达${of}专项资金`,
  (of: string) => `${of}由上年末启动转为本年全面实施`,
  (of: string) => `${of}合同尾款集中在本年支付`,
];
const less = [
  (of: string) => `${of}上年已完工，本年只支付质保金`,
  (of: string) => `压减一般性支出，${of}推迟至下年采购`,
  (of: string) => `${of}招标节约的资金由财政收回`,
  (of: string) => `${of}受汛期影响进度放缓，未达到付款条件`,
];

const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("Nothing to pick from.");
  return item;
};

export function narrativeOf(report: Report): Narrative {
  const reasons: Record<string, string> = {};
  for (const [index, { slot, change }] of reasonSlots(report).entries()) {
    const isMore = change.some((part) => "text" in part && part.text.includes("增加"));
    const subject = pick(undertakings, index);
    const words = pick(isMore ? more : less, Math.floor(index / undertakings.length) + index);
    reasons[slot] = slot.endsWith(".use") ? `${subject}等工作` : words(subject);
  }
  const purposes: Record<string, string> = {};
  for (const gap of narrativeGaps(report)) {
    if (gap.missing !== "purpose") continue;
    purposes[gap.code] = `${pick(undertakings, Object.keys(purposes).length)}等工作`;
  }
  return { reasons, purposes, additions: {} };
}
