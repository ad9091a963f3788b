import { sentencesOf, sentenceText } from "../../narrative/written.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { mostAtAPlace } from "../few-at-a-place.ts";
import type { RewordingCheck } from "./rewording.ts";
import { mendOfSlip, slipsIn, type Slip } from "./slips.ts";
import type { Blocks } from "./template-residue.ts";

/** Slips of a text from elsewhere; a word of the trade that is doubled is a warning, a sign a hint. */
export const slipFaults = (blocks: Blocks, kind: Slip["kind"]): TextFault[] =>
  blocks.flatMap(({ block }) =>
    slipsIn(block.text)
      .filter((slip) => slip.kind === kind)
      .map((slip, index): TextFault => ({
        // Those beyond what is reported at one place are only counted.
        ...quoteAt(block, index < mostAtAPlace ? slip.start : 0),
        ...(hasWords.test(slip.found) ? {} : { severity: "hint" }),
        ...(kind === "doubled" && isTradeWord.test(slip.found) ? { severity: "warning" } : {}),
        actual: beginningOf(slip.found),
        ...(slip.instead === undefined ? {} : { expected: slip.instead }),
        what: slip.what,
        mend: mendOfSlip(slip),
      })),
  );

const isTradeWord = /^(\p{Script=Han}{2,})\1$/u;
const hasWords = /\p{Script=Han}/u;

/** Of a run of signs without end. */
const beginningOf = (found: string): string =>
  found.length <= 20 ? found : `${found.slice(0, 20)}…`;

/** Slips of the narrative as it will be printed, whoever wrote them; what people type beside it has rules of its own. */
export const slipsOfSentences =
  (kind: Slip["kind"]): RewordingCheck =>
  ({ narrative }) =>
    sentencesOf(narrative).flatMap(({ sentence }) =>
      slipsIn(sentenceText(sentence))
        .filter((slip) => slip.kind === kind)
        .map((slip) => ({
          severity: "warning" as const,
          sentence: sentence.id,
          quote: slip.found,
          at: { start: slip.start, end: slip.end },
          ...(slip.instead === undefined ? {} : { instead: slip.instead }),
          what: slip.what,
          mend: mendOfSlip(slip),
        })),
    );
