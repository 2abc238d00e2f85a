import { parseSync } from "@swc/core";

type Node = { type?: string; [key: string]: unknown };

/** Properties that users read. */
const READ = /^(label|title|alt|placeholder|hint|description|heading|aria-label|\w+Label|\w+Text)$/;
/** A sentence, wherever it stands: a capital, and a second word in lower case. */
const SENTENCE = /^[A-Z][\p{L}’']* [a-z]/u;
const WORD = /^\s*\p{Lu}[\p{L}’]+/u;
/** Names are no texts: they are the same in every language. */
const NAMES = new Set(["Veet"]);

/** The texts for users that stand in a source instead of in the catalogue. Texts of thrown errors are for developers. */
export function literalTexts(source: string, isTsx: boolean): string[] {
  const found: string[] = [];
  const report = (text: string) => void (NAMES.has(text.trim()) || found.push(text));

  /** @param isRead - Inside something that users read. */
  const visit = (node: unknown, isRead: boolean): void => {
    if (Array.isArray(node)) return node.forEach((child) => visit(child, isRead));
    if (typeof node !== "object" || node === null) return;
    const { type, ...parts } = node as Node;
    switch (type) {
      case "NewExpression":
      case "ImportDeclaration":
      case "TsLiteralType":
        return;
      case "JSXText":
        if (/\p{L}{2}/u.test(String(parts.value))) report(String(parts.value).trim());
        return;
      case "JSXAttribute": {
        const name = String((parts.name as Node).value);
        return visit(parts.value, READ.test(name));
      }
      case "CallExpression":
        return visit(Object.values(parts), false);
      case "JSXExpressionContainer":
        return visit(parts.expression, isRead);
      case "JSXElement":
      case "JSXFragment":
        visit(parts.opening, false);
        return visit(parts.children, true);
      case "StringLiteral":
      case "TemplateElement": {
        const text = String(parts.value ?? parts.cooked ?? "");
        if (SENTENCE.test(text) || (isRead && WORD.test(text))) report(text);
        return;
      }
      default:
        visit(Object.values(parts), isRead);
    }
  };
  visit(parseSync(source, { syntax: "typescript", tsx: isTsx }).body, false);
  return found;
}
