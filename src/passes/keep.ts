/** From which probability of being story on blocks stay: what several passes ask. */

/** Probability of being story from which a block stays. Read off out-of-fold scores: F1 is flat from .3 to .45. */
export const KEEP = 0.35
/** The same of a line below the headline of a page with furniture: topics, alternative texts of images and names stand there more often than crossheads. */
export const KEEP_BELOW_HEADLINE = 0.8
