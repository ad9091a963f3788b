/**
 * 套话: phrases that fit any figure of any report, so that they explain none. One list for the reasons people give
 * here and for those read in published reports.
 */

/** As a person may join them; longer ones first where one begins another. */
const phrases = [
  "(?:预算|决算|资金|收支|经费)?(?:总体|整体)?执行(?:情况|进度|率)?(?:总体|整体)?(?:良好|较好|正常|到位|平稳|顺利)",
  "(?:严格|认真)?(?:按照?|根据|依据|遵照|执行)(?:了)?(?:本年|年初|全年|批复)?的?预算(?:批复|安排|要求|计划|管理)?(?:执行|支出|使用|列支|开支)?",
  "(?:正常|年初|年中)?预算(?:的)?(?:正常)?(?:安排|调整|变动)",
  "据实(?:列支|支出|开支|结算|报销|核算|填列|反映)?",
  "(?:根据|按照?|依据|结合|视)?(?:单位|部门|本单位|本部门|工作|业务|项目)?(?:的)?实际(?:情况|工作|业务|发生)?(?:需要|列支|支出|开支|执行)?",
  "(?:根据|按照?|因|出于|由于)?(?:工作|业务|事业|管理|发展|日常|项目)+(?:开展|发展|推进)?(?:的)?(?:需要|需求|要求|安排)",
  "(?:日常|正常)?(?:工作|业务)(?:量|任务)?(?:正常)?(?:开展|变化|变动|调整|增加|增多|减少)",
  "(?:属于?|为|系)?(?:正常|合理|自然)(?:的)?(?:增减|变动|变化|波动|浮动|增长|增加|减少|下降|支出|开支|列支|调整|范围|现象)+",
  "(?:国家|上级|相关|有关)*政策(?:性)?(?:的)?(?:因素|原因|影响|调整|变化|变动)+",
  "(?:各种|多种|多方面|其他|其它|诸多|客观|综合|不可抗力?|历史|特殊)(?:性)?(?:的)?(?:因素|原因|影响)+",
  "情况(?:属实|正常|良好)",
  "(?:数据|金额|填列)(?:属实|无误|准确|正确)",
];

/** Written instead of a reason; only as the whole text. */
const nothingSaid =
  /^(?:无|没有|暂无|略|不详|不适用|同上|同前|如上|其他|其它|原因|说明|已核实|已核对|经核实|经核对|待补充?|见(?:上|下)?文|详?见(?:附件|报表|说明))+$/u;

const stock = new RegExp(phrases.join("|"), "gu");

/** Words that lead to a reason, hold it together or round it off without saying anything. */
const particles =
  /主要原因|主要|原因|由于|因为|所致|导致|造成|引起|影响|本年度?|今年|当年|年度|本部门|本单位|我部门|我单位|情况|等等|其中|以及|所以|从而|是|为|系|因|受|属|的|了|等|和|与|及|均|都|也|而|并|且|对|在|该|此|其|本|吧|呢|啊|呀|嘛|哦/gu;

/** Letters, characters and digits alone, full-width ones as usual ones. */
export const bareText = (text: string): string =>
  text.normalize("NFKC").replace(/[^\p{Letter}\p{Number}%.]/gu, "");

/** What a bare text says beside stock phrases. */
export const withoutStock = (bare: string): string =>
  nothingSaid.test(bare) ? "" : bare.replace(stock, "");

export const withoutParticles = (bare: string): string => bare.replace(particles, "");

/** Nothing but stock phrases, however joined and decorated. */
export function isStockPhrase(text: string): boolean {
  const bare = bareText(text);
  const rest = withoutStock(bare);
  return rest !== bare && withoutParticles(rest) === "";
}
