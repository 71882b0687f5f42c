/** Applied as a constructed sheet: a strict style-src of the host page does not forbid that. */
export const STYLE = `
:host{all:initial!important;position:fixed!important;z-index:2147483000!important}
.l,.d{position:fixed;bottom:20px;right:20px;border:0;font:500 15px/1.2 system-ui,sans-serif}
.l{display:flex;align-items:center;gap:8px;min-height:48px;padding:0 20px 0 16px;border-radius:24px;background:var(--c,#3d56d6);color:var(--o,#fff);box-shadow:0 4px 20px #0004;cursor:pointer}
.l[data-n]:not([data-n=""]):after{content:attr(data-n);min-width:1.6em;padding:.2em;border-radius:1em;background:#c22;color:#fff}
.left>*{right:auto;left:20px}
.top>*{bottom:auto;top:20px}
:focus-visible{outline:3px solid var(--c,#3d56d6);outline-offset:3px}
svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.d{box-sizing:border-box;width:420px;height:min(720px,calc(100dvh - 40px));max-width:none;max-height:none;inset:auto 20px 20px auto;margin:0;padding:0;border-radius:16px;overflow:hidden;background:#fff;color:#17181c;box-shadow:0 12px 48px #0006}
.left .d{inset:auto auto 20px 20px}
.top .d{inset:20px 20px auto auto}
.top.left .d{inset:20px auto auto 20px}
.d[open]{animation:i .2s}
.d::backdrop{background:#0f111a4d}
@keyframes i{from{opacity:0;transform:translateY(12px)}}
iframe{display:block;width:100%;height:100%;border:0}
.x{position:absolute;top:12px;inset-inline-end:12px;width:36px;height:36px;padding:8px;border:0;border-radius:50%;background:#8883;color:inherit;cursor:pointer}
a{position:absolute;top:45%;width:100%;text-align:center;color:inherit}
.dark .d{background:#17181c;color:#f2f3f5}
@media(prefers-color-scheme:dark){.auto .d{background:#17181c;color:#f2f3f5}}
@media(max-width:520px){.b .d{inset:0;width:100%;height:100dvh;border-radius:0}}
@media(prefers-reduced-motion:reduce){.d{animation:none!important}}
@media print{.l{display:none}}`.replace(/\n/g, "");
