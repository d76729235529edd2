const escapedHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
/** What Markdown would read as a sign of its own. */
const escapedMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, (sign) => `\\${sign}`);

/** What to put into a README or a page, so that it shows the badge and leads to the validator's page. */
export function badgeSnippets(of: {
  readonly origin: string;
  readonly operatorAddress: string;
  /** With what cannot be seen written out. */
  readonly name: string;
}): { readonly markdown: string; readonly html: string } {
  const page = `${of.origin}/v/${of.operatorAddress}`;
  const alt = `${of.name}: how it stands now`;
  return {
    markdown: `[![${escapedMarkdown(alt)}](${page}/badge.svg)](${page})`,
    html: `<a href="${escapedHtml(page)}"><img src="${escapedHtml(page)}/badge.svg" alt="${escapedHtml(alt)}" height="20"></a>`,
  };
}
