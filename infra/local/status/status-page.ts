import type { Measure, Summary } from "../../../functions/platform/metrics.ts";
import { isQueueFailing } from "../../../functions/use-cases/queue-health.ts";
import type { QueueStatus } from "../../../functions/storage/ports.ts";
import type { StatusReport } from "./status.ts";

const queueNames: Readonly<Record<string, string>> = {
  render: "排印",
  publish: "公开",
  notify: "邮件告知",
  "dead-letters": "失败登记",
};

const timeNames = {
  requestTime: "答复请求",
  checkTime: "审核（勾稽关系）",
  workbookTime: "读写电子表格",
  relayTime: "传递办理记录",
  printTime: "排印一次",
  publishTime: "公开一次",
  letterTime: "邮件告知一次",
  storeReadTime: "数据库读取",
  storeWriteTime: "数据库写入",
  fileReadTime: "文件读取",
  fileWriteTime: "文件写入",
  eventLoopDelay: "程序停顿",
} as const satisfies { readonly [Name in Measure]?: string };

/** The operator's page: static, without script, for a person who checks that all is well. */
export function statusPage(report: StatusReport): string {
  const { at, since, canWrite, queues, measured } = report;
  const failing = queues.filter(isQueueFailing);
  const faults = [
    ...(canWrite ? [] : ["写入失败：现在不能保存、提交和批复。请检查磁盘空间和数据文件夹的权限。"]),
    ...failing.map(({ name, dead, oldestWaitingMs }) =>
      dead > 0
        ? `“${queueNames[name] ?? name}”有 ${String(dead)} 项多次失败、已停止重试。原因见日志；处理后运行 npm run redrive 重新办理。`
        : `“${queueNames[name] ?? name}”最早的一项已等待 ${duration(oldestWaitingMs)}。原因见日志。`,
    ),
  ];
  const errors = measured.errors?.count ?? 0;
  const times = (Object.keys(timeNames) as (keyof typeof timeNames)[]).flatMap((name) => {
    const summary = measured[name];
    return summary === undefined ? [] : [timeRow(timeNames[name], summary)];
  });
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="30">
<title>${faults.length === 0 ? "运行正常" : "需要处理"} · 决算运行状态</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>决算运行状态</h1>
<p class="meta">${instant(at)}，每 30 秒刷新。仅在本机显示，不含报告内容和人员信息。</p>
${
  faults.length === 0
    ? `<p class="verdict ok">运行正常</p>`
    : `<div class="verdict bad"><p>需要处理</p><ul>${faults.map((one) => `<li>${one}</li>`).join("")}</ul></div>`
}
<dl>
${fact("写入", canWrite ? "正常" : "失败", !canWrite)}
${fact("近一小时的错误", `${String(errors)} 条`, false, errors > 0 ? "见数据文件夹中的 juesuan.log" : "")}
${fact("内存", megabytes(measured.residentMemory?.last), false, `近一小时最多 ${megabytes(measured.residentMemory?.max)}，其中程序数据 ${megabytes(measured.heapUsed?.last)}`)}
${fact("已运行", duration(Date.parse(at) - Date.parse(since)), false, `自 ${instant(since)}`)}
</dl>
<h2>队列</h2>
<table>
<thead><tr><th>工作</th><th>等待办理</th><th>最早的已等待</th><th>停止重试</th></tr></thead>
<tbody>
${queues.map(queueRow).join("\n")}
</tbody>
</table>
<h2>用时</h2>
<p class="meta">近一小时，或自启动以来。半数在“一般”以内，百分之九十五在“较慢”以内。</p>
<table>
<thead><tr><th>工作</th><th>次数</th><th>一般</th><th>较慢</th><th>最慢</th></tr></thead>
<tbody>
${times.join("\n")}
</tbody>
</table>
</main>
</body>
</html>
`;
}

const fact = (name: string, value: string, isBad: boolean, more = "") =>
  `<div><dt>${name}</dt><dd${isBad ? ' class="bad"' : ""}>${value}</dd>${more === "" ? "" : `<dd class="meta">${more}</dd>`}</div>`;

const queueRow = (queue: QueueStatus): string => {
  const { name, waiting, oldestWaitingMs, dead } = queue;
  const isFailing = isQueueFailing(queue);
  const bad = (isBad: boolean) => (isBad ? ' class="bad"' : "");
  return `<tr${bad(isFailing)}><th scope="row">${queueNames[name] ?? name}</th><td>${String(waiting)}</td><td${bad(isFailing && dead === 0)}>${waiting === 0 ? "—" : duration(oldestWaitingMs)}</td><td${bad(dead > 0)}>${String(dead)}</td></tr>`;
};

const timeRow = (name: string, { count, p50, p95, max }: Summary) =>
  `<tr><th scope="row">${name}</th><td>${String(count)}</td><td>${duration(p50)}</td><td>${duration(p95)}</td><td>${duration(max)}</td></tr>`;

const megabytes = (value: number | undefined) =>
  value === undefined ? "—" : `${String(Math.round(value))} MB`;

function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} 毫秒`;
  if (ms < 1000) return `${ms.toFixed(0)} 毫秒`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} 秒`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${String(minutes)} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${String(hours)} 小时 ${String(minutes % 60)} 分钟`;
  return `${String(Math.floor(hours / 24))} 天`;
}

const shanghaiOffsetMs = 8 * 3_600_000;

/** 2023-08-01 10:00:00 in Shanghai. */
const instant = (at: string): string =>
  new Date(Date.parse(at) + shanghaiOffsetMs).toISOString().slice(0, 19).replace("T", " ");

const styles = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #656d76; --line: #d8dee4; --ok: #1a7f37; --bad: #b3261e; --ground: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --ok: #3fb950; --bad: #ff7b72; --ground: #151b23; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.6 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
.meta { color: var(--soft); font-size: .875rem; margin: .25rem 0; }
.verdict { margin: 1.5rem 0; padding: .75rem 1rem; border-left: .3rem solid; font-weight: 600; }
.verdict.ok { color: var(--ok); }
.verdict.bad { color: var(--bad); }
.verdict p, .verdict ul { margin: 0; }
.verdict ul { padding-left: 1.2rem; font-weight: 400; color: var(--ink); }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.5rem; margin: 0; }
dt { color: var(--soft); font-size: .875rem; }
dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
dd.meta { font-size: .8125rem; }
.bad > th, td.bad, dd.bad { color: var(--bad); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .4rem .5rem; border-bottom: 1px solid var(--line); font-weight: 400; white-space: nowrap; }
thead th { color: var(--soft); font-size: .875rem; }
th:first-child { text-align: left; padding-left: 0; }
@media (max-width: 32rem) { main { padding: 1rem; } table { font-size: .8125rem; } th, td { padding: .4rem .25rem; } }
`;
