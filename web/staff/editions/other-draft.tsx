import { Button } from "antd";
import { useMemo } from "react";
import { differencesBetween, type Difference } from "../../../shared/editions/differences.ts";
import { DataTable } from "../app/data-table.tsx";
import type { EditionDesk, OtherDraft } from "./use-edition-desk.ts";

/** Places shown at first of each. */
const mostShown = 30;

/** Another administrator saved the draft meanwhile: what both changed since, and what shall hold. */
export function OtherDraftPart({ desk, other }: { desk: EditionDesk; other: OtherDraft }) {
  const lines = useMemo(() => linesOf(other, desk), [other, desk]);
  const conflicts = lines.filter(({ isConflict }) => isConflict).length;
  const { mine, theirs, goOn } = other;
  return (
    <section className="panel edition-other edition-scrolling" aria-label="另一名管理员的修改">
      <h2>另一名管理员先保存了草稿</h2>
      <p>
        您开始修改之后，草稿由另一名管理员保存过。以下是对方改动的各处
        {conflicts === 0
          ? "，没有与您的修改重叠的地方。"
          : `，其中 ${String(conflicts)} 处您也改了，两边不同。`}
        请选择怎样继续；选择之前不能保存，您的修改仍在本机。
      </p>
      <DataTable
        label="另一名管理员的修改"
        rows={lines}
        empty="对方没有改动内容。"
        keyOf={(_, index) => String(index)}
        rowsAtOnce={mostShown}
        columns={[
          {
            title: "处",
            cell: ({ place, isConflict }) => (
              <>
                {place.join(" · ")} {isConflict && <span className="chip failed">两边不同</span>}
              </>
            ),
          },
          { title: "原为", cell: ({ before }) => before ?? <None /> },
          { title: "对方改为", cell: ({ after }) => after ?? <None /> },
          {
            title: "您改为",
            cell: ({ own }) =>
              own === undefined ? (
                <span className="quiet">（没有改）</span>
              ) : (
                (own.after ?? <None />)
              ),
          },
        ]}
      />
      <div className="edition-acts edition-row">
        {mine !== undefined && (
          <Button type="primary" onClick={() => goOn(mine)}>
            {conflicts === 0 ? "合在一起，继续修改" : "合在一起，两边不同的以我为准"}
          </Button>
        )}
        {theirs !== undefined && conflicts > 0 && (
          <Button onClick={() => goOn(theirs)}>合在一起，两边不同的以对方为准</Button>
        )}
        {mine === undefined && (
          <Button onClick={() => goOn(desk.data)}>不用对方的修改，全部以我为准</Button>
        )}
        <Button onClick={() => goOn(other.saved)}>放弃我的修改，用对方的草稿</Button>
      </div>
    </section>
  );
}

const None = () => <span className="quiet">（没有）</span>;

interface Line extends Difference {
  /** What was changed here at the same place. */
  readonly own: Difference | undefined;
  readonly isConflict: boolean;
}

/** What the other one changed, where both did so first. */
function linesOf({ begun, saved }: OtherDraft, { data }: EditionDesk): readonly Line[] {
  const own = differencesBetween(begun, data);
  const lines = differencesBetween(begun, saved).map((theirs): Line => {
    const same = own.find(({ place }) => touches(place, theirs.place));
    return { ...theirs, own: same, isConflict: same !== undefined && !isSame(same, theirs) };
  });
  return [
    ...lines.filter(({ isConflict }) => isConflict),
    ...lines.filter(({ isConflict }) => !isConflict),
  ];
}

/** The same place, or one within the other. */
const touches = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((step, index) => index >= other.length || other[index] === step);

const isSame = (one: Difference, other: Difference): boolean =>
  one.place.length === other.place.length && one.after === other.after;
