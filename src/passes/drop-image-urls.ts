import { remove, type Pass } from './pass.ts'

/** Addresses of images and pages on a line of their own, as scrapers write them where a picture stood. */
export const dropImageUrls: Pass = {
  name: 'drop-image-urls',
  reasons: ['image-url'],
  find: ({ blocks }) =>
    blocks.filter((block) => block.isUrl).map((block) => remove(block, 'image-url', 'an address alone on its line')),
}
