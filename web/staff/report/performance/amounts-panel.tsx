import { AmountInput } from "../amount-input.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

const names = {
  total: "涉及资金",
  general: "其中：一般公共预算",
  fund: "政府性基金预算",
  capital: "国有资本经营预算",
} as const;

/** 自评资金: what the projects involve in all and by fund. */
export function AmountsPanel({ desk }: { desk: PerformanceDesk }) {
  const { amounts = {} } = desk.performance;
  return (
    <section className="panel" aria-label="自评资金">
      <h2>
        自评资金 <small className="quiet">单位：万元，没有的填 0</small>
      </h2>
      <div className="fact-group">
        {(Object.keys(names) as (keyof typeof names)[]).map((key) => (
          <AmountInput
            key={key}
            {...desk.field(`amounts/${key}`)}
            label={names[key]}
            value={amounts[key]}
            unit="wan"
            onChange={(fen) =>
              desk.update((now) => ({ ...now, amounts: { ...now.amounts, [key]: fen } }))
            }
          />
        ))}
      </div>
    </section>
  );
}
