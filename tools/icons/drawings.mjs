// The mark as in components/ui/mark-geometry.ts, in a square of 35.
const mark = (stroke, strokeWidth) => `<g fill="none" stroke="${stroke}" stroke-width="${strokeWidth}">
  <rect x="1.5" y="7.611" width="32" height="19.777" rx="2" /><path d="M21.277 1.5V33.5" /><circle cx="21.277" cy="17.5" r="6.111" />
</g>`;

const page = (body) => `<!doctype html><style>*{margin:0}body{width:100vw;height:100vh;overflow:hidden}</style>${body}`;

/** The mark on a plate; `inset` is the share of the edge that stays free on each side, `radius` the plate's corners as a share. */
const icon = ({ inset, radius }) =>
  page(`<svg viewBox="0 0 100 100" style="display:block;width:100vw;height:100vh">
    <rect width="100" height="100" rx="${radius * 100}" fill="#1f4fc4" />
    <svg x="${inset * 100}" y="${inset * 100}" width="${100 - inset * 200}" height="${100 - inset * 200}" viewBox="0 0 35 35">
      ${mark("#fff", 3)}
    </svg>
  </svg>`);

const social =
  page(`<div style="width:1200px;height:630px;background:#0d1526;color:#eef2fa;font-family:Geist,sans-serif;display:flex;flex-direction:column;justify-content:space-between;padding:72px 80px;box-sizing:border-box">
  <div style="display:flex;align-items:center;gap:24px;font-size:36px;font-weight:600;letter-spacing:-0.02em">
    <svg width="72" height="72" viewBox="0 0 35 35">${mark("#86b6f7", 2.5)}</svg>Omniphi Cloud
  </div>
  <div style="font-size:68px;line-height:1.12;font-weight:600;letter-spacing:-0.03em;max-width:960px">A validator of your own, from your wallet to its first signed block.</div>
  <div style="font-size:28px;color:#9fb0cc">The account key stays in your wallet. The consensus key never leaves the node.</div>
</div>`);

/** Every picture under `public/`: its path, size in pixels and page to draw. An icon that a system masks keeps a fifth free on each side. */
export const DRAWINGS = [
  { path: "icons/icon-192.png", width: 192, height: 192, html: icon({ inset: 0.14, radius: 0.17 }) },
  { path: "icons/icon-512.png", width: 512, height: 512, html: icon({ inset: 0.14, radius: 0.17 }) },
  { path: "icons/icon-maskable-512.png", width: 512, height: 512, html: icon({ inset: 0.22, radius: 0 }) },
  { path: "icons/apple-touch-icon.png", width: 180, height: 180, html: icon({ inset: 0.16, radius: 0 }) },
  { path: "social.png", width: 1200, height: 630, html: social },
];
