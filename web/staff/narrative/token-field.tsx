import { useEffect, useEffectEvent, useRef } from "react";
import type { Token } from "../../../shared/report/token.ts";
import { useHighlights, type MarkedWords } from "./use-highlights.ts";
import { insertText, nothing, plainText } from "./plain-text.ts";

/** A chip as it reads: 4914.2万元, and what it is of. */
export interface ChipFace {
  readonly text: string;
  readonly name: string;
}

/** Where the writing goes on after tokens were set from outside: behind the token of this index. */
export interface FieldValue {
  readonly tokens: readonly Token[];
  readonly caretAfter?: number;
}

/**
 * Text between chips. A chip is a figure, reason or purpose that can be moved about and deleted but not typed
 * into. The page's own copy of the tokens is what the field shows; it is drawn anew only when they are set from
 * outside, so that typing in Chinese is never interrupted.
 */
export function TokenField({
  label,
  value,
  marked,
  faceOf,
  onChange,
  onLeave,
}: {
  label: string;
  value: FieldValue;
  /** Words to be underlined, by their characters in what the field shows. */
  marked: readonly MarkedWords[];
  faceOf: (token: Exclude<Token, { text: string }>) => ChipFace;
  onChange: (tokens: readonly Token[]) => void;
  /** The tokens before and behind the caret when the field loses it. */
  onLeave: (before: readonly Token[], behind: readonly Token[]) => void;
}) {
  const field = useRef<HTMLDivElement>(null);
  useHighlights(field, marked);
  const reported = useRef<readonly Token[]>(undefined);
  const chips = useRef<Token[]>([]);

  const report = useEffectEvent(() => {
    if (field.current === null) return;
    reported.current = tokensIn(field.current, chips.current);
    onChange(reported.current);
  });

  const draw = useEffectEvent(({ tokens, caretAfter }: FieldValue) => {
    const box = field.current;
    if (box === null || tokens === reported.current) return;
    reported.current = tokens;
    chips.current = [];
    const nodes = tokens.map((token): Node => {
      if ("text" in token) return document.createTextNode(token.text);
      const { text, name } = faceOf(token);
      const chip = document.createElement("span");
      chip.contentEditable = "false";
      chip.className = "figure" in token ? "token" : "token words";
      chip.dataset["chip"] = String(chips.current.push(token) - 1);
      chip.setAttribute("role", "img");
      chip.setAttribute("aria-label", `${name} ${text}`);
      chip.title = name;
      chip.textContent = text;
      return chip;
    });
    box.replaceChildren(
      ...nodes.flatMap((node) =>
        node instanceof Text
          ? [node]
          : [document.createTextNode(nothing), node, document.createTextNode(nothing)],
      ),
    );
    box.focus();
    const after = caretAfter === undefined ? undefined : nodes[caretAfter];
    const range = document.createRange();
    if (after === undefined) range.selectNodeContents(box);
    else range.setStartAfter(after);
    range.collapse(after !== undefined);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
  });
  useEffect(() => {
    draw(value);
  }, [value]);

  const leave = useEffectEvent(() => {
    const [box, selection] = [field.current, getSelection()];
    if (box === null || selection === null || selection.rangeCount === 0) return;
    const caret = selection.getRangeAt(0);
    if (!box.contains(caret.startContainer)) return;
    const before = document.createRange();
    before.setStart(box, 0);
    before.setEnd(caret.startContainer, caret.startOffset);
    const behind = document.createRange();
    behind.setStart(caret.endContainer, caret.endOffset);
    behind.setEnd(box, box.childNodes.length);
    onLeave(
      tokensIn(before.cloneContents(), chips.current),
      tokensIn(behind.cloneContents(), chips.current),
    );
  });

  useEffect(() => {
    const box = field.current;
    if (box === null) return;
    const allow = (event: InputEvent) => {
      if (
        !/^(?:insert(?:Text|CompositionText|FromComposition)|delete|history)/u.test(event.inputType)
      ) {
        event.preventDefault();
      }
    };
    const paste = (event: ClipboardEvent) => {
      event.preventDefault();
      insertText(event.clipboardData?.getData("text/plain") ?? "");
      report();
    };
    const erase = (event: KeyboardEvent) => {
      if (event.key !== "Backspace" && event.key !== "Delete") return;
      const chip = chipBeside(box, event.key === "Backspace");
      if (chip === undefined) return;
      event.preventDefault();
      chip.remove();
      report();
    };
    const input = () => {
      report();
    };
    const blur = () => {
      leave();
    };
    box.addEventListener("beforeinput", allow);
    box.addEventListener("input", input);
    box.addEventListener("blur", blur);
    box.addEventListener("paste", paste);
    box.addEventListener("keydown", erase);
    return () => {
      box.removeEventListener("beforeinput", allow);
      box.removeEventListener("input", input);
      box.removeEventListener("blur", blur);
      box.removeEventListener("paste", paste);
      box.removeEventListener("keydown", erase);
    };
  }, []);

  return (
    <div
      ref={field}
      className="token-field"
      role="textbox"
      aria-multiline="true"
      aria-label={label}
      contentEditable
      suppressContentEditableWarning
      spellCheck={false}
      onDrop={(event) => event.preventDefault()}
    />
  );
}

function tokensIn(box: HTMLElement | DocumentFragment, chips: readonly Token[]): Token[] {
  const tokens: Token[] = [];
  const add = (text: string) => {
    const plain = plainText(text);
    const last = tokens.at(-1);
    if (plain === "") return;
    if (last !== undefined && "text" in last)
      tokens[tokens.length - 1] = { text: last.text + plain };
    else tokens.push({ text: plain });
  };
  for (const node of box.childNodes) {
    const chip = node instanceof HTMLElement ? chips[Number(node.dataset["chip"])] : undefined;
    if (chip === undefined) add(node.textContent ?? "");
    else tokens.push(chip);
  }
  return tokens;
}

/** The chip right before or behind the caret. */
function chipBeside(box: HTMLElement, before: boolean): HTMLElement | undefined {
  const selection = getSelection();
  if (selection === null || !selection.isCollapsed || selection.anchorNode === null)
    return undefined;
  const { anchorNode, anchorOffset } = selection;
  let next: Node | null | undefined;
  if (anchorNode === box) {
    next = box.childNodes[before ? anchorOffset - 1 : anchorOffset];
  } else {
    const text = anchorNode.textContent ?? "";
    const between = before ? text.slice(0, anchorOffset) : text.slice(anchorOffset);
    if (between.replaceAll(nothing, "") !== "") return undefined;
    next = before ? anchorNode.previousSibling : anchorNode.nextSibling;
  }
  while (next instanceof Text && next.data.replaceAll(nothing, "") === "") {
    next = before ? next.previousSibling : next.nextSibling;
  }
  return next instanceof HTMLElement && next.dataset["chip"] !== undefined ? next : undefined;
}
