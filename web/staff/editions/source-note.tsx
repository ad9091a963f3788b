import { Fragment } from "react";
import type { TracedItem } from "../../../shared/editions/source-list.ts";
import { sourceWords } from "../../../shared/editions/source-words.ts";

/** What is known of a table or sentence: where it was seen in print, and whether that was here or in its base. */
export function SourceNote({ item }: { item: TracedItem }) {
  const { sources, statedIn, takenFrom } = item;
  if (statedIn === undefined) {
    return takenFrom === undefined ? (
      <>本版式自己的写法，没有注明依据</>
    ) : (
      <>沿用基础版式，没有注明依据</>
    );
  }
  return (
    <>
      {takenFrom !== undefined && <>沿用“{statedIn.name}”，其依据：</>}
      {sources.map((source, index) => (
        <Fragment key={index}>
          {index > 0 && "；"}
          <Words {...sourceWords(source, statedIn.sources)} />
        </Fragment>
      ))}
    </>
  );
}

function Words({ standing, document, address, note }: ReturnType<typeof sourceWords>) {
  if (document === undefined) {
    return (
      <>
        {standing}：{note}
      </>
    );
  }
  return (
    <>
      {standing}{" "}
      {address === undefined || !/^https?:/u.test(address) ? (
        document
      ) : (
        <a href={address} target="_blank" rel="noreferrer">
          {document}
        </a>
      )}
      {note !== undefined && `（${note}）`}
    </>
  );
}
