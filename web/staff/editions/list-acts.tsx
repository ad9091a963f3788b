import { Button } from "antd";
import { moved, without } from "./changed-data.ts";

/** What is done with an entry of a list: one place up, one down, removed while more than `least` are left. */
export function ListActs<Item>({
  name,
  list,
  index,
  onChange,
  least = 0,
  onRemove = () => onChange(without(list, index)),
}: {
  /** What the entry is called in the names of the buttons: “名词解释”, 第 2 行. */
  name: string;
  list: readonly Item[];
  index: number;
  onChange: (list: readonly Item[]) => void;
  least?: number;
  /** In place of removing it at once. */
  onRemove?: () => void;
}) {
  return (
    <span className="edition-acts">
      <Button
        size="small"
        aria-label={`上移${name}`}
        disabled={index === 0}
        onClick={() => onChange(moved(list, index, -1))}
      >
        ↑
      </Button>
      <Button
        size="small"
        aria-label={`下移${name}`}
        disabled={index === list.length - 1}
        onClick={() => onChange(moved(list, index, 1))}
      >
        ↓
      </Button>
      <Button
        size="small"
        aria-label={`删去${name}`}
        disabled={list.length <= least}
        onClick={onRemove}
      >
        删去
      </Button>
    </span>
  );
}
