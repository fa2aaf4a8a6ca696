import { findCaptions } from './find-captions.ts'
import { dropAdvert } from './drop-advert.ts'
import { dropBoilerplate } from './drop-boilerplate.ts'
import { dropAuthorBio } from './drop-author-bio.ts'
import { dropChrome } from './drop-chrome.ts'
import { dropComments } from './drop-comments.ts'
import { dropDisclaimer } from './drop-disclaimer.ts'
import { dropHidden } from './drop-hidden.ts'
import { dropImageUrls } from './drop-image-urls.ts'
import { dropMenus } from './drop-menus.ts'
import { dropNewsletter } from './drop-newsletter.ts'
import { dropRelated } from './drop-related.ts'
import { dropShare } from './drop-share.ts'
import { dropSyndication } from './drop-syndication.ts'
import { dropTags } from './drop-tags.ts'
import { dropTeasers } from './drop-teasers.ts'
import type { Pass } from './pass.ts'

/**
 * The passes, in order, over the whole page. What depends on what:
 * - what HTML hides goes first, so that it stands beside nothing;
 * - menus go next: they look like verse, and their last entry like a header;
 * - addresses go next, so that a caption under one stands where the story begins;
 * - captions go before everything that looks at neighbours: two captions hide the paragraphs around them from each other;
 * - author-bio goes before share: a biography ends in "follow her on";
 * - comments go before teasers: a thread has titles and dates too;
 * - teasers go before related, because a header without its list is all that drop-related sees;
 * - the learned scorer comes last: what a rule names, the rule explains.
 * Order, names and reasons are tested by `test/architecture.test.ts`.
 */
export const PAGE_PASSES: readonly Pass[] = [
  dropHidden,
  dropMenus,
  dropImageUrls,
  findCaptions,
  dropAuthorBio,
  dropShare,
  dropChrome,
  dropAdvert,
  dropNewsletter,
  dropDisclaimer,
  dropComments,
  dropTeasers,
  dropRelated,
  dropTags,
  dropSyndication,
  dropBoilerplate,
]
