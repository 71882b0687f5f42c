import type { Field } from "./boot";

export type Answer = string | string[] | boolean;
/** A sentence's key with what to fill into it. */
export type Problem = [key: string, filling?: Record<string, string | number>];

// The same expressions stand in ticketdesk/services/embed/rules.py; tests/embed/answers.json holds both to it.
const EMAIL =
  /^(?!\.)(?!.*\.\.)[^\s@"(),:;<>[\\\]]{1,64}(?<!\.)@[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)+$/u;
const PHONE = /^(?=(?:[^0-9]*[0-9]){5})\+?[0-9(][0-9 ().\/-]{3,30}[0-9]$/;
const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/;

const isDay = (text: string) => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00Z`);
  return !isNaN(+day) && day.toISOString().startsWith(text);
};

const SHAPES: Partial<Record<Field["type"], (text: string) => boolean>> = {
  email: (text) => text.length <= 254 && EMAIL.test(text),
  tel: (text) => PHONE.test(text),
  number: (text) => NUMBER.test(text),
  date: isDay,
};

/** What is wrong with an answer, or null. */
export function problem(field: Field, answer: Answer): Problem | null {
  if (typeof answer == "boolean") return field.required && !answer ? ["error.required"] : null;
  const chosen = Array.isArray(answer) ? answer : [answer.trim()].filter(Boolean);
  if (!chosen.length) return field.required ? ["error.required"] : null;
  if (field.options?.length && chosen.some((one) => !field.options!.includes(one))) return ["error.option"];
  const text = chosen[0]!;
  // Characters as people and Python count them, not UTF-16 units.
  if (field.maxLength && [...text].length > field.maxLength) return ["error.tooLong", { max: field.maxLength }];
  const fits = SHAPES[field.type];
  return fits && !fits(text) ? [`error.${field.type}`] : null;
}

/** Whether a field is asked at all, given the answers so far. */
export function isAsked(field: Field, fields: Field[], answerOf: (field: Field) => Answer, depth = 0): boolean {
  return Object.entries(field.showWhen ?? {}).every(([name, wanted]) => {
    const other = fields.find((candidate) => candidate.name == name);
    // What depends on a field that is not asked is not asked either; the depth ends circles.
    if (!other || depth > 9 || !isAsked(other, fields, answerOf, depth + 1)) return false;
    return [answerOf(other)].flat().some((answer) => wanted.includes(String(answer)));
  });
}
