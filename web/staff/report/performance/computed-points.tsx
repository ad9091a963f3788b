import { Button } from "antd";
import { useId } from "react";
import { printHundredths } from "../../../../shared/money.ts";
import { FieldFinding, useFieldFinding } from "../field-findings.tsx";
import { fieldName, stateOf } from "../finding-place.ts";

const print = (points: number) => printHundredths(points, { trim: true });

/**
 * Points that follow from others, in hundredths. An import may have printed them otherwise: that is shown with what they
 * should be, further apart than `tolerance`.
 */
export function ComputedPoints({
  label,
  place,
  stored,
  due,
  tolerance,
  disabled,
  onFollow,
}: {
  label: string;
  /** In the section, with slashes. */
  place: string;
  stored: number | undefined;
  /** Undefined while what it follows from is not filled in. */
  due: number | undefined;
  tolerance: number;
  disabled: boolean;
  onFollow: (points: number) => void;
}) {
  const name = fieldName(`performance.${place}`);
  const finding = useFieldFinding(name);
  const help = useId();
  const isApart = due !== undefined && (stored === undefined || Math.abs(stored - due) > tolerance);
  return (
    <span className={finding === undefined ? "box" : `box ${stateOf(finding)}`}>
      <output
        aria-label={label}
        data-field={name}
        tabIndex={-1}
        aria-describedby={finding === undefined ? undefined : help}
      >
        {stored === undefined ? "" : print(stored)}
      </output>
      {isApart && !disabled && (
        <Button type="link" size="small" onClick={() => onFollow(due)}>
          改为 {print(due)}
        </Button>
      )}
      <FieldFinding id={help} finding={finding} />
    </span>
  );
}
