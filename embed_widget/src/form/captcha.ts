import { createProofs } from "../shared/captcha";
import { byId } from "../shared/dom";
import { boot } from "./boot";

export const { prepare: prepareProof, proof } = createProofs(boot.organizationId, boot.captcha, () => byId("nav"));
