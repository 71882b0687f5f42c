import type { CaptchaAsked } from "../shared/captcha";
import { inlined, type Sentences, speaker } from "../shared/text";
import type { UploadLimits } from "../shared/uploads";

export interface Boot {
  organizationId: string;
  api: string;
  /** Where files go ahead of their message. */
  uploadTo: string;
  /** Path of the ticket form, where a message is left while nobody is there. */
  form: string;
  isAway: boolean;
  /** Whether name and mail address must be given. */
  requireEmail: boolean;
  maxLength: number;
  uploads: UploadLimits;
  captcha: CaptchaAsked;
  text: Sentences;
}

export const boot = inlined<Boot>("boot");
export const say = speaker(boot.text);
