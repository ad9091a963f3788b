import {
  changeColumns,
  noContent,
  type PublicNotice,
} from "../../../shared/disclosure/public-notices.ts";
import type { PublicNoticeView } from "../../../shared/contract/responses.ts";
import "./public-notice.css";

/** What the public reads or will read, in the lines that the public page itself is drawn from. */
export function PublicNoticeBox({
  heading,
  notice,
  changes,
}: {
  heading: string;
  notice: Pick<PublicNotice, "title"> & { readonly lines: readonly { readonly text: string }[] };
  changes?: PublicNoticeView["changes"] | undefined;
}) {
  return (
    <section className="public-notice" aria-label={heading}>
      <p className="quiet">{heading}</p>
      <div className="public-page">
        <h4>{notice.title}</h4>
        {notice.lines.map(({ text }) => (
          <p key={text}>{text}</p>
        ))}
        {changes !== undefined && <Changes changes={changes} />}
      </div>
    </section>
  );
}

function Changes({ changes: { count, items } }: { changes: PublicNoticeView["changes"] }) {
  if (count === 0) return <p className="quiet">现在的内容与已公开的相同，还没有更正任何一处。</p>;
  return (
    <>
      <div className="public-changes" tabIndex={0} role="region" aria-label="更正内容">
        <table>
          <thead>
            <tr>
              {changeColumns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(({ place, before, after }, index) => (
              <tr key={index}>
                <th scope="row">{place}</th>
                <td>{before ?? noContent}</td>
                <td>{after ?? noContent}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > items.length && (
        <p className="quiet">
          共 {count} 处，这里列出前 {items.length} 处；公开时全部列明。
        </p>
      )}
    </>
  );
}
