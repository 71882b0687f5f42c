import type { CaptchaAsked } from "../shared/captcha";
import { inlined, type Sentences, speaker } from "../shared/text";
import type { UploadLimits } from "../shared/uploads";

export type StepName = "contact" | "issue" | "attachments";
export type FieldType =
  | "text" | "email" | "tel" | "number" | "date" | "textarea" | "select" | "multiselect" | "checkbox";

/** One question of the form; the server checks answers against the very same table. */
export interface Field {
  name: string;
  step: StepName;
  type: FieldType;
  label: string;
  required: boolean;
  maxLength?: number;
  options?: string[];
  /** Asked only while each named field's answer is one of these. */
  showWhen?: Record<string, string[]>;
}

export interface Boot {
  organizationId: string;
  api: string;
  fields: Field[];
  uploads: UploadLimits;
  captcha: CaptchaAsked;
  text: Sentences;
}

export const boot = inlined<Boot>("boot");
export const say = speaker(boot.text);

/** Beside its settings the form shows how it looks: it sends, counts and keeps nothing. */
export const isPreview = new URLSearchParams(location.search).has("preview");
