declare module 'html-encoding-sniffer' {
  /** The charset of a page, as the HTML standard sniffs it: a name of the Encoding standard, or `defaultEncoding`. */
  export default function sniffEncoding(
    bytes: Uint8Array,
    options: {
      readonly transportLayerEncodingLabel?: string
      readonly defaultEncoding?: string
      readonly maxPrescanBytes?: number
    },
  ): string
}
