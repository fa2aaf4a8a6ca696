/**
 * As much of the peers' types as the bench uses. Declared here so that the project type-checks without them: they are installed for
 * `npm run bench -- html` alone, and two of them come without types.
 */

declare module 'linkedom' {
  export function parseHTML(html: string): { readonly document: Document }
}

declare module 'defuddle/node' {
  export function Defuddle(
    input: string,
    url?: string,
    options?: { readonly useAsync?: boolean },
  ): Promise<{
    readonly content?: string
    readonly title?: string
    readonly author?: string
    readonly published?: string
  }>
}

declare module '@postlight/parser' {
  interface Article {
    readonly content?: string | null
    readonly title?: string | null
    readonly author?: string | null
    readonly date_published?: string | null
  }
  const parser: {
    parse(
      url: string,
      options: { readonly html: string; readonly contentType: 'html'; readonly fetchAllPages: false },
    ): Promise<Article>
  }
  export default parser
}

declare module '@extractus/article-extractor' {
  export function extractFromHtml(
    html: string,
    url?: string,
  ): Promise<{
    readonly content?: string
    readonly title?: string
    readonly author?: string
    readonly published?: string
  } | null>
}
