/** Beside chips, so that a caret can be there; never part of the text. */
export const nothing = "\u200B";

/** Text of a field as it is kept: on one line, with the blanks of a keyboard. */
export const plainText = (text: string): string =>
  text.replaceAll(nothing, "").replace(/[\u00A0\r\n]/gu, " ");

/** Pasted text is plain and on one line; it takes the place of what is selected. */
export function insertText(text: string): void {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0);
  range.deleteContents();
  const node = document.createTextNode(text.replace(/\s*[\r\n]+\s*/gu, ""));
  range.insertNode(node);
  range.setStartAfter(node);
  range.collapse(true);
  selection.removeAllRanges();
  selection.addRange(range);
}
