import { Button } from "antd";
import { afterRemoval } from "../../editing/entry-texts.ts";
import { TextBox } from "../box-field.tsx";
import type { TableDesk } from "./self-evaluation-form.tsx";

const mostGoals = 40;

/** 年度总体目标: what was expected and what was achieved, one row a goal. */
export function GoalRows({ desk }: { desk: TableDesk }) {
  const { table, change, changeUndoably, field, disabled } = desk;
  const { goals } = table;
  const set = (index: number, part: Partial<(typeof goals)[number]>) =>
    change((now) => ({
      ...now,
      goals: now.goals.map((goal, at) => (at === index ? { ...goal, ...part } : goal)),
    }));
  const add = () =>
    change((now) => ({ ...now, goals: [...now.goals, { expected: "", achieved: "" }] }));
  const remove = (index: number) => {
    changeUndoably(`已移除第 ${String(index + 1)} 项目标。`, (now) => ({
      ...now,
      goals: now.goals.filter((_, at) => at !== index),
    }));
    desk.moveTexts("goals", afterRemoval(index));
  };
  return (
    <tbody>
      <tr>
        <th scope="col">
          年度总体目标
          {!disabled && goals.length < mostGoals && (
            <Button
              type="link"
              size="small"
              data-field={`performance.${field("goals").place.replaceAll("/", ".")}`}
              onClick={add}
            >
              增加一项
            </Button>
          )}
        </th>
        <th scope="col" colSpan={3}>
          预期目标
        </th>
        <th scope="col" colSpan={3}>
          实际完成情况
        </th>
      </tr>
      {goals.map(({ expected, achieved }, index) => {
        const nth = `第 ${String(index + 1)} 项目标`;
        const place = (key: string) => field(`goals/${String(index)}/${key}`);
        return (
          <tr key={index}>
            <td className="acts">
              {index + 1}
              {!disabled && (
                <Button
                  type="text"
                  size="small"
                  aria-label={`移除${nth}`}
                  onClick={() => remove(index)}
                >
                  移除
                </Button>
              )}
            </td>
            <td colSpan={3}>
              <TextBox
                {...place("expected")}
                label={`${nth}：预期目标`}
                text={expected}
                onChange={(text) => set(index, { expected: text })}
              />
            </td>
            <td colSpan={3}>
              <TextBox
                {...place("achieved")}
                label={`${nth}：实际完成情况`}
                text={achieved}
                onChange={(text) => set(index, { achieved: text })}
              />
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}
